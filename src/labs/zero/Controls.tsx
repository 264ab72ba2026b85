import type { ComponentProps } from 'preact';
import { ACCOUNT_NAMES, OFFLOAD, OPTIMIZER_NAMES, RECOMPUTATION } from '~/engines/memory/index.ts';
import { decimal, params as printParams } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Choice } from '../kit/Choice.tsx';
import { GPU_IDS, GPUS } from '../kit/hardware.ts';
import { type Model, PRESET_IDS, PRESETS } from '../kit/models.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Segments } from '../kit/Segments.tsx';
import { amount } from './amount.ts';
import {
  capacityBytes,
  dividesGpus,
  headsFit,
  kOf,
  type NumberName,
  RANGES,
  type State,
} from './state.ts';
import { zeroWords } from './words.ts';

interface Props {
  locale: Locale;
  state: State;
  model: Model;
  bytesPerGpu: number;
  set: (change: Partial<State>) => void;
}

const SLIDER_GPUS = 4096;

export function Controls({ locale, state, model, bytesPerGpu, set }: Props) {
  const t = zeroWords(locale);
  const group = state.tp * state.pp;
  const left = capacityBytes(state) - bytesPerGpu;
  const layout = (change: Partial<State>): string | undefined => {
    const next = { ...state, ...change };
    return dividesGpus(next) ? undefined : t.notDivided(decimal(next.gpus, 0), next.tp, next.pp);
  };
  const number = (
    field: NumberName,
    label: string,
    top: number,
    extra: Partial<Pick<ComponentProps<typeof NumberField>, 'unit' | 'refuse' | 'snap'>> = {},
  ) => (
    <NumberField
      key={field}
      locale={locale}
      label={label}
      value={state[field]}
      min={RANGES[field][0]}
      max={RANGES[field][1]}
      sliderMax={top}
      scale="log"
      whole={field !== 'memory'}
      format={(value) => (value === 0 ? '0' : decimal(value, Number.isInteger(value) ? 0 : 1))}
      onChange={(value) => set({ [field]: value })}
      {...extra}
    />
  );
  const heads = (change: Partial<State>): string | undefined =>
    headsFit({ ...state, ...change }) ? undefined : t.headsMustFit;

  return (
    <section class="zero-controls" aria-label={t.controls}>
      <Segments
        label={t.stage}
        value={state.stage}
        options={([0, 1, 2, 3] as const).map((stage) => ({
          value: stage,
          label: String(stage),
          hint: t.stages[stage] as string,
        }))}
        onChange={(stage) => set({ stage, step: 0 })}
      />
      <Choice
        label={t.model}
        value={state.model}
        options={[
          ...PRESET_IDS.map((id) => ({ value: id, label: PRESETS[id].name })),
          { value: 'count' as const, label: t.ownCount },
          { value: 'own' as const, label: t.ownConfig },
        ]}
        onChange={(next) =>
          set(next === 'count' ? { model: next, params: model.params } : { model: next })
        }
      />
      {state.model === 'count' ? (
        <NumberField
          locale={locale}
          label={t.params}
          value={state.params}
          min={RANGES.params[0]}
          max={RANGES.params[1]}
          sliderMin={1e8}
          sliderMax={2e12}
          scale="log"
          whole
          format={(value) => printParams(value, 2)}
          onChange={(value) => set({ params: value })}
        />
      ) : (
        <p class="zero-hint">{t.counted(decimal(model.params, 0))}</p>
      )}
      {state.model === 'own' && (
        <div class="zero-own">
          {number('layers', t.layers, 200)}
          {number('hidden', t.hidden, 20_000, { refuse: (hidden) => heads({ hidden }) })}
          {number('heads', t.heads, 256, { refuse: (value) => heads({ heads: value }) })}
          {number('kvHeads', t.kvHeads, 256, { refuse: (kvHeads) => heads({ kvHeads }) })}
          {number('ffn', t.ffn, 80_000)}
          {number('vocab', t.vocab, 300_000)}
          <Check label={t.swiglu} value={state.swiglu} onChange={(swiglu) => set({ swiglu })} />
          <Check label={t.tied} value={state.tied} onChange={(tied) => set({ tied })} />
        </div>
      )}
      {number('gpus', t.gpus, SLIDER_GPUS, {
        refuse: (gpus) => layout({ gpus }),
        snap: (value) => Math.max(1, Math.round(value / group)) * group,
      })}
      <Choice
        label={t.gpu}
        value={state.gpu}
        options={[
          ...GPU_IDS.map((id) => ({ value: id, label: GPUS[id].name })),
          { value: 'own' as const, label: t.ownGpu },
        ]}
        onChange={(gpu) => set({ gpu })}
      />
      {state.gpu === 'own' && number('memory', t.memory, 500, { unit: 'GB' })}
      <details>
        <summary>{t.more}</summary>
        <div class="zero-fields">
          <Choice
            label={t.account}
            value={state.account}
            options={ACCOUNT_NAMES.map((name) => ({ value: name, label: t.accounts[name][0] }))}
            onChange={(account) => set({ account })}
          />
          <Choice
            label={t.optimizer}
            value={state.optimizer}
            options={OPTIMIZER_NAMES.map((name) => ({ value: name, label: t.optimizers[name] }))}
            onChange={(optimizer) => set({ optimizer })}
          />
          <p class="zero-hint">
            {t.k(trimmed(kOf(state, model)))} {state.optimizer === 'adafactor' && t.adafactorNote}
          </p>
          {number('tp', t.tp, 8, { refuse: (tp) => layout({ tp }) })}
          {number('pp', t.pp, 64, { refuse: (pp) => layout({ pp }) })}
          {state.stage > 0 && (
            <Choice
              label={t.offloadOptimizer}
              value={state.offloadOptimizer}
              options={OFFLOAD.filter((to) => to !== 'nvme' || state.stage === 3).map((to) => ({
                value: to,
                label: t.offload[to],
              }))}
              onChange={(offloadOptimizer) => set({ offloadOptimizer })}
            />
          )}
          {state.stage === 3 && (
            <Choice
              label={t.offloadParameters}
              value={state.offloadParameters}
              options={OFFLOAD.map((to) => ({ value: to, label: t.offload[to] }))}
              onChange={(offloadParameters) => set({ offloadParameters })}
            />
          )}
          {state.stage === 3 && number('hpz', t.hpz, 8)}
          {state.stage < 3 && <p class="zero-hint">{t.offloadNeeds}</p>}
          <Check label={t.buckets} value={state.buckets} onChange={(buckets) => set({ buckets })} />
        </div>
      </details>
      <details>
        <summary>{t.activationsTitle}</summary>
        <div class="zero-fields">
          {model.shape ? (
            <>
              <Check
                label={t.activations}
                value={state.activations}
                onChange={(activations) => set({ activations })}
              />
              {number('batch', t.batch, 64)}
              {number('sequence', t.sequence, 131_072)}
              <Segments
                label={t.recompute}
                value={state.recompute}
                options={RECOMPUTATION.map((kind) => ({ value: kind, label: t.recomputes[kind] }))}
                onChange={(recompute) => set({ recompute, activations: true })}
              />
              <Check label={t.sp} value={state.sp} onChange={(sp) => set({ sp })} />
              <p class="zero-hint">{t.activationsNote}</p>
            </>
          ) : (
            <p class="zero-hint">{t.noShape}</p>
          )}
        </div>
      </details>
      <Segments
        label={t.unit}
        value={state.unit}
        options={[
          { value: 'GB', label: 'GB = 10⁹' },
          { value: 'GiB', label: 'GiB = 2³⁰' },
        ]}
        onChange={(unit) => set({ unit })}
      />
      {/* On a phone the bars are out of sight while a field is under the finger. */}
      <p class="zero-short" data-fits={left >= 0 ? '' : undefined} aria-hidden="true">
        <b>{amount(bytesPerGpu, state.unit)}</b>
        <span>
          {left >= 0
            ? `✓ ${t.verdictFits(amount(left, state.unit))}`
            : `✗ ${t.verdictOver(amount(-left, state.unit))}`}
        </span>
      </p>
    </section>
  );
}

function Check({
  label,
  value,
  onChange,
}: {
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
}) {
  return (
    <label class="zero-check">
      <input
        type="checkbox"
        checked={value}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(2)));
}
