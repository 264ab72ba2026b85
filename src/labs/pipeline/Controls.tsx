import { TIMETABLES } from '~/engines/pipeline/index.ts';
import { decimal } from '~/format/number.ts';
import { Choice } from '../kit/Choice.tsx';
import type { PartProps } from '../kit/lab.ts';
import { LAYER_MODEL_IDS, LAYER_MODELS } from '../kit/layerModels.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Segments } from '../kit/Segments.tsx';
import { sentences } from '../kit/words.ts';
import { activations, KEPT, microBatches, RANGES, type State, shows, stageStep } from './state.ts';
import { pipelineWords } from './words.ts';

export function Controls({ locale, state, set }: PartProps<State>) {
  const t = pipelineWords(locale);
  const { step, least, most } = microBatches(state);
  const { layers, microBatchSize, sequence } = activations(state);
  const schedules = TIMETABLES.map((value) => ({ value, label: t.names[value] }));
  const time = (field: 'forward' | 'backward' | 'weight' | 'communication') => (
    <NumberField
      locale={locale}
      label={t[field]}
      value={state[field]}
      min={RANGES[field][0]}
      max={RANGES[field][1]}
      sliderMax={3}
      step={0.1}
      onChange={(value) => set({ [field]: value })}
    />
  );
  return (
    <section class="pipe-controls" aria-label={t.controls}>
      <div>
        <Choice
          label={t.first}
          value={state.first}
          options={schedules}
          onChange={(first) => set({ first })}
        />
        <Choice
          label={t.second}
          value={state.second}
          options={[...schedules, { value: 'none' as const, label: t.none }]}
          onChange={(second) => set({ second })}
        />
      </div>
      <div>
        <NumberField
          locale={locale}
          label={t.p}
          value={state.p}
          min={RANGES.p[0]}
          max={RANGES.p[1]}
          sliderMin={stageStep(state)}
          step={stageStep(state)}
          whole
          refuse={(p) => (p % stageStep(state) === 0 ? undefined : t.pRule)}
          onChange={(p) => set({ p })}
        />
        <NumberField
          locale={locale}
          label={t.m}
          value={state.m}
          min={RANGES.m[0]}
          max={RANGES.m[1]}
          sliderMin={least}
          sliderMax={most}
          step={step}
          whole
          refuse={(m) =>
            m % step === 0 && m >= least && m <= most ? undefined : t.mRule(step, least, most)
          }
          onChange={(m) => set({ m })}
        />
        {shows(state, 'interleaved') && (
          <NumberField
            locale={locale}
            label={t.v}
            value={state.v}
            min={RANGES.v[0]}
            max={RANGES.v[1]}
            whole
            onChange={(v) => set({ v })}
          />
        )}
      </div>
      <div>
        {time('forward')}
        {time('backward')}
        {time('weight')}
        {time('communication')}
        {shows(state, 'dualpipe') && (
          <NumberField
            locale={locale}
            label={t.overlap}
            value={state.overlap}
            min={RANGES.overlap[0]}
            max={RANGES.overlap[1]}
            whole
            unit="%"
            onChange={(overlap) => set({ overlap })}
          />
        )}
        <p class="pipe-hint">
          {sentences(
            locale,
            t.timesNote,
            t.communicationNote,
            shows(state, 'dualpipe') && t.overlapNote,
          )}
        </p>
      </div>
      <div>
        <Choice
          label={t.memory}
          value={state.model}
          options={LAYER_MODEL_IDS.map((id) => ({ value: id, label: LAYER_MODELS[id] }))}
          onChange={(model) => set({ model })}
        />
        <Segments
          label={t.kept}
          value={state.kept}
          options={KEPT.map((value) => ({ value, label: t.keptNames[value] }))}
          onChange={(kept) => set({ kept })}
        />
        <p class="pipe-hint">
          {t.memoryNote(layers, state.p, microBatchSize, decimal(sequence, 0))}
        </p>
      </div>
    </section>
  );
}
