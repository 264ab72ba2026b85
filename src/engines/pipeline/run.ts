/** One pass of one micro-batch through one stage. */
export interface PlannedPass {
  /** Global stage; it lives on rank `stage mod p` (chunk `floor(stage / p)` there). */
  stage: number;
  /** `B` holds both halves of the backward pass unless the schedule makes `W` a pass of its own. */
  kind: 'F' | 'B' | 'W';
  microBatch: number;
}

/** A pass with its place in time. */
export interface TimetablePass extends PlannedPass {
  rank: number;
  start: number;
  end: number;
  /** When the rank was done with the pass before. */
  free: number;
  /** When the input was there: 0 for the first stage's forward. */
  ready: number;
  /** The pass the input comes from, and when that ended. */
  from?: { kind: 'F' | 'B'; stage: number; end: number };
}

/**
 * Runs every rank's passes in its order, each as early as its input and the rank allow: F(s, i) waits for
 * F(s−1, i), B(s, i) for B(s+1, i), W(s, i) for B(s, i), the last stage's B for its own F. A result
 * reaches another rank `communication` after it is there. Durations are those of one pass.
 *
 * @throws Error where some pass waits for ever
 */
export function runOrders<Pass extends PlannedPass>(
  orders: readonly (readonly Pass[])[],
  stages: number,
  durations: Record<Pass['kind'], number>,
  communication = 0,
): (Pass & TimetablePass)[][] {
  const p = orders.length;
  const ended = new Map<string, number>();
  const timed: (Pass & TimetablePass)[][] = orders.map(() => []);
  const arrival = ({ kind, stage, microBatch }: PlannedPass) => {
    const from = source(kind, stage, stages - 1);
    if (from === undefined) return { ready: 0 };
    const end = ended.get(key({ ...from, microBatch }));
    if (end === undefined) return undefined;
    const lag = from.stage % p === stage % p ? 0 : communication;
    return { from: { ...from, end }, ready: end + lag };
  };
  let moved = true;
  while (moved) {
    moved = false;
    for (const [rank, order] of orders.entries()) {
      const own = timed[rank] as (Pass & TimetablePass)[];
      for (let pass = order[own.length]; pass !== undefined; pass = order[own.length]) {
        const input = arrival(pass);
        if (input === undefined) break;
        const free = own.at(-1)?.end ?? 0;
        const start = Math.max(free, input.ready);
        const end = tidy(start + durations[pass.kind as Pass['kind']]);
        ended.set(key(pass), end);
        own.push({ rank, ...pass, start, end, free, ...input });
        moved = true;
      }
    }
  }
  if (timed.some((own, rank) => own.length !== orders[rank]?.length)) {
    throw new Error('the order deadlocks: some pass waits for ever');
  }
  return timed;
}

/** Where the last rank is done, in the time of its passes. */
export const lastEnd = (passes: readonly (readonly TimetablePass[])[]): number =>
  Math.max(...passes.map((own) => own.at(-1)?.end ?? 0));

/**
 * Most that a rank holds at once in this order, in micro-batches of one stage. From F to B all is kept;
 * from there to W, where there is one, `betweenBandW` of it.
 */
export function peakHeld(order: readonly PlannedPass[], betweenBandW = 0): number {
  const after = { F: 1, B: betweenBandW - 1, W: -betweenBandW };
  let held = 0;
  let most = 0;
  for (const { kind } of order) {
    held = tidy(held + after[kind]);
    most = Math.max(most, held);
  }
  return most;
}

/** Sums of decimal times such as 0.1 + 0.2 must not differ by a rounding from the same time elsewhere. */
export const tidy = (time: number): number => Number(time.toPrecision(12));

/** The pass whose result a pass needs. */
function source(
  kind: PlannedPass['kind'],
  stage: number,
  lastStage: number,
): { kind: 'F' | 'B'; stage: number } | undefined {
  if (kind === 'W') return { kind: 'B', stage };
  if (kind === 'F') return stage === 0 ? undefined : { kind: 'F', stage: stage - 1 };
  return stage === lastStage ? { kind: 'F', stage } : { kind: 'B', stage: stage + 1 };
}

const key = ({ kind, stage, microBatch }: PlannedPass): string => `${stage}${kind}${microBatch}`;
