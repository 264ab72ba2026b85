import { useMemo } from 'preact/hooks';
import { replay } from '~/engines/loss-scaling/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Player } from '../../kit/Player.tsx';
import { Predict } from '../../kit/Predict.tsx';
import { ReadOut } from '../../kit/ReadOut.tsx';
import { Scroll } from '../../kit/Scroll.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { TableOf } from '../../kit/TableOf.tsx';
import { PER_COLUMN, type ScalerState } from '../state.ts';
import { plain, short, whole } from '../values.ts';
import { labWords, type Words } from '../words.ts';
import { Does } from './Does.tsx';
import { EXAMPLES, type Example, type Moment, moments } from './moments.ts';
import { Pattern } from './Pattern.tsx';
import { SCALERS, SHOWN } from './params.ts';
import { Run } from './Run.tsx';
import { ScalerParams } from './ScalerParams.tsx';

interface Props {
  locale: Locale;
  state: ScalerState;
  onState: (state: ScalerState) => void;
}

/** The same overflows under every policy. */
export function ScalerPolicies({ locale, state, onState }: Props) {
  const t = labWords(locale).scalers;
  const { overflows, columns, perColumn, at, params } = state;
  const set = (change: Partial<ScalerState>): void => onState({ ...state, ...change });
  const runs = useMemo(
    () => SHOWN.map((policy) => ({ policy, list: moments(policy, state) })),
    [overflows, columns, perColumn, params],
  );
  const toggle = (column: number): void =>
    set({
      at: column,
      overflows: overflows.includes(column)
        ? overflows.filter((other) => other !== column)
        : [...overflows, column].sort((a, b) => a - b),
    });
  const first = at * perColumn;
  return (
    <section class="ls-part" aria-labelledby="ls-scalers">
      <h3 id="ls-scalers">{t.title}</h3>
      <Question locale={locale} t={t} />
      <div class="ls-tries">
        <span id="ls-patterns">{t.examples}</span>
        <ul aria-labelledby="ls-patterns">
          {(Object.keys(EXAMPLES) as Example[]).map((name) => (
            <li key={name}>
              <button
                type="button"
                aria-pressed={same(EXAMPLES[name], state)}
                onClick={() => onState(EXAMPLES[name])}
              >
                {t.example[name]}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <p class="ls-hint">
        {t.pattern}. <span class="ls-keys">{t.patternHint}</span>
      </p>
      <Scroll label={t.scales}>
        <div class="ls-policies" style={{ '--ls-columns': columns }}>
          <Pattern t={t} state={state} toggle={toggle} onAt={(next) => set({ at: next })} />
          {runs.map(({ policy, list }) => (
            <Run
              key={policy}
              t={t}
              policy={policy}
              list={list}
              state={state}
              onAt={(next) => set({ at: next })}
            />
          ))}
        </div>
      </Scroll>
      <ul class="ls-legend" aria-hidden="true">
        <li data-key="overflow">{t.overflow}</li>
        <li data-key="chosen">{t.chosen}</li>
      </ul>
      <Player locale={locale} at={at} last={columns - 1} onAt={(next) => set({ at: next })} />
      <h4>
        {perColumn === 1
          ? t.whatHappens(whole(first))
          : t.whatHappensIn(whole(first), whole(first + perColumn - 1))}
      </h4>
      <ReadOut as="dl" class="ls-does">
        {runs.map(({ policy, list }) => (
          <Does key={policy} t={t} policy={policy} list={list} state={state} />
        ))}
      </ReadOut>
      <Segments
        label={t.perColumn}
        value={perColumn}
        options={PER_COLUMN.map((value) => ({ value, label: String(value) }))}
        onChange={(value) => set({ perColumn: value })}
      />
      <ScalerParams locale={locale} state={state} onState={onState} />
      <TableOf
        locale={locale}
        caption={t.table}
        head={[t.tableStep, t.tableFlag, ...SHOWN.map((policy) => SCALERS[policy].title)]}
        rows={Array.from({ length: columns }, (_, column) => {
          const last = (column + 1) * perColumn - 1;
          return [
            whole(last),
            overflows.includes(column) ? t.yes : '',
            ...runs.map(({ list }) => {
              const moment = list[last] as Moment;
              const over = moment.kind === 'ended' || moment.kind === 'raised';
              return over ? t.endedCell : short(moment.after);
            }),
          ];
        })}
      />
      <aside class="ls-logs">
        <h4>{t.logsTitle}</h4>
        <ul>
          {t.logs.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </aside>
    </section>
  );
}

function same(example: ScalerState, state: ScalerState): boolean {
  return (
    example.columns === state.columns &&
    example.perColumn === state.perColumn &&
    String(example.overflows) === String(state.overflows) &&
    JSON.stringify(example.params) === JSON.stringify(state.params)
  );
}

/** The mistake people make about hysteresis. */
function Question({ locale, t }: { locale: Locale; t: Words['scalers'] }) {
  const run = replay({ policy: 'deepspeed', overflows: { at: [0, 500], steps: 501 } });
  return (
    <Predict
      locale={locale}
      question={t.predict}
      options={[16_384, 32_768, 65_536].map((value) => ({
        value: String(value),
        label: plain(value),
      }))}
      correct={String(run.finalScale)}
    >
      {t.predictWhy(run.skipped, run.lowered)}
    </Predict>
  );
}
