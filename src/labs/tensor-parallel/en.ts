import type { PlacedDimension, PlacementOrder } from '~/engines/pipeline/index.ts';
import type { Collective, Share, StepId } from '~/engines/tensor-parallel/index.ts';
import type { Block, LayoutProblem, RunName } from './state.ts';

export const words = {
  // Predict
  question:
    'You switch on sequence parallelism beside 8-way tensor parallelism. How much more does a GPU send per layer?',
  options: { less: 'Half as much', same: 'Exactly as much', more: 'Twice as much' },
  why: (bytes: string, without: string, withSp: string) =>
    `A ring all-reduce is a reduce-scatter and an all-gather already; sequence parallelism only does something between the two. For a GPT-3 layer it is ${bytes} either way, and the layer keeps ${withSp} of activations instead of ${without}.`,

  // A block on ranks
  splitTitle: 'A block cut over ranks, on real numbers',
  splitLede:
    'Every rank computes what is drawn on its card. Step through, and watch where the ranks must talk.',
  block: 'Block',
  blocks: {
    mlp: 'MLP',
    rows: 'MLP cut the wrong way',
    attention: 'Attention',
  } satisfies Record<Block, string>,
  ranks: 'Ranks',
  between: 'Between blocks',
  betweens: {
    whole: 'all tokens on every rank',
    tokens: 'tokens dealt out (sequence parallelism)',
  },
  otherNumbers: 'Other numbers',
  weights: 'The weights, and which rank holds what',
  weightsHint: {
    mlp: 'A is cut by columns, B by rows.',
    rows: 'A is cut by rows, and X by columns to match. B is cut by rows.',
    attention:
      'The projections are cut by columns, one head per rank; the output matrix Wₒ by rows.',
  } satisfies Record<Block, string>,
  rank: (rank: number | string) => `rank ${rank}`,
  everyRank: 'every rank',
  stepOf: (at: number, of: number) => `Step ${at} of ${of}`,
  passes: { forward: 'forward', backward: 'backward' },
  alone: 'no communication',
  collectives: {
    'all-reduce': 'all-reduce',
    'all-gather': 'all-gather',
    'reduce-scatter': 'reduce-scatter',
  } satisfies Record<Collective, string>,
  operators: {
    f: 'operator f, which does nothing in forward',
    fBack: 'operator f in backward',
    g: 'operator g in forward',
    gBack: 'operator g, which does nothing in backward',
  },
  steps: {
    input: 'The input X is on every rank.',
    gather: 'The ranks collect each other’s tokens, so that each has the whole X.',
    first: 'Each rank multiplies X by its own columns of A. It gets whole columns of H = XA.',
    extra: 'Extra all-reduce. GeLU needs the finished sum H, so the ranks must talk here already.',
    gelu: 'GeLU, entry by entry. No rank needs anything of another.',
    project: 'Each rank makes queries, keys and values of its own heads.',
    scores: 'Softmax of QKᵀ/√d, head by head, with a causal mask.',
    mix: 'The weights mix the values: the output of the rank’s own heads.',
    second:
      'Each rank multiplies what it has by its rows of the second matrix. It gets a Z of full size that is only a summand.',
    output: 'The summands become Z.',
    gradient: 'Backward: the gradient dZ is on every rank.',
    'gather-gradient': 'The ranks collect each other’s tokens of dZ.',
    'back-second':
      'Each rank: gradient of its rows of the second matrix, and of what went into it.',
    'back-gelu': 'Through GeLU, entry by entry.',
    'back-first':
      'Each rank: gradient of its columns of A, and a dX of full size that is only a summand.',
    'back-mix': 'Through the mixing: gradients of the weights P and of the values.',
    'back-scores': 'Through the softmax: gradients of queries and keys.',
    'back-project':
      'Each rank: gradients of its projections, and a dX of full size that is only a summand.',
    'input-gradient': 'The summands become dX, which the layer before is waiting for.',
  } satisfies Record<StepId, string>,
  scatteredInput: 'The input X is cut by columns: each rank has those that meet its rows of A.',
  sharded: {
    input: 'Sequence parallelism: each rank has its own tokens (rows) of X.',
    gradient: 'Backward: each rank has its own tokens of dZ.',
  },
  partialFirst: 'Each rank multiplies its columns of X by its rows of A. H is only a summand.',
  wholeGelu: 'GeLU of the finished H: every rank does the same work.',
  regather:
    'X was kept by tokens, so Megatron gathers it once more here, hidden behind the computation of dX.',
  shares: {
    whole: 'whole',
    columns: 'own columns',
    rows: 'own rows',
    partial: 'a summand',
  } satisfies Record<Share, string>,
  headWeights: 'own head',
  takes: 'takes',
  makes: 'gets',
  matrix: (name: string, rows: number, columns: number, entries: string) =>
    `${name}, ${rows} × ${columns}: ${entries}`,
  unsplit: 'The same on one device',
  same: (name: string, difference: string) =>
    `${name} is the one-device result; largest difference ${difference}.`,
  roundings: (difference: string) => `${difference}, the rounding of another order of adding`,
  none: '0',
  wrongTitle: 'If each rank applied GeLU to its own summand',
  wrongIs: (entry: string, was: string) =>
    `Entry by entry it is another matrix: the first entry that differs is ${was} instead of ${entry}. GeLU of a sum is not the sum of GeLUs.`,
  ledger: (forward: string, backward: string) =>
    `Sent so far by each rank, on a ring: ${forward} numbers forward, ${backward} backward.`,
  ledgerForward: (forward: string, columns: string) =>
    `Sent so far by each rank, on a ring: ${forward} numbers, against ${columns} with the cut by columns.`,
  stepTable: 'every step, and what it sends',
  stepHead: ['Step', 'Pass', 'What happens', 'Collective', 'Each rank sends'],
  numbers: (count: string) => `${count} numbers`,

  // Layer
  layerTitle: 'What one layer keeps and sends, at full size',
  layerControls: 'Layer',
  layerModel: 'Model',
  t: 'Tensor-parallel size t',
  s: 'Sequence s',
  b: 'Micro-batch b',
  tokens: 'tokens',
  layerShape: (h: string, a: string, l: string) => `h = ${h}, ${a} heads, ${l} layers`,
  techniques: {
    none: 'one GPU, no parallelism',
    tp: 'TP',
    'tp+sp': 'TP + SP',
    'tp+selective': 'TP, attention core recomputed',
    'tp+sp+selective': 'TP + SP, attention core recomputed',
    full: 'everything recomputed',
  },
  layerHead: [
    'Technique',
    'Bytes per layer and GPU',
    'Of TP',
    'All layers',
    'A GPU sends per layer',
  ],
  layerChart: 'Activations that one layer keeps on each GPU',
  layerVerdict: (less: string, bytes: string) =>
    `Sequence parallelism keeps ${less} less than tensor parallelism alone and sends the same ${bytes} per layer and micro-batch.`,
  layerNothing: 'On one GPU there is nothing to cut.',
  layerFormula: 'With these numbers',
  layerSends: 'sends per layer',
  allReduces: (count: number) => `${count} all-reduces`,
  gathersAndScatters: (count: number) => `${count} all-gathers + ${count} reduce-scatters`,
  layerNote:
    '16-bit activations, 1-byte dropout masks, an MLP of 4h, attention that stores its s × s matrices. FlashAttention does not: take the rows with the core recomputed. Full recomputation runs forward twice, and its all-reduces too. The one more all-gather that SP needs in backward is hidden and not counted, as in the paper.',

  // Placement
  placeTitle: 'Where every GPU stands',
  placeQuestion:
    'On nodes of 8 GPUs you double tensor parallelism from 8 to 16 to halve the memory. What happens to the bytes each GPU sends for it?',
  placeOptions: { half: 'They halve', little: 'Hardly change', double: 'They double' },
  placeWhy: (before: string, after: string) =>
    `${before} of every all-reduce’s buffer becomes ${after}, twice (t−1)/t. But with 16 ranks the ring has to leave the node, four times per layer and micro-batch, on the critical path.`,
  runs: 'Published layouts',
  runNames: {
    gpt1t: 'GPT 1T, 3,072 A100',
    llama8k: 'Llama 3 405B, 16,384 H100, 8K',
    llama128k: 'Llama 3 405B, 16,384 H100, 128K',
    deepseek: 'DeepSeek-V3, 2,048 H800',
  } satisfies Record<RunName, string>,
  runNotes: {
    gpt1t:
      'Megatron-LM’s 1T run: TP 8, PP 64, and DP 6 is what is left of 3,072 GPUs. Everything was recomputed.',
    llama8k:
      'TP 8, CP 1, PP 16, DP 128, from innermost to outermost. Recomputation is on here because the memory formula is that of GPT layers and puts Llama’s too high; Llama 3 itself needed none at 8K, and so sent a third less for TP.',
    llama128k: 'CP 16 is taken out of data parallelism: DP 8. The order puts DP outermost.',
    deepseek:
      'PP 16, EP 64 over 8 nodes, no TP. Recomputation stands in for DeepSeek’s own savings, which no formula here counts; nor are DualPipe’s second copy of the parameters, its schedule and the FP8 dispatch.',
  } satisfies Record<RunName, string>,
  placeControls: 'Layout and model',
  model: 'Model',
  nodes: 'Nodes',
  perNode: 'GPUs per node',
  degrees: {
    tp: 'TP, tensor',
    cp: 'CP, context',
    ep: 'EP, experts',
    dp: 'DP, data',
    pp: 'PP, pipeline',
  } satisfies Record<PlacedDimension, string>,
  short: { tp: 'TP', cp: 'CP', ep: 'EP', dp: 'DP', pp: 'PP' } satisfies Record<
    PlacedDimension,
    string
  >,
  letter: { tp: 'T', cp: 'C', ep: 'E', dp: 'D', pp: 'P' } satisfies Record<PlacedDimension, string>,
  dpFollows: 'DP is what is left. Change it, and the number of nodes follows.',
  epNeeds: 'EP needs a model with experts: choose Mixtral or DeepSeek-V3.',
  order: 'Order of ranks, fastest first',
  orders: {
    'tp-cp-ep-dp-pp': 'tp-cp-ep-dp-pp',
    'tp-cp-ep-pp-dp': 'tp-cp-ep-pp-dp',
  } satisfies Record<PlacementOrder, string>,
  orderHint: {
    'tp-cp-ep-dp-pp': 'Megatron-LM’s default: neighbors in data parallelism, stages far apart.',
    'tp-cp-ep-pp-dp': 'Data parallelism outermost, as in Llama 3 (--use-tp-pp-dp-mapping).',
  } satisfies Record<PlacementOrder, string>,
  more: 'Batch, memory and hardware',
  sequence: 'Sequence',
  microBatch: 'Micro-batch b',
  microbatches: 'Micro-batches per pipeline m',
  batch: (sequences: string, tokens: string) =>
    `Global batch m·b·DP: ${sequences} sequences, ${tokens} tokens.`,
  optimizer: 'Optimizer states',
  optimizers: { whole: 'whole on every copy', sharded: 'sharded over DP (ZeRO-1)' },
  gradients: 'Gradients',
  gradientNames: { '16': '16 bits (ZeRO paper, 16 B)', '32': 'fp32 (Megatron, 18 B)' },
  recompute: 'Recomputed',
  recomputes: { none: 'nothing', selective: 'attention core', full: 'everything' },
  gpu: 'GPU',
  problem: (problem: LayoutProblem): string => {
    switch (problem.why) {
      case 'product':
        return `TP × CP × PP = ${problem.copy} does not divide ${problem.gpus} GPUs`;
      case 'many':
        return `at most ${problem.most} GPUs here`;
      case 'heads':
        return `TP must divide the model’s ${problem.heads} heads`;
      case 'layers':
        return `PP can be at most the model’s ${problem.layers} layers`;
      case 'sequence':
        return `TP × CP = ${problem.by} must divide the sequence`;
      case 'experts':
        return problem.experts === 1
          ? 'this model has no experts'
          : `EP must divide the ${problem.experts} experts`;
      case 'stage':
        return `EP must divide TP × CP × DP = ${problem.stage}`;
      case 'order':
        return `in this order EP must be 1 or TP × CP = ${problem.only}`;
    }
  },
  dpProblem: (copy: string, perNode: string) =>
    `DP × ${copy} GPUs must fill whole nodes of ${perNode}, 65,536 GPUs at most`,
  product: (parts: string, gpus: string) => `${parts} = ${gpus} GPUs`,
  tpInside: (t: string, perNode: string) =>
    `TP ${t} stays inside the node of ${perNode}: its traffic runs on the fast links.`,
  tpOutside: (t: string, nodes: string, bytes: string) =>
    `TP ${t} leaves the node: each group lies over ${nodes} nodes. ${bytes} per GPU and step, most of it waited for, now depends on the network.`,
  tpNone: 'No tensor parallelism: nothing inside a layer is sent.',
  mapTitle: 'Nodes and groups',
  mapAll: (nodes: string) => `All ${nodes} nodes.`,
  mapSome: (shown: string, nodes: string) =>
    `The ${shown} of ${nodes} nodes that hold a GPU of its groups.`,
  mapCut: (shown: string, all: string) => `The first ${shown} of ${all} such nodes.`,
  mapHint:
    'Point at a GPU or tap it. By keyboard: left and right along the GPUs, up and down along the nodes, Enter chooses.',
  heardJoin: '; ',
  node: (node: string) => `node ${node}`,
  stage: (from: string, to: string) => (from === to ? `stage ${from}` : `stages ${from}–${to}`),
  chosen: 'GPU (global rank)',
  gpuAt: (rank: string, node: string) => `GPU ${rank} on node ${node}`,
  placeIn: (at: string, of: string, where: string) => `${at} of ${of}, ${where}`,
  groupAlone: 'alone',
  nodesOf: (nodes: string) => (nodes === '1' ? 'in one node' : `over ${nodes} nodes`),
  self: 'the chosen GPU',
  trafficTitle: 'What is sent, and what leaves the node',
  trafficHead: [
    'Axis',
    'A GPU sends per step',
    'Leaves a node',
    'Whole cluster across nodes, per step',
    'Group lies',
    'What travels',
  ],
  travels: {
    tp: 'activations and their gradients, 2 + 2 all-reduces per layer and micro-batch',
    cp: 'keys and values gathered in both passes, their gradients scattered',
    ep: 'tokens to experts and back, in both passes',
    dp: 'gradients, once per step',
    pp: 'one activation and its gradient per boundary and micro-batch',
  } satisfies Record<PlacedDimension, string>,
  travelsSharded: 'gradients, then updated parameters, once per step',
  travelsAgain:
    'activations and their gradients, 4 + 2 all-reduces per layer and micro-batch, since forward runs twice',
  crosses: (share: string) => `${share} of messages`,
  stays: 'nothing',
  unused: 'not used',
  trafficNote:
    'Rings in the order of ranks; experts evenly loaded, one copy of a token for each; sequence parallelism on; no interleaving; the fullest stage. DP reduces over DP × CP ranks. In layers with experts only attention is tensor-parallel.',
  memoryTitle: 'Memory of the fullest GPU',
  kinds: {
    parameters: 'parameters',
    gradients: 'gradients',
    optimizerStates: 'optimizer states',
    activations: 'activations',
    buffers: 'buffers',
  },
  fits: (bytes: string, capacity: string, left: string) =>
    `${bytes} of ${capacity}: fits, ${left} left.`,
  over: (bytes: string, capacity: string, over: string) =>
    `${bytes} in ${capacity}: does not fit, ${over} over.`,
  memoryChart: (parts: string) => `Memory of one GPU: ${parts}`,
  memoryFormula: (params: string, tp: string, pp: string, onRank: string) =>
    `${params} / (TP ${tp} · PP ${pp}) ≈ ${onRank} parameters on the fullest rank`,
  memoryExperts: (onRank: string) => `, and ${onRank} in its experts`,
  stop: '. ',
  memoryNote:
    'Activations by the formula for GPT layers on the first stage, divided by CP; an approximation, mostly too high, for Llama-like layers and experts. Not counted: fragmentation, the CUDA context, NCCL’s buffers.',
  andMore: (count: string) => `… ${count} more`,
  join: ', ',
};

export type Words = typeof words;
