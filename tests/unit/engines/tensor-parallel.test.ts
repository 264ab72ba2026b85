import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attention,
  COLLECTIVES,
  type Collective,
  collectiveSends,
  gelu,
  type Matrix,
  mlp,
  type Step,
  splitAttention,
  splitMlp,
  type Tile,
} from '../../../src/engines/tensor-parallel/index.ts';
import { difference } from '../../../src/engines/tensor-parallel/matrix.ts';
import { refusal } from './refusals.ts';

const matrix = (rows: number, columns: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  });

const mlps = fc
  .record({
    ranks: fc.constantFrom(1, 2, 4, 8),
    tokens: fc.integer({ min: 1, max: 3 }),
    hidden: fc.integer({ min: 1, max: 2 }),
    each: fc.integer({ min: 1, max: 3 }),
    sequence: fc.boolean(),
  })
  .chain(({ ranks, tokens, hidden, each, sequence }) =>
    fc.record({
      ranks: fc.constant(ranks),
      sequence: fc.constant(sequence),
      x: matrix(tokens * ranks, hidden * ranks),
      a: matrix(hidden * ranks, each * ranks),
      b: matrix(each * ranks, hidden * ranks),
      dz: matrix(tokens * ranks, hidden * ranks),
    }),
  );

const attentions = fc
  .record({
    ranks: fc.constantFrom(1, 2, 4, 8),
    headsEach: fc.integer({ min: 1, max: 2 }),
    width: fc.integer({ min: 1, max: 2 }),
    tokens: fc.constantFrom(1, 2),
    sequence: fc.boolean(),
  })
  .chain(({ ranks, headsEach, width, tokens, sequence }) => {
    const inner = ranks * headsEach * width;
    return fc.record({
      ranks: fc.constant(ranks),
      sequence: fc.constant(sequence),
      heads: fc.constant(ranks * headsEach),
      x: matrix(tokens * ranks, 3),
      wq: matrix(3, inner),
      wk: matrix(3, inner),
      wv: matrix(3, inner),
      wo: matrix(inner, 3),
      dz: matrix(tokens * ranks, 3),
    });
  });

const apart = (left: Matrix, right: Matrix): number => {
  expect(left.map((row) => row.length)).toEqual(right.map((row) => row.length));
  return Math.max(
    ...left.flatMap((row, r) => row.map((value, c) => Math.abs(value - (right[r]?.[c] ?? NaN)))),
  );
};

/** Change of Σ dz ∘ z when one entry moves, by central differences. */
function slope(loss: (matrix: Matrix) => number, at: Matrix, row: number, column: number): number {
  const moved = (by: number): number =>
    loss(at.map((own, r) => own.map((v, c) => (r === row && c === column ? v + by : v))));
  return (moved(1e-4) - moved(-1e-4)) / 2e-4;
}

const inner = (left: Matrix, right: Matrix): number =>
  left
    .flatMap((row, r) => row.map((v, c) => v * (right[r]?.[c] ?? NaN)))
    .reduce((a, b) => a + b, 0);

