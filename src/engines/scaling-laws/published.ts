/** What the scaling-law papers print: projection rows and fitted coefficients, before any arithmetic. */

/** One projection row: the budget (FLOPs) at which a model of this size is compute-optimal. */
export interface ProjectionRow {
  parameters: number;
  flops: number;
}

const SIZES = [400e6, 1e9, 10e9, 67e9, 175e9, 280e9, 520e9, 1e12, 10e12];

const rows = (flops: readonly number[]): readonly ProjectionRow[] =>
  flops.map((value, index) => ({ parameters: SIZES[index] as number, flops: value }));

/** Approach 1, minimum over training curves: arXiv:2203.15556 Table 3. */
export const CHINCHILLA_TABLE_3 = rows([
  1.92e19, 1.21e20, 1.23e22, 5.76e23, 3.85e24, 9.9e24, 3.43e25, 1.27e26, 1.3e28,
]);

/** Approach 2, IsoFLOP profiles: arXiv:2203.15556 Table A3. */
export const CHINCHILLA_TABLE_A3 = rows([
  1.84e19, 1.2e20, 1.32e22, 6.88e23, 4.54e24, 1.18e25, 4.19e25, 1.59e26, 1.75e28,
]);

/** L(N, D) = E + A/N^alpha + B/D^beta, loss in nats per token. */
export interface ParametricFit {
  E: number;
  A: number;
  B: number;
  alpha: number;
  beta: number;
}

/**
 * Three sets of coefficients for the same formula:
 * - `chinchilla`: as printed in arXiv:2203.15556 Eq. 10, rounded to two digits;
 * - `chinchilla-unrounded`: the paper's TeX source, as reported by arXiv:2404.10102 §2;
 * - `besiroglu`: refitted to the digitized data, arXiv:2404.10102 §3.
 */
export const FITS = {
  chinchilla: { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 },
  'chinchilla-unrounded': { E: 1.6934, A: 406.4, B: 410.7, alpha: 0.3392, beta: 0.2849 },
  besiroglu: { E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658 },
} as const satisfies Record<string, ParametricFit>;

export type FitName = keyof typeof FITS;

/** Kaplan et al., arXiv:2001.08361 Table 6: N_opt = 1.3e9 · C_min^0.73, C_min in PF-days. */
export const KAPLAN = { parametersAtOnePfDay: 1.3e9, exponent: 0.73 } as const;

/** One petaFLOP/s for one day, in FLOPs. */
export const PF_DAY_FLOPS = 1e15 * 86_400;
