import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  affordableTokens,
  breakEvenTokens,
  CHINCHILLA_TABLE_3,
  CHINCHILLA_TABLE_A3,
  chinchilla,
  computeOptimal,
  FITS,
  type FitName,
  flopsInTime,
  growth,
  LAWS,
  type LawName,
  lifetimeFlops,
  mfu,
  modelFlopsPerToken,
  optimalForParameters,
  parametricLoss,
  tokensPerParameter,
  trainingFlops,
  trainingTimeSeconds,
} from '../../../src/engines/scaling-laws/index.ts';
import { refuses } from './refusals.ts';

const LAW_NAMES = Object.keys(LAWS) as LawName[];
const anyLaw = fc.constantFrom(...LAW_NAMES);
const anyBudget = fc.double({ min: 18, max: 27, noNaN: true }).map((exponent) => 10 ** exponent);

/** |actual / published − 1| ≤ tolerance. */
const expectNear = (actual: number, published: number, tolerance: number) =>
  expect(Math.abs(actual / published - 1), `${actual} against ${published}`).toBeLessThanOrEqual(
    tolerance,
  );

describe('published figures', () => {
  it.each([
    ['chinchilla-1', 0.5, 0.005],
    ['chinchilla-2', 0.49, 0.005],
    ['chinchilla-3-unrounded', 0.46, 0.005],
    ['kaplan', 0.73, 0],
    ['chinchilla-refit', 0.513, 0.001], // arXiv:2404.10102 §3
  ] as const)('%s has the exponent %f of arXiv:2203.15556 Table 2', (law, exponent, error) => {
    expect(Math.abs(LAWS[law].exponent - exponent)).toBeLessThanOrEqual(error);
  });

  it.each([
    [400e6, 1.92e19, 8.0e9],
    [1e9, 1.21e20, 20.2e9],
    [10e9, 1.23e22, 205.1e9],
    [175e9, 3.85e24, 3.7e12],
    [280e9, 9.9e24, 5.9e12],
    [520e9, 3.43e25, 11e12],
    [1e12, 1.27e26, 21.2e12],
    [10e12, 1.3e28, 216.2e12],
  ])('approach 1 gives row %d of Table 3', (parameters, flops, tokens) => {
    const optimum = optimalForParameters({ parameters, law: 'chinchilla-1' });
    expectNear(optimum.flops, flops, 0.01);
    expectNear(optimum.tokens, tokens, 0.01);
  });

  it.each([
    [400e6, 1.84e19, 7.7e9],
    [1e9, 1.2e20, 20e9],
    [10e9, 1.32e22, 219.5e9],
    [175e9, 4.54e24, 4.3e12],
    [280e9, 1.18e25, 7.1e12],
    [520e9, 4.19e25, 13.4e12],
    [1e12, 1.59e26, 26.5e12],
    [10e12, 1.75e28, 292e12],
  ])('approach 2 gives row %d of Table A3', (parameters, flops, tokens) => {
    const optimum = optimalForParameters({ parameters, law: 'chinchilla-2' });
    expectNear(optimum.flops, flops, 0.02);
    expectNear(optimum.tokens, tokens, 0.02);
  });

  it('puts Gopher’s own budget at 67B within 3 % (approach 1) and 7 % (approach 2)', () => {
    // The 67B rows stand a little off the line in both tables.
    const at = (law: LawName) => computeOptimal({ flops: 5.76e23, law }).parameters;
    expectNear(at('chinchilla-1'), 67e9, 0.03);
    expectNear(
      optimalForParameters({ parameters: 67e9, law: 'chinchilla-2' }).flops,
      6.88e23,
      0.07,
    );
  });

  it('reproduces the head-to-head at 1e21 FLOPs: 2.86B against 4.68B (arXiv:2203.15556 §D.4)', () => {
    expectNear(chinchilla({ flops: 1e21, approach: 1 }).parameters, 2.86e9, 0.001);
    expectNear(computeOptimal({ flops: 1e21, law: 'kaplan' }).parameters, 4.68e9, 0.001);
  });

  it('shows what rounding does to approach 3 (Table A3, 10T parameters at 8.55e28 FLOPs)', () => {
    const budget = (law: LawName) => optimalForParameters({ parameters: 10e12, law }).flops;
    expectNear(budget('chinchilla-3-unrounded'), 8.55e28, 0.2);
    expect(budget('chinchilla-3') / 8.55e28).toBeGreaterThan(2);
  });

  it('spans the 40 to 70 billion that arXiv:2203.15556 §4 gives for Gopher’s budget', () => {
    const at = (law: LawName) => computeOptimal({ flops: 5.76e23, law }).parameters;
    expectNear(at('chinchilla-3-unrounded'), 40e9, 0.02);
    expectNear(at('chinchilla-1'), 70e9, 0.04);
  });

  it('gives Chinchilla itself under 20 tokens per parameter: 70B on 1.4T', () => {
    const optimum = computeOptimal({ flops: 5.76e23, law: 'twenty-tokens' });
    expectNear(optimum.parameters, 70e9, 0.015);
    expectNear(optimum.tokens, 1.4e12, 0.015);
  });

  it('counts 3.8e25 FLOPs for Llama 3.1 405B on 15.6T (arXiv:2407.21783 §3.2)', () => {
    expectNear(trainingFlops({ parameters: 405e9, tokens: 15.6e12 }), 3.8e25, 0.005);
  });

  it('gives PaLM’s MFU with and without attention: 46.2 % and 45.7 % (arXiv:2204.02311 §4.1)', () => {
    const run = {
      parameters: 540.35e9,
      tokensPerSecond: 238.3e3,
      gpus: 6144,
      peakFlopsPerGpu: 275e12,
    };
    const attention = { layers: 118, heads: 48, headSize: 256, sequenceLength: 2048 };
    expect(mfu(run)).toBeCloseTo(0.457, 3);
    expect(mfu({ ...run, attention })).toBeCloseTo(0.462, 3);
  });

  it('gives Megatron-Turing NLG’s MFU: 29.7 % printed (arXiv:2204.02311 §4.1)', () => {
    const value = mfu({
      parameters: 530e9,
      tokensPerSecond: 65.43e3,
      gpus: 2240,
      peakFlopsPerGpu: 312e12,
    });
    expect(value).toBeGreaterThan(0.297);
    expect(value).toBeLessThan(0.298);
  });
});