describe('the MLP on ranks', () => {
  it('gives the unsplit output and all its gradients, with and without sequence parallelism', () => {
    fc.assert(
      fc.property(mlps, (input) => {
        const { difference, gradients, unsplit } = splitMlp(input);
        expect(difference.output).toBeLessThan(1e-9);
        expect(difference.inputGradient).toBeLessThan(1e-9);
        expect(apart(gradients['dA'] as Matrix, unsplit.da)).toBeLessThan(1e-9);
        expect(apart(gradients['dB'] as Matrix, unsplit.db)).toBeLessThan(1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('communicates once forward and once backward, and as much under sequence parallelism', () => {
    fc.assert(
      fc.property(mlps, (input) => {
        const run = (sequence: boolean) => splitMlp({ ...input, sequence }).steps;
        const plain = run(false);
        const kinds = (steps: typeof plain) => steps.flatMap((step) => step.collective ?? []);
        const sent = (steps: typeof plain) => steps.reduce((total, { sends }) => total + sends, 0);
        expect(kinds(plain)).toEqual(['all-reduce', 'all-reduce']);
        expect(kinds(run(true))).toEqual([
          'all-gather',
          'reduce-scatter',
          'all-gather',
          'reduce-scatter',
        ]);
        expect(sent(run(true))).toBeCloseTo(sent(plain), 9);
        const buffer = input.x.length * (input.x[0]?.length ?? 0);
        expect(sent(plain)).toBeCloseTo((4 * buffer * (input.ranks - 1)) / input.ranks, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('needs one more all-reduce when the first matrix is cut by rows, since GeLU is no sum', () => {
    fc.assert(
      fc.property(mlps, (input) => {
        const { steps, difference, wrong, unsplit } = splitMlp({
          ...input,
          cut: 'rows',
          sequence: false,
        });
        expect(difference.output).toBeLessThan(1e-9);
        const communicating = steps.filter(({ collective }) => collective).map(({ id }) => id);
        expect(communicating).toEqual(['extra', 'output']);
        if (input.ranks === 1) expect(apart(wrong as Matrix, unsplit.z)).toBeLessThan(1e-9);
      }),
      { numRuns: 40 },
    );
    const [x, a, b, dz] = [
      [[2, 1]],
      [
        [1, 0],
        [-1, 1],
      ],
      [[1], [1]],
      [[1]],
    ];
    const { wrong, unsplit } = splitMlp({ x, a, b, dz, ranks: 2, cut: 'rows' });
    expect(unsplit.z[0]?.[0]).toBeCloseTo(2 * gelu(1), 12);
    expect(wrong?.[0]?.[0]).toBeCloseTo(gelu(2) + gelu(-1) + gelu(1), 12);
  });

  it('has the gradients of its own output', () => {
    fc.assert(
      fc.property(mlps, (input) => {
        const { dx, da, db } = mlp(input);
        const loss = (change: object) => inner(mlp({ ...input, ...change }).z, input.dz);
        expect(dx[0]?.[0]).toBeCloseTo(
          slope((x) => loss({ x }), input.x, 0, 0),
          3,
        );
        expect(da[0]?.[0]).toBeCloseTo(
          slope((a) => loss({ a }), input.a, 0, 0),
          3,
        );
        expect(db[0]?.[0]).toBeCloseTo(
          slope((b) => loss({ b }), input.b, 0, 0),
          3,
        );
      }),
      { numRuns: 25 },
    );
  });

  const fitting = {
    x: [
      [1, 2],
      [0, 1],
    ],
    a: [
      [1, 2],
      [3, 4],
    ],
    b: [[1], [2]],
    dz: [[1], [2]],
    ranks: 2,
  };
  it.each<[Partial<Parameters<typeof splitMlp>[0]>, string]>([
    [{ a: [[1, 2]] }, 'RangeError: x by a must match, got 2 and 1'],
    [{ b: [[1]] }, 'RangeError: a by b must match, got 2 and 1'],
    [
      {
        dz: [
          [1, 1],
          [1, 1],
        ],
      },
      'RangeError: dz must match, got 2 and 1',
    ],
    [{ dz: [[1]] }, 'RangeError: rows of x and dz must match, got 2 and 1'],
    [{ ranks: 4 }, 'RangeError: columns of a must be a multiple of 4, got 2'],
    [{ ranks: 0 }, 'RangeError: ranks must be an integer ≥ 1, got 0'],
    [
      { x: [[1, 2]], dz: [[1]], sequence: true },
      'RangeError: rows of x must be a multiple of 2, got 1',
    ],
    [{ sequence: 1 as never }, 'TypeError: sequence must be true or false, got 1'],
    [{ cut: 'heads' as never }, 'RangeError: cut must be one of columns, rows, got "heads"'],
    [
      { cut: 'rows', sequence: true },
      'RangeError: sequence must be false for the cut by rows, got true',
    ],
    [
      { x: [[1], [2]], a: [[1, 2]], cut: 'rows' },
      'RangeError: rows of a must be a multiple of 2, got 1',
    ],
  ])('says what does not fit in %j', (change, message) => {
    expect(refusal(() => splitMlp({ ...fitting, ...change }))).toBe(message);
    expect(refusal(() => splitMlp(fitting))).toBe('nothing: thrown');
  });

  it('knows GeLU', () => {
    expect(gelu(0)).toBe(0);
    expect(gelu(1)).toBeCloseTo(0.8412, 4);
    expect(gelu(-1)).toBeCloseTo(-0.1588, 4);
  });
});

describe('attention on ranks', () => {
  it('gives the unsplit output and all its gradients', () => {
    fc.assert(
      fc.property(attentions, (input) => {
        const { difference, gradients, unsplit, steps } = splitAttention(input);
        expect(difference.output).toBeLessThan(1e-9);
        expect(difference.inputGradient).toBeLessThan(1e-9);
        for (const [name, want] of [
          ['dWq', unsplit.dwq],
          ['dWk', unsplit.dwk],
          ['dWv', unsplit.dwv],
          ['dWo', unsplit.dwo],
        ] as const) {
          expect(apart(gradients[name] as Matrix, want)).toBeLessThan(1e-9);
        }
        expect(steps.filter(({ collective }) => collective)).toHaveLength(input.sequence ? 4 : 2);
      }),
      { numRuns: 60 },
    );
  });

  it('attends only to what came before, with weights that sum to 1, and has its gradients', () => {
    fc.assert(
      fc.property(attentions, (input) => {
        const { p, dx, dwq, dwk, dwv, dwo } = attention(input);
        const tokens = input.x.length;
        for (const [token, row] of p.entries()) {
          for (const [at, weight] of row.entries()) {
            if (at % tokens > token) expect(weight).toBe(0);
          }
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(input.heads, 9);
        }
        const loss = (change: object) => inner(attention({ ...input, ...change }).z, input.dz);
        const got = { x: dx, wq: dwq, wk: dwk, wv: dwv, wo: dwo };
        for (const name of ['x', 'wq', 'wk', 'wv', 'wo'] as const) {
          const numeric = slope((changed) => loss({ [name]: changed }), input[name], 0, 0);
          expect(got[name][0]?.[0]).toBeCloseTo(numeric, 2);
        }
      }),
      { numRuns: 25 },
    );
  });

  const fitting = {
    x: [[1, 2]],
    wq: [
      [1, 0, 2, 1],
      [0, 1, 1, 2],
    ],
    wk: [
      [1, 1, 0, 1],
      [2, 0, 1, 0],
    ],
    wv: [
      [0, 1, 1, 0],
      [1, 0, 0, 1],
    ],
    wo: [[1], [2], [3], [4]],
    dz: [[1]],
    heads: 2,
    ranks: 2,
  };
  it.each<[Partial<Parameters<typeof splitAttention>[0]>, string]>([
    [{ heads: 1 }, 'RangeError: heads must be a multiple of 2, got 1'],
    [{ heads: 0 }, 'RangeError: heads must be an integer ≥ 1, got 0'],
    [{ heads: 6 }, 'RangeError: columns of wq must be a multiple of 6, got 4'],
    [{ ranks: 0 }, 'RangeError: ranks must be an integer ≥ 1, got 0'],
    [{ sequence: true }, 'RangeError: rows of x must be a multiple of 2, got 1'],
    [{ wq: [[1, 0, 2, 1]] }, 'RangeError: x by wq must match, got 2 and 1'],
    [{ wk: [[1, 0, 2, 1]] }, 'RangeError: x by wk must match, got 2 and 1'],
    [{ wk: [[1], [1]] }, 'RangeError: wk must match, got 1 and 4'],
    [{ wv: [[1], [1]] }, 'RangeError: wv must match, got 1 and 4'],
    [{ wo: [[1]] }, 'RangeError: wo must match, got 1 and 4'],
    [{ dz: [[1, 1]] }, 'RangeError: dz must match, got 2 and 1'],
    [{ dz: [[1], [1]] }, 'RangeError: rows of x and dz must match, got 1 and 2'],
  ])('says what does not fit in %j', (change, message) => {
    expect(refusal(() => splitAttention({ ...fitting, ...change }))).toBe(message);
    expect(refusal(() => splitAttention(fitting))).toBe('nothing: thrown');
  });
});

describe('the steps', () => {
  /** What each rank takes up and makes, as a line: `first: X whole, A columns → H columns`. */
  const told = (steps: readonly Step[]): string[] =>
    steps.map(({ id, pass, collective, ranks }) => {
      const [own] = ranks;
      const list = (tiles: readonly Tile[] = []) =>
        tiles.map(({ name, share }) => `${name} ${share}`).join(', ');
      const how = collective ? ` (${collective})` : '';
      const arrow = list(own?.uses) === '' ? '' : `${list(own?.uses)} → `;
      return `${pass} ${id}${how}: ${arrow}${list(own?.makes)}`;
    });
  const x = [
    [1, 2],
    [3, -1],
  ];
  const mlpInput = {
    x,
    a: [
      [1, 0],
      [2, 1],
    ],
    b: [
      [1, 1],
      [0, 2],
    ],
    dz: [
      [1, 0],
      [0, 1],
    ],
    ranks: 2,
  };
  const w = [
    [1, 0],
    [1, 2],
  ];
  const attentionInput = { x, wq: w, wk: w, wv: w, wo: w, dz: w, heads: 2, ranks: 2 };

  it('of the MLP are those of arXiv:1909.08053 Figure 3a, forward and back', () => {
    expect(told(splitMlp(mlpInput).steps)).toEqual([
      'forward input: X whole',
      'forward first: X whole, A columns → H columns',
      'forward gelu: H columns → Y columns',
      'forward second: Y columns, B rows → Z partial',
      'forward output (all-reduce): Z partial → Z whole',
      'backward gradient: dZ whole',
      'backward back-second: dZ whole, B rows, Y columns → dY columns, dB rows',
      'backward back-gelu: dY columns, H columns → dH columns',
      'backward back-first: dH columns, A columns, X whole → dX partial, dA columns',
      'backward input-gradient (all-reduce): dX partial → dX whole',
    ]);
  });

  it('under sequence parallelism begin and end by tokens', () => {
    const plain = told(splitMlp(mlpInput).steps);
    const steps = told(splitMlp({ ...mlpInput, sequence: true }).steps);
    expect(steps.filter((step) => !plain.includes(step))).toEqual([
      'forward input: X rows',
      'forward gather (all-gather): X rows → X whole',
      'forward output (reduce-scatter): Z partial → Z rows',
      'backward gradient: dZ rows',
      'backward gather-gradient (all-gather): dZ rows → dZ whole',
      'backward input-gradient (reduce-scatter): dX partial → dX rows',
    ]);
    expect(steps).toHaveLength(12);
  });

  it('of the cut by rows sum before GeLU', () => {
    expect(told(splitMlp({ ...mlpInput, cut: 'rows' }).steps)).toEqual([
      'forward input: X columns',
      'forward first: X columns, A rows → H partial',
      'forward extra (all-reduce): H partial → H whole',
      'forward gelu: H whole → Y whole',
      'forward second: Y columns, B rows → Z partial',
      'forward output (all-reduce): Z partial → Z whole',
    ]);
    expect(splitMlp({ ...mlpInput, cut: 'rows' })).toMatchObject({
      gradients: {},
      difference: { inputGradient: 0 },
    });
  });

  it('of attention are those of Figure 3b', () => {
    expect(told(splitAttention(attentionInput).steps)).toEqual([
      'forward input: X whole',
      'forward project: X whole, Wq columns, Wk columns, Wv columns → Q columns, K columns, V columns',
      'forward scores: Q columns, K columns → P columns',
      'forward mix: P columns, V columns → O columns',
      'forward second: O columns, Wo rows → Z partial',
      'forward output (all-reduce): Z partial → Z whole',
      'backward gradient: dZ whole',
      'backward back-second: dZ whole, Wo rows, O columns → dO columns, dWo rows',
      'backward back-mix: dO columns, P columns, V columns → dP columns, dV columns',
      'backward back-scores: dP columns, P columns, Q columns, K columns → dQ columns, dK columns',
      'backward back-project: dQ columns, dK columns, dV columns, X whole → dX partial, dWq columns, dWk columns, dWv columns',
      'backward input-gradient (all-reduce): dX partial → dX whole',
    ]);
  });

  /** What the ranks hold under one name, put together as its share says. */
  const together = (tiles: readonly Tile[]): Matrix => {
    const parts = tiles.map((tile) => tile.matrix);
    const [first = []] = parts;
    switch (tiles[0]?.share) {
      case 'columns':
        return first.map((_, r) => parts.flatMap((part) => part[r] ?? []));
      case 'rows':
        return parts.flat();
      case 'partial':
        return first.map((row, r) =>
          row.map((_, c) => parts.reduce((total, part) => total + (part[r]?.[c] ?? NaN), 0)),
        );
      default:
        for (const part of parts) expect(part).toEqual(first);
        return first;
    }
  };
  const holds = (
    { steps }: { steps: readonly Step[] },
    whole: Readonly<Record<string, Matrix>>,
    given: readonly string[],
  ): void => {
    const made = new Set(given);
    for (const { ranks, collective, sends } of steps) {
      for (const kind of ['uses', 'makes'] as const) {
        ranks[0]?.[kind].forEach(({ name, share }, index) => {
          const tiles = ranks.map((rank) => rank[kind][index] as Tile);
          expect(tiles.map((tile) => [tile.name, tile.share])).toEqual(
            ranks.map(() => [name, share]),
          );
          expect(apart(together(tiles), whole[name] as Matrix), name).toBeLessThan(1e-9);
          if (kind === 'uses') expect(made).toContain(name);
        });
      }
      for (const { name } of ranks[0]?.makes ?? []) made.add(name);
      expect(sends > 0).toBe(collective !== undefined && ranks.length > 1);
    }
  };

  it('hold, rank by rank, the parts of what one device computes, and use only what there is', () => {
    fc.assert(
      fc.property(mlps, (input) => {
        for (const cut of ['columns', 'rows'] as const) {
          const run = splitMlp({ ...input, cut, sequence: cut === 'columns' && input.sequence });
          const { h, y, z, dy, dh, dx, da, db } = run.unsplit;
          const { x: X, a: A, b: B, dz: dZ } = input;
          const whole = { X, A, B, H: h, Y: y, Z: z, dZ, dY: dy, dH: dh, dX: dx, dA: da, dB: db };
          holds(run, whole, ['A', 'B']);
        }
      }),
      { numRuns: 30 },
    );
    fc.assert(
      fc.property(attentions, (input) => {
        const run = splitAttention(input);
        const { q, k, v, p, o, z, dp, dq, dk, dv, dx, dwq, dwk, dwv, dwo } = run.unsplit;
        const { x: X, wq: Wq, wk: Wk, wv: Wv, wo: Wo, dz: dZ } = input;
        const forward = { X, Wq, Wk, Wv, Wo, Q: q, K: k, V: v, P: p, O: o, Z: z };
        const back = { dZ, dO: run.unsplit.do, dP: dp, dQ: dq, dK: dk, dV: dv, dX: dx };
        const weights = { dWq: dwq, dWk: dwk, dWv: dwv, dWo: dwo };
        holds(run, { ...forward, ...back, ...weights }, ['Wq', 'Wk', 'Wv', 'Wo']);
      }),
      { numRuns: 30 },
    );
  });

  it('send 2(t − 1)/t of an all-reduced buffer, half of that of a gathered or scattered one', () => {
    const sends = (collective: Collective) =>
      collectiveSends({ collective, ranks: 4, elements: 64 });
    expect(COLLECTIVES.map(sends)).toEqual([96, 48, 48]);
    expect(refusal(() => sends('broadcast' as never))).toBe(
      'RangeError: collective must be one of all-reduce, all-gather, reduce-scatter, got "broadcast"',
    );
  });
});

describe('attention on one device', () => {
  it('is softmax(QKᵀ/√d)V, worked by hand', () => {
    // One head of width 4, so √d = 2; the second token scores 2 on the first and 4 on itself.
    const identity = [0, 1, 2, 3].map((r) => [0, 1, 2, 3].map((c) => (r === c ? 1 : 0)));
    const x = [
      [2, 0, 0, 0],
      [2, 2, 0, 0],
    ];
    const input = { x, wq: identity, wk: identity, wv: identity, wo: identity, dz: x, heads: 1 };
    const { p, z } = attention(input);
    const late = 1 / (1 + Math.exp(-2));
    expect(p[0]).toEqual([1, 0]);
    expect(p[1]?.[0]).toBeCloseTo(1 - late, 12);
    expect(p[1]?.[1]).toBeCloseTo(late, 12);
    expect(z[0]).toEqual([2, 0, 0, 0]);
    expect(z[1]?.[0]).toBeCloseTo(2, 12);
    expect(z[1]?.[1]).toBeCloseTo(2 * late, 12);
  });

  it('does not overflow where the scores are large', () => {
    const x = [[1000], [1000]];
    const one = [[1]];
    const { p, z } = attention({ x, wq: one, wk: one, wv: one, wo: one, dz: x, heads: 1 });
    expect(p).toEqual([
      [1, 0],
      [0.5, 0.5],
    ]);
    expect(z).toEqual([[1000], [1000]]);
  });
});

it('the largest difference of two matrices is that of their entries, whichever is larger', () => {
  expect(
    difference(
      [
        [1, 5],
        [0, 0],
      ],
      [
        [1, 2],
        [1, 0],
      ],
    ),
  ).toBe(3);
  expect(difference([[1, 2]], [[1, 5]])).toBe(3);
  expect(difference([[1]], [[1]])).toBe(0);
});
