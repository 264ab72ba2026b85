import { attentionCost, type Piece, positionIds } from '~/engines/packing/index.ts';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { ReadOut } from '../kit/ReadOut.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import type { State } from './state.ts';
import { sftWords } from './words.ts';

interface Props {
  locale: Locale;
  pieces: readonly Piece[];
  /** The window, from 1, of so many. */
  at: number;
  count: number;
  isolated: boolean;
  set: (change: Partial<State>) => void;
}

/** Up to so many tokens each pair of query and key is a square of its own. */
const MOST_SQUARES = 16;

const whole = (count: number): string => decimal(count, 0);

export function Attention({ locale, pieces, at, count, isolated, set }: Props) {
  const t = sftWords(locale);
  const sizes = pieces.map(({ from, to }) => to - from);
  const starts = sizes.map((_, index) => sizes.slice(0, index).reduce((a, b) => a + b, 0));
  const { causal, across } = attentionCost(sizes);
  const ids = positionIds(sizes, isolated);
  const several = pieces.length > 1;
  return (
    <div class="sft-attention">
      <h4>{t.attentionTitle(whole(at))}</h4>
      <div>
        <Picture sizes={sizes} starts={starts} isolated={isolated} label={t.attentionPicture} />
        <div>
          {count > 1 && (
            <NumberField
              locale={locale}
              label={t.at}
              value={at}
              min={1}
              max={count}
              whole
              onChange={(next) => set({ at: next })}
            />
          )}
          <label class="sft-check">
            <input
              type="checkbox"
              checked={isolated}
              onChange={({ currentTarget }) => set({ isolated: currentTarget.checked })}
            />
            {t.isolated}
          </label>
          <ReadOut data-leaks={several && !isolated ? '' : undefined}>
            {!several
              ? t.alone
              : isolated
                ? t.apart(whole(across))
                : t.attention(
                    whole(across),
                    whole(causal),
                    `${decimal((100 * across) / causal, 1)}%`,
                  )}
          </ReadOut>
          <ul class="lab-legend">
            <li>
              <i class="sft-own" /> {t.own}
            </li>
            <li>
              <i class={isolated ? 'sft-hidden' : 'sft-foreign'} />{' '}
              {isolated ? t.hidden : t.foreign}
            </li>
          </ul>
          <TableOf
            locale={locale}
            caption={t.positionTable}
            head={t.positionHead}
            rows={pieces.map(({ example }, index) => {
              const size = sizes[index] ?? 0;
              const start = starts[index] ?? 0;
              const own = ids.slice(start, start + size);
              return [
                String(example + 1),
                whole(size),
                size <= MOST_SQUARES
                  ? own.join(' ')
                  : `${whole(own[0] ?? 0)} … ${whole(own.at(-1) ?? 0)}`,
                index === 0 ? t.noForeign : isolated ? t.firstLabel : t.firstLabelKept,
              ];
            })}
          />
        </div>
      </div>
    </div>
  );
}

/** Queries down, keys across. */
function Picture({
  sizes,
  starts,
  isolated,
  label,
}: {
  sizes: readonly number[];
  starts: readonly number[];
  isolated: boolean;
  label: string;
}) {
  const total = sizes.reduce((a, b) => a + b, 0);
  const squares = total <= MOST_SQUARES;
  // In tenths of a pixel of a picture 320 wide, so that a hatch looks alike at any number of tokens.
  const scale = 320 / total;
  const owner = sizes.flatMap((size, index) => Array<number>(squares ? size : 0).fill(index));
  return (
    <svg class="sft-mask" viewBox="-1 -1 322 322" role="img" aria-label={label}>
      <defs>
        <pattern
          id="sft-hatch"
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="sft-foreign-ground" width="7" height="7" />
          <path class="sft-foreign-line" d="M0 0V7" />
        </pattern>
      </defs>
      <rect class="sft-mask-ground" width="320" height="320" />
      {squares
        ? owner.flatMap((own, query) =>
            owner
              .slice(0, query + 1)
              .map((other, key) => (
                <rect
                  key={`${query}-${key}`}
                  class={other === own ? 'sft-own' : isolated ? 'sft-hidden' : 'sft-foreign'}
                  x={key * scale}
                  y={query * scale}
                  width={scale}
                  height={scale}
                />
              )),
          )
        : sizes.map((size, index) => {
            const from = (starts[index] ?? 0) * scale;
            const to = from + size * scale;
            return (
              <g key={index}>
                <path
                  class={isolated ? 'sft-hidden' : 'sft-foreign'}
                  d={`M0 ${from}H${from}V${to}H0Z`}
                />
                <path class="sft-own" d={`M${from} ${from}L${to} ${to}H${from}Z`} />
              </g>
            );
          })}
    </svg>
  );
}
