import { useMemo, useRef } from 'preact/hooks';
import { gradientWindow, replay } from '~/engines/loss-scaling/index.ts';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Player } from '../../kit/Player.tsx';
import { Predict } from '../../kit/Predict.tsx';
import { ReadOut } from '../../kit/ReadOut.tsx';
import { Scroll } from '../../kit/Scroll.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { TableOf } from '../../kit/TableOf.tsx';
import { PER_COLUMN, type ScalerState } from '../state.ts';
import { plain, short } from '../values.ts';
import { labWords, type Words } from '../words.ts';
import { EXAMPLES, type Example, logLine, type Moment, moments, toldOf } from './moments.ts';
import { SCALERS, SHOWN, type Shown } from './params.ts';
import { ScalerParams } from './ScalerParams.tsx';

interface Props {
  locale: Locale;
  state: ScalerState;
  onState: (state: ScalerState) => void;
}

const whole = (value: number): string => decimal(value, 0);

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

interface PatternProps {
  t: Words['scalers'];
  state: ScalerState;
  toggle: (column: number) => void;
  onAt: (column: number) => void;
}

/** One switch a column; arrow keys walk, so that the tab key does not have to. */
function Pattern({ t, state, toggle, onAt }: PatternProps) {
  const { overflows, columns, perColumn, at } = state;
  const strip = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent): void => {
    const to: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: columns - 1,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const column = Math.min(Math.max(next, 0), columns - 1);
    onAt(column);
    strip.current?.querySelectorAll<HTMLElement>('button')[column]?.focus();
  };
  return (
    <div class="ls-pattern" role="toolbar" aria-label={t.pattern} ref={strip} onKeyDown={walk}>
      {Array.from({ length: columns }, (_, column) => {
        const overflow = overflows.includes(column);
        return (
          <button
            key={column}
            type="button"
            tabIndex={column === at ? 0 : -1}
            aria-pressed={overflow}
            aria-current={column === at ? 'step' : undefined}
            aria-label={t.stepState(whole(column * perColumn), overflow)}
            onClick={() => toggle(column)}
          >
            <span>{overflow ? '×' : '·'}</span>
            <small>{perColumn === 1 || column % 4 === 0 ? column * perColumn : ''}</small>
          </button>
        );
      })}
    </div>
  );
}

const HEIGHT = 64;
const EDGE = 6;

interface RunProps {
  t: Words['scalers'];
  policy: Shown;
  list: readonly Moment[];
  state: ScalerState;
  onAt: (column: number) => void;
}

/** The scale over the steps, as a staircase of powers of two. */
function Run({ t, policy, list, state, onAt }: RunProps) {
  const { columns, perColumn, overflows, at } = state;
  const { title } = SCALERS[policy];
  const alive = list.filter(({ kind }) => kind !== 'ended');
  const start = (list[0] as Moment).before;
  const end = (alive.at(-1) as Moment).after;
  const exponents = alive.flatMap(({ before, after }) => [log2(before), log2(after)]);
  const high = Math.max(...exponents);
  // Two levels at least, so that one halving is not drawn as a cliff.
  const low = Math.min(...exponents, high - 2);
  const y = (scale: number): number =>
    EDGE + ((HEIGHT - 2 * EDGE) * (high - log2(scale))) / (high - low);
  let path = `M0 ${y(start).toFixed(1)}`;
  for (const { step, before, after } of alive) {
    if (after !== before) path += `H${(step + 1) / perColumn}V${y(after).toFixed(1)}`;
  }
  path += `H${alive.length / perColumn}`;
  const ended = alive.at(-1)?.kind === 'raised';
  const skipped = alive.filter(({ overflow }) => overflow).length;
  return (
    <>
      <p class="ls-run">
        <b>{title}</b>
        <span>
          {t.summary(short(start), short(end), whole(skipped))}
          {ended && <em>{t.endedAt(whole(alive.length - 1))}</em>}
        </span>
      </p>
      <div
        class="ls-scale"
        onPointerDown={({ currentTarget, clientX }) => {
          const box = currentTarget.getBoundingClientRect();
          const column = Math.floor(((clientX - box.left) / box.width) * columns);
          onAt(Math.min(Math.max(column, 0), columns - 1));
        }}
      >
        <svg
          viewBox={`0 0 ${columns} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t.chart(title, short(start), short(end))}
        >
          {overflows.map((column) => (
            <rect
              key={column}
              class="ls-overflow"
              x={column}
              y="0"
              width={1 / Math.min(perColumn, 8)}
              height={HEIGHT}
            />
          ))}
          <rect class="ls-chosen" x={at} y="0" width="1" height={HEIGHT} />
          <path d={path} />
          {ended && <path class="ls-end" d={`M${alive.length / perColumn} 0V${HEIGHT}`} />}
        </svg>
      </div>
      <p class="ls-levels" aria-hidden="true">
        <span>{short(2 ** high)}</span>
        <span>{short(2 ** low)}</span>
      </p>
    </>
  );
}

/** Zero only where the scale fell out of FP32. */
const log2 = (scale: number): number => Math.log2(Math.max(scale, 2 ** -150));

interface DoesProps {
  t: Words['scalers'];
  policy: Shown;
  list: readonly Moment[];
  state: ScalerState;
}

function Does({ t, policy, list, state }: DoesProps) {
  const { at, perColumn, params } = state;
  const told = toldOf(list, at, perColumn);
  const last = told.at(-1) as Moment;
  const gone = last.kind === 'ended' || last.kind === 'raised';
  const { keepAbove, overflowFrom } = gradientWindow({ scale: last.after || 2 ** -149 });
  const logs = told.flatMap((moment) => logLine(policy, moment, params) ?? []);
  return (
    <div data-kind={last.kind}>
      <dt>{SCALERS[policy].title}</dt>
      <dd>
        {told.map((moment) => (
          <p key={moment.step} class="ls-sentence">
            {perColumn > 1 && <b>{t.atStep(whole(moment.step))}</b>}
            {sentence(t, policy, moment)}
          </p>
        ))}
        {!gone && (
          <p class="ls-hint">
            {t.windowIs} {t.window(short(keepAbove), plain(Number(overflowFrom.toPrecision(6))))}
          </p>
        )}
        {logs.map((line) => (
          <code key={line} class="ls-log">
            {line}
          </code>
        ))}
        {logs.length === 0 && !gone && <p class="ls-hint">{t.quiet[policy]}</p>}
      </dd>
    </div>
  );
}

function sentence(t: Words['scalers'], policy: Shown, moment: Moment): string {
  const { kind, before, after, credit, streak, growsAt, overflow } = moment;
  const said = t.does[kind]({
    name: SCALERS[policy].title.replace(/ \(.*| GradScaler| amp|-LM/g, ''),
    before: short(before),
    after: short(after),
    credit: credit ?? [0, 0],
    streak: whole(streak),
    growsAt: growsAt === undefined ? '' : whole(growsAt),
  });
  return kind === 'fixed' ? `${said} ${overflow ? t.fixedSkipped : t.fixedTaken}` : said;
}
