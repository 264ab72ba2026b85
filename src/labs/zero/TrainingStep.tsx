import { useMemo } from 'preact/hooks';
import { type Plan, type StepMoment, zeroStep } from '~/engines/memory/index.ts';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Choice } from '../kit/Choice.tsx';
import { LINK_IDS, LINKS } from '../kit/hardware.ts';
import type { Model } from '../kit/models.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Player } from '../kit/Player.tsx';
import { ReadOut } from '../kit/ReadOut.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import { amount } from './amount.ts';
import { bytesPerSecond, capacityBytes, kOf, RANGES, type State } from './state.ts';
import { zeroWords } from './words.ts';

interface Props {
  locale: Locale;
  state: State;
  model: Model;
  plan: Plan;
  set: (change: Partial<State>) => void;
}

const HELD = ['parameters', 'gradients', 'optimizerStates', 'activations'] as const;

export function TrainingStep({ locale, state, model, plan, set }: Props) {
  const t = zeroWords(locale);
  const { stage } = state;
  const offloaded = state.offloadOptimizer !== 'none';
  const k = offloaded ? 0 : kOf(state, model);
  const params = Math.round(plan.paramsOnRank);
  const activationBytes = plan.bytesByKind.activations;
  const { moments, peak } = useMemo(
    () => zeroStep({ stage, params, dpDegree: plan.dpDegree, k, activationBytes }),
    [stage, params, plan.dpDegree, k, activationBytes],
  );
  const gb = (bytes: number): string => amount(bytes, state.unit);
  const last = moments.length - 1;
  const at = Math.min(state.step, last);
  const now = moments[at] as StepMoment;
  const most = moments[peak] as StepMoment;
  const end = moments[last] as StepMoment;
  const what = (moment: StepMoment): string => t.actions[moment.action](moment.block, stage);
  const sent = (moment: StepMoment): string =>
    `${String(Number((moment.paperElements / params).toFixed(2)))}Ψ`;
  const seconds = now.sentBytes / bytesPerSecond(state);

  return (
    <section class="zero-step">
      <h3>{t.stepTitle}</h3>
      <p class="zero-hint">
        {t.stepLede} {offloaded && t.stepOffload}
      </p>
      <Player locale={locale} at={at} last={last} onAt={(step) => set({ step })} />
      <ReadOut class="zero-now">
        <b>{what(now)}</b>
      </ReadOut>
      <Chart
        moments={moments}
        at={at}
        peak={peak}
        capacity={capacityBytes(state)}
        label={t.chart(gb(most.bytes))}
        peakLabel={`${t.peak} ${gb(most.bytes)}`}
        onAt={(step) => set({ step })}
      />
      <dl class="zero-counts">
        <div>
          <dt>{t.holds}</dt>
          <dd>{gb(now.bytes)}</dd>
        </div>
        {HELD.map((kind) => (
          <div key={kind}>
            <dt>
              <i class={`zero-fill ${kind}`} aria-hidden="true" /> {t.kinds[kind]}
            </dt>
            <dd>{gb(now[kind])}</dd>
          </div>
        ))}
        <div>
          <dt>{t.sent}</dt>
          <dd>{t.sentOf(sent(now), sent(end))}</dd>
        </div>
        <div>
          <dt>{t.inBytes}</dt>
          <dd>{gb(now.sentBytes)}</dd>
        </div>
        <div>
          <dt>{t.time}</dt>
          <dd>{duration(seconds)}</dd>
        </div>
      </dl>
      <p class="zero-hint">{t.peakAt(gb(most.bytes), what(most))}</p>
      <div class="lab-panel">
        <Choice
          label={t.link}
          value={state.link}
          options={[
            ...LINK_IDS.map((id) => ({
              value: id,
              label: `${LINKS[id].name}: ${LINKS[id].gbps} GB/s`,
            })),
            { value: 'own' as const, label: t.ownLink },
          ]}
          onChange={(link) =>
            set(link === 'own' ? { link, bandwidth: bytesPerSecond(state) / 1e9 } : { link })
          }
        />
        {state.link === 'own' && (
          <NumberField
            locale={locale}
            label={t.bandwidth}
            value={state.bandwidth}
            min={RANGES.bandwidth[0]}
            max={RANGES.bandwidth[1]}
            sliderMin={1}
            sliderMax={2000}
            scale="log"
            unit="GB/s"
            onChange={(bandwidth) => set({ bandwidth })}
          />
        )}
        <p class="zero-hint">{t.timeNote}</p>
      </div>
      <TableOf
        locale={locale}
        caption={t.stepTitle}
        head={t.stepHead}
        rows={moments.map((moment, index) => [
          `${index + 1}. ${what(moment)}`,
          ...HELD.map((kind) => gb(moment[kind])),
          index === peak ? `${gb(moment.bytes)} (${t.peak})` : gb(moment.bytes),
          sent(moment),
        ])}
      />
    </section>
  );
}

function duration(seconds: number): string {
  if (seconds === 0) return '0 s';
  return seconds < 0.1 ? `${decimal(seconds * 1000, 1)} ms` : `${decimal(seconds, 2)} s`;
}

interface ChartProps {
  moments: readonly StepMoment[];
  at: number;
  peak: number;
  capacity: number;
  label: string;
  peakLabel: string;
  onAt: (at: number) => void;
}

function Chart({ moments, at, peak, capacity, label, peakLabel, onAt }: ChartProps) {
  const full = (moments[peak] as StepMoment).bytes * 1.15;
  const percent = (bytes: number): string => `${((100 * bytes) / full).toFixed(3)}%`;
  return (
    <div class="zero-chart" role="img" aria-label={label}>
      {moments.map((moment, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the player above does the same by keyboard
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <div
          key={index}
          class="zero-moment"
          data-now={index === at ? '' : undefined}
          onClick={() => onAt(index)}
        >
          {index === peak && (
            <span class="zero-peak" data-late={peak > moments.length / 2 ? '' : undefined}>
              {peakLabel}
            </span>
          )}
          {HELD.map((kind) => (
            <i
              key={kind}
              class={`zero-fill ${kind}`}
              style={{ blockSize: percent(moment[kind]) }}
            />
          ))}
        </div>
      ))}
      {capacity < full && <span class="zero-limit" style={{ insetBlockEnd: percent(capacity) }} />}
    </div>
  );
}
