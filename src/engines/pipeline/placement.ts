import { boolean, divisor, finiteNumber, integer, oneOf } from '../arguments.ts';

/**
 * Orders of the dimensions over the global ranks, the leftmost varying fastest: Megatron-LM's default,
 * and `--use-tp-pp-dp-mapping`, which puts data parallelism outermost, as Llama 3 does.
 */
export const PLACEMENT_ORDERS = ['tp-cp-ep-dp-pp', 'tp-cp-ep-pp-dp'] as const;
export type PlacementOrder = (typeof PLACEMENT_ORDERS)[number];

export const PLACED_DIMENSIONS = ['tp', 'cp', 'ep', 'dp', 'pp'] as const;
export type PlacedDimension = (typeof PLACED_DIMENSIONS)[number];

/** Degrees of a layout; the GPUs are their product without `ep`, which is cut out of the others. */
export interface Placement {
  tp: number;
  cp: number;
  dp: number;
  pp: number;
  /** GPUs over which the routed experts of a layer are dealt out, from the tp·cp·dp of one stage. */
  ep: number;
  order: PlacementOrder;
}

export interface RankPlace {
  /** Place along each dimension, from 0. */
  at: Record<PlacedDimension, number>;
  /** Global ranks of its group along each dimension, ascending, itself among them. */
  groups: Record<PlacedDimension, number[]>;
}

interface Axis {
  size: number;
  stride: number;
}

/**
 * Where a global rank stands and with whom. Experts keep whole matrices (Megatron's
 * `--expert-tensor-parallel-size 1`), so their groups are runs over tp, cp and dp.
 *
 * Throws a RangeError for degrees below 1, an `ep` that does not divide tp·cp·dp, a rank out of range,
 * and, as Megatron does, for a pipelined layout with dp outermost whose experts have other copies than
 * the rest.
 * Source: NVIDIA/Megatron-LM `megatron/core/parallel_state.py`, `RankGenerator` and the decoder and
 * expert generators of `initialize_model_parallel`.
 */
export function rankPlace(input: Placement & { rank: number }): RankPlace {
  const axes = axesOf(input);
  const rank = integer('rank', input.rank, 0, worldOf(input) - 1);
  const place = (axis: Axis) => Math.floor(rank / axis.stride) % axis.size;
  const each = <T>(of: (axis: Axis) => T): Record<PlacedDimension, T> => ({
    tp: of(axes.tp),
    cp: of(axes.cp),
    ep: of(axes.ep),
    dp: of(axes.dp),
    pp: of(axes.pp),
  });
  return {
    at: each(place),
    groups: each((axis) => {
      const first = rank - place(axis) * axis.stride;
      return Array.from({ length: axis.size }, (_, index) => first + index * axis.stride);
    }),
  };
}

/**
 * The pipeline stage of a global rank: `rankPlace(…).at.pp` without the groups, which grow with the
 * cluster. Throws as `rankPlace`.
 */
export function stageOfRank(input: Placement & { rank: number }): number {
  const { pp } = axesOf(input);
  return Math.floor(integer('rank', input.rank, 0, worldOf(input) - 1) / pp.stride) % pp.size;
}

export interface PlacementTrafficInput extends Placement {
  gpusPerNode: number;
  /** Sequences and tokens of a micro-batch, micro-batches per pipeline and step. */
  b: number;
  s: number;
  microbatches: number;
  layers: number;
  /** Of these, layers with routed experts; 0 without. */
  expertLayers?: number;
  /** Routed experts a token visits. */
  activeExperts?: number;
  hidden: number;
  /** Entries of a token's keys and values in one layer. */
  keyValueWidth: number;
  /** Parameters that a rank answers for, apart from and in routed experts. */
  paramsOnRank: number;
  expertParamsOnRank?: number;
  /** Bytes of a gradient on the wire: 2, or 4 where they are reduced in fp32. */
  gradientBytes: number;
  /** ZeRO-1: gradients are reduce-scattered and parameters gathered, instead of an all-reduce. */
  shardedOptimizer: boolean;
  /** Forward runs again before backward, with its communication. */
  fullRecomputation: boolean;
}

export interface DimensionTraffic {
  dimension: PlacedDimension;
  size: number;
  /** Most nodes over which one group lies. */
  nodes: number;
  /** Bytes a GPU of the fullest stage sends per optimizer step. */
  bytesPerGpu: number;
  /** Messages between neighbours of a group (all pairs for `ep`) that leave a node, of all of them. */
  crossing: { hops: number; of: number };
  /** Bytes that leave a node, per step, all GPUs together. */
  crossingBytes: number;
}

