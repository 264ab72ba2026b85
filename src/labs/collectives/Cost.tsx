import { ALGORITHMS, allReduceCost } from '~/engines/collectives/index.ts';
import { decimal } from '~/format/number.ts';
import type { PartProps } from '../kit/lab.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { Segments } from '../kit/Segments.tsx';
import { TableHead } from '../kit/TableHead.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import { Verdict } from '../kit/Verdict.tsx';
import { sentences } from '../kit/words.ts';
import { Curves } from './Curves.tsx';
import { compact, duration, short, size } from './print.ts';
import { AXES, RANGES, type State } from './state.ts';
import { collectivesWords } from './words.ts';

const RANKS = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
const SIZES = Array.from({ length: 12 }, (_, power) => 10 ** (power + 1));

/** Bytes and time of the three at the size and on the link chosen, and how they grow. */
export function Cost({ locale, state, set }: PartProps<State>) {
  const t = collectivesWords(locale);
  const at = (change: Partial<Pick<State, 'N' | 'bytes'>> = {}) =>
    ALGORITHMS.map((algorithm) => ({
      algorithm,
      ...allReduceCost({
        algorithm,
        N: state.N,
        bytes: state.bytes,
        ...change,
        latency: state.latency * 1e-6,
        bandwidth: state.bandwidth * 1e9,
      }),
    }));
  const now = at();
  const [ring] = now as [(typeof now)[number]];
  const [fastest, next] = [...now].sort((a, b) => a.seconds - b.seconds) as [
    (typeof now)[number],
    (typeof now)[number],
  ];
  const byRanks = state.axis === 'ranks';
  const points = (byRanks ? RANKS : SIZES).map((x) => ({
    x,
    seconds: at(byRanks ? { N: x } : { bytes: x }).map(({ seconds }) => seconds),
  }));
  const printX = byRanks ? (x: number) => decimal(x, 0) : size;

  return (
    <section class="coll-cost" aria-labelledby="coll-cost">
      <h3 id="coll-cost">{t.costTitle}</h3>
      <div class="coll-two">
        <section class="lab-panel coll-panel" aria-label={t.costControls}>
          <NumberField
            locale={locale}
            label={t.N}
            value={state.N}
            min={RANGES.N[0]}
            max={RANGES.N[1]}
            scale="log"
            whole
            onChange={(N) => set({ N })}
          />
          <NumberField
            locale={locale}
            label={t.bytes}
            value={state.bytes}
            min={RANGES.bytes[0]}
            max={RANGES.bytes[1]}
            sliderMin={10}
            sliderMax={1e12}
            scale="log"
            whole
            unit="B"
            format={compact}
            onChange={(bytes) => set({ bytes })}
          />
          <NumberField
            locale={locale}
            label={t.latency}
            value={state.latency}
            min={RANGES.latency[0]}
            max={RANGES.latency[1]}
            sliderMax={100}
            step={1}
            unit="µs"
            onChange={(latency) => set({ latency })}
          />
          <NumberField
            locale={locale}
            label={t.bandwidth}
            value={state.bandwidth}
            min={RANGES.bandwidth[0]}
            max={RANGES.bandwidth[1]}
            sliderMin={1}
            sliderMax={1000}
            scale="log"
            unit="GB/s"
            format={short}
            onChange={(bandwidth) => set({ bandwidth: Number(bandwidth.toPrecision(3)) })}
          />
        </section>
        <div class="coll-view">
          <Verdict good>
            {sentences(
              locale,
              t.verdict(
                t.names[fastest.algorithm],
                duration(fastest.seconds),
                t.names[next.algorithm],
                short(next.seconds / fastest.seconds),
              ),
              t.latencyShare(`${short((100 * ring.latencySeconds) / ring.seconds)}%`),
            )}
          </Verdict>
          <Scroll label={t.costTable}>
            <table class="coll-table">
              <TableHead cells={t.costHead} />
              <tbody>
                {now.map((row) => (
                  <tr key={row.algorithm}>
                    <th scope="row">
                      <i data-line={row.algorithm} />
                      {t.names[row.algorithm]}
                    </th>
                    <td>{decimal(row.rounds, 0)}</td>
                    <td>{size(row.busiestSends)}</td>
                    <td>{size(row.allSend)}</td>
                    <td>{duration(row.latencySeconds)}</td>
                    <td>{duration(row.bandwidthSeconds)}</td>
                    <td>
                      <b>{duration(row.seconds)}</b>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <Segments
            label={t.axis}
            value={state.axis}
            options={AXES.map((value) => ({ value, label: t.axes[value] }))}
            onChange={(axis) => set({ axis })}
          />
          <Curves
            label={t.chart(t.axisUnits[state.axis])}
            axis={t.axisUnits[state.axis]}
            names={ALGORITHMS.map((algorithm) => t.names[algorithm])}
            points={points}
            now={{
              x: byRanks ? state.N : state.bytes,
              seconds: now.map(({ seconds }) => seconds),
            }}
            printX={printX}
          />
          <TableOf
            locale={locale}
            caption={t.curveTable(t.axisUnits[state.axis])}
            head={[t.axisUnits[state.axis], ...ALGORITHMS.map((algorithm) => t.names[algorithm])]}
            rows={points.map(({ x, seconds }) => [printX(x), ...seconds.map(duration)])}
          />
        </div>
      </div>
      <h4>{t.formula}</h4>
      <Scroll label={t.formula}>
        <div class="coll-formula">
          <Line state={state} name={t.names.ring} rounds="2(N − 1)" message="S/N" cost={now[0]} />
          <Line state={state} name={t.names.tree} rounds="2⌈log₂ N⌉" message="S" cost={now[1]} />
          <Line state={state} name={t.names.server} rounds="2N" message="S" cost={now[2]} />
        </div>
      </Scroll>
      <p class="coll-hint">{t.treeNote}</p>
    </section>
  );
}

function Line({
  state,
  name,
  rounds,
  message,
  cost,
}: {
  state: State;
  name: string;
  rounds: string;
  message: string;
  cost: ReturnType<typeof allReduceCost> | undefined;
}) {
  if (cost === undefined) return null;
  const n = decimal(cost.rounds, 0);
  return (
    <p>
      <span>{name}</span> {rounds} (α + {message}/β) = {n} × ({duration(state.latency * 1e-6)} +{' '}
      {size(cost.messageBytes)} / {short(state.bandwidth)} GB/s) = <b>{duration(cost.seconds)}</b>
    </p>
  );
}
