import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closedBubble,
  pipelineBubble,
  pipelineInFlight,
  pipelineSchedule,
  pipelineTimetable,
  rankMoments,
  type Timetable,
  type TimetableInput,
  type TimetablePass,
} from '../../../src/engines/pipeline/index.ts';
import { type PlannedPass, runOrders, tidy } from '../../../src/engines/pipeline/run.ts';

/** One character row per device in slots of one unit, as the figures of arXiv 2401.10241 print them. */
function slots({ passes, total }: Timetable): string[] {
  return passes.map((own) =>
    Array.from({ length: total }, (_, slot) => {
      const pass = own.find(({ start, end }) => start <= slot && slot < end);
      return pass ? `${pass.kind}${pass.microBatch + 1}` : '.';
    }).join(' '),
  );
}

const golden: { groups: { rows: [number, number, string[]][] }[] } = JSON.parse(
  readFileSync(new URL('../../golden/data/golden-dualpipe.json', import.meta.url), 'utf8'),
);

/** A rank's passes as the golden file writes them. */
function printed(own: readonly TimetablePass[]): string {
  const words = own.map(({ kind, whole, stage, microBatch, pair }) => {
    return `${pair === 'second' ? '+' : ' '}${stage}${whole ? 'BW' : kind}${microBatch}`;
  });
  return words.join('').trim();
}

const tenths = fc.integer({ min: 1, max: 40 }).map((n) => n / 10);

const UNIT = { p: 4, m: 8, forward: 1, backward: 1, weight: 1 } as const;

describe('the published figures', () => {
  it('ZB-H1 with 4 devices and 8 micro-batches, Figure 3 (top) of arXiv 2401.10241', () => {
    const timetable = pipelineTimetable({ schedule: 'zb-h1', ...UNIT });
    expect(slots(timetable)).toEqual([
      'F1 F2 F3 F4 . . . B1 W1 F5 B2 W2 F6 B3 W3 F7 B4 W4 F8 B5 W5 B6 W6 B7 W7 B8 W8',
      '. F1 F2 F3 . . B1 F4 B2 W1 F5 B3 W2 F6 B4 W3 F7 B5 W4 F8 B6 W5 B7 W6 B8 W7 W8',
      '. . F1 F2 . B1 F3 B2 F4 B3 W1 F5 B4 W2 F6 B5 W3 F7 B6 W4 F8 B7 W5 B8 W6 W7 W8',
      '. . . F1 B1 F2 B2 F3 B3 F4 B4 W1 F5 B5 W2 F6 B6 W3 F7 B7 W4 F8 B8 W5 W6 W7 W8',
    ]);
    // "All workers maintain the same number of in-flight microbatches."
    expect(timetable.peakHeld).toEqual([4, 4, 4, 4]);
    expect(timetable.bubble).toBe(3);
  });

  it('1F1B, Figure 2: three times the bubble', () => {
    const timetable = pipelineTimetable({ schedule: '1f1b', ...UNIT });
    expect(slots(timetable)[3]).toBe(
      '. . . F1 B1 B1 F2 B2 B2 F3 B3 B3 F4 B4 B4 F5 B5 B5 F6 B6 B6 F7 B7 B7 F8 B8 B8 . . . . . .',
    );
    expect(timetable).toMatchObject({ bubble: 9, total: 33, overIdeal: 9 / 24, overTotal: 9 / 33 });
  });

  it('memory of worker i under ZB-H1 is (p−i+1) M_B + (i−1) M_W, §2.3', () => {
    const share = 32 / 114;
    const { peakMemory } = pipelineTimetable({ schedule: 'zb-h1', ...UNIT, weightShare: share });
    for (const [r, memory] of peakMemory.entries())
      expect(memory).toBeCloseTo(4 - r + r * share, 9);
  });
});

