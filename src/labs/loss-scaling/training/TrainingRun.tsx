import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { roundTo } from '~/engines/floats/index.ts';
import { BATCH_TOKENS, INPUTS, TARGETS } from '~/engines/training/problem.ts';
import { decimal, scientific, superscript } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Player } from '../../kit/Player.tsx';
import { Scroll } from '../../kit/Scroll.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { TableHead } from '../../kit/TableHead.tsx';
import { TableOf } from '../../kit/TableOf.tsx';
import { Verdict } from '../../kit/Verdict.tsx';
import { Dial } from '../Dial.tsx';
import type { LiveGradients } from '../histogram/GradientHistogram.tsx';
import { power } from '../values.ts';
import { type Line, Plot, path, placeOf } from './Plot.tsx';
import {
  type Curve,
  exponentAt,
  indexAt,
  type Runs,
  samplesOf,
  snapshotAt,
  stepAt,
} from './runs.ts';
import {
  MAX_EXPONENT,
  MAX_SEED,
  MAX_SPIKES,
  RECIPES,
  type Recipe,
  STEPS,
  type TrainingState,
} from './state.ts';
import { useTraining } from './useTraining.ts';
import { trainingWords } from './words.ts';

interface Props {
  locale: Locale;
  state: TrainingState;
  onState: (state: TrainingState) => void;
  /** Told the gradients of the FP32 run at the step looked at, once it has trained here. */
  onGradients: (live: LiveGradients) => void;
  /** Asks for the gradients: the printed example has none until it is trained. */
  wanted?: boolean;
}

const LAST = STEPS - 1;
const STRIDES = [1, 10, 50] as const;
const TICKS_A_SECOND = 12;
/** Where a spike is offered while the whole run is shown. */
const SPIKE_STEP = 1200;

/** One network trained in five arithmetics, step by step. */
export function TrainingRun({ locale, state, onState, onGradients, wanted = false }: Props) {
  const t = trainingWords(locale);
  const { at } = state;
  const training = useTraining(state, wanted || at !== LAST);
  const { runs, trained, phase } = training;
  const set = (change: Partial<TrainingState>): void => onState({ ...state, ...change });

  const tell = useRef(onGradients);
  tell.current = onGradients;
  const told = useRef<{ runs: Runs; step: number }>();
  useEffect(() => {
    const live = snapshotAt(runs.gradients, at);
    if (!live || (told.current?.runs === runs && told.current.step === live.step)) return;
    told.current = { runs, step: live.step };
    tell.current({ gradients: live.values, step: live.step });
  }, [runs, at]);

  // What does not hang on the step is not drawn again while the run plays.
  const tables = useMemo(() => <Tables locale={locale} runs={runs} />, [locale, runs]);
  const answersOf = snapshotAt(runs.answers.fp32, at)?.step;
  const answers = useMemo(
    () => <Answers locale={locale} runs={runs} recipes={state.recipes} at={at} />,
    [locale, runs, state.recipes, answersOf],
  );

  return (
    <section class="ls-part lt-run" aria-labelledby="lt-run-title">
      <h3 id="lt-run-title">{t.runTitle}</h3>
      <p>{t.runIntro}</p>
      <Settings locale={locale} state={state} set={set}>
        <Status locale={locale} training={training} />
      </Settings>
      <Legend locale={locale} recipes={state.recipes} set={set} />
      <Pictures
        locale={locale}
        runs={runs}
        recipes={state.recipes}
        spikes={trained.spikes}
        at={at}
        waiting={phase !== 'idle'}
      />
      <Cursor locale={locale} at={at} onAt={(step) => set({ at: step })} />
      <Spikes locale={locale} state={state} set={set} />
      <Outcome locale={locale} runs={runs} masters={trained.masters} spikes={trained.spikes} />
      <Reading locale={locale} runs={runs} recipes={state.recipes} at={at} />
      {answers}
      <Formula locale={locale} runs={runs} at={at} />
      {tables}
    </section>
  );
}

interface Setting {
  locale: Locale;
  state: TrainingState;
  set: (change: Partial<TrainingState>) => void;
}

