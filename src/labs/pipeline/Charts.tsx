import { useMemo, useState } from 'preact/hooks';
import { type RankMoment, rankMoments, type TimetablePass } from '~/engines/pipeline/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { memo } from '../kit/memo.ts';
import { Player } from '../kit/Player.tsx';
import { ReadOut } from '../kit/ReadOut.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import { useSettled } from '../kit/useSettled.ts';
import { sentences } from '../kit/words.ts';
import { Gantt } from './Gantt.tsx';
import { gigabytes, plain } from './print.ts';
import type { Run } from './run.ts';
import { pipelineWords, type Words } from './words.ts';

interface Props {
  locale: Locale;
  runs: readonly Run[];
  at: number;
  onAt: (at: number) => void;
}

/** Beyond this a number does not fit on its pass. */
const LABELLED_PASSES = 256;

export function Charts({ locale, runs, at, onAt }: Props) {
  const t = pipelineWords(locale);
  const [pointed, setPointed] = useState<number>();
  const { until, dense, width } = useMemo(() => layout(runs), [runs]);
  // Nobody steps through a time that is being dragged.
  const settled = useSettled(runs);
  const events = useMemo(() => eventsOf(settled), [settled]);
  const time = Math.min(pointed ?? at, until);
  const place = events.findLastIndex((event) => event <= time);
  const timeAt = (event: MouseEvent): number => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return Number((share * until).toFixed(2));
  };
  const shown = (name: Run['schedule']) => runs.some(({ schedule }) => schedule === name);

  return (
    <section class="pipe-charts" aria-labelledby="pipe-charts">
      <h3 id="pipe-charts">{t.chartTitle}</h3>
      <ul class="lab-legend pipe-legend">
        {(['forward', 'backward', 'weight', 'idle'] as const).map((kind) => (
          <li key={kind}>
            <i class={kind} />
            {t.legend[kind]}
          </li>
        ))}
      </ul>
      <Scroll label={runs.map(({ schedule }) => t.names[schedule]).join(', ')}>
        <div class="pipe-plot" style={{ minInlineSize: width }}>
          {runs.map((run) => (
            <div class="pipe-chart" key={run.schedule}>
              <p class="pipe-name">
                <b>{t.names[run.schedule]}</b>{' '}
                <span>{t.total(plain(run.timetable.total), plain(run.timetable.bubble))}</span>
              </p>
              <ol class="pipe-stages" aria-hidden="true">
                {run.timetable.passes.map((_, rank) => (
                  <li key={rank}>{t.stageShort(rank)}</li>
                ))}
              </ol>
              {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the player does the same by keyboard */}
              <div
                class="pipe-canvas"
                onPointerMove={(event) => {
                  if (event.pointerType === 'mouse') setPointed(timeAt(event));
                }}
                onPointerLeave={() => setPointed(undefined)}
                onClick={(event) => onAt(timeAt(event))}
              >
                <Gantt
                  timetable={run.timetable}
                  inputShare={run.input.backward / (run.input.backward + run.input.weight)}
                  until={until}
                  dense={dense}
                  id={`pipe-${run.schedule}`}
                  label={t.chart(
                    t.names[run.schedule],
                    run.input.p,
                    plain(run.timetable.total),
                    plain(run.timetable.bubble),
                  )}
                />
                <span
                  class="pipe-cursor"
                  style={{ insetInlineStart: `${(100 * time) / until}%` }}
                />
              </div>
            </div>
          ))}
          <ol class="pipe-axis" aria-hidden="true">
            {ticks(until).map((tick) => (
              <li key={tick} style={{ insetInlineStart: `${(100 * tick) / until}%` }}>
                {plain(tick)}
              </li>
            ))}
          </ol>
        </div>
      </Scroll>
      <p class="pipe-hint">
        {sentences(
          locale,
          !dense && t.numbers,
          shown('interleaved') && t.chunks,
          shown('dualpipe') && t.bothEnds,
        )}
      </p>
      <Player
        locale={locale}
        at={place}
        last={events.length - 1}
        onAt={(next) => onAt(events[next] as number)}
      />
      <div class="pipe-moment">
        <h4>
          {t.momentTitle(plain(time))} <span>{t.momentHint}</span>
        </h4>
        <ReadOut class="visually-hidden">
          {runs
            .map(({ schedule, timetable, input }) => {
              const moments = rankMoments({
                timetable,
                time: Math.min(at, until),
                v: input.v ?? 1,
              });
              const busy = moments.filter(({ does }) => does === 'runs').length;
              return t.busy(t.names[schedule], busy, input.p);
            })
            .join(t.join)}
        </ReadOut>
        <div>
          {runs.map(({ schedule, timetable, input }) => (
            <div key={schedule}>
              <h5>{t.names[schedule]}</h5>
              <ul>
                {rankMoments({ timetable, time, v: input.v ?? 1 }).map((moment, rank) => (
                  <li key={rank} data-does={moment.does}>
                    <b>{t.stage(rank)}</b>
                    <span>{sentence(t, moment, time, input.v ?? 1)}</span>
                    <small>{t.held(plain(moment.held))}</small>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </div>
      <Orders locale={locale} runs={settled} />
    </section>
  );
}

/** Does not change while the reader moves through time. */
const Orders = memo(function Orders({ locale, runs }: Pick<Props, 'locale' | 'runs'>) {
  const t = pipelineWords(locale);
  return (
    <TableOf
      locale={locale}
      caption={t.orderTable}
      head={t.orderHead}
      rows={runs.flatMap(({ schedule, timetable, input, bytes }) =>
        timetable.passes.map((own, rank) => [
          t.names[schedule],
          t.stage(rank),
          orderOf(t, own, input.v ?? 1),
          plain(timetable.bubble),
          plain(timetable.peakHeld[rank] as number),
          gigabytes((timetable.peakMemory[rank] as number) * bytes),
        ]),
      )}
    />
  );
});

function orderOf(t: Words, own: readonly TimetablePass[], v: number): string {
  const entries: string[] = [];
  let before = '';
  for (const pass of own) {
    const name = before + passName(t, pass, v);
    before = pass.pair === 'first' ? `${name} + ` : '';
    if (before === '') entries.push(`${name} ${plain(pass.start)}`);
  }
  return entries.join(', ');
}

function sentence(t: Words, moment: RankMoment, time: number, v: number): string {
  const { does, pass, other, why } = moment;
  if (does === 'done' || pass === undefined) return t.done;
  const name = [pass, ...(other ? [other] : [])].map((one) => passName(t, one, v)).join(' + ');
  if (does === 'runs') return t.runs(name, plain(pass.end));
  if (pass.from === undefined || pass.ready <= time) return t.starts(name, plain(pass.start));
  const input = passName(t, { ...pass, ...pass.from }, v);
  const say = why === 'sending' ? t.waitsSending : t.waitsInput;
  return say(name, input, t.stage(pass.from.rank), plain(pass.ready));
}

function passName(
  t: Words,
  { kind, microBatch, chunk }: Pick<TimetablePass, 'kind' | 'microBatch' | 'chunk'>,
  v: number,
): string {
  const name = `${kind}${microBatch}`;
  return v === 1 ? name : `${name} (${t.chunk(chunk)})`;
}

function layout(runs: readonly Run[]) {
  const until = Math.max(...runs.map(({ timetable }) => timetable.total));
  const passes = runs.map(({ timetable }) => timetable.passes.flat());
  const dense = passes.some(({ length }) => length > LABELLED_PASSES);
  const shortest = Math.min(...passes.flat().map(({ start, end }) => end - start));
  const rem = Math.min(190, Math.round((until / shortest) * (dense ? 0.25 : 1.05)));
  return { until, dense, width: `${rem}rem` };
}

function eventsOf(runs: readonly Run[]): number[] {
  const times = runs.flatMap(({ timetable }) =>
    timetable.passes.flat().flatMap(({ start, end }) => [start, end]),
  );
  return [...new Set([0, ...times])].sort((a, b) => a - b);
}

function ticks(until: number): number[] {
  const raw = until / 10;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10);
  return Array.from({ length: Math.floor(until / step + 1e-9) + 1 }, (_, index) => index * step);
}
