import { overlappedBackward } from '~/engines/collectives/index.ts';
import { decimal } from '~/format/number.ts';
import type { PartProps } from '../kit/lab.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import { Verdict } from '../kit/Verdict.tsx';
import { compact, duration, short, size } from './print.ts';
import { DEFAULTS, drawable, RANGES, type State } from './state.ts';
import { collectivesWords } from './words.ts';

const MIB = 2 ** 20;
/** Beyond this the table names only how many there are. */
const LISTED = 60;

export function Buckets({ locale, state, set }: PartProps<State>) {
  const t = collectivesWords(locale);
  const { buckets, end, exposed, communication, endWithoutOverlap } = overlappedBackward({
    gradientBytes: state.gradients,
    backwardSeconds: state.backward / 1000,
    bucketBytes: state.bucket * MIB,
    firstBucketBytes: state.firstBucket * MIB,
    N: state.N,
    latency: state.latency * 1e-6,
    bandwidth: state.bandwidth * 1e9,
  });
  const backward = state.backward / 1000;
  const until = Math.max(end, endWithoutOverlap);
  const x = (time: number): string => `${((100 * time) / until).toFixed(3)}%`;
  const all = Math.ceil(state.gradients / MIB);
  const refuse = (change: Partial<State>): string | undefined =>
    drawable({ ...state, ...change }) ? undefined : t.tooMany;
  return (
    <section class="coll-ddp" aria-labelledby="coll-ddp">
      <h3 id="coll-ddp">{t.ddpTitle}</h3>
      <p class="coll-hint">{t.ddpLede(decimal(state.N, 0))}</p>
      <div class="coll-two">
        <section class="lab-panel coll-panel" aria-label={t.ddpControls}>
          <NumberField
            locale={locale}
            label={t.gradients}
            value={state.gradients}
            min={RANGES.gradients[0]}
            max={RANGES.gradients[1]}
            scale="log"
            whole
            unit="B"
            format={compact}
            refuse={(gradients) => refuse({ gradients })}
            onChange={(gradients) => set({ gradients: Number(gradients.toPrecision(3)) })}
          />
          <NumberField
            locale={locale}
            label={t.backward}
            value={state.backward}
            min={RANGES.backward[0]}
            max={RANGES.backward[1]}
            sliderMax={10_000}
            scale="log"
            unit="ms"
            format={short}
            onChange={(value) => set({ backward: Number(value.toPrecision(3)) })}
          />
          <NumberField
            locale={locale}
            label={t.bucket}
            value={state.bucket}
            min={RANGES.bucket[0]}
            max={RANGES.bucket[1]}
            sliderMin={1}
            sliderMax={10_000}
            scale="log"
            unit="MiB"
            format={short}
            refuse={(bucket) => refuse({ bucket })}
            onChange={(value) => set({ bucket: Number(value.toPrecision(3)) })}
          />
          <NumberField
            locale={locale}
            label={t.firstBucket}
            value={state.firstBucket}
            min={RANGES.firstBucket[0]}
            max={RANGES.firstBucket[1]}
            sliderMin={0.1}
            sliderMax={10_000}
            scale="log"
            unit="MiB"
            format={short}
            onChange={(value) => set({ firstBucket: Number(value.toPrecision(3)) })}
          />
          <div class="coll-buttons">
            <button
              type="button"
              onClick={() => set({ bucket: DEFAULTS.bucket, firstBucket: DEFAULTS.firstBucket })}
            >
              {t.defaultBuckets}
            </button>
            <button type="button" onClick={() => set({ bucket: all, firstBucket: all })}>
              {t.oneBucket}
            </button>
          </div>
        </section>
        <div class="coll-view">
          <Verdict good={exposed < 0.1 * backward}>
            {t.ddpVerdict(duration(end), duration(endWithoutOverlap), duration(exposed))}
          </Verdict>
          <p class="coll-hint">
            {t.ddpSums(
              decimal(buckets.length, 0),
              duration(communication),
              duration(Math.max(0, communication - exposed)),
            )}
          </p>
          <Scroll label={t.ddpLanes}>
            <div class="coll-lanes">
              <span>{t.lanes.backward}</span>
              <span>{t.lanes.communication}</span>
              <svg
                width="100%"
                height="104"
                role="img"
                aria-label={t.ddpChart(decimal(buckets.length, 0), duration(end))}
              >
                <rect x="0" y="0" width={x(backward)} height="38" class="coll-backward" />
                {buckets.map((bucket, index) => (
                  <line
                    key={index}
                    x1={x(bucket.ready)}
                    x2={x(bucket.ready)}
                    y1="0"
                    y2="38"
                    class="coll-ready"
                  />
                ))}
                {buckets.map((bucket, index) => (
                  <rect
                    key={index}
                    x={x(bucket.start)}
                    y="50"
                    width={x(bucket.end - bucket.start)}
                    height="38"
                    class="coll-bucket"
                    data-late={bucket.end > backward + 1e-12 ? '' : undefined}
                  />
                ))}
                <line x1={x(backward)} x2={x(backward)} y1="0" y2="104" class="coll-now" />
              </svg>
              <ol class="coll-axis" aria-hidden="true">
                <li style={{ insetInlineStart: '0%' }}>0</li>
                <li
                  style={{ insetInlineStart: x(backward) }}
                  data-end={backward > 0.85 * until ? '' : undefined}
                >
                  {duration(backward)}
                </li>
                {(until - backward) / until > 0.15 && (
                  <li style={{ insetInlineStart: '100%' }} data-end>
                    {duration(until)}
                  </li>
                )}
              </ol>
            </div>
          </Scroll>
          <TableOf
            locale={locale}
            caption={t.bucketTable}
            head={t.bucketHead}
            rows={[
              ...buckets
                .slice(0, LISTED)
                .map(({ bytes, ready, start, end: over }, index) => [
                  String(index),
                  size(bytes),
                  duration(ready),
                  duration(start),
                  duration(over),
                ]),
              ...(buckets.length > LISTED
                ? [[t.more(decimal(buckets.length - LISTED, 0)), '', '', '', '']]
                : []),
            ]}
          />
        </div>
      </div>
    </section>
  );
}
