import {
  computeOptimal,
  FLOPS_PER_PARAMETER_TOKEN,
  LAWS,
  tokensPerParameter,
  trainingFlops,
} from '~/engines/scaling-laws/index.ts';
import { decimal, superscript } from '~/format/number.ts';
import { Choice } from '../kit/Choice.tsx';
import { endPlaces } from '../kit/endPlaces.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import { Verdict } from '../kit/Verdict.tsx';
import { sentences } from '../kit/words.ts';
import type { Run } from './atlas.ts';
import type { PartProps } from './part.ts';
import { placeLabels } from './plot.ts';
import { amount, flopsOf, perParameter, times } from './print.ts';
import { LAW_NAMES, RANGES, runOf } from './state.ts';
import { useInSight } from './useInSight.ts';
import { modelsWords } from './words.ts';

/** Within this factor of the law's tokens per parameter a run counts as standing on it. */
const NEAR = 2;

/** What the scaling laws make of a budget, and where published runs stand. */
export function ComputePart(props: PartProps) {
  const { locale, atlas, state, set } = props;
  const t = modelsWords(locale);
  const { flops, law } = state;
  const optimum = computeOptimal({ flops, law });
  const run = runOf(atlas, state.run);
  const { coefficient, exponent } = LAWS[law];
  return (
    <section class="atlas-part" aria-labelledby="atlas-compute">
      <h3 id="atlas-compute">{t.computeTitle}</h3>
      <div class="lab-panel">
        <Choice
          label={t.run}
          value={state.run}
          options={[
            ...atlas.runs.map(({ id, name }) => ({ value: id, label: name })),
            { value: 'none', label: t.ownBudget },
          ]}
          onChange={(next) => set({ run: next })}
        />
        <NumberField
          locale={locale}
          label={t.flops}
          value={flops}
          min={RANGES.flops[0]}
          max={RANGES.flops[1]}
          sliderMin={FLOPS[0]}
          sliderMax={FLOPS[1]}
          scale="log"
          format={(value) => value.toExponential(2).replace('+', '')}
          snap={(value) => Number(value.toPrecision(3))}
          onChange={(next) => set({ flops: next, run: 'none' })}
        />
        <Choice
          label={t.law}
          value={law}
          options={LAW_NAMES.map((value) => ({ value, label: t.laws[value] }))}
          onChange={(next) => set({ law: next })}
        />
      </div>
      <Answer {...props} run={run} />
      <Chart {...props} run={run} />
      <p class="atlas-hint">{t.runNote}</p>
      <div class="atlas-formula">
        <h4>{t.formula}</h4>
        <Scroll label={t.formulaBox}>
          <p>
            C = {FLOPS_PER_PARAMETER_TOKEN}ND
            {run &&
              ` = ${FLOPS_PER_PARAMETER_TOKEN} × ${amount(run.parameters)} × ${amount(run.tokens)}`}{' '}
            = <b>{flopsOf(flops)}</b>
          </p>
          <p>
            N = k · Cᵃ = {flopsOf(coefficient)} × ({flopsOf(flops)})
            <sup>{decimal(exponent, 3)}</sup> = <b>{amount(optimum.parameters)}</b>
          </p>
          <p>
            D = C/6N = <b>{amount(optimum.tokens)}</b>, D/N ={' '}
            <b>{perParameter(optimum.tokensPerParameter)}</b>
          </p>
        </Scroll>
        {law === 'kaplan' && <p class="atlas-hint">{t.kaplanNote}</p>}
      </div>
      <LawTable {...props} />
      <TableOf
        locale={locale}
        caption={t.runTable}
        head={[t.model, t.sizes, t.tokens, t.ratio, t.compute, t.best, t.source]}
        rows={atlas.runs.map((each) => [
          each.name,
          each.total > each.parameters
            ? t.of(amount(each.total), amount(each.parameters))
            : amount(each.parameters),
          amount(each.tokens),
          perParameter(tokensPerParameter(each)),
          flopsOf(trainingFlops(each)),
          amount(computeOptimal({ flops: trainingFlops(each), law }).parameters),
          <a key="source" href={each.source.url} lang="en">
            {each.source.title}
          </a>,
        ])}
      />
    </section>
  );
}

