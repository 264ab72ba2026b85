import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attentionCost,
  OVERLONG,
  type Overlong,
  type PackingInput,
  pack,
  positionIds,
  STRATEGIES,
  type Strategy,
} from '../../../src/engines/packing/index.ts';
import { refusal } from './refusals.ts';

/** Example n of TRL's docstrings counts on from the one before: tokens 1, 2, 3, … in all. */
function tokens({ lengths, ...rest }: PackingInput): number[][] {
  const starts = lengths.map((_, n) => lengths.slice(0, n).reduce((a, b) => a + b, 0));
  return pack({ lengths, ...rest }).windows.map((pieces) =>
    pieces.flatMap(({ example, from, to }) =>
      Array.from({ length: to - from }, (_, place) => (starts[example] ?? 0) + from + place + 1),
    ),
  );
}

describe('packing as TRL does it (huggingface/trl @ f2cd5771)', () => {
  // trl/data_utils.py, docstring of pack_dataset
  const docstring = { lengths: [5, 2, 3, 1], window: 4 };
  it('bfd', () => {
    expect(tokens({ ...docstring, strategy: 'bfd' })).toEqual([
      [1, 2, 3, 4],
      [8, 9, 10, 11],
      [6, 7],
    ]);
    expect(pack({ ...docstring, strategy: 'bfd' })).toMatchObject({
      kept: 10,
      lost: 1,
      padding: 2,
      fewest: 3,
      cut: 1,
    });
  });
  it('bfd_split', () => {
    expect(tokens({ ...docstring, strategy: 'bfd', overlong: 'split' })).toEqual([
      [1, 2, 3, 4],
      [8, 9, 10, 5],
      [6, 7, 11],
    ]);
  });
  // tests/test_data_utils.py, TestPackDatasetBfd
  it.each([
    { lengths: [3, 4, 1], window: 4, packed: [[4], [3, 1]] },
    { lengths: [5, 2, 4, 1], window: 4, packed: [[4], [4], [2, 1, 1]] },
    { lengths: [6, 3, 3, 4], window: 4, packed: [[4], [4], [3], [3], [2]] },
    { lengths: [5, 1, 4, 3], window: 5, packed: [[5], [4, 1], [3]] },
  ])('bfd_split of $lengths into $window', ({ lengths, window, packed }) => {
    const { windows } = pack({ strategy: 'bfd', overlong: 'split', lengths, window });
    expect(windows.map((pieces) => pieces.map(({ from, to }) => to - from))).toEqual(packed);
  });
  // tests/test_data_utils.py, TestPackDatasetWrapped
  it('wrapped', () => {
    expect(tokens({ strategy: 'wrapped', lengths: [3, 4, 1], window: 3 })).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8],
    ]);
  });
});

const inputs = fc.record({
  strategy: fc.constantFrom(...STRATEGIES),
  overlong: fc.constantFrom(...OVERLONG),
  lengths: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }),
  window: fc.integer({ min: 1, max: 30 }),
});

it('loses nothing it does not report, and fills no window over its end', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { windows, total, kept, lost, padding, waste } = pack(input);
      const held = windows.map((pieces) =>
        pieces.reduce((sum, { from, to }) => sum + to - from, 0),
      );
      for (const count of held) expect(count).toBeLessThanOrEqual(input.window);
      for (const count of held) expect(count).toBeGreaterThan(0);
      expect(kept + lost).toBe(total);
      expect(held.reduce((a, b) => a + b, 0)).toBe(kept);
      expect(padding).toBe(windows.length * input.window - kept);
      expect(waste).toBeGreaterThanOrEqual(0);
      expect(waste).toBeLessThan(1);
      // Each token at most once; all of them unless something had to be cut away.
      const seen = input.lengths.map(() => new Set<number>());
      for (const { example, from, to } of windows.flat()) {
        for (let token = from; token < to; token += 1) {
          expect(seen[example]?.has(token)).toBe(false);
          seen[example]?.add(token);
        }
      }
      const tooLong = input.lengths.some((length) => length > input.window);
      if (input.strategy === 'wrapped' || input.overlong === 'split' || !tooLong) {
        expect(lost).toBe(0);
      }
    }),
  );
});

it('first fit, longest first, gives the windows of filling each with the longest that fits', () => {
  fc.assert(
    fc.property(inputs, ({ lengths, window }) => {
      const left = lengths.map((length) => Math.min(length, window)).sort((a, b) => b - a);
      const knapsacks: number[][] = [];
      while (left.length > 0) {
        const sack: number[] = [];
        let room = window;
        for (let next = 0; next < left.length; ) {
          const length = left[next] ?? 0;
          if (length > room) next += 1;
          else {
            sack.push(length);
            room -= length;
            left.splice(next, 1);
          }
        }
        knapsacks.push(sack);
      }
      const { windows } = pack({ strategy: 'ffd', lengths, window });
      expect(windows.map((one) => one.map(({ from, to }) => to - from))).toEqual(knapsacks);
    }),
  );
});

