/** One pass of one micro-batch through one stage. */
export interface PlannedPass {
  /** Stage of the model. */
  stage: number;
  /** Which of its chunks of the model the rank runs. */
  chunk: number;
  kind: 'F' | 'B' | 'W';
  /** A backward pass that holds the gradient of the weights as well. */
  whole: boolean;
  microBatch: number;
  /** It runs together with the pass before or behind it in the order, as `first` or `second` of a pair. */
  pair?: 'first' | 'second';
}

/** A pass with its place in time. */
export interface TimetablePass extends PlannedPass {
  rank: number;
  start: number;
  end: number;
  /** When the rank was done with what it ran before. */
  free: number;
  /** When the input was there: 0 for the first stage's forward. */
  ready: number;
  /** The pass the input comes from, the rank that ran it, and when that ended. */
  from?: { kind: 'F' | 'B'; stage: number; rank: number; end: number };
}

export interface Pipeline {
  /** Stages of the model. */
  stages: number;
  /** How long a pass runs, or the pair of which it is the first. */
  lasts: (pass: PlannedPass) => number;
  /** Where a stage runs what comes by its chunk. */
  rankOf: (stage: number, chunk: number) => number;
  communication?: number;
}

/**
 * Runs every rank's passes in its order, each as early as its input and the rank allow: F(s, i) waits for
 * F(s−1, i), B(s, i) for B(s+1, i), W(s, i) for B(s, i), the last stage's B for its own F. A result
 * reaches another rank `communication` after it is there. A pair waits for both inputs; `lasts` is asked
 * for its first pass.
 *
 * @throws Error where some pass waits for ever
 */
export function runOrders(
  orders: readonly (readonly PlannedPass[])[],
  { stages, lasts, rankOf, communication = 0 }: Pipeline,
): TimetablePass[][] {
  const ends = endsOf(orders, stages);
  const timed: TimetablePass[][] = orders.map(() => []);
  const arrival = (pass: PlannedPass): Arrival | undefined => {
    const { chunk, microBatch } = pass;
    const before = source(pass, stages - 1);
    if (before === undefined) return AT_ONCE;
    const end = ends.of(before.kind, before.stage, microBatch);
    if (Number.isNaN(end)) return undefined;
    const rank = rankOf(before.stage, chunk);
    const lag = rank === rankOf(pass.stage, chunk) ? 0 : communication;
    return { from: { ...before, rank, end }, ready: end + lag };
  };
  let moved = true;
  while (moved) {
    moved = false;
    for (const [rank, order] of orders.entries()) {
      const own = timed[rank] as TimetablePass[];
      for (let pass = order[own.length]; pass !== undefined; pass = order[own.length]) {
        const input = arrival(pass);
        const other = pass.pair ? order[own.length + 1] : undefined;
        const otherInput = other ? arrival(other) : AT_ONCE;
        if (!input || !otherInput) break;
        const free = own.at(-1)?.end ?? 0;
        const start = Math.max(free, input.ready, otherInput.ready);
        const end = tidy(start + lasts(pass));
        own.push({ ...pass, rank, start, end, free, ...input });
        ends.set(pass, end);
        if (other) {
          own.push({ ...other, rank, start, end, free, ...otherInput });
          ends.set(other, end);
        }
        moved = true;
      }
    }
  }
  if (timed.some((own, rank) => own.length !== orders[rank]?.length)) {
    throw new Error('the order deadlocks: some pass waits for ever');
  }
  return timed;
}

type Arrival = Pick<TimetablePass, 'ready' | 'from'>;
const AT_ONCE: Arrival = { ready: 0 };

/** When the passes of the orders ended, by number: a lab runs thousands of passes with each step of a drag. */
function endsOf(orders: readonly (readonly PlannedPass[])[], stages: number) {
  const kinds = { F: 0, B: 1, W: 2 };
  let microBatches = 0;
  for (const pass of orders.flat()) microBatches = Math.max(microBatches, pass.microBatch + 1);
  const times = new Float64Array(stages * 3 * microBatches).fill(Number.NaN);
  const place = (kind: PlannedPass['kind'], stage: number, microBatch: number): number =>
    (stage * 3 + kinds[kind]) * microBatches + microBatch;
  return {
    /** NaN while it has not run. */
    of: (kind: PlannedPass['kind'], stage: number, microBatch: number): number =>
      times[place(kind, stage, microBatch)] ?? Number.NaN,
    set: ({ kind, stage, microBatch }: PlannedPass, end: number): void => {
      times[place(kind, stage, microBatch)] = end;
    },
  };
}

/** Where the last rank is done, in the time of its passes. */
export const lastEnd = (passes: readonly (readonly TimetablePass[])[]): number =>
  Math.max(...passes.map((own) => own.at(-1)?.end ?? 0));

/**
 * Most that a rank holds at once in this order, in micro-batches of one stage. From F to B all is kept;
 * from there to W, where that is a pass of its own, `betweenBandW` of it.
 */
export function peakHeld(order: readonly PlannedPass[], betweenBandW = 1): number {
  let held = 0;
  let most = 0;
  for (const { kind, whole } of order) {
    const after = { F: 1, B: (whole ? 0 : betweenBandW) - 1, W: -betweenBandW };
    held = tidy(held + after[kind]);
    most = Math.max(most, held);
  }
  return most;
}

/** Sums of decimal times such as 0.1 + 0.2 must not differ by a rounding from the same time elsewhere. */
export function tidy(time: number): number {
  if (Number.isInteger(time)) return time;
  // Both numbers are whole and below 2^53, the power at most 10^22: the quotient is the nearest there is.
  const power = 10 ** (11 - Math.floor(Math.log10(Math.abs(time))));
  return power >= 1 && power <= 1e22
    ? Math.round(time * power) / power
    : Number(time.toPrecision(12));
}

/** The pass whose result a pass needs. */
function source(
  { kind, stage }: PlannedPass,
  lastStage: number,
): { kind: 'F' | 'B'; stage: number } | undefined {
  if (kind === 'W') return { kind: 'B', stage };
  if (kind === 'F') return stage === 0 ? undefined : { kind: 'F', stage: stage - 1 };
  return stage === lastStage ? { kind: 'F', stage } : { kind: 'B', stage: stage + 1 };
}
