import { useMemo } from 'preact/hooks';
import { overlappedBackward } from '~/engines/collectives/index.ts';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import type { PartProps } from '../kit/lab.ts';
import { memo } from '../kit/memo.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import { useSettled } from '../kit/useSettled.ts';
import { Verdict } from '../kit/Verdict.tsx';
import { compact, duration, short, size } from './print.ts';
import { DEFAULTS, drawable, RANGES, type State } from './state.ts';
import { collectivesWords } from './words.ts';

const MIB = 2 ** 20;
/** Beyond this the table names only how many there are. */
const LISTED = 60;

export function Buckets({ locale, state, set }: PartProps<State>) {
  const t = collectivesWords(locale);
  const { N, gradients, bucket, firstBucket, latency, bandwidth } = state;
  const { buckets, end, exposed, communication, endWithoutOverlap } = useMemo(
    () =>
      overlappedBackward({
        gradientBytes: gradients,
        backwardSeconds: state.backward / 1000,
        bucketBytes: bucket * MIB,
        firstBucketBytes: firstBucket * MIB,
        N,
        latency: latency * 1e-6,
        bandwidth: bandwidth * 1e9,
      }),
    [N, gradients, state.backward, bucket, firstBucket, latency, bandwidth],
  );
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
                <Drawn buckets={buckets} backward={backward} until={until} />
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
          <Listed locale={locale} buckets={buckets} />
        </div>
      </div>
    </section>
  );
}

type Buckets = ReturnType<typeof overlappedBackward>['buckets'];

/** Places on the time axis: whole numbers, which are quick to print. */
const PLACES = 100_000;

/** Up to thousands of buckets as three paths, since a drag redraws them all. */
function Drawn({
  buckets,
  backward,
  until,
}: {
  buckets: Buckets;
  backward: number;
  until: number;
}) {
  const place = (time: number): number => Math.round((PLACES * time) / until);
  const box = ({ start, end }: Buckets[number]): string => {
    const [from, to] = [place(start), place(end)];
    return `M${from} 50h${to - from}v38h${from - to}z`;
  };
  const isLate = ({ end }: Buckets[number]): boolean => end > backward + 1e-12;
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height="104"
      viewBox={`0 0 ${PLACES} 104`}
      preserveAspectRatio="none"
    >
      <path d={buckets.map(({ ready }) => `M${place(ready)} 0v38`).join('')} class="coll-ready" />
      <path
        d={buckets
          .filter((bucket) => !isLate(bucket))
          .map(box)
          .join('')}
        class="coll-bucket"
      />
      <path d={buckets.filter(isLate).map(box).join('')} class="coll-bucket" data-late />
    </svg>
  );
}

function Listed({ locale, buckets }: { locale: Locale; buckets: Buckets }) {
  return <ListedOf locale={locale} buckets={useSettled(buckets)} />;
}

const ListedOf = memo(function ListedOf({ locale, buckets }: { locale: Locale; buckets: Buckets }) {
  const t = collectivesWords(locale);
  return (
    <TableOf
      locale={locale}
      caption={t.bucketTable}
      head={t.bucketHead}
      rows={[
        ...buckets
          .slice(0, LISTED)
          .map(({ bytes, ready, start, end }, index) => [
            String(index),
            size(bytes),
            duration(ready),
            duration(start),
            duration(end),
          ]),
        ...(buckets.length > LISTED
          ? [[t.more(decimal(buckets.length - LISTED, 0)), '', '', '', '']]
          : []),
      ]}
    />
  );
});