function Settings({ locale, state, set, children }: Setting & { children: ComponentChildren }) {
  const t = trainingWords(locale);
  return (
    <fieldset class="lab-panel lt-settings">
      <legend>{t.settings}</legend>
      <div class="lt-switches">
        <Switch label={t.masters} on={state.masters} onChange={(masters) => set({ masters })} />
        <Switch label={t.wideSums} on={state.wideSums} onChange={(wideSums) => set({ wideSums })} />
      </div>
      <Dial
        locale={locale}
        label={t.staticScale}
        ofTwo
        value={state.staticExponent}
        max={MAX_EXPONENT}
        onValue={(staticExponent) => set({ staticExponent })}
      />
      <Dial
        locale={locale}
        label={t.startScale}
        ofTwo
        value={state.startExponent}
        max={MAX_EXPONENT}
        onValue={(startExponent) => set({ startExponent })}
      />
      <div>
        <Dial
          locale={locale}
          label={t.growthInterval}
          value={state.growthInterval}
          max={STEPS}
          onValue={(growthInterval) => set({ growthInterval })}
        />
        <p class="lt-note">{t.growthNote}</p>
      </div>
      <Dial
        locale={locale}
        label={t.seed}
        value={state.seed}
        max={MAX_SEED}
        onValue={(seed) => set({ seed })}
      />
      {children}
    </fieldset>
  );
}

function Switch({
  label,
  on,
  onChange,
}: {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label class="lt-switch">
      <input
        type="checkbox"
        checked={on}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  );
}

/** What the worker is doing. Its place is kept, so that nothing moves when it starts. */
function Status({
  locale,
  training,
}: {
  locale: Locale;
  training: ReturnType<typeof useTraining>;
}) {
  const t = trainingWords(locale);
  const { phase, progress, cancel, train } = training;
  // Read out in quarters, not at every report.
  const quarter = Math.floor(progress * 4) * 25;
  return (
    <div class="lt-status">
      <p class="visually-hidden" role="status">
        {phase === 'training' && t.training(`${quarter}%`)}
        {phase === 'cancelled' && t.cancelled}
        {phase === 'failed' && t.failed}
      </p>
      {phase === 'training' && (
        <>
          <progress max={1} value={progress} aria-label={t.progress} />
          <span aria-hidden="true">{t.training(`${Math.round(progress * 100)}%`)}</span>
          <button type="button" onClick={cancel}>
            {t.cancel}
          </button>
        </>
      )}
      {(phase === 'cancelled' || phase === 'failed') && (
        <>
          <span aria-hidden="true">{phase === 'failed' ? t.failed : t.cancelled}</span>
          <button type="button" onClick={train}>
            {t.train}
          </button>
        </>
      )}
    </div>
  );
}

interface LegendProps {
  locale: Locale;
  recipes: readonly Recipe[];
  set: (change: Partial<TrainingState>) => void;
}

/** The lines' names are the switches that show them. */
function Legend({ locale, recipes, set }: LegendProps) {
  const t = trainingWords(locale);
  return (
    <fieldset class="lt-legend">
      <legend>{t.curves}</legend>
      {RECIPES.map((recipe) => (
        <label key={recipe} class="lt-switch">
          <input
            type="checkbox"
            checked={recipes.includes(recipe)}
            onChange={({ currentTarget: { checked } }) =>
              set({
                recipes: RECIPES.filter((one) =>
                  one === recipe ? checked : recipes.includes(one),
                ),
              })
            }
          />
          <svg viewBox="0 0 34 10" aria-hidden="true">
            <path data-run={recipe} d="M1 5L33 5" />
          </svg>
          {t.recipes[recipe]}
        </label>
      ))}
    </fieldset>
  );
}

interface PicturesProps {
  locale: Locale;
  runs: Runs;
  recipes: readonly Recipe[];
  spikes: readonly number[];
  at: number;
  waiting: boolean;
}

/** Points of a line are this many steps apart, whatever the runs hold: no screen shows more. */
const DRAWN_EVERY = 5;