describe('published runs', () => {
  it('gives LLaMA 65B’s 21 days: 1.4T tokens on 2,048 A100s at 380 tokens/s each (arXiv:2302.13971 §2.4)', () => {
    const machine = { gpus: 2048, peakFlopsPerGpu: 312e12 };
    const utilization = mfu({ parameters: 65.2e9, tokensPerSecond: 380 * 2048, ...machine });
    const flops = trainingFlops({ parameters: 65.2e9, tokens: 1.4e12 });
    const seconds = trainingTimeSeconds({ flops, mfu: utilization, ...machine });
    expectNear(seconds / 86_400, 21, 0.01);
    expectNear(flopsInTime({ seconds, mfu: utilization, ...machine }), flops, 1e-12);
  });
});

describe('properties', () => {
  it('spends exactly the budget: 6 · N · D = C', () => {
    fc.assert(
      fc.property(anyBudget, anyLaw, (flops, law) => {
        const { parameters, tokens, tokensPerParameter: ratio } = computeOptimal({ flops, law });
        expectNear(6 * parameters * tokens, flops, 1e-9);
        expectNear(ratio, tokens / parameters, 1e-12);
      }),
    );
  });

  it('inverts: the budget of the optimal size is the budget', () => {
    fc.assert(
      fc.property(anyBudget, anyLaw, (flops, law) => {
        const { parameters } = computeOptimal({ flops, law });
        expectNear(optimalForParameters({ parameters, law }).flops, flops, 1e-9);
      }),
    );
  });

  it('grows by the stated factors when the budget grows', () => {
    fc.assert(
      fc.property(
        anyBudget,
        anyLaw,
        fc.double({ min: 1.01, max: 1000, noNaN: true }),
        (flops, law, k) => {
          const small = computeOptimal({ flops, law });
          const large = computeOptimal({ flops: flops * k, law });
          const factor = growth({ computeFactor: k, law });
          expectNear(large.parameters / small.parameters, factor.parameters, 1e-9);
          expectNear(large.tokens / small.tokens, factor.tokens, 1e-9);
          expectNear(factor.parameters * factor.tokens, k, 1e-9);
        },
      ),
    );
  });

  it.each([
    ['chinchilla-3', 'chinchilla'],
    ['chinchilla-3-unrounded', 'chinchilla-unrounded'],
    ['chinchilla-refit', 'besiroglu'],
  ] as const)('%s is the minimum of its loss along the budget line', (law, fit) => {
    fc.assert(
      fc.property(anyBudget, fc.double({ min: -1, max: 1, noNaN: true }), (flops, shift) => {
        const best = computeOptimal({ flops, law });
        const moved = 10 ** shift;
        const other = parametricLoss({
          parameters: best.parameters * moved,
          tokens: best.tokens / moved,
          fit,
        });
        expect(parametricLoss({ ...best, fit })).toBeLessThanOrEqual(other + 1e-12);
      }),
    );
  });

  it('never predicts a loss below the irreducible one, and less with more of either', () => {
    const size = fc.double({ min: 1e6, max: 1e13, noNaN: true });
    const fits = fc.constantFrom(...(Object.keys(FITS) as FitName[]));
    fc.assert(
      fc.property(size, size, fits, (parameters, tokens, fit) => {
        const loss = parametricLoss({ parameters, tokens, fit });
        expect(loss).toBeGreaterThan(FITS[fit].E);
        expect(parametricLoss({ parameters: 2 * parameters, tokens, fit })).toBeLessThan(loss);
        expect(parametricLoss({ parameters, tokens: 2 * tokens, fit })).toBeLessThan(loss);
      }),
    );
  });

  it('time and MFU undo each other', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e6, max: 1e12, noNaN: true }),
        fc.double({ min: 1e6, max: 1e13, noNaN: true }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (parameters, tokens, gpus, utilization) => {
          const peakFlopsPerGpu = 312e12;
          const seconds = trainingTimeSeconds({
            flops: trainingFlops({ parameters, tokens }),
            gpus,
            peakFlopsPerGpu,
            mfu: utilization,
          });
          expectNear(
            mfu({ parameters, tokensPerSecond: tokens / seconds, gpus, peakFlopsPerGpu }),
            utilization,
            1e-9,
          );
        },
      ),
    );
  });

  it('breaks even where the lifetime bills are equal', () => {
    const size = fc.double({ min: 1e8, max: 1e12, noNaN: true });
    const tokens = fc.double({ min: 1e10, max: 1e14, noNaN: true });
    fc.assert(
      fc.property(size, size, tokens, tokens, (a, b, smallTokens, largeTokens) => {
        fc.pre(a < b * 0.99);
        const small = { parameters: a, trainingTokens: smallTokens };
        const large = { parameters: b, trainingTokens: largeTokens };
        const inferenceTokens = breakEvenTokens({ small, large });
        const [bill, other] = [small, large].map(
          (model) => lifetimeFlops({ ...model, inferenceTokens }).total,
        ) as [number, number];
        if (inferenceTokens === 0) expect(bill).toBeLessThanOrEqual(other);
        else expectNear(bill, other, 1e-9);
      }),
    );
  });

  it('spends the budget on the tokens it affords', () => {
    const parameters = 14e9;
    const tokens = affordableTokens({ flops: 1e24, parameters });
    expectNear(trainingFlops({ parameters, tokens }), 1e24, 1e-12);
  });

  it('adds serving at a third of the training price per token', () => {
    const { training, inference, total } = lifetimeFlops({
      parameters: 8e9,
      trainingTokens: 15e12,
      inferenceTokens: 15e12,
    });
    expect(inference * 3).toBe(training);
    expect(total).toBe(training + inference);
  });

  it('attention adds to the price of a token', () => {
    const attention = { layers: 32, heads: 32, headSize: 128, sequenceLength: 8192 };
    expect(modelFlopsPerToken({ parameters: 8e9, attention })).toBe(
      6 * 8e9 + 12 * 32 * 4096 * 8192,
    );
  });

  it('counts tokens per parameter', () => {
    expect(tokensPerParameter({ parameters: 8e9, tokens: 15e12 })).toBe(1875);
    expect(tokensPerParameter({ parameters: 8e9, tokens: 0 })).toBe(0);
  });

  it('has the same sizes in both projection tables', () => {
    expect(CHINCHILLA_TABLE_3.map((row) => row.parameters)).toEqual(
      CHINCHILLA_TABLE_A3.map((row) => row.parameters),
    );
  });
});

