/** Gradients drawn so that the published shares hold. Nobody published the gradients themselves. */

export const SAMPLE_SIZE = 100_000;

/**
 * Shares in per mille by binade: [e, share of 2^e ≤ |g| < 2^(e+1)].
 *
 * Published for Multibox SSD, activation gradients of the FP32 run (NVIDIA, Training with Mixed Precision,
 * which redraws Fig. 3 of arXiv:1710.03740): 66.8 % zero; 5.3 % not zero in FP16; 4 % within (2^-32, 2^-30);
 * a shift by 15 exponents brings back all but 0.1 % of those lost. The guide says that 31 % become zero,
 * which its other two shares contradict: 100 − 66.8 − 5.3 = 27.9. The rest of the curve is a smooth guess.
 */
const SSD_ZERO = 668;
const SSD: readonly (readonly [binade: number, share: number])[] = [
  [-42, 0.1],
  [-41, 0.2],
  [-40, 1],
  [-39, 2],
  [-38, 3],
  [-37, 5],
  [-36, 6.5],
  [-35, 8],
  [-34, 9],
  [-33, 11],
  [-32, 18.5],
  [-31, 21.5],
  [-30, 28],
  [-29, 38],
  [-28, 45],
  [-27, 46],
  [-26, 36.2],
  [-25, 21],
  [-24, 20],
  [-23, 7],
  [-22, 3],
  [-21, 1.2],
  [-20, 0.5],
  [-19, 0.2],
  [-18, 0.1],
];

export function ssdGradients(): Float64Array {
  const values = new Float64Array(SAMPLE_SIZE);
  let at = (SSD_ZERO * SAMPLE_SIZE) / 1000;
  for (const [binade, share] of SSD) {
    const count = Math.round((share * SAMPLE_SIZE) / 1000);
    for (let i = 0; i < count; i += 1) values[at + i] = 2 ** (binade + (i + 0.5) / count);
    at += count;
  }
  return values;
}

/**
 * Published for the Mandarin speech model, weight gradients: about 5 % below 2^-24 (arXiv:1710.03740 Fig. 2b).
 * The bell around it (logistic in log₂|g|, scale 1.7) is ours.
 */
export function speechGradients(): Float64Array {
  const spread = 1.7;
  const middle = -24 - spread * Math.log(0.05 / 0.95);
  return Float64Array.from({ length: SAMPLE_SIZE }, (_, i) => {
    const share = (i + 0.5) / SAMPLE_SIZE;
    return 2 ** (middle + spread * Math.log(share / (1 - share)));
  });
}