/**
 * What each kind of parallelism sends in one optimizer step, and how much of it crosses nodes, with
 * nodes filled by ascending rank. 16-bit activations and parameters; sequence parallelism on.
 *
 * - tp: two all-reduces forward and two backward in a dense layer, half of that in a layer with experts,
 *   each 2·b·s·h·(t−1)/t elements. arXiv:2104.04473 §3.2.
 * - cp: keys and values are gathered in forward and again in backward, their gradients scattered.
 *   Megatron-LM docs/user-guide/features/context_parallel.md.
 * - ep: dispatch and combine, forward and backward; tokens evenly over the experts, one copy for each.
 * - pp: b·s·h/t elements over a boundary each way, stages without interleaving. arXiv:2104.04473 §4.1.
 * - dp: gradients over dp·cp ranks (experts over theirs), 2Ψ elements in all. arXiv:1910.02054 §7.
 *
 * Collectives run on rings in the order of the ranks, so each link of a ring carries what one GPU sends.
 * Throws a RangeError naming the argument.
 */
export function placementTraffic(input: PlacementTrafficInput): DimensionTraffic[] {
  const { tp, cp, pp, ep } = input;
  const axes = axesOf(input);
  const world = worldOf(input);
  const gpusPerNode = integer('gpusPerNode', input.gpusPerNode, 1);
  const layers = integer('layers', input.layers, 1);
  const expertLayers = integer('expertLayers', input.expertLayers ?? 0, 0, layers);
  const microbatches = integer('microbatches', input.microbatches, 1);
  const tokens = (integer('b', input.b, 1) * integer('s', input.s, 1)) / cp;
  const hidden = integer('hidden', input.hidden, 1);
  const keyValueWidth = integer('keyValueWidth', input.keyValueWidth, 1);
  const paramsOnRank = finiteNumber('paramsOnRank', input.paramsOnRank);
  const expertParams = finiteNumber('expertParamsOnRank', input.expertParamsOnRank ?? 0);
  const gradientBytes = oneOf('gradientBytes', input.gradientBytes, [2, 4]);
  const sharded = boolean('shardedOptimizer', input.shardedOptimizer);
  const forwards = boolean('fullRecomputation', input.fullRecomputation) ? 2 : 1;
  const onStage = (count: number): number => Math.ceil(count / pp) * microbatches;
  const share = (size: number): number => (size - 1) / size;

  const halves = 2 * onStage(layers) - onStage(expertLayers);
  const tpElements = halves * (forwards + 1) * 2 * tokens * hidden * share(tp);
  const cpElements = (onStage(layers) * (forwards + 2) * tokens * (cp - 1) * keyValueWidth) / tp;
  const epElements =
    (onStage(expertLayers) *
      2 *
      (forwards + 1) *
      tokens *
      hidden *
      integer('activeExperts', input.activeExperts ?? 0) *
      share(ep)) /
    tp;
  const boundaries = pp === 1 ? 0 : pp === 2 ? 1 : 2;
  const ppElements = (boundaries * microbatches * tokens * hidden) / tp;
  const reduced = sharded ? gradientBytes + 2 : 2 * gradientBytes;

  const gradientRing: Axis[] = [axes.cp, axes.dp];
  const expertRing: Axis[] = ep === 1 ? [axes.tp, axes.cp, axes.dp] : [axes.expertDp];
  const expertCopies = expertRing.reduce((product, { size }) => product * size, 1);
  const of = (
    dimension: PlacedDimension,
    size: number,
    bytesPerGpu: number,
    hops: Hops,
  ): DimensionTraffic => ({
    dimension,
    size,
    nodes: hops.nodes,
    bytesPerGpu,
    crossing: { hops: hops.crossing, of: hops.all },
    crossingBytes: hops.all === 0 ? 0 : (bytesPerGpu * world * hops.crossing) / hops.all,
  });
  const count = (ring: readonly Axis[], kind: Kind = 'ring') =>
    countHops(world, ring, gpusPerNode, kind);

  const dense = paramsOnRank * reduced * share(input.dp * cp);
  const experts = expertParams * reduced * share(expertCopies);
  const gradient = of('dp', input.dp, dense, count(gradientRing));
  const ofExperts = of('dp', input.dp, experts, count(expertRing));
  // A boundary carries half of what a middle stage sends, each way.
  const line = count([axes.pp], 'line');
  const pipeline = of('pp', pp, 2 * ppElements, line);
  return [
    of('tp', tp, 2 * tpElements, count([axes.tp])),
    of('cp', cp, 2 * cpElements, count([axes.cp])),
    of('ep', ep, 2 * epElements, count([axes.ep], 'pairs')),
    {
      ...gradient,
      nodes: Math.max(gradient.nodes, experts > 0 ? ofExperts.nodes : 1),
      bytesPerGpu: dense + experts,
      crossingBytes: gradient.crossingBytes + ofExperts.crossingBytes,
    },
    {
      ...pipeline,
      crossingBytes: (line.crossing * 2 * 2 * microbatches * tokens * hidden) / tp,
    },
  ];
}