const LAW =
  'one of chinchilla-1, chinchilla-2, chinchilla-3, chinchilla-3-unrounded, chinchilla-refit, twenty-tokens, kaplan';
const SIZE = 'a finite number ≥ 1';
const AMOUNT = 'a finite number ≥ 0';
const SHARE = `a finite number from ${Number.MIN_VALUE} to 1` as const;

describe('computeOptimal', () =>
  refuses(computeOptimal, { flops: 1e21 }, { flops: SIZE, 'law?': LAW }));
describe('optimalForParameters', () =>
  refuses(optimalForParameters, { parameters: 7e9 }, { parameters: SIZE, 'law?': LAW }));
describe('chinchilla', () =>
  refuses(chinchilla, { flops: 1e21 }, { flops: SIZE, 'approach?': 'one of 1, 2, 3' }));
describe('growth', () =>
  refuses(
    growth,
    { computeFactor: 10 },
    { computeFactor: `a finite number ≥ ${Number.MIN_VALUE}`, 'law?': LAW },
  ));
describe('parametricLoss', () =>
  refuses(
    parametricLoss,
    { parameters: 7e9, tokens: 1e12 },
    {
      parameters: SIZE,
      tokens: SIZE,
      'fit?': 'one of chinchilla, chinchilla-unrounded, besiroglu',
    },
  ));
