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
} from '../../../src/engines/pipeline/index.ts';

/** One character row per device in slots of one unit, as the figures of arXiv 2401.10241 print them. */
function slots({ passes, total }: Timetable): string[] {
  return passes.map((own) =>
    Array.from({ length: total }, (_, slot) => {
      const pass = own.find(({ start, end }) => start <= slot && slot < end);
      return pass ? `${pass.kind}${pass.microBatch + 1}` : '.';
    }).join(' '),
  );
}

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
const tenths = fc.integer({ min: 1, max: 40 }).map((n) => n / 10);

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
            for (const [index, pass] of own.entries()) {
              expect(pass.free).toBe(own[index - 1]?.end ?? 0);
              expect(pass.start).toBe(Math.max(pass.free, pass.ready));
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

describe('wrong arguments', () => {
  it('are named with their value and what is allowed', () => {
    const run = (change: object) => () =>
      pipelineTimetable({ schedule: '1f1b', ...UNIT, ...change } as TimetableInput);
    expect(run({ schedule: 'dualpipe' })).toThrow(/schedule must be one of gpipe.*got "dualpipe"/);
    expect(run({ schedule: 'interleaved', v: 2, m: 6 })).toThrow(/m must be a multiple of p = 4/);
    expect(run({ forward: -1 })).toThrow(/forward must be a finite number ≥ 0, got -1/);
    expect(run({ weightShare: 2 })).toThrow(/weightShare must be a finite number from 0 to 1/);
    expect(run({ forward: 0, backward: 0, weight: 0 })).toThrow(/must not all be 0/);
  });
});