function Pictures({ locale, runs, recipes, spikes, at, waiting }: PicturesProps) {
  const t = trainingWords(locale);
  const shown = decimal(at, 0);
  const { loss, scale, zeros, lossTicks, scaleTicks } = useMemo(
    () => pictures(runs, recipes),
    [runs, recipes],
  );
  const dynamic = runs.curves.fp16_dynamic.skipped;
  const skipped = [
    ...(recipes.includes('fp16_dynamic') ? dynamic : []),
    ...(recipes.includes('fp16_static') ? runs.curves.fp16_static.skipped : []),
  ].filter((step) => step <= at);
  // A run that always overflows has 2,000 marks; from some number on they are one band.
  const marks = skipped.length > 150 ? skipped.filter((_, index) => index % 10 === 0) : skipped;
  return (
    <div class="lt-plots" data-waiting={waiting ? '' : undefined} aria-busy={waiting}>
      <Plot
        label={t.lossPicture(shown)}
        title={t.lossPlot}
        ticks={lossTicks}
        lines={loss}
        at={at}
        tall
        bare
      >
        {spikes.map((step) => (
          <span key={step} class="lt-spike" style={{ insetInlineStart: placeOf(step) }}>
            <span>{t.spikeMark}</span>
          </span>
        ))}
      </Plot>
      <Plot
        label={t.scalePicture(shown)}
        title={t.scalePlot}
        ticks={scaleTicks}
        lines={scale}
        at={at}
        bare
      >
        {marks.map((step) => (
          <span
            key={step}
            class="lt-skip"
            aria-hidden="true"
            style={{ insetInlineStart: placeOf(step) }}
          >
            ×
          </span>
        ))}
        {skipped.length > 0 && (
          <span class="lt-skip-key" aria-hidden="true">
            × {t.skipMark}
          </span>
        )}
      </Plot>
      <Plot
        label={t.zeroPicture(shown)}
        title={t.zeroPlot}
        ticks={[
          { at: 0, label: '0%' },
          { at: 0.5, label: '50%' },
          { at: 1, label: '100%' },
        ]}
        lines={zeros}
        at={at}
      />
    </div>
  );
}

function pictures(runs: Runs, recipes: readonly Recipe[]) {
  const every = Math.max(DRAWN_EVERY, runs.every);
  const steps = Array.from({ length: samplesOf(every) }, (_, index) => stepAt(index, every));
  const lines = (
    names: readonly Recipe[],
    values: (curve: Curve) => ArrayLike<number>,
    height: (value: number) => number,
  ): Line[] =>
    names.map((recipe) => ({
      key: recipe,
      d: path(
        steps.map((step) => [
          step,
          height(values(runs.curves[recipe])[indexAt(step, runs.every)] as number),
        ]),
      ),
    }));

  const finite = recipes
    .flatMap((recipe) => Array.from(runs.curves[recipe].losses))
    .filter((loss) => loss > 0 && Number.isFinite(loss));
  // A spike's own loss, near 10⁷, would press all else to the floor: it runs out of the picture.
  const top = finite.some((loss) => loss > 1) ? 1 : 0;
  const foot = Math.min(-2, Math.floor(Math.log10(Math.min(...finite, 1e-2))));
  const lossHeight = (loss: number) => {
    if (!Number.isFinite(loss)) return Number.NaN;
    return Math.min(1, Math.max(0, (Math.log10(loss) - foot) / (top - foot)));
  };
  const decades = Array.from({ length: top - foot + 1 }, (_, index) => foot + index);

  const scaled = recipes.filter((recipe) => recipe === 'fp16_static' || recipe === 'fp16_dynamic');
  const exponents = scaled.flatMap((recipe) =>
    runs.curves[recipe].scales.map(([, exponent]) => exponent),
  );
  const low = Math.floor(Math.min(0, ...exponents) / 8) * 8;
  const high = Math.max(16, Math.ceil(Math.max(0, ...exponents) / 8) * 8);
  const marks = Array.from({ length: (high - low) / 8 + 1 }, (_, index) => low + index * 8);
  const thinned = marks.filter((_, index) => marks.length < 5 || index % 2 === 0);
  const scaleHeight = (exponent: number) => (exponent - low) / (high - low);

  return {
    loss: lines(recipes, ({ losses }) => losses, lossHeight),
    lossTicks: decades.map((decade) => ({
      at: (decade - foot) / (top - foot),
      label: `10${superscript(decade)}`,
    })),
    scale: scaled.map((recipe) => ({
      key: recipe,
      d: staircase(runs.curves[recipe].scales, scaleHeight),
    })),
    scaleTicks: thinned.map((exponent) => ({ at: scaleHeight(exponent), label: power(exponent) })),
    zeros: lines(
      recipes,
      ({ zeroShares }) => zeroShares,
      (share) => share,
    ),
  };
}