/** Fewest windows, by trying every one. */
function optimum(lengths: readonly number[], window: number): number {
  let best = lengths.length;
  const rooms: number[] = [];
  const put = (next: number): void => {
    if (rooms.length >= best) return;
    const length = lengths[next];
    if (length === undefined) {
      best = rooms.length;
      return;
    }
    for (let index = 0; index < rooms.length; index += 1) {
      const room = rooms[index] ?? 0;
      if (room < length) continue;
      rooms[index] = room - length;
      put(next + 1);
      rooms[index] = room;
    }
    rooms.push(window - length);
    put(next + 1);
    rooms.pop();
  };
  put(0);
  return best;
}

it('needs at most 11/9 of the fewest windows and 6/9 more (Dósa 2007)', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20 }).chain((window) =>
        fc.record({
          window: fc.constant(window),
          lengths: fc.array(fc.integer({ min: 1, max: window }), { minLength: 1, maxLength: 9 }),
        }),
      ),
      ({ window, lengths }) => {
        const best = optimum(lengths, window);
        for (const strategy of ['ffd', 'bfd'] as const) {
          const { windows, fewest } = pack({ strategy, lengths, window });
          expect(windows.length).toBeLessThanOrEqual((11 * best + 6) / 9);
          expect(fewest).toBeLessThanOrEqual(best);
        }
      },
    ),
  );
});

it('counts who sees whom', () => {
  expect(attentionCost([3, 1])).toEqual({ causal: 10, within: 7, across: 3 });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
      (pieces) => {
        const owner = pieces.flatMap((count, piece) => Array<number>(count).fill(piece));
        let across = 0;
        owner.forEach((query, at) => {
          for (let key = 0; key <= at; key += 1) if (owner[key] !== query) across += 1;
        });
        expect(attentionCost(pieces).across).toBe(across);
      },
    ),
  );
});

it('restarts positions, or does not', () => {
  expect(positionIds([4], true)).toEqual([0, 1, 2, 3]);
  expect(positionIds([3, 2], true)).toEqual([0, 1, 2, 0, 1]);
  expect(positionIds([3, 2], false)).toEqual([0, 1, 2, 3, 4]);
});

it.each([
  [{ lengths: [] }, 'lengths must hold at least one length, got 0'],
  [{ lengths: [3, 0] }, 'lengths[1] must be an integer ≥ 1, got 0'],
  [{ window: 1.5 }, 'window must be an integer ≥ 1, got 1.5'],
  [{ strategy: 'best' }, 'strategy must be one of padded, wrapped, ffd, bfd, got "best"'],
  [{ overlong: 'keep' }, 'overlong must be one of truncate, split, drop, got "keep"'],
])('refuses %o', (wrong, message) => {
  const input = { strategy: 'ffd', lengths: [1], window: 2, ...wrong } as PackingInput;
  expect(() => pack(input)).toThrow(message);
});

describe('what each choice does', () => {
  const examples = (strategy: Strategy, lengths: number[], window: number, overlong?: Overlong) =>
    pack({ strategy, lengths, window, ...(overlong ? { overlong } : {}) }).windows.map((pieces) =>
      pieces.map(({ example, from, to }) => `${example}:${from}-${to}`).join(' '),
    );

  it('best fit takes the fullest window that has room, first fit the first; padded none but its own', () => {
    const lengths = [14, 12, 7, 1];
    expect(examples('ffd', lengths, 20)).toEqual(['0:0-14 3:0-1', '1:0-12 2:0-7']);
    expect(examples('bfd', lengths, 20)).toEqual(['0:0-14', '1:0-12 2:0-7 3:0-1']);
    expect(examples('padded', lengths, 20)).toEqual(['0:0-14', '1:0-12', '2:0-7', '3:0-1']);
    expect(examples('wrapped', lengths, 20)).toEqual(['0:0-14 1:0-6', '1:6-12 2:0-7 3:0-1']);
  });

  it('of two windows that are equally full the first is taken', () => {
    expect(examples('bfd', [15, 15, 1], 20)).toEqual(['0:0-15 2:0-1', '1:0-15']);
  });

  it('an example over the window loses its end, goes, or is split', () => {
    expect(examples('ffd', [9, 2], 4)).toEqual(['0:0-4', '1:0-2']);
    expect(examples('ffd', [9, 2], 4, 'truncate')).toEqual(['0:0-4', '1:0-2']);
    expect(examples('ffd', [9, 2], 4, 'drop')).toEqual(['1:0-2']);
    expect(examples('ffd', [9, 2], 4, 'split')).toEqual(['0:0-4', '0:4-8', '1:0-2 0:8-9']);
  });

  it('nothing left wastes nothing', () => {
    expect(pack({ strategy: 'ffd', lengths: [9], window: 4, overlong: 'drop' })).toEqual({
      windows: [],
      total: 9,
      kept: 0,
      lost: 9,
      padding: 0,
      waste: 0,
      fewest: 0,
      cut: 0,
    });
  });
});

it.each<(pieces: number[]) => unknown>([attentionCost, (pieces) => positionIds(pieces, true)])(
  'windows of no pieces of tokens are refused by place',
  (call) => {
    expect(refusal(() => call([3, 0]))).toBe('RangeError: pieces[1] must be an integer ≥ 1, got 0');
  },
);