describe('DualPipe', () => {
  const FIGURE_5 = { ...UNIT, schedule: 'dualpipe', p: 8, m: 20 } as const;

  it('runs the orders of its authors’ code', () => {
    const [group] = golden.groups;
    for (const [p, m, orders] of group?.rows ?? []) {
      const { passes } = pipelineTimetable({ ...FIGURE_5, p, m });
      expect(passes.map(printed), `p ${p}, m ${m}`).toEqual(orders);
    }
  });

  it('idles (p/2 − 1)(F&B + B − 3W), B a whole backward pass, and holds p + 1 micro-batches', () => {
    const timetable = pipelineTimetable(FIGURE_5);
    expect(timetable).toMatchObject({ bubble: 3 * (3 + 2 - 3), ideal: 60, total: 66 });
    expect(timetable.peakHeld).toEqual(new Array(8).fill(9));
    expect(pipelineTimetable({ ...FIGURE_5, pair: 2 })).toMatchObject({ bubble: 3, total: 52 });
  });

  it('has its published bubble whatever a pair takes, as long as passes are equally long', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 8 }),
        tenths,
        fc.integer({ min: 0, max: 10 }),
        (half, more, time, saved) => {
          const [p, m] = [2 * half, 4 * half + 2 * more];
          const pair = (time + time + time) * (1 - saved / 30);
          const input = { ...FIGURE_5, p, m, forward: time, backward: time, weight: time, pair };
          const timetable = pipelineTimetable(input);
          const closed = closedBubble(input);
          expect(timetable.bubble).toBeCloseTo(closed.bubble, 6);
          expect(timetable.overIdeal).toBeCloseTo(closed.overIdeal, 6);
          expect(timetable.overTotal).toBeCloseTo(closed.overTotal, 6);
          expect(timetable.peakHeld).toEqual(new Array(p).fill(p + 1));
        },
      ),
    );
  });

  it('sends every micro-batch through all stages, half of them from the back', () => {
    const { passes } = pipelineTimetable(FIGURE_5);
    for (const microBatch of [0, 9, 10, 19]) {
      const forwards = passes
        .flat()
        .filter((pass) => pass.kind === 'F' && pass.microBatch === microBatch)
        .sort((a, b) => a.start - b.start);
      const ranks = microBatch < 10 ? [0, 1, 2, 3, 4, 5, 6, 7] : [7, 6, 5, 4, 3, 2, 1, 0];
      expect(forwards.map(({ stage }) => stage)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(forwards.map(({ rank }) => rank)).toEqual(ranks);
      expect(forwards.map(({ from }) => from?.rank)).toEqual([undefined, ...ranks.slice(0, -1)]);
    }
  });

  it('tells both passes of a pair, and of a waiting pair the one whose input comes last', () => {
    const timetable = pipelineTimetable({ ...FIGURE_5, p: 4, m: 8, communication: 2 });
    const pairs = timetable.passes.flat().filter(({ pair }) => pair);
    const late = pairs.find(
      (pass) =>
        pass.start > pass.free &&
        pass.ready < pass.start &&
        pairs.some(
          (other) => other !== pass && other.start === pass.start && other.rank === pass.rank,
        ),
    );
    if (!late) throw new Error('no pair waits');
    const at = (time: number) => rankMoments({ timetable, time })[late.rank];
    expect(at(late.start)).toMatchObject({
      does: 'runs',
      pass: { pair: 'first' },
      other: { pair: 'second' },
    });
    const waiting = at((late.free + late.start) / 2);
    expect(waiting).toMatchObject({ does: 'waits', pass: { ready: late.start }, other: late });
  });
});

const shapes = fc
  .record({
    schedule: fc.constantFrom('gpipe' as const, '1f1b' as const, 'interleaved' as const),
    p: fc.integer({ min: 1, max: 6 }),
    rounds: fc.integer({ min: 1, max: 4 }),
    v: fc.integer({ min: 2, max: 3 }),
  })
  .map(({ schedule, p, rounds, v }) => ({
    schedule,
    p,
    m: p * rounds,
    v: schedule === 'interleaved' ? v : 1,
  }));
