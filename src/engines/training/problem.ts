/** What the network learns: 4x³ − 3x on [−1, 1], at the middles of 32 equal pieces. */
export const SAMPLES = 32;

export const INPUTS: readonly number[] = Array.from(
  { length: SAMPLES },
  (_, index) => (2 * index + 1) / SAMPLES - 1,
);

export const TARGETS: readonly number[] = INPUTS.map((x) => x * (4 * x * x - 3));

/**
 * The loss is a sum over these samples divided by as many tokens as a large model takes in one batch, of
 * which one backward pass sees a sliver. This is what makes single gradients small: about 2^-24.
 */
export const BATCH_TOKENS = 2 ** 24;

/** On a spoiled step the label of this sample is wrong by a factor of 30,000, still a number in FP16. */
export const SPOILED = { sample: 20, label: 30000 } as const;
