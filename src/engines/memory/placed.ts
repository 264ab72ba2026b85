import { divisor, integer } from '../arguments.ts';
import { PIECE_KINDS, type PieceKind, type PlanInput, trainingPlan } from './plan.ts';

export interface PlacedInput
  extends Pick<PlanInput, 'account' | 'stage' | 'params' | 'k' | 'activations'> {
  shape: NonNullable<PlanInput['shape']>;
  /** Parameters in routed experts, part of `params`, and the layers that hold them. */
  experts?: { params: number; layers: number };
  tp: number;
  cp: number;
  dp: number;
  pp: number;
  /** GPUs over which a layer's routed experts are dealt out; it divides tp·cp·dp. */
  ep: number;
  /** Micro-batches per pipeline and step: fewer than pp fill the first stage less. */
  microbatches: number;
}

export interface PlacedMemory {
  bytesByKind: Record<PieceKind, number>;
  bytesPerGpu: number;
  /** Parameters that the fullest rank answers for, apart from and in routed experts. */
  paramsOnRank: number;
  expertParamsOnRank: number;
  /** Ranks that share their states under ZeRO: the copies of the rest, and of the experts. */
  copies: number;
  expertCopies: number;
}

/**
 * `trainingPlan` for a layout with context and expert parallelism as well, as Megatron-LM counts ranks:
 * context-parallel ranks hold the same parameters and divide the activations; experts keep whole
 * matrices on ep ranks of a stage. The fullest rank is taken for each part by itself, so a model whose
 * first stage has the tables and fewer experts is put a little high.
 *
 * @throws RangeError | TypeError naming the argument
 */
export function placedMemory(input: PlacedInput): PlacedMemory {
  const { account, stage, shape, tp, pp } = input;
  const cp = integer('cp', input.cp, 1);
  const gpus = integer('tp', tp, 1) * cp * integer('dp', input.dp, 1) * integer('pp', pp, 1);
  const ep = divisor('ep', input.ep, gpus / pp, 'tp·cp·dp');
  const experts = input.experts ?? { params: 0, layers: 0 };
  const own = { account, stage, gpus, pp, ...(input.k === undefined ? {} : { k: input.k }) };
  const rest = trainingPlan({
    ...own,
    params: input.params - experts.params,
    tp,
    shape,
    ...(input.activations ? { activations: input.activations } : {}),
  });
  const routed =
    experts.params === 0
      ? undefined
      : trainingPlan({
          ...own,
          params: experts.params,
          tp: ep,
          shape: { ...shape, layers: experts.layers, embeddings: 0, tables: 1 },
        });
  const bytesByKind = { ...rest.bytesByKind };
  const filled = Math.min(1, integer('microbatches', input.microbatches, 1) / pp);
  bytesByKind.activations *= filled / cp;
  for (const kind of PIECE_KINDS) {
    bytesByKind[kind] += routed?.bytesByKind[kind] ?? 0;
  }
  return {
    bytesByKind,
    bytesPerGpu: Object.values(bytesByKind).reduce((a, b) => a + b, 0),
    paramsOnRank: rest.paramsOnRank,
    expertParamsOnRank: routed?.paramsOnRank ?? 0,
    copies: rest.dpDegree,
    expertCopies: routed?.dpDegree ?? rest.dpDegree,
  };
}