/** Level until the next change. */
function staircase(scales: Curve['scales'], height: (exponent: number) => number): string {
  return path(
    scales.flatMap(([step, exponent], index) => [
      [step, height(exponent)] as const,
      [scales[index + 1]?.[0] ?? LAST, height(exponent)] as const,
    ]),
  );
}

interface CursorProps {
  locale: Locale;
  at: number;
  onAt: (step: number) => void;
}

function Cursor({ locale, at, onAt }: CursorProps) {
  const t = trainingWords(locale);
  const [stride, setStride] = useState<(typeof STRIDES)[number]>(10);
  const last = Math.ceil(LAST / stride);
  return (
    <div class="lt-cursor">
      <input
        type="range"
        aria-label={t.step}
        aria-valuetext={t.atStep(decimal(at, 0))}
        min={0}
        max={LAST}
        step={1}
        value={at}
        onInput={({ currentTarget }) => onAt(currentTarget.valueAsNumber)}
      />
      <div>
        <Player
          locale={locale}
          at={at === LAST ? last : Math.floor(at / stride)}
          last={last}
          perSecond={TICKS_A_SECOND}
          onAt={(place) => onAt(Math.min(place * stride, LAST))}
        />
        <Segments
          label={t.speed}
          value={stride}
          options={STRIDES.map((value) => ({ value, label: String(value) }))}
          onChange={setStride}
        />
      </div>
    </div>
  );
}

function Spikes({ locale, state, set }: Setting) {
  const t = trainingWords(locale);
  const step = state.at === LAST ? SPIKE_STEP : state.at;
  const full = state.spikes.length >= MAX_SPIKES;
  const off = full || state.spikes.includes(step);
  return (
    <div class="lt-spikes">
      <button
        type="button"
        aria-disabled={off || undefined}
        onClick={() => off || set({ spikes: [...state.spikes, step].sort((a, b) => a - b) })}
      >
        {full ? t.spikesFull(MAX_SPIKES) : t.spike(decimal(step, 0))}
      </button>
      {state.spikes.map((spike) => (
        <button
          key={spike}
          type="button"
          aria-label={t.removeSpike(decimal(spike, 0))}
          onClick={({ currentTarget }) => {
            (currentTarget.previousElementSibling as HTMLElement).focus();
            set({ spikes: state.spikes.filter((other) => other !== spike) });
          }}
        >
          {t.atStep(decimal(spike, 0))} <span aria-hidden="true">✕</span>
        </button>
      ))}
      <p class="lt-note">{t.spikeNote}</p>
    </div>
  );
}

interface ShownProps {
  locale: Locale;
  runs: Runs;
  recipes: readonly Recipe[];
  at: number;
}

