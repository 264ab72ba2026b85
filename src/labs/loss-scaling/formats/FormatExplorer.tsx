import { useMemo, useRef } from 'preact/hooks';
import { toBits } from '~/engines/floats/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Segments } from '../../kit/Segments.tsx';
import { TableOf } from '../../kit/TableOf.tsx';
import { Entry } from '../Entry.tsx';
import { EXPLORED, type FormatState, ZOOMS } from '../state.ts';
import { both, short, typed } from '../values.ts';
import { labWords } from '../words.ts';
import { Bits } from './Bits.tsx';
import { errorText, hex } from './print.ts';
import { Rows } from './Rows.tsx';
import { NAMES, neighbours, rounded } from './rounding.ts';
import { Swamping } from './Swamping.tsx';

interface Props {
  locale: Locale;
  state: FormatState;
  onState: (state: FormatState) => void;
}

const TRIES = [
  ['ssd', 2 ** -27],
  ['eps', 1e-8],
  ['primer', 0.3952],
  ['square', 255 * 255],
  ['top', 65_520],
  ['e4m3', 500],
] as const;

/** One number in every format. */
export function FormatExplorer({ locale, state, onState }: Props) {
  const t = labWords(locale);
  const { x, format, zoom } = state;
  const latest = useRef(state);
  latest.current = state;
  const set = (change: Partial<FormatState>): void => onState({ ...latest.current, ...change });
  // What does not depend on x stays as it is while x is dragged.
  const swamping = useMemo(
    () => <Swamping locale={locale} state={state} set={set} />,
    [locale, state.weight, state.update, state.additions, state.kept],
  );
  const rows = EXPLORED.map((name) => ({ name, result: rounded(name, x) }));

  return (
    <section class="ls-part" aria-labelledby="ls-formats">
      <h3 id="ls-formats">{t.formatsTitle}</h3>
      <div class="ls-number">
        <Entry
          label={t.number}
          shown={typed(x)}
          notANumber={t.notANumber}
          onNumber={(value) => {
            set({ x: value });
            return undefined;
          }}
        />
        <div class="ls-buttons">
          {[0.125, 0.5, 2, 8].map((factor) => (
            <button key={factor} type="button" onClick={() => set({ x: x * factor })}>
              {factor < 1 ? `x ÷ ${1 / factor}` : t.times(String(factor))}
            </button>
          ))}
          <button type="button" aria-label={t.negate} onClick={() => set({ x: -x })}>
            ±
          </button>
        </div>
        <Segments
          label={t.zoom}
          value={zoom}
          options={ZOOMS.map((value) => ({ value, label: t.zooms[value] }))}
          onChange={(next) => set({ zoom: next })}
        />
      </div>
      <div class="ls-tries">
        <span id="ls-tries">{t.tries}</span>
        <ul aria-labelledby="ls-tries">
          {TRIES.map(([name, value]) => (
            <li key={name}>
              <button
                type="button"
                aria-pressed={Object.is(value, x)}
                onClick={() => set({ x: value })}
              >
                {short(value)} <small>{t.tryWhy[name]}</small>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <Rows state={state} rows={rows} t={t} set={set} />
      <Bits t={t} format={format} x={x} onX={(next) => set({ x: next })} />
      <TableOf
        locale={locale}
        caption={t.formatsTable}
        head={t.tableHead}
        rows={rows.map(({ name, result }) => {
          const next = neighbours(name, result.value);
          return [
            NAMES[name],
            both(result.value),
            t.zones[result.zone],
            errorText(result, t),
            Number.isFinite(result.value) ? both(next.below) : '',
            Number.isFinite(result.value) ? both(next.above) : '',
            hex(name, toBits(name, x)),
          ];
        })}
      />
      {swamping}
    </section>
  );
}