describe('properties', () => {
  it('is pipelineSchedule with times, and its bubble the closed formula', () => {
    fc.assert(
      fc.property(shapes, tenths, tenths, tenths, (shape, forward, backward, weight) => {
        const input = { ...shape, forward, backward, weight };
        const timetable = pipelineTimetable(input);
        const orders = timetable.passes.map((own) =>
          own.map(({ stage, kind, microBatch }) => `${stage}${kind}${microBatch}`).join(' '),
        );
        expect(orders).toEqual(pipelineSchedule(shape).orders);
        expect(timetable.bubble).toBeCloseTo(closedBubble(input).bubble, 6);
        expect(timetable.overIdeal).toBeCloseTo(pipelineBubble(shape).overIdeal, 6);
        expect(timetable.overTotal).toBeCloseTo(pipelineBubble(shape).overTotal, 6);
        const { overIdeal, overTotal } = closedBubble(input);
        expect(overIdeal).toBeCloseTo(pipelineBubble(shape).overIdeal, 6);
        expect(overTotal).toBeCloseTo(pipelineBubble(shape).overTotal, 6);
        expect(timetable.peakHeld[0]).toBeCloseTo(pipelineInFlight(shape).max, 9);
      }),
    );
  });

  it('ZB-H1 with equal times and at least 2p micro-batches: a third of 1F1B’s bubble, p held', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 20 }),
        tenths,
        (p, more, time) => {
          const input: TimetableInput = {
            schedule: 'zb-h1',
            p,
            m: 2 * p + more,
            forward: time,
            backward: time,
            weight: time,
          };
          const timetable = pipelineTimetable(input);
          expect(timetable.bubble).toBeCloseTo((p - 1) * time, 6);
          expect(timetable.bubble).toBeCloseTo(closedBubble(input).bubble, 6);
          expect(timetable.peakHeld).toEqual(new Array(p).fill(p));
        },
      ),
    );
  });

  it('no rank runs two passes at once, none starts before its input, and waiting is explained', () => {
    const all = fc.oneof(
      shapes,
      fc.record({
        schedule: fc.constant('zb-h1' as const),
        p: fc.integer({ min: 1, max: 6 }),
        m: fc.integer({ min: 1, max: 12 }),
        v: fc.constant(1),
      }),
      fc.record({
        schedule: fc.constant('dualpipe' as const),
        p: fc.constant(4),
        m: fc.constant(10),
        v: fc.constant(1),
      }),
    );
    fc.assert(
      fc.property(
        all,
        tenths,
        tenths,
        tenths,
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 400 }),
        (shape, forward, backward, weight, lag, at) => {
          const communication = lag / 10;
          const timetable = pipelineTimetable({
            ...shape,
            forward,
            backward,
            weight,
            communication,
          });
          for (const own of timetable.passes) {
            let free = 0;
            for (const [start, together] of Map.groupBy(own, (pass) => pass.start)) {
              expect(together.map(({ pair }) => pair)).toEqual(
                together.length === 1 ? [undefined] : ['first', 'second'],
              );
              for (const pass of together) expect(pass.free).toBe(free);
              expect(start).toBe(Math.max(free, ...together.map(({ ready }) => ready)));
              free = together[0]?.end as number;
            }
          }
          for (const { does, pass, why, held } of rankMoments({
            timetable,
            time: at / 10,
            v: shape.v,
          })) {
            expect(held).toBeGreaterThanOrEqual(0);
            expect(does === 'waits').toBe(why !== undefined);
            if (does === 'waits') expect(pass?.start).toBeGreaterThan(at / 10);
          }
        },
      ),
    );
  });

  it('communication lengthens the iteration and never the work', () => {
    const at = (communication: number) =>
      pipelineTimetable({ schedule: '1f1b', ...UNIT, communication });
    expect(at(0.5).total).toBeGreaterThan(at(0).total);
    expect(at(0.5).ideal).toBe(at(0).ideal);
  });
});

describe('two stages, two micro-batches, backward twice forward, half a unit to send', () => {
  // Made in each test, so that mutation testing sees which one runs what.
  const made = () =>
    pipelineTimetable({
      schedule: '1f1b',
      p: 2,
      m: 2,
      forward: 1,
      backward: 1,
      weight: 1,
      communication: 0.5,
    });

  it('runs each pass when its input has come', () => {
    const shown = made().passes.map((own) =>
      own.map(({ kind, microBatch, start, end }) => `${kind}${microBatch} ${start}–${end}`),
    );
    expect(shown).toEqual([
      ['F0 0–1', 'F1 1–2', 'B0 5–7', 'B1 8–10'],
      ['F0 1.5–2.5', 'B0 2.5–4.5', 'F1 4.5–5.5', 'B1 5.5–7.5'],
    ]);
    expect(made()).toMatchObject({ total: 10, ideal: 6, bubble: 4, overTotal: 0.4 });
  });

  it('says where each input comes from, and when it was sent', () => {
    const inputs = made().passes.map((own) =>
      own.map(({ from, free, ready }) => [free, ready, from]),
    );
    expect(inputs).toEqual([
      [
        [0, 0, undefined],
        [1, 0, undefined],
        [2, 5, { kind: 'B', stage: 1, rank: 1, end: 4.5 }],
        [7, 8, { kind: 'B', stage: 1, rank: 1, end: 7.5 }],
      ],
      [
        [0, 1.5, { kind: 'F', stage: 0, rank: 0, end: 1 }],
        // The last stage starts its backward from its own loss: nothing is sent.
        [2.5, 2.5, { kind: 'F', stage: 1, rank: 1, end: 2.5 }],
        [4.5, 2.5, { kind: 'F', stage: 0, rank: 0, end: 2 }],
        [5.5, 5.5, { kind: 'F', stage: 1, rank: 1, end: 5.5 }],
      ],
    ]);
  });

  // What each rank does, with which pass and why it waits, and the micro-batches it holds.
  it.each([
    [0, 'runs F0, 1', 'waits F0 input, 0'],
    [0.5, 'runs F0, 1', 'waits F0 input, 0'],
    [1, 'runs F1, 2', 'waits F0 sending, 0'],
    [1.5, 'runs F1, 2', 'runs F0, 1'],
    [2, 'waits B0 input, 2', 'runs F0, 1'],
    [4.5, 'waits B0 sending, 2', 'runs F1, 1'],
    [5, 'runs B0, 2', 'runs F1, 1'],
    [7, 'waits B1 input, 1', 'runs B1, 1'],
    [7.5, 'waits B1 sending, 1', 'done, 0'],
    [9.9, 'runs B1, 1', 'done, 0'],
    [10, 'done, 0', 'done, 0'],
  ])('at %d', (time, ...expected) => {
    const shown = rankMoments({ timetable: made(), time }).map(({ does, pass, why, held }) => {
      const of = pass ? ` ${pass.kind}${pass.microBatch}` : '';
      return `${does}${of}${why ? ` ${why}` : ''}, ${held}`;
    });
    expect(shown).toEqual(expected);
  });
});

