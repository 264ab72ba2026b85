import { integer } from '../arguments.ts';

const DIMENSIONS = ['tp', 'cp', 'ep', 'dp', 'pp'] as const;
type Dimension = (typeof DIMENSIONS)[number];

export interface RankLayout {
  /** Global ranks that split the matrices of the same layers. */
  tpGroups: number[][];
  /** Global ranks that hold the same parameters and all-reduce their gradients. */
  dpGroups: number[][];
  /** Global ranks that follow one another as pipeline stages. */
  ppGroups: number[][];
  /** Global ranks that share one sequence. */
  cpGroups: number[][];
}

/**
 * Which global ranks form which group. The leftmost name of `order` varies fastest.
 *
 * `tp-cp-ep-dp-pp` is Megatron-LM's default (and DeepSpeed's pipe-data-model topology);
 * `tp-cp-ep-pp-dp` puts data parallelism outermost (`--use-tp-pp-dp-mapping`, picotron).
 * `ep` may appear in the order and has size 1 here: expert groups are cut out of the others.
 * Throws a RangeError for degrees below 1 and for orders that leave out a dimension larger than 1.
 *
 * Source: NVIDIA/Megatron-LM `megatron/core/parallel_state.py`, `RankGenerator`.
 */
export function rankLayout(input: {
  tp: number;
  dp: number;
  pp: number;
  cp?: number;
  order?: string;
}): RankLayout {
  const sizes: Record<Dimension, number> = {
    tp: integer('tp', input.tp, 1),
    cp: integer('cp', input.cp ?? 1, 1),
    ep: 1,
    dp: integer('dp', input.dp, 1),
    pp: integer('pp', input.pp, 1),
  };
  const order = parseOrder(input.order ?? 'tp-cp-ep-dp-pp', sizes);
  return {
    tpGroups: groupsAlong('tp', order, sizes),
    dpGroups: groupsAlong('dp', order, sizes),
    ppGroups: groupsAlong('pp', order, sizes),
    cpGroups: groupsAlong('cp', order, sizes),
  };
}

function parseOrder(order: unknown, sizes: Record<Dimension, number>): Dimension[] {
  if (typeof order !== 'string') throw new TypeError(`order must be a string, got ${order}`);
  const names = order.split('-') as Dimension[];
  const known = names.every((name) => DIMENSIONS.includes(name));
  const missing = DIMENSIONS.find((name) => sizes[name] > 1 && !names.includes(name));
  if (!known || new Set(names).size !== names.length || missing !== undefined) {
    const reason = missing === undefined ? '' : ` (${missing} is larger than 1 and missing)`;
    throw new RangeError(
      `order must name each of ${DIMENSIONS.join(', ')} at most once, joined by "-"${reason}, got "${order}"`,
    );
  }
  return names;
}

function groupsAlong(
  dimension: Dimension,
  order: readonly Dimension[],
  sizes: Record<Dimension, number>,
): number[][] {
  // Walking the ranks in ascending order and filing each under its remaining coordinates lists the
  // groups by their first rank, which is the order Megatron-LM creates them in.
  const world = order.reduce((product, name) => product * sizes[name], 1);
  const groups = new Map<string, number[]>();
  for (let rank = 0; rank < world; rank++) {
    let rest = rank;
    const others: number[] = [];
    for (const name of order) {
      if (name !== dimension) others.push(rest % sizes[name]);
      rest = Math.floor(rest / sizes[name]);
    }
    const group = groups.get(others.join());
    if (group === undefined) groups.set(others.join(), [rank]);
    else group.push(rank);
  }
  return [...groups.values()];
}
