import type { Account, Optimizer, PieceKind, StepMoment } from '~/engines/memory/index.ts';

export const words = {
  // Fields
  controls: 'What you train, and on what',
  stage: 'ZeRO stage',
  model: 'Model',
  ownCount: 'A number of parameters',
  ownConfig: 'A configuration of your own',
  params: 'Parameters Ψ',
  counted: (count: string) => `Ψ = ${count} parameters`,
  layers: 'Layers',
  hidden: 'Hidden size',
  heads: 'Attention heads',
  kvHeads: 'Key/value heads',
  ffn: 'MLP width',
  vocab: 'Vocabulary',
  swiglu: 'Gated MLP (SwiGLU), three matrices',
  tied: 'Output matrix tied to the embedding',
  headsMustFit: 'heads must divide the hidden size, and key/value heads the heads',
  gpus: 'GPUs in all',
  gpu: 'GPU',
  ownGpu: 'Other GPU',
  memory: 'Memory of one GPU',
  more: 'Accounting, optimizer, parallelism, offload',
  account: 'Who counts',
  optimizer: 'Optimizer',
  tp: 'Tensor-parallel degree',
  pp: 'Pipeline stages',
  notDivided: (gpus: string, tp: number, pp: number) =>
    `${gpus} GPUs cannot be split into groups of ${tp} × ${pp}`,
  offloadOptimizer: 'Optimizer states live in',
  offloadParameters: 'Parameters live in',
  offload: { none: 'GPU memory', cpu: 'host memory', nvme: 'NVMe' },
  offloadNeeds: 'Optimizer offload needs stage 1; parameters, NVMe and ZeRO++ need stage 3.',
  hpz: 'ZeRO++: GPUs that share a second copy',
  buckets: 'Count DeepSpeed’s default communication buckets',
  activationsTitle: 'Activations',
  activations: 'Count activations',
  batch: 'Micro-batch per GPU, sequences',
  sequence: 'Sequence length, tokens',
  recompute: 'Recomputation',
  recomputes: { none: 'none', selective: 'selective', full: 'full' },
  sp: 'Sequence parallelism with the tensor-parallel group',
  activationsNote:
    'Counted as Megatron’s paper does for a GPT layer without FlashAttention; with FlashAttention, choose selective.',
  noShape: 'A bare number of parameters has no layers, so nothing can be counted here.',
  unit: 'Unit',
  // Kinds
  kinds: {
    parameters: 'parameters',
    gradients: 'gradients',
    optimizerStates: 'optimizer states',
    activations: 'activations',
    buffers: 'buffers',
  } satisfies Record<PieceKind, string>,
  stages: [
    '0 · plain data parallel',
    '1 · optimizer states',
    '2 · + gradients',
    '3 · + parameters',
  ],
  optimizers: {
    adam: 'Adam or AdamW',
    'adam-8bit': '8-bit Adam',
    'sgd-momentum': 'SGD with momentum',
    sgd: 'SGD without momentum',
    muon: 'Muon, AdamW for the rest',
    adafactor: 'Adafactor, no momentum',
  } satisfies Record<Optimizer, string>,
  k: (k: string) => `K = ${k} bytes per parameter, FP32 master copy included`,
  adafactorNote:
    'Factored statistics need whole matrices. On ZeRO’s flat partitions Adafactor keeps a full second moment, 4 bytes per parameter more.',
  accounts: {
    'zero-paper': [
      'ZeRO paper',
      'A 2-byte weight, a 2-byte gradient and K bytes of optimizer states.',
    ],
    'fp32-gradients': [
      'FP32 gradients (18 with Adam)',
      'As the paper, but gradients are accumulated in FP32: 4 bytes instead of 2.',
    ],
    'two-gradients': [
      'Two gradients (20 with Adam)',
      'A 16-bit gradient and its FP32 accumulator stand side by side: 6 bytes.',
    ],
    deepspeed: [
      'DeepSpeed estimator, since 0.14.3',
      'Stage 2 divides both gradients, 2Ψ + 18Ψ/N; stage 3 adds the largest layer gathered, 4 bytes per parameter.',
    ],
    'deepspeed-docs': [
      'DeepSpeed documentation, the older count',
      'Stage 2 still keeps the 16-bit gradients whole: 4Ψ + 16Ψ/N.',
    ],
    megatron: [
      'Megatron distributed optimizer',
      'Weights and the FP32 gradient buffer stay whole, 6Ψ; only the optimizer is divided.',
    ],
    fsdp2: [
      'PyTorch FSDP2',
      'The sharded FP32 parameters are the master copy; 16-bit weights exist only while gathered.',
    ],
  } satisfies Record<Account, [string, string]>,
  notOwnStage: (name: string, stages: string) =>
    `${name} has ${stages}. What you see is its bytes with this stage’s division.`,
  stageList: (stages: readonly number[]) =>
    stages.length === 1 ? `only stage ${stages[0]}` : `only stages ${stages.join(' and ')}`,
  againstPaper: (difference: string) => `Against the ZeRO paper’s count: ${difference} per GPU.`,
  asPaper: 'The same as the ZeRO paper’s count.',
  leftOut:
    'Left out by all: fragmentation, the CUDA context, NCCL’s own buffers, temporary tensors of kernels. Keep a few GB free.',
  leftOutActivations: 'Activations are not counted; switch them on below Activations.',
  // Verdict
  perGpu: 'on each GPU',
  fits: (capacity: string, free: string) => `Fits in ${capacity}, with ${free} free.`,
  over: (capacity: string, missing: string) => `Does not fit in ${capacity}: ${missing} over.`,
  hostMemory: (amount: string) => `${amount} of host memory per node of 8 GPUs.`,
  nvme: (amount: string) => `${amount} on NVMe per node of 8 GPUs.`,
  // Partition view
  ranksTitle: 'Who holds what',
  ranksLede: (dp: string, group: string) =>
    `${dp} data-parallel ranks${group}. Each bar is one GPU.`,
  modelParallelGroup: (size: number) => `, each of ${size} GPUs; the fullest one is drawn`,
  scale: 'Draw bars against',
  scales: { whole: 'stage 0', memory: 'GPU memory' },
  rank: (rank: string) => `rank ${rank}`,
  owns: (shard: string, of: string) => `shard ${shard}/${of}`,
  ownsAll: 'all of it',
  between: (from: string, to: string) => `ranks ${from} to ${to}: as much on each`,
  openRank: 'Open rank',
  capacityLine: (capacity: string) => capacity,
  rankDetail: (rank: string) => `What rank ${rank} holds`,
  pieceShard: (kind: string, shard: string, of: string, first: string, last: string) =>
    `${kind} ${shard}/${of}: elements ${first} to ${last}`,
  pieceWhole: (kind: string) => `${kind}: whole, the same on each rank`,
  pieceNotes: {
    secondary: 'ZeRO++’s second 16-bit copy, inside the node',
    gathered: 'largest piece gathered for use',
    buckets: 'communication buckets',
    output: 'last layer norm and logits',
  },
  cutOff: 'longer than the scale',
  // Formula
  formulaTitle: 'The same, as a formula',
  onRank: (count: string, how: string) => `Ψ′ = ${how} = ${count} on the fullest rank`,
  // Stage table
  tableTitle: 'The four stages, same settings',
  tableHead: [
    'Stage',
    'Per GPU',
    'Times less than 0',
    'Sent per step',
    'Fewest GPUs',
    'Largest model here',
    'Verdict',
  ],
  none: 'none is enough',
  verdictFits: (free: string) => `fits, ${free} free`,
  verdictOver: (missing: string) => `${missing} over`,
  tableNote:
    'Fewest GPUs and largest model are for the chosen GPU, with everything else as set. Sent per step counts elements as the paper does.',
  // Step
  stepTitle: 'One training step, as one rank lives it',
  stepLede:
    'The model is cut into four blocks. Parameters and gradients are 2 bytes each here, as in the paper.',
  stepOffload: 'Optimizer states are off the GPU and not drawn; the host makes the update.',
  actions: {
    start: () => 'Before the step',
    gather: (block) => `All-gather the weights of block ${block}`,
    forward: (block) => `Forward through block ${block}`,
    backward: (block) => `Backward through block ${block}`,
    reduce: (block, stage) =>
      stage === 0
        ? `All-reduce the gradients of block ${block}`
        : stage === 1
          ? 'Reduce-scatter all gradients'
          : `Reduce-scatter the gradients of block ${block}`,
    release: (block) => `Release the weights of block ${block}`,
    update: (_, stage): string =>
      stage === 0 ? 'Update all parameters' : 'Update the shard this rank owns',
    'gather-updated': () => 'All-gather the updated parameters',
    end: () => 'Gradients are cleared; the step is done',
  } satisfies Record<StepMoment['action'], (block: number, stage: number) => string>,
  holds: 'holds',
  sent: 'sent so far',
  sentOf: (now: string, all: string) => `${now} of ${all}`,
  inBytes: 'in bytes, on a ring',
  time: 'time on the wire',
  peak: 'peak',
  peakAt: (amount: string, what: string) => `Peak ${amount}: ${what}.`,
  link: 'Link',
  ownLink: 'Other bandwidth',
  bandwidth: 'Bandwidth, one way per GPU',
  timeNote: 'Bytes divided by bandwidth: no latency, nothing hidden behind computation.',
  stepHead: [
    'Moment',
    'Parameters',
    'Gradients',
    'Optimizer states',
    'Activations',
    'In all',
    'Sent',
  ],
  chart: (peak: string) => `Memory of one rank through the step, peak ${peak}`,
  // Map
  mapTitle: 'Where does it fit?',
  mapBy: 'Rows',
  maps: { stages: 'ZeRO stage', params: 'parameters' },
  mapHead: (row: string) => `${row} \\ GPUs`,
  mapCaption: (capacity: string, what: string) =>
    `Per GPU on ${capacity}, ${what}. ✓ fits, ✗ does not; the line is the border.`,
  mapStage: (stage: number) => `stage ${stage}`,
  mapParamsNote: 'Activations stay those of the chosen model.',
  // Next
  nextTitle: 'What to write down',
  deepspeed: 'DeepSpeed configuration',
  fsdp2: 'The same in PyTorch FSDP2',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Could not copy; select the text instead',
  importTitle: 'Read your own DeepSpeed configuration',
  importLabel: 'DeepSpeed JSON',
  importButton: 'Set the lab to it',
  imported: (fields: string) => `Taken over: ${fields}.`,
  nothingImported: 'Nothing in it changes the lab.',
  importProblems: 'Look at these places:',
  listMark: ', ',
  precision: '16-bit format',
  configNote:
    'Only keys whose default would be another. The learning rate, the schedule and your own names are for you to fill in.',
  pipelineRefused:
    'DeepSpeed’s pipeline engine refuses stages 2 and 3: with a pipeline, stage 1 is the most it takes.',
  fsdp2Differs: {
    'offload-all':
      'CPUOffloadPolicy moves parameters, gradients and optimizer states together; they cannot be chosen apart.',
    optimizer: 'This optimizer is not one of torch.optim.',
    adafactor: 'How Adafactor treats sharded matrices is its own affair: check it.',
  },
  fsdp2Missing: {
    stage:
      'FSDP2 has no stage 0 or 1: it always shards gradients and optimizer states. For stage 0 use DistributedDataParallel, for stage 1 add ZeroRedundancyOptimizer.',
    nvme: 'FSDP2 offloads to host memory only, not to NVMe.',
    pipeline: 'A pipeline is not FSDP2’s: it comes from torch.distributed.pipelining around it.',
  },
  importWords: {
    'too-long': 'more than 100,000 characters',
    'not-json': 'not valid JSON (comments and trailing commas are not)',
    'not-object': 'the whole must be an object in braces',
    unknown: 'unknown here; DeepSpeed stops at it',
    ignored: 'unknown; DeepSpeed reads past it',
    deprecated: 'deprecated',
    'wrong-value': 'not a value it can take',
    'needs-stage-3': 'needs stage 3',
    'both-precisions': 'bf16 and fp16 are both on',
    'batch-mismatch': 'not micro-batch × accumulation × ranks',
    'not-counted': 'DeepSpeed knows it, the lab does not count it',
  },
  allowed: (what: string) => `; allowed: ${what}`,
  kindWords: {
    boolean: 'true or false',
    integer: 'a whole number',
    number: 'a number',
    text: 'text',
    object: 'an object',
    any: 'anything',
  },
  importFp32: 'Neither bf16 nor fp16 is on: the lab counts mixed precision and stays there.',
  importRange: (field: string, value: string) =>
    `${field} = ${value} does not go with the lab’s GPUs or ranges and was left out`,
  fields: {
    stage: 'stage',
    optimizer: 'optimizer',
    precision: '16-bit format',
    offloadOptimizer: 'optimizer states in',
    offloadParameters: 'parameters in',
    hpz: 'ZeRO++ copy over',
    batch: 'micro-batch',
    tp: 'tensor-parallel degree',
    gpus: 'GPUs',
  } as Partial<Record<string, string>>,
  // Predict
  predictQuestion: (stage: string, gpus: string, twice: string) =>
    `Stage ${stage} on ${gpus} GPUs. You double them to ${twice}. What happens to each GPU’s memory?`,
  predictHalf: 'It halves',
  predictLittle: 'It hardly changes',
  predictSame: 'Nothing at all changes',
  predictWhy: (before: string, after: string, floor: string) =>
    `${before} become ${after}: ${floor} of weights stay whole on each GPU whatever N is, and only the rest is divided.`,
  // Address
  example: 'Back to the published example',
  exampleIs:
    'This is Figure 1 of the ZeRO paper: 7.5B parameters, 64 GPUs, Adam in mixed precision.',
};

export type Words = typeof words;