describe('the gradient of the weights', () => {
  it('needs that of the input on its own rank, whatever sending takes', () => {
    const { passes } = pipelineTimetable({ schedule: 'zb-h1', ...UNIT, communication: 0.5 });
    for (const own of passes) {
      for (const { kind, stage, microBatch, ready, from } of own) {
        if (kind !== 'W') continue;
        const end = own.find((pass) => pass.kind === 'B' && pass.microBatch === microBatch)?.end;
        expect([ready, from]).toEqual([end, { kind: 'B', stage, rank: stage, end }]);
      }
    }
  });
});

describe('what a rank holds', () => {
  const one = { p: 1, m: 1, forward: 1, backward: 1, weight: 1 };
  const held = (timetable: Timetable, v?: number) =>
    [0, 1, 2, 2.5, 3].map(
      (time) => rankMoments({ timetable, time, ...(v === undefined ? {} : { v }) })[0]?.held,
    );

  it('stays until the weights have their gradient, where that is a pass of its own', () => {
    expect(held(pipelineTimetable({ schedule: 'zb-h1', ...one }))).toEqual([1, 1, 1, 1, 0]);
  });

  it('counts a chunk as a part of a micro-batch', () => {
    const chunks = pipelineTimetable({ schedule: 'interleaved', ...one, v: 2 });
    // Forward 0–0.5 and 0.5–1, backward 1–2 and 2–3.
    expect(held(chunks, 2)).toEqual([0.5, 1, 0.5, 0.5, 0]);
    expect([chunks.peakHeld, chunks.peakMemory]).toEqual([[1], [1]]);
  });

  it('is weighed only where something waits for W', () => {
    const at = (schedule: '1f1b' | 'zb-h1') =>
      pipelineTimetable({ schedule, ...UNIT, weightShare: 0.5 }).peakMemory;
    expect(at('1f1b')).toEqual([4, 3, 2, 1]);
    expect(at('zb-h1')).toEqual([4, 3.5, 3, 2.5]);
  });
});

describe('runOrders', () => {
  const pass = (kind: 'F' | 'B', stage = 0) =>
    ({ kind, stage, chunk: 0, whole: kind === 'B', microBatch: 0 }) as const;
  const run = (orders: readonly (readonly PlannedPass[])[], stages: number) => () =>
    runOrders(orders, { stages, lasts: () => 1, rankOf: (stage) => stage });
  it('says so where a pass waits for ever', () => {
    const deadlock = 'the order deadlocks: some pass waits for ever';
    expect(run([[pass('B'), pass('F')]], 1)).toThrow(deadlock);
    const oneOfTwo = [[pass('F')], [pass('B', 1), pass('F', 1)]];
    expect(run(oneOfTwo, 2)).toThrow(deadlock);
  });
});

describe('tidy', () => {
  it('gives the decimal that was meant, to twelve digits', () => {
    expect([0.1 + 0.2, 0.1 * 3, 1.1 + 2.2, -0.1 - 0.2, 1 / 3].map(tidy)).toEqual([
      0.3, 0.3, 3.3, -0.3, 0.333333333333,
    ]);
    expect([0, 7, -3, 1e15].map(tidy)).toEqual([0, 7, -3, 1e15]);
  });

  it('leaves whole numbers and rounds others as printing and reading them does', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: -25, max: 14 }))
      .map(([digits, power]) => Number(`${digits}e${power}`));
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const sum = a + b;
        expect(tidy(sum)).toBe(Number.isInteger(sum) ? sum : Number(sum.toPrecision(12)));
      }),
    );
  });
});