/** The runs in numbers at the step looked at. */
function Reading({ locale, runs, recipes, at }: ShownProps) {
  const t = trainingWords(locale);
  const index = indexAt(at, runs.every);
  const reference = runs.curves.fp32.losses[index] as number;
  const caption = t.readingAt(decimal(stepAt(index, runs.every), 0));
  return (
    <div class="lt-reading">
      <Scroll label={caption}>
        <table>
          <caption>{caption}</caption>
          <TableHead
            cells={[t.run, t.loss, t.against, t.scaleNow, t.skipped, t.zeros, t.swamped]}
          />
          <tbody>
            {recipes.map((recipe) => {
              const curve = runs.curves[recipe];
              const loss = curve.losses[index] as number;
              const scaled = recipe === 'fp16_static' || recipe === 'fp16_dynamic';
              return (
                <tr key={recipe}>
                  <th scope="row">
                    <svg viewBox="0 0 34 10" aria-hidden="true">
                      <path data-run={recipe} d="M1 5L33 5" />
                    </svg>
                    {t.recipes[recipe]}
                  </th>
                  <td>{printed(loss, t.diverged)}</td>
                  <td>{recipe === 'fp32' ? '' : `${times(loss / reference)}×`}</td>
                  <td>{scaled ? power(exponentAt(curve, at)) : '1'}</td>
                  <td>
                    {scaled ? decimal(curve.skipped.filter((step) => step <= at).length, 0) : '–'}
                  </td>
                  <td>{percent(curve.zeroShares[index] as number)}</td>
                  <td>{percent(mean(curve.swampedShares, index + 1))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <p class="lt-note">{t.swampedNote}</p>
    </div>
  );
}

const ANSWER_TOP = 1.4;
const curvePath = (values: ArrayLike<number>): string =>
  Array.from(values, (value, index) => {
    const y = Math.min(ANSWER_TOP, Math.max(-ANSWER_TOP, value));
    return `${index === 0 ? 'M' : 'L'}${INPUTS[index]} ${(-y).toFixed(3)}`;
  }).join('');
const TARGET_PATH = curvePath(TARGETS);

/** Small pictures of what each network answers, beside what it should. */
function Answers({ locale, runs, recipes, at }: ShownProps) {
  const t = trainingWords(locale);
  return (
    <div class="lt-answers">
      <h4>{t.fitTitle}</h4>
      <ul>
        {recipes.map((recipe) => {
          const answer = snapshotAt(runs.answers[recipe], at);
          const finite = answer?.values.every(Number.isFinite);
          return (
            <li key={recipe}>
              <svg viewBox="-1 -1.45 2 2.9" role="img" aria-label={t.fitPicture(t.recipes[recipe])}>
                <path class="lt-target" d={TARGET_PATH} />
                {answer && finite && <path data-run={recipe} d={curvePath(answer.values)} />}
              </svg>
              {t.recipes[recipe]}
              {answer && !finite ? ` (${t.diverged})` : ''}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Why the unscaled run stops and the scaled one does not, with the numbers they have now. */
function Formula({ locale, runs, at }: { locale: Locale; runs: Runs; at: number }) {
  const t = trainingWords(locale);
  const index = indexAt(at, runs.every);
  return (
    <div class="lt-formula">
      <h4>{t.formula}</h4>
      <p>{t.formulaWhy}</p>
      {(['fp16', 'fp16_static', 'fp16_dynamic'] as const).map((recipe) => {
        const curve = runs.curves[recipe];
        const error = Math.sqrt(curve.losses[index] as number);
        const exponent = exponentAt(curve, at);
        const gradient = (2 * error * 2 ** exponent) / BATCH_TOKENS;
        const kept = roundTo('fp16', gradient);
        const fate = kept === 0 ? 'underflow' : Number.isFinite(kept) ? 'normal' : 'overflow';
        return (
          <p key={recipe}>
            <span>{t.recipes[recipe]}</span>2 · {significant(error)} ·{' '}
            {exponent === 0 ? '1' : power(exponent)} / 2²⁴ = {significant(gradient)} {t.becomes}{' '}
            <b data-fate={fate}>{significant(kept)}</b>
          </p>
        );
      })}
    </div>
  );
}

interface OutcomeProps {
  locale: Locale;
  runs: Runs;
  masters: boolean;
  spikes: readonly number[];
}

/** Ends of the runs are alike within this factor. */
const ALIKE = 3;

function Outcome({ locale, runs, masters, spikes }: OutcomeProps) {
  const t = trainingWords(locale);
  const index = samplesOf(runs.every) - 1;
  const end = (recipe: Recipe) => runs.curves[recipe].losses[index] as number;
  const ratio = (recipe: Recipe) => end(recipe) / end('fp32');
  const unscaled = ratio('fp16');
  const fixed = ratio('fp16_static');
  const dynamic = ratio('fp16_dynamic');
  const { skipped } = runs.curves.fp16_dynamic;
  const spared = spikes.some((step) => skipped.includes(step)) && dynamic < 1 / ALIKE;
  if (spared) return <Verdict good>{t.verdictSpared(times(1 / dynamic))}</Verdict>;
  const good = dynamic < ALIKE;
  const sentences = [
    unscaled < ALIKE
      ? t.verdictNoStall(times(unscaled))
      : t.verdictStall(times(unscaled), percent(runs.curves.fp16.zeroShares[index] as number)),
    fixed < ALIKE && good
      ? t.verdictScaled(times(fixed), times(dynamic), skipped.length)
      : fixed < ALIKE || good
        ? t.verdictMixed(times(fixed), times(dynamic))
        : t.verdictUnscaled(times(fixed), times(dynamic)),
    ratio('bf16') < ALIKE
      ? t.verdictBf16(times(ratio('bf16')))
      : t.verdictBf16Bad(times(ratio('bf16'))),
    ...(masters ? [] : [t.verdictSwamped]),
  ];
  return <Verdict good={good}>{sentences.join(locale === 'zh' ? '' : ' ')}</Verdict>;
}

/** A scale that never rests changes thousands of times; so many rows nobody reads. */
const MOST_CHANGES = 200;

function Tables({ locale, runs }: { locale: Locale; runs: Runs }) {
  const t = trainingWords(locale);
  const steps = Array.from({ length: STEPS / 100 + 1 }, (_, index) => Math.min(index * 100, LAST));
  const curve = runs.curves.fp16_dynamic;
  // What a skipped step does to the scale shows in the step after it.
  const overflows = curve.skipped.map((step) => ({
    step,
    exponent: exponentAt(curve, step + 1),
    what: exponentAt(curve, step + 1) < exponentAt(curve, step) ? t.halved : t.same,
  }));
  const growths = curve.scales
    .filter(([, exponent], index) => exponent > (curve.scales[index - 1]?.[1] ?? Infinity))
    .map(([step, exponent]) => ({ step, exponent, what: t.grew }));
  const changes = [
    { step: 0, exponent: exponentAt(curve, 0), what: t.start },
    ...[...overflows, ...growths].sort((a, b) => a.step - b.step),
  ];
  return (
    <div>
      <TableOf
        locale={locale}
        caption={t.tableOfLosses}
        head={[t.step, ...RECIPES.map((recipe) => t.recipes[recipe])]}
        rows={steps.map((step) => [
          decimal(step, 0),
          ...RECIPES.map((recipe) =>
            printed(runs.curves[recipe].losses[indexAt(step, runs.every)] as number, t.diverged),
          ),
        ])}
      />
      <TableOf
        locale={locale}
        caption={t.tableOfScales(decimal(Math.min(changes.length, MOST_CHANGES), 0))}
        head={[t.step, t.scaleAfter, t.event]}
        rows={changes
          .slice(0, MOST_CHANGES)
          .map(({ step, exponent, what }) => [decimal(step, 0), power(exponent), what])}
      />
    </div>
  );
}

function printed(loss: number, diverged: string): string {
  if (!Number.isFinite(loss)) return diverged;
  return loss >= 0.01 && loss < 1e4 ? decimal(loss, 3) : scientific(loss, 1);
}

function times(ratio: number): string {
  if (!Number.isFinite(ratio)) return '∞';
  return ratio < 0.1 ? scientific(ratio, 1) : decimal(ratio, ratio < 10 ? 2 : 0);
}

function mean(values: ArrayLike<number>, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += values[i] as number;
  return sum / count;
}

const percent = (share: number): string => `${decimal(100 * share, 0)}%`;

function significant(value: number): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : '∞';
  if (value >= 1e5 || value < 1e-3) return scientific(value, 1);
  return value >= 100 ? decimal(value, 0) : String(Number(value.toPrecision(2)));
}
