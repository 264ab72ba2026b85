import { RECOMPUTATION } from '~/engines/memory/index.ts';
import { decimal, params as printParams } from '~/format/number.ts';
import { Choice } from '../kit/Choice.tsx';
import { GPU_IDS, GPUS } from '../kit/hardware.ts';
import type { PartProps } from '../kit/lab.ts';
import { PRESETS } from '../kit/models.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Segments } from '../kit/Segments.tsx';
import {
  configOf,
  copyOf,
  dpOf,
  GRADIENTS,
  layoutProblem,
  nearest,
  PLACED_MODELS,
  RANGES,
  SHARDING,
  type State,
} from './state.ts';
import { tensorParallelWords } from './words.ts';

/** Where a layout cannot be, the field says why and the last good one stays. */
export function Controls({ locale, state, set }: PartProps<State>) {
  const t = tensorParallelWords(locale);
  const whole = (value: number): string => decimal(value, 0);
  const refuse = (change: Partial<State>): string | undefined => {
    const problem = layoutProblem({ ...state, ...change });
    return problem && t.problem(problem);
  };
  const placed = (field: 'nodes' | 'tp' | 'cp' | 'pp' | 'ep', label: string, sliderMax: number) => (
    <NumberField
      locale={locale}
      label={label}
      value={state[field]}
      min={RANGES[field][0]}
      max={RANGES[field][1]}
      sliderMax={Math.max(sliderMax, state[field])}
      whole
      format={whole}
      snap={(wanted) => nearest(state, field, wanted)}
      refuse={(value) => refuse({ [field]: value })}
      onChange={(value) => set({ [field]: value })}
    />
  );
  const copy = copyOf(state);
  const nodesFor = (dp: number): number => (dp * copy) / state.perNode;
  const dpFits = (dp: number): boolean =>
    Number.isInteger(nodesFor(dp)) &&
    nodesFor(dp) <= RANGES.nodes[1] &&
    refuse({ nodes: nodesFor(dp) }) === undefined;
  const sequences = state.microbatches * state.microBatch * dpOf(state);
  const experts = configOf(state.model).moe;
  return (
    <section class="lab-panel tp-panel" aria-label={t.placeControls}>
      <Choice
        label={t.model}
        value={state.model}
        options={PLACED_MODELS.map((id) => ({ value: id, label: PRESETS[id].name }))}
        onChange={(model) => set({ model })}
      />
      {placed('nodes', t.nodes, 2048)}
      <NumberField
        locale={locale}
        label={t.perNode}
        value={state.perNode}
        min={RANGES.perNode[0]}
        max={RANGES.perNode[1]}
        sliderMax={72}
        whole
        refuse={(perNode) => refuse({ perNode })}
        onChange={(perNode) => set({ perNode })}
      />
      {placed('tp', t.degrees.tp, 32)}
      {placed('cp', t.degrees.cp, 32)}
      {placed('pp', t.degrees.pp, 64)}
      <NumberField
        locale={locale}
        label={t.degrees.dp}
        value={dpOf(state)}
        min={1}
        max={65_536}
        sliderMax={Math.max(256, dpOf(state))}
        whole
        format={whole}
        refuse={(dp) => (dpFits(dp) ? undefined : t.dpProblem(whole(copy), whole(state.perNode)))}
        onChange={(dp) => set({ nodes: nodesFor(dp) })}
      />
      {experts ? (
        placed('ep', t.degrees.ep, 128)
      ) : (
        <p class="tp-hint">
          {t.dpFollows} {t.epNeeds}
        </p>
      )}
      {experts && <p class="tp-hint">{t.dpFollows}</p>}
      <details>
        <summary>{t.more}</summary>
        <div>
          <NumberField
            locale={locale}
            label={t.sequence}
            value={state.sequence}
            min={RANGES.sequence[0]}
            max={RANGES.sequence[1]}
            sliderMin={512}
            sliderMax={1_048_576}
            scale="log"
            whole
            unit={t.tokens}
            refuse={(sequence) => refuse({ sequence })}
            snap={(wanted) =>
              Math.max(1, Math.round(wanted / (state.tp * state.cp))) * state.tp * state.cp
            }
            onChange={(sequence) => set({ sequence })}
          />
          <NumberField
            locale={locale}
            label={t.microBatch}
            value={state.microBatch}
            min={RANGES.microBatch[0]}
            max={RANGES.microBatch[1]}
            sliderMax={16}
            whole
            onChange={(microBatch) => set({ microBatch })}
          />
          <NumberField
            locale={locale}
            label={t.microbatches}
            value={state.microbatches}
            min={RANGES.microbatches[0]}
            max={RANGES.microbatches[1]}
            scale="log"
            sliderMax={1024}
            whole
            onChange={(microbatches) => set({ microbatches })}
          />
          <p class="tp-hint">
            {t.batch(whole(sequences), printParams(sequences * state.sequence, 1))}
          </p>
          <Segments
            label={t.optimizer}
            value={state.optimizer}
            options={SHARDING.map((value) => ({ value, label: t.optimizers[value] }))}
            onChange={(optimizer) => set({ optimizer })}
          />
          <Segments
            label={t.gradients}
            value={state.gradients}
            options={GRADIENTS.map((value) => ({ value, label: t.gradientNames[value] }))}
            onChange={(gradients) => set({ gradients })}
          />
          <Segments
            label={t.recompute}
            value={state.recompute}
            options={RECOMPUTATION.map((value) => ({ value, label: t.recomputes[value] }))}
            onChange={(recompute) => set({ recompute })}
          />
          <Choice
            label={t.gpu}
            value={state.gpu}
            options={GPU_IDS.map((id) => ({ value: id, label: GPUS[id].name }))}
            onChange={(gpu) => set({ gpu })}
          />
        </div>
      </details>
    </section>
  );
}
