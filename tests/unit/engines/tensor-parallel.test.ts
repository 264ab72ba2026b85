import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attention,
  gelu,
  type Matrix,
  mlp,
  splitAttention,
  splitMlp,
} from '../../../src/engines/tensor-parallel/index.ts';

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

  it('says what does not fit', () => {
    const input = {
      x: [[1, 2]],
      a: [
        [1, 2],
        [3, 4],
      ],
      b: [[1], [2]],
      dz: [[1]],
    };
    expect(() => splitMlp({ ...input, ranks: 4 })).toThrow(/columns of a must be a multiple of 4/);
    expect(() => splitMlp({ ...input, ranks: 2, sequence: true })).toThrow(/rows of x/);
    expect(() => splitMlp({ ...input, b: [[1]], ranks: 2 })).toThrow(/a by b must match/);
    expect(() => splitMlp({ ...input, ranks: 0 })).toThrow(/ranks must be an integer/);
    expect(() => splitMlp({ ...input, ranks: 2, cut: 'rows', sequence: true })).toThrow(RangeError);
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

  it('deals out whole heads only', () => {
    const one = [[1, 1]];
    const input = { x: [[1]], wq: one, wk: one, wv: one, wo: [[1], [1]], dz: [[1]], heads: 1 };
    expect(() => splitAttention({ ...input, ranks: 2 })).toThrow(/heads must be a multiple of 2/);
  });
});