type Kind = 'ring' | 'line' | 'pairs';

interface Hops {
  all: number;
  crossing: number;
  nodes: number;
}

/** Messages between ranks of every group along the axes, and how many of them leave a node. */
function countHops(world: number, ring: readonly Axis[], gpusPerNode: number, kind: Kind): Hops {
  const hops: Hops = { all: 0, crossing: 0, nodes: 1 };
  const offsets = offsetsOf(ring);
  if (offsets.length === 1) return hops;
  // Groups that begin at the same place of a node cross nodes alike.
  const alike = new Map<number, number>();
  for (let first = 0; first < world; first += 1) {
    if (ring.some(({ size, stride }) => Math.floor(first / stride) % size !== 0)) continue;
    const place = first % gpusPerNode;
    alike.set(place, (alike.get(place) ?? 0) + 1);
  }
  for (const [place, groups] of alike) {
    const members = membersByNode(offsets, place, gpusPerNode);
    const nodes = members.length;
    const size = offsets.length;
    const sent = { ring: size, line: size - 1, pairs: size * (size - 1) };
    const crossing = {
      ring: nodes === 1 ? 0 : nodes,
      line: nodes - 1,
      pairs: members.reduce((sum, own) => sum + own * (size - own), 0),
    };
    hops.all += groups * sent[kind];
    hops.crossing += groups * crossing[kind];
    hops.nodes = Math.max(hops.nodes, nodes);
  }
  return hops;
}

/** Ranks of a group from its first: ascending, since an axis further out has the larger stride. */
function offsetsOf(ring: readonly Axis[]): number[] {
  let offsets = [0];
  for (const { size, stride } of ring) {
    const inner = offsets;
    offsets = [];
    for (let index = 0; index < size; index += 1) {
      for (const from of inner) offsets.push(from + index * stride);
    }
  }
  return offsets;
}

/** How many of a group are on each of its nodes, when its first is at a place of the first node. */
function membersByNode(offsets: readonly number[], place: number, gpusPerNode: number): number[] {
  const members: number[] = [];
  let before = -1;
  for (const offset of offsets) {
    const node = Math.floor((place + offset) / gpusPerNode);
    if (node === before) members[members.length - 1]! += 1;
    else members.push(1);
    before = node;
  }
  return members;
}

type Axes = Record<PlacedDimension | 'expertDp', Axis>;

function worldOf({ tp, cp, dp, pp }: Placement): number {
  return tp * cp * dp * pp;
}

function axesOf(input: Placement): Axes {
  const order = oneOf('order', input.order, PLACEMENT_ORDERS);
  const tp = integer('tp', input.tp, 1);
  const cp = integer('cp', input.cp, 1);
  const dp = integer('dp', input.dp, 1);
  const pp = integer('pp', input.pp, 1);
  const stage = tp * cp * dp;
  const ep = divisor('ep', input.ep, stage, 'tp·cp·dp');
  const outer = order === 'tp-cp-ep-dp-pp';
  if (!outer && pp > 1 && ep > 1 && ep !== tp * cp) {
    throw new RangeError(`ep must be 1 or tp·cp = ${tp * cp} in the order ${order}, got ${ep}`);
  }
  return {
    tp: { size: tp, stride: 1 },
    cp: { size: cp, stride: tp },
    dp: { size: dp, stride: outer ? tp * cp : tp * cp * pp },
    pp: { size: pp, stride: outer ? stage : tp * cp },
    // The expert generator has its own grid: ep, then the rest in the same order.
    ep: { size: ep, stride: 1 },
    expertDp: { size: stage / ep, stride: outer ? ep : ep * pp },
  };
}
