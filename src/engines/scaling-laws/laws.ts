import { finiteNumber, oneOf } from '../arguments.ts';
import {
  CHINCHILLA_TABLE_3,
  CHINCHILLA_TABLE_A3,
  FITS,
  KAPLAN,
  type ParametricFit,
  PF_DAY_FLOPS,
  type ProjectionRow,
} from './published.ts';

/** Training costs about 6 FLOPs per parameter and token: 2 forward, 4 backward (arXiv:2001.08361 §2.1). */
export const FLOPS_PER_PARAMETER_TOKEN = 6;

/** N_opt(C) = coefficient · C^exponent, with C in FLOPs. The tokens follow from C = 6ND. */
export interface PowerLaw {
  coefficient: number;
  exponent: number;
}

/**
 * Every law here is a power law in the budget, so one form serves them all:
 * - `chinchilla-1`, `chinchilla-2`: least squares in log space through the projection rows of
 *   arXiv:2203.15556 (Tables 3 and A3). The paper prints no coefficient; the exponents that come
 *   out, 0.498 and 0.490, are its 0.50 and 0.49 (Table 2) with one digit more.
 * - `chinchilla-3`: the minimum of the parametric loss with the printed coefficients (Eq. 4 and 10).
 * - `chinchilla-3-unrounded`: the same with the coefficients of the TeX source, which come within
 *   a fifth of Table A3's budgets; the printed ones miss them by up to a factor of 2.2.
 * - `chinchilla-refit`: the same with the coefficients of arXiv:2404.10102.
 * - `twenty-tokens`: D = 20N, the rule read off Table 3.
 * - `kaplan`: arXiv:2001.08361 Table 6. C_min is half the FLOPs spent when the batch is the critical
 *   one, C_min = C / (1 + B/B_crit); so read, it gives the 4.68B that arXiv:2203.15556 §D.4 quotes
 *   for 1e21 FLOPs.
 */
export const LAWS = {
  'chinchilla-1': throughRows(CHINCHILLA_TABLE_3),
  'chinchilla-2': throughRows(CHINCHILLA_TABLE_A3),
  'chinchilla-3': minimumOf(FITS.chinchilla),
  'chinchilla-3-unrounded': minimumOf(FITS['chinchilla-unrounded']),
  'chinchilla-refit': minimumOf(FITS.besiroglu),
  'twenty-tokens': { coefficient: (FLOPS_PER_PARAMETER_TOKEN * 20) ** -0.5, exponent: 0.5 },
  kaplan: {
    coefficient: KAPLAN.parametersAtOnePfDay * (2 * PF_DAY_FLOPS) ** -KAPLAN.exponent,
    exponent: KAPLAN.exponent,
  },
} as const satisfies Record<string, PowerLaw>;

export type LawName = keyof typeof LAWS;

const LAW_NAMES = Object.keys(LAWS) as LawName[];

/** A model size, its training tokens and the budget they spend: flops = 6 · parameters · tokens. */
export interface Allocation {
  parameters: number;
  tokens: number;
  flops: number;
  tokensPerParameter: number;
}

/**
 * The size and token count that spend `flops` best under `law`.
 * `kaplan` counts parameters without embeddings. Throws RangeError for a budget below 1 FLOP or an
 * unknown law.
 */
export function computeOptimal({
  flops,
  law = 'chinchilla-1',
}: {
  flops: number;
  law?: LawName;
}): Allocation {
  finiteNumber('flops', flops, 1);
  const { coefficient, exponent } = LAWS[oneOf('law', law, LAW_NAMES)];
  return allocation(coefficient * flops ** exponent, flops);
}

/** The budget and tokens that make a model of `parameters` compute-optimal under `law`: the inverse. */
export function optimalForParameters({
  parameters,
  law = 'chinchilla-1',
}: {
  parameters: number;
  law?: LawName;
}): Allocation {
  finiteNumber('parameters', parameters, 1);
  const { coefficient, exponent } = LAWS[oneOf('law', law, LAW_NAMES)];
  return allocation(parameters, (parameters / coefficient) ** (1 / exponent));
}

/** `computeOptimal` by the number of the Chinchilla paper's approach (arXiv:2203.15556 §3.1 to §3.3). */
export function chinchilla({
  flops,
  approach = 1,
}: {
  flops: number;
  approach?: 1 | 2 | 3;
}): Allocation {
  return computeOptimal({ flops, law: `chinchilla-${oneOf('approach', approach, [1, 2, 3])}` });
}

/** By what factors the optimal size and tokens grow when the budget grows by `computeFactor`. */
export function growth({
  computeFactor,
  law = 'chinchilla-1',
}: {
  computeFactor: number;
  law?: LawName;
}): { parameters: number; tokens: number } {
  finiteNumber('computeFactor', computeFactor, Number.MIN_VALUE);
  const { exponent } = LAWS[oneOf('law', law, LAW_NAMES)];
  return { parameters: computeFactor ** exponent, tokens: computeFactor ** (1 - exponent) };
}

function allocation(parameters: number, flops: number): Allocation {
  const tokens = flops / (FLOPS_PER_PARAMETER_TOKEN * parameters);
  return { parameters, tokens, flops, tokensPerParameter: tokens / parameters };
}

/** Ordinary least squares of log N on log C. */
function throughRows(rows: readonly ProjectionRow[]): PowerLaw {
  const points = rows.map(
    ({ flops, parameters }) => [Math.log(flops), Math.log(parameters)] as const,
  );
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const exponent = covariance / variance;
  return { coefficient: Math.exp(meanY - exponent * meanX), exponent };
}

/**
 * Where L(N, D) is least on the line C = 6ND (arXiv:2203.15556 Eq. 4): N = G (C/6)^a with
 * G = (αA / βB)^(1/(α+β)) and a = β/(α+β). E moves the loss, not the place.
 */
function minimumOf({ A, B, alpha, beta }: ParametricFit): PowerLaw {
  const exponent = beta / (alpha + beta);
  const scale = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
  return { coefficient: scale * FLOPS_PER_PARAMETER_TOKEN ** -exponent, exponent };
}