describe('trainingFlops', () =>
  refuses(trainingFlops, { parameters: 7e9, tokens: 1e12 }, { parameters: SIZE, tokens: AMOUNT }));
describe('lifetimeFlops', () =>
  refuses(
    lifetimeFlops,
    { parameters: 7e9, trainingTokens: 1e12, inferenceTokens: 1e12 },
    { parameters: SIZE, trainingTokens: AMOUNT, inferenceTokens: AMOUNT },
  ));
describe('affordableTokens', () =>
  refuses(affordableTokens, { flops: 1e21, parameters: 7e9 }, { flops: AMOUNT, parameters: SIZE }));
describe('tokensPerParameter', () =>
  refuses(
    tokensPerParameter,
    { parameters: 7e9, tokens: 1e12 },
    { parameters: SIZE, tokens: AMOUNT },
  ));
describe('modelFlopsPerToken', () =>
  refuses(
    modelFlopsPerToken,
    {
      parameters: 7e9,
      attention: { layers: 32, heads: 32, headSize: 128, sequenceLength: 4096 },
    },
    {
      parameters: SIZE,
      'attention.layers': 'an integer ≥ 1',
      'attention.heads': 'an integer ≥ 1',
      'attention.headSize': 'an integer ≥ 1',
      'attention.sequenceLength': 'an integer ≥ 1',
    },
  ));
describe('mfu', () =>
  refuses(
    mfu,
    { parameters: 7e9, tokensPerSecond: 1e5, gpus: 8, peakFlopsPerGpu: 312e12 },
    {
      parameters: SIZE,
      tokensPerSecond: AMOUNT,
      gpus: 'an integer ≥ 1',
      peakFlopsPerGpu: SIZE,
    },
  ));
describe('trainingTimeSeconds', () =>
  refuses(
    trainingTimeSeconds,
    { flops: 1e21, gpus: 8, peakFlopsPerGpu: 312e12, mfu: 0.4 },
    { flops: AMOUNT, gpus: 'an integer ≥ 1', peakFlopsPerGpu: SIZE, mfu: SHARE },
  ));
describe('flopsInTime', () =>
  refuses(
    flopsInTime,
    { seconds: 3600, gpus: 8, peakFlopsPerGpu: 312e12, mfu: 0.4 },
    { seconds: AMOUNT, gpus: 'an integer ≥ 1', peakFlopsPerGpu: SIZE, mfu: SHARE },
  ));
describe('breakEvenTokens', () => {
  const pair = {
    small: { parameters: 7e9, trainingTokens: 2e12 },
    large: { parameters: 13e9, trainingTokens: 1e12 },
  };
  refuses(breakEvenTokens, pair, {
    'small.parameters': SIZE,
    'large.parameters': SIZE,
    'small.trainingTokens': AMOUNT,
    'large.trainingTokens': AMOUNT,
  });

  it('has no smaller model of two that are alike', () => {
    const alike = { ...pair.large, trainingTokens: 2e12 };
    expect(() => breakEvenTokens({ ...pair, small: alike })).toThrow(
      new RangeError(
        'small.parameters must be below large.parameters 13000000000, got 13000000000',
      ),
    );
  });
});

describe('unless told otherwise', () => {
  it('the law is approach 1 and the fit the one of arXiv:2404.10102', () => {
    const law = 'chinchilla-1';
    expect(computeOptimal({ flops: 1e21 })).toEqual(computeOptimal({ flops: 1e21, law }));
    expect(chinchilla({ flops: 1e21 })).toEqual(computeOptimal({ flops: 1e21, law }));
    expect(optimalForParameters({ parameters: 7e9 })).toEqual(
      optimalForParameters({ parameters: 7e9, law }),
    );
    expect(growth({ computeFactor: 10 })).toEqual(growth({ computeFactor: 10, law }));
    const model = { parameters: 70e9, tokens: 1.4e12 };
    expect(parametricLoss(model)).toBe(parametricLoss({ ...model, fit: 'besiroglu' }));
    expect(parametricLoss(model)).not.toBe(parametricLoss({ ...model, fit: 'chinchilla' }));
  });

  it('refuses the name of what every object has', () => {
    expect(() => computeOptimal({ flops: 1e21, law: 'toString' as LawName })).toThrow(/^law must/);
  });
});