function Answer({ locale, state: { flops, law }, run }: PartProps & { run: Run | undefined }) {
  const t = modelsWords(locale);
  const best = computeOptimal({ flops, law });
  const under = t.verdictLaw(
    t.laws[law],
    flopsOf(flops),
    amount(best.parameters),
    amount(best.tokens),
    perParameter(best.tokensPerParameter),
  );
  if (!run) return <Verdict good>{under}</Verdict>;
  const ratio = tokensPerParameter(run);
  const against = ratio / best.tokensPerParameter;
  const size = run.parameters / best.parameters;
  return (
    <Verdict good={against >= 1 / NEAR}>
      {sentences(
        locale,
        t.verdictRun(run.name, amount(run.parameters), amount(run.tokens), perParameter(ratio)),
        under,
        against < 1 / NEAR
          ? t.tooLarge(times(size))
          : against > NEAR
            ? t.small(times(1 / size))
            : t.onLaw,
      )}
    </Verdict>
  );
}

function LawTable({ locale, state: { flops, law } }: PartProps) {
  const t = modelsWords(locale);
  return (
    <Scroll label={t.lawTable}>
      <table class="atlas-laws">
        <caption>{t.lawTable}</caption>
        <thead>
          <tr>
            <th scope="col">{t.law}</th>
            <th scope="col">{t.sizes}</th>
            <th scope="col">{t.tokens}</th>
            <th scope="col">{t.ratio}</th>
            <th scope="col">N ∝ Cᵃ, D ∝ C¹⁻ᵃ</th>
          </tr>
        </thead>
        <tbody>
          {LAW_NAMES.map((name) => {
            const best = computeOptimal({ flops, law: name });
            const { exponent } = LAWS[name];
            return (
              <tr key={name} data-now={name === law ? '' : undefined}>
                <th scope="row">
                  {name === law && <span aria-hidden="true">▸ </span>}
                  {t.laws[name]}
                </th>
                <td>{amount(best.parameters)}</td>
                <td>{amount(best.tokens)}</td>
                <td>{perParameter(best.tokensPerParameter)}</td>
                <td>
                  {decimal(exponent, 2)}, {decimal(1 - exponent, 2)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

const WIDTH = 980;
const HEIGHT = 520;
const BOX = { left: 52, right: WIDTH - 96, top: 14, bottom: HEIGHT - 48 };
const FLOPS = [1e20, 1e27] as const;
const SIZES = [1e9, 1e13] as const;

const share = (value: number, [from, to]: readonly [number, number]): number =>
  Math.min(1, Math.max(0, Math.log(value / from) / Math.log(to / from)));
const x = (flops: number): number => BOX.left + share(flops, FLOPS) * (BOX.right - BOX.left);
const y = (size: number): number => BOX.bottom - share(size, SIZES) * (BOX.bottom - BOX.top);
const isIn = (value: number, [from, to]: readonly [number, number]): boolean =>
  value >= from && value <= to;
const decades = ([from, to]: readonly [number, number]): number[] =>
  Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, i) => Math.log10(from) + i).map(
    Math.round,
  );

/** Drawn for each law where its line stays in the picture. */
function line(law: keyof typeof LAWS): { path: string; endX: number; endY: number } {
  const { coefficient, exponent } = LAWS[law];
  const at = (size: number) => (size / coefficient) ** (1 / exponent);
  const from = Math.max(FLOPS[0], at(SIZES[0]));
  const to = Math.min(FLOPS[1], at(SIZES[1]));
  const size = (flops: number) => coefficient * flops ** exponent;
  const [endX, endY] = [x(to), y(size(to))];
  return {
    path: `M${x(from).toFixed(1)} ${y(size(from)).toFixed(1)} L${endX.toFixed(1)} ${endY.toFixed(1)}`,
    endX,
    endY,
  };
}

function Chart({
  locale,
  atlas: { runs },
  state: { flops, law },
  run,
}: PartProps & { run: Run | undefined }) {
  const t = modelsWords(locale);
  const lines = LAW_NAMES.map((name) => ({ name, ...line(name) }));
  // Of a line that leaves through the top the name stands at its end, of the others beside the picture.
  const beside = lines.filter(({ endX }) => endX >= BOX.right - 1);
  const ends = endPlaces(
    beside.map(({ endY }) => endY + 4),
    15,
  );
  const best = computeOptimal({ flops, law });
  const picture = useInSight(x(flops) / WIDTH);
  const marks = runs.map((each) => ({
    id: each.id,
    label: each.name,
    x: x(trainingFlops(each)),
    y: y(each.parameters),
    sparse: each.total > each.parameters,
  }));
  const wanted = ['gpt-3', 'chinchilla', 'llama-3.1', 'llama-3-8b', 'gopher'];
  const first = [run?.id ?? '', ...wanted];
  const order = [...marks].sort((a, b) => rank(first, a.id) - rank(first, b.id));
  const names = new Map(marks.map(({ id, label }) => [id, label]));
  return (
    <Scroll label={t.computeBox}>
      <svg
        ref={picture}
        class="atlas-compute"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t.computeChart(runs.length)}
      >
        {decades(FLOPS).map((power) => (
          <g key={power}>
            <path d={`M${x(10 ** power)} ${BOX.top} V${BOX.bottom}`} class="atlas-rule" />
            <text x={x(10 ** power)} y={BOX.bottom + 18} class="atlas-tick middle">
              10{superscript(power)}
            </text>
          </g>
        ))}
        {decades(SIZES).map((power) => (
          <g key={power}>
            <path d={`M${BOX.left} ${y(10 ** power)} H${BOX.right}`} class="atlas-rule" />
            <text x={BOX.left - 8} y={y(10 ** power) + 4} class="atlas-tick end">
              {amount(10 ** power)}
            </text>
          </g>
        ))}
        <text x={BOX.right} y={HEIGHT - 6} class="atlas-tick end">
          {t.axisFlops}
        </text>
        {lines.map(({ name, path, endX, endY }) => (
          <g key={name} class="atlas-law" data-law={name} data-now={name === law ? '' : undefined}>
            <path d={path} />
            <text
              x={endX + 8}
              y={ends[beside.findIndex((line) => line.name === name)] ?? endY + 14}
            >
              {t.lawsShort[name]}
            </text>
          </g>
        ))}
        {isIn(flops, FLOPS) && (
          <path d={`M${x(flops)} ${BOX.top} V${BOX.bottom}`} class="atlas-now" />
        )}
        {run && (
          <path d={`M${x(flops)} ${y(run.parameters)} V${y(best.parameters)}`} class="atlas-gap" />
        )}
        {marks.map((mark) => (
          <path
            key={mark.id}
            d={mark.sparse ? 'M0 -5.2 L5.2 0 L0 5.2 L-5.2 0 Z' : 'M-3.9 -3.9 H3.9 V3.9 H-3.9 Z'}
            class="atlas-run"
            data-now={mark.id === run?.id ? '' : undefined}
            transform={`translate(${mark.x} ${mark.y})`}
          />
        ))}
        {placeLabels(order, marks, { ...BOX, right: BOX.right + 4 }).map((label) => (
          <text key={label.id} x={label.x} y={label.y} class={`atlas-label ${label.anchor}`}>
            {names.get(label.id)}
          </text>
        ))}
        {isIn(flops, FLOPS) && isIn(best.parameters, SIZES) && (
          <circle cx={x(flops)} cy={y(best.parameters)} r="6" class="atlas-best" />
        )}
      </svg>
    </Scroll>
  );
}

function rank(first: readonly string[], id: string): number {
  const at = first.indexOf(id);
  return at < 0 ? first.length : at;
}
