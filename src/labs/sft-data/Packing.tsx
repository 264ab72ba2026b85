import { useId, useMemo, useState } from 'preact/hooks';
import {
  OVERLONG,
  type Packing as Packed,
  type Piece,
  pack,
  STRATEGIES,
  type Strategy,
} from '~/engines/packing/index.ts';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import type { PartProps } from '../kit/lab.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { ReadOut } from '../kit/ReadOut.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { Segments } from '../kit/Segments.tsx';
import { TableHead } from '../kit/TableHead.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import { Verdict } from '../kit/Verdict.tsx';
import { Attention } from './Attention.tsx';
import {
  MOST_EXAMPLES,
  MOST_TOKENS,
  PACKING_PRESET_NAMES,
  PACKING_PRESETS,
  RANGES,
  readLengths,
  type State,
  writeLengths,
} from './state.ts';
import { sftWords } from './words.ts';

const MOST_DRAWN = 60;

const whole = (count: number): string => decimal(count, 0);
const percent = (share: number): string => `${decimal(100 * share, 1)}%`;

/** Examples laid into windows in four ways, what that wastes, and who sees whom in one of them. */
export function Packing({ locale, state, set }: PartProps<State>) {
  const t = sftWords(locale);
  const { window, overlong, strategy } = state;
  const lengths = useMemo(() => readLengths(state.lengths) ?? [1], [state.lengths]);
  const packings = useMemo(
    () =>
      Object.fromEntries(
        STRATEGIES.map((name) => [name, pack({ strategy: name, lengths, window, overlong })]),
      ) as Record<Strategy, Packed>,
    [lengths, window, overlong],
  );
  const drawn = packings[strategy];
  const count = drawn.windows.length;
  const at = Math.min(state.at, Math.max(1, count));
  const preset = PACKING_PRESET_NAMES.find((name) =>
    Object.entries(PACKING_PRESETS[name]).every(
      ([field, value]) =>
        field === 'at' || field === 'strategy' || state[field as 'window'] === value,
    ),
  );

  return (
    <section class="sft-pack" aria-labelledby="sft-pack">
      <h3 id="sft-pack">{t.packTitle}</h3>
      <div class="sft-presets">
        <fieldset>
          <legend>{t.presets}</legend>
          {PACKING_PRESET_NAMES.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={preset === name}
              onClick={() => set(PACKING_PRESETS[name])}
            >
              {t.presetNames[name]}
            </button>
          ))}
        </fieldset>
        {preset && <p class="sft-hint">{t.presetNotes[preset]}</p>}
      </div>
      <div class="lab-panel">
        <Lengths
          locale={locale}
          value={state.lengths}
          onValue={(next) => set({ lengths: next, at: 1 })}
        />
        <NumberField
          locale={locale}
          label={t.window}
          value={window}
          min={RANGES.window[0]}
          max={RANGES.window[1]}
          scale="log"
          whole
          unit={t.tokensUnit}
          onChange={(next) => set({ window: next })}
        />
        <div>
          <Segments
            label={t.overlong}
            value={overlong}
            options={OVERLONG.map((value) => ({ value, label: t.overlongNames[value] }))}
            onChange={(next) => set({ overlong: next })}
          />
          <p class="sft-hint">{t.overlongWho[overlong]}</p>
        </div>
      </div>
      <Segments
        label={t.strategy}
        value={strategy}
        options={STRATEGIES.map((value) => ({ value, label: t.strategyNames[value] }))}
        onChange={(next) => set({ strategy: next })}
      />
      <p class="sft-hint">{t.strategyWho[strategy]}</p>
      <Verdict good={drawn.lost === 0 && drawn.waste <= packings.padded.waste / 2}>
        {t.packVerdict(
          t.strategyNames[strategy],
          whole(count),
          percent(drawn.waste),
          percent(packings.padded.waste),
        )}
        {drawn.lost > 0 && t.lost(whole(drawn.lost))}
        {drawn.fewest < count && strategy !== 'padded' && t.fewest(whole(drawn.fewest))}
      </Verdict>
      <Scroll label={t.compare}>
        <table class="sft-compare">
          <caption class="visually-hidden">{t.compare}</caption>
          <TableHead cells={t.compareHead} />
          <tbody>
            {STRATEGIES.map((name) => {
              const { windows, padding, kept, waste, lost, cut } = packings[name];
              return (
                <tr key={name} data-drawn={name === strategy ? '' : undefined}>
                  <th scope="row">{t.strategyNames[name]}</th>
                  <td>{whole(windows.length)}</td>
                  <td>{whole(padding)}</td>
                  <td>
                    1 − {whole(kept)}/({whole(windows.length)} × {whole(window)}) ={' '}
                    <b>{percent(waste)}</b>
                  </td>
                  <td>{whole(lost)}</td>
                  <td>{whole(cut)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <Windows
        locale={locale}
        name={t.strategyNames[strategy]}
        {...{ drawn, lengths, window, at }}
      />
      {count > 0 && (
        <Attention
          locale={locale}
          pieces={drawn.windows[at - 1] ?? []}
          at={at}
          count={count}
          isolated={state.isolated}
          set={set}
        />
      )}
    </section>
  );
}

function Lengths({
  locale,
  value,
  onValue,
}: {
  locale: Locale;
  value: string;
  onValue: (value: string) => void;
}) {
  const t = sftWords(locale);
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const wrong = draft !== undefined && readLengths(draft) === undefined;
  return (
    <div class="sft-lengths">
      <label for={id}>{t.lengths}</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={draft ?? value.replaceAll(',', ', ')}
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={`${id}-why`}
        onInput={({ currentTarget }) => {
          setDraft(currentTarget.value);
          const lengths = readLengths(currentTarget.value);
          if (lengths) onValue(writeLengths(lengths));
        }}
        onBlur={() => setDraft(undefined)}
      />
      <ReadOut class={wrong ? 'lab-error' : 'sft-hint'} id={`${id}-why`}>
        {wrong ? t.lengthsRule(whole(MOST_EXAMPLES), whole(MOST_TOKENS)) : t.lengthsHint}
      </ReadOut>
    </div>
  );
}

function Windows({
  locale,
  name,
  drawn,
  lengths,
  window,
  at,
}: {
  locale: Locale;
  name: string;
  drawn: Packed;
  lengths: readonly number[];
  window: number;
  at: number;
}) {
  const t = sftWords(locale);
  const partial = ({ example, from, to }: Piece): boolean =>
    from > 0 || to < (lengths[example] ?? 0);
  const held = (pieces: readonly Piece[]): number =>
    pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  const width = (tokens: number) => ({ inlineSize: `${(100 * tokens) / window}%` });
  return (
    <div class="sft-windows">
      <ul class="lab-legend">
        <li>
          <i class="sft-key" /> {t.legendExample}
        </li>
        <li>
          <i class="sft-key" data-part /> {t.legendPart}
        </li>
        <li>
          <i class="sft-key sft-padding" /> {t.legendPadding}
        </li>
      </ul>
      <Scroll label={t.windowPicture}>
        <div
          class="sft-rows"
          role="img"
          aria-label={t.packPicture(name, whole(drawn.windows.length))}
        >
          {drawn.windows.slice(0, MOST_DRAWN).map((pieces, index) => (
            <div key={index} data-at={index + 1 === at ? '' : undefined}>
              {pieces.map((piece) => (
                <span
                  key={`${piece.example}-${piece.from}`}
                  class="sft-piece"
                  data-odd={piece.example % 2 === 1 ? '' : undefined}
                  data-part={partial(piece) ? '' : undefined}
                  style={width(piece.to - piece.from)}
                >
                  {(piece.to - piece.from) / window > 0.06 && piece.example + 1}
                </span>
              ))}
              <span class="sft-padding" style={width(window - held(pieces))} />
            </div>
          ))}
        </div>
      </Scroll>
      {drawn.windows.length > MOST_DRAWN && (
        <p class="sft-hint">{t.firstWindows(whole(MOST_DRAWN), whole(drawn.windows.length))}</p>
      )}
      <TableOf
        locale={locale}
        caption={t.windowTable}
        head={t.windowHead}
        rows={drawn.windows.map((pieces, index) => [
          String(index + 1),
          pieces
            .map((piece) =>
              t.piece(
                String(piece.example + 1),
                whole(piece.from),
                whole(piece.to),
                !partial(piece),
              ),
            )
            .join('; '),
          whole(window - held(pieces)),
        ])}
      />
    </div>
  );
}
