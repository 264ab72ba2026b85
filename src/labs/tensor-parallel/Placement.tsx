import { useMemo } from 'preact/hooks';
import { PIECE_KINDS, placedMemory } from '~/engines/memory/index.ts';
import {
  PLACEMENT_ORDERS,
  type PlacedDimension,
  placementTraffic,
} from '~/engines/pipeline/index.ts';
import { decimal, params as printParams } from '~/format/number.ts';
import { GPUS } from '../kit/hardware.ts';
import type { PartProps } from '../kit/lab.ts';
import { Scroll } from '../kit/Scroll.tsx';
import { Segments } from '../kit/Segments.tsx';
import { TableHead } from '../kit/TableHead.tsx';
import { usePart } from '../kit/usePart.ts';
import { Verdict } from '../kit/Verdict.tsx';
import { Controls } from './Controls.tsx';
import { NodeMap } from './NodeMap.tsx';
import { percent, size } from './print.ts';
import {
  dpOf,
  gpusOf,
  PARTS,
  placedInput,
  placementOf,
  printState,
  RUN_NAMES,
  RUNS,
  type State,
  trafficInput,
} from './state.ts';
import { tensorParallelWords, type Words } from './words.ts';

/** A cluster, a layout, and what follows: groups, traffic, memory. */
export function Placement({ locale, state, set }: PartProps<State>) {
  const t = tensorParallelWords(locale);
  const { rank: _, step: __, seed: ___, ...counted } = state;
  const { memory, traffic } = useMemo(() => {
    const held = placedMemory(placedInput(state));
    return { memory: held, traffic: placementTraffic(trafficInput(state, held)) };
  }, Object.values(counted));
  const whole = (value: number): string => decimal(value, 0);
  const dp = dpOf(state);
  const run = RUN_NAMES.find((name) => {
    const { rank: ____, ...layout } = RUNS[name];
    return printState({ ...state, ...layout }) === printState(state);
  });
  const tp = traffic.find(({ dimension }) => dimension === 'tp');
  const parts = (['tp', 'cp', 'pp'] as const).map((name) => `${t.short[name]} ${state[name]}`);
  return (
    <section class="tp-place" aria-labelledby="tp-place">
      <h3 id="tp-place">{t.placeTitle}</h3>
      <div class="tp-runs">
        <h4>{t.runs}</h4>
        <div>
          {RUN_NAMES.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === run}
              onClick={() => set(RUNS[name])}
            >
              {t.runNames[name]}
            </button>
          ))}
        </div>
        {run && <p class="tp-hint">{t.runNotes[run]}</p>}
      </div>
      <div class="tp-two">
        <Controls locale={locale} state={state} set={set} />
        <div class="tp-view">
          <p class="tp-product">
            {t.product([...parts, `${t.short.dp} ${whole(dp)}`].join(' × '), whole(gpusOf(state)))}
          </p>
          {tp && <TensorVerdict t={t} state={state} nodes={tp.nodes} bytes={tp.bytesPerGpu} />}
          <Memory t={t} state={state} memory={memory} />
          <div class="tp-order">
            <Segments
              label={t.order}
              value={state.order}
              options={PLACEMENT_ORDERS.map((value) => ({ value, label: t.orders[value] }))}
              onChange={(order) => set({ order })}
            />
            <p class="tp-hint">{t.orderHint[state.order]}</p>
          </div>
          <NodeMap locale={locale} state={usePart(state, PARTS.map)} set={set} />
        </div>
      </div>
      <h4>{t.trafficTitle}</h4>
      <Scroll label={t.trafficTitle}>
        <table class="tp-table tp-traffic">
          <TableHead cells={t.trafficHead} />
          <tbody>
            {traffic.map(
              ({ dimension, size: degree, nodes, bytesPerGpu, crossing, crossingBytes }) =>
                bytesPerGpu === 0 ? (
                  <tr key={dimension} data-none="">
                    <th scope="row">
                      <Letter t={t} dimension={dimension} off /> {t.short[dimension]} {degree}
                    </th>
                    <td colSpan={5}>{t.unused}</td>
                  </tr>
                ) : (
                  <tr key={dimension}>
                    <th scope="row">
                      <Letter t={t} dimension={dimension} /> {t.short[dimension]} {whole(degree)}
                    </th>
                    <td>
                      <b>{size(bytesPerGpu)}</b>
                    </td>
                    <td>
                      {crossing.hops === 0
                        ? t.stays
                        : t.crosses(percent(crossing.hops / crossing.of))}
                    </td>
                    <td>{size(crossingBytes)}</td>
                    <td>{t.nodesOf(whole(nodes))}</td>
                    <td class="tp-travels">{travels(t, state, dimension)}</td>
                  </tr>
                ),
            )}
          </tbody>
        </table>
      </Scroll>
      <p class="tp-hint">{t.trafficNote}</p>
    </section>
  );
}

