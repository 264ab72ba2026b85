/**
 * What progress costs with 10,000 cards and 100,000 events: opening the quiz (fold and the plan of the day,
 * under 300 ms of script) and a grade (store, one step of the fold, the next card; under 16 ms).
 *
 *   npm run bench:progress
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Grade, StoredEvent } from '../progress/events.ts';
import { stamp } from '../progress/events.ts';
import { add, fold } from '../progress/fold.ts';
import { dayPlan, type PlanFrame } from '../progress/plan.ts';
import { DAY, NEW_MEMORY, nextIntervals } from '../progress/schedule.ts';
import { generator } from '../progress/simulate.ts';
import { memoryStore } from '../progress/store.ts';

const CARDS = 10_000;
const EVENTS = 100_000;
const OPEN_MS = 300;
const GRADE_MS = 16;

const random = generator(1);
const ids = Array.from({ length: CARDS }, (_, i) => `mp-${String(i).padStart(5, '0')}`);
const start = Date.UTC(2026, 0, 1);
const step = (200 * DAY) / EVENTS;
const events = Array.from({ length: EVENTS }, (_, i): StoredEvent => {
  const base = { id: `${Math.floor(random() * 2 ** 40).toString(36)}-${i}`, v: 1 };
  const at = Math.floor(start + i * step);
  const card = ids[Math.floor(random() * CARDS)] as string;
  if (i % 50 === 49) return { ...base, at, kind: 'mark', card, mark: 'revisit', on: true };
  const grade = (random() < 0.15 ? 1 : 2 + Math.floor(random() * 3)) as Grade;
  return { ...base, at, kind: 'review', card, grade, ms: 30_000 };
});
const now = start + 200 * DAY;
const frames: Record<string, PlanFrame> = {
  'plain FSRS': { now, dayEnd: now + DAY / 2, secondsToday: 1200, secondsLater: 0, retention: 0.9 },
  'interview in 7 days': {
    now,
    dayEnd: now + DAY / 2,
    moment: now + 7 * DAY,
    secondsToday: 1200,
    secondsLater: 7200,
    retention: 0.9,
  },
};

const median = (times: number[]): number =>
  times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
// What an earlier pass, or making the events, left behind is not this pass's to clear.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** Milliseconds the processor worked on this thread: script, whatever else the machine does. */
const timed = async (act: () => unknown): Promise<number> => {
  collectGarbage();
  const from = process.threadCpuUsage();
  await act();
  const { user, system } = process.threadCpuUsage(from);
  return (user + system) / 1000;
};
let failed = false;
function report(name: string, first: number, middle: number, allowed: number): void {
  const worst = Math.max(first, middle);
  failed ||= worst > allowed;
  const verdict = worst > allowed ? 'TOO SLOW' : 'ok';
  console.log(
    `${name.padEnd(32)}first ${first.toFixed(1).padStart(6)} ms  median ${middle.toFixed(1).padStart(6)} ms  allowed ${allowed}  ${verdict}`,
  );
}

for (const [name, frame] of Object.entries(frames)) {
  const times: number[] = [];
  for (let i = 0; i < 7; i += 1) {
    times.push(
      await timed(() => {
        const progress = fold(events);
        dayPlan(
          ids.map((id) => ({ id, memory: progress.cards.get(id) })),
          frame,
        );
      }),
    );
  }
  report(`open: ${name}`, times[0] as number, median(times), OPEN_MS);
}

const store = memoryStore();
await store.appendAll(events);
let progress = fold(events);
let grades = 0;
const gradeTen = async (): Promise<void> => {
  for (let i = 0; i < 10; i += 1) {
    const card = ids[(grades * 37) % CARDS] as string;
    const next = ids[(grades * 37 + 1) % CARDS] as string;
    const draft = { kind: 'review', card, grade: 3, ms: 20_000 } as const;
    const event = stamp(draft, now + grades * 60_000, progress.cards.get(card)?.last);
    await store.append(event);
    progress = add(progress, event);
    nextIntervals(progress.cards.get(next) ?? NEW_MEMORY, now, 0.9);
    grades += 1;
  }
};
// Ten at a time: the processor's clock is coarse.
const tens: number[] = [];
for (let i = 0; i < 9; i += 1) tens.push((await timed(gradeTen)) / 10);
report('grade', tens[0] as number, median(tens), GRADE_MS);
store.close();
if (failed) process.exitCode = 1;
