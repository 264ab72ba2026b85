/** What a numeric answer counts; the quiz accepts the units that go with it (bytes: B, GB, GiB, …). */
export type AnswerUnit = 'bytes' | 'ratio' | 'parameters' | 'tokens' | 'days' | 'flops' | 'count';

export interface Solution {
  /** The exact answer, in the base unit (bytes, days, a ratio such as 0.27, a plain count). */
  value: number;
  unit: AnswerUnit;
  /** Accepted relative error, for example 0.02. Zero asks for the exact number. */
  tolerance: number;
  /** A printed form for every `<Drawn name>` of the question's text, the same in both languages. */
  shown: Readonly<Record<string, string>>;
}

/** A calculation whose numbers are drawn anew each time and answered by the engines. */
export interface Drill<P> {
  /** The parameters printed on the question's page: a published case where there is one. */
  example: P;
  /** Draws sensible parameters; `random` returns numbers in [0, 1) from the caller's seed. */
  draw(random: () => number): P;
  solve(params: P): Solution;
}