function travels(t: Words, state: State, dimension: PlacedDimension): string {
  if (dimension === 'dp' && state.optimizer === 'sharded') return t.travelsSharded;
  return dimension === 'tp' && state.recompute === 'full' ? t.travelsAgain : t.travels[dimension];
}

function Letter({ t, dimension, off }: { t: Words; dimension: PlacedDimension; off?: boolean }) {
  return (
    <i class="tp-cell" data-in={off ? undefined : dimension} aria-hidden="true">
      {t.letter[dimension]}
    </i>
  );
}

interface TensorProps {
  t: Words;
  state: State;
  nodes: number;
  bytes: number;
}

function TensorVerdict({ t, state, nodes, bytes }: TensorProps) {
  if (state.tp === 1) return <p class="tp-hint">{t.tpNone}</p>;
  const inside = nodes === 1;
  return (
    <Verdict good={inside}>
      {inside
        ? t.tpInside(String(state.tp), String(state.perNode))
        : t.tpOutside(String(state.tp), String(nodes), size(bytes))}
    </Verdict>
  );
}

interface MemoryProps {
  t: Words;
  state: State;
  memory: ReturnType<typeof placedMemory>;
}

function Memory({ t, state, memory }: MemoryProps) {
  const capacity = GPUS[state.gpu].gb * 1e9;
  const left = capacity - memory.bytesPerGpu;
  const full = Math.max(capacity, memory.bytesPerGpu);
  const shown = PIECE_KINDS.filter((kind) => memory.bytesByKind[kind] > 0);
  const parts = shown.map((kind) => `${t.kinds[kind]} ${size(memory.bytesByKind[kind])}`);
  const { tp, pp } = placementOf(state);
  const { params, experts } = placedInput(state);
  return (
    <div class="tp-memory">
      <h4>{t.memoryTitle}</h4>
      <Verdict good={left >= 0}>
        {(left >= 0 ? t.fits : t.over)(
          size(memory.bytesPerGpu),
          size(capacity),
          size(Math.abs(left)),
        )}
      </Verdict>
      <div class="tp-stack" role="img" aria-label={t.memoryChart(parts.join(t.join))}>
        {shown.map((kind) => (
          <i
            key={kind}
            class={`tp-fill ${kind}`}
            style={{ inlineSize: `${((100 * memory.bytesByKind[kind]) / full).toFixed(2)}%` }}
          />
        ))}
        <span style={{ insetInlineStart: `${((100 * capacity) / full).toFixed(2)}%` }} />
      </div>
      <ul class="lab-legend">
        {shown.map((kind) => (
          <li key={kind}>
            <i class={`tp-fill ${kind}`} aria-hidden="true" />
            {t.kinds[kind]} <b>{size(memory.bytesByKind[kind])}</b>
          </li>
        ))}
      </ul>
      <p class="tp-hint">
        {t.memoryFormula(
          printParams(params - (experts?.params ?? 0), 1),
          String(tp),
          String(pp),
          printParams(memory.paramsOnRank, 2),
        )}
        {memory.expertParamsOnRank > 0 &&
          t.memoryExperts(printParams(memory.expertParamsOnRank, 2))}
        {t.stop}
        {t.memoryNote}
      </p>
    </div>
  );
}
