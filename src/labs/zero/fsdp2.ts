import type { Choice } from './deepspeedConfig.ts';

/** What FSDP2 depends on besides what DeepSpeed does: the degrees of its mesh. */
export interface Fsdp2Choice extends Choice {
  gpus: number;
  pp: number;
}

export type Fsdp2 =
  | {
      code: string;
      /**
       * Where the lines do not do quite the same: `offload-all`, because CPUOffloadPolicy takes parameters,
       * gradients and optimizer states together; `optimizer`, because Muon and Adafactor look at whole
       * matrices, which FSDP2 shards by rows.
       */
      differs: ('offload-all' | 'optimizer')[];
    }
  | {
      /**
       * What FSDP2 does not have: `stage` below 2, since it always shards gradients and optimizer states;
       * `nvme`; and `pipeline`, which is torch.distributed.pipelining's business.
       */
      missing: 'stage' | 'nvme' | 'pipeline';
    };

const OPTIMIZERS: Record<Choice['optimizer'], string> = {
  adam: 'torch.optim.AdamW(model.parameters())',
  'adam-8bit': 'AdamW8bit(model.parameters())',
  sgd: 'torch.optim.SGD(model.parameters())',
  'sgd-momentum': 'torch.optim.SGD(model.parameters(), momentum=0.9)',
  muon: 'build_muon(model)',
  adafactor: 'torch.optim.Adafactor(model.parameters())',
};
const DTYPES = { bf16: 'torch.bfloat16', fp16: 'torch.float16' };

/**
 * The PyTorch lines for a choice. ZeRO-2 is `reshard_after_forward=False`, ZeRO-3 `True`, and ZeRO++'s
 * secondary copy the number of ranks that share it (a proper divisor of the ranks; else it is left out).
 * The model's parameters are fp32: their shards are the master copy. `model.layers` and the calls that are
 * not PyTorch's stand for the reader's own.
 * Sources: docs.pytorch.org distributed.fsdp.fully_shard; pytorch/torchtitan docs/fsdp.md at b5bcd76, whose
 * table sets FSDP2 beside DeepSpeed.
 */
export function fsdp2Code(choice: Fsdp2Choice): Fsdp2 {
  const { stage, gpus, tp, pp, precision = 'bf16', gradients = 'same' } = choice;
  const targets = [choice.offloadOptimizer, choice.offloadParameters];
  if (stage < 2) return { missing: 'stage' };
  if (pp > 1) return { missing: 'pipeline' };
  if (targets.includes('nvme')) return { missing: 'nvme' };

  const ranks = gpus / tp;
  const shares = choice.hpz > 1 && choice.hpz < ranks && ranks % choice.hpz === 0;
  const reshard = stage === 2 ? 'False' : shares ? choice.hpz : 'True';
  const mixed = precision === 'fp32' ? undefined : DTYPES[precision];
  const reduce = gradients === 'fp32' ? 'torch.float32' : mixed;
  const offloads = targets.includes('cpu');
  const names = [
    ...(offloads ? ['CPUOffloadPolicy'] : []),
    ...(mixed ? ['MixedPrecisionPolicy'] : []),
    'fully_shard',
  ];
  const code = [
    'import torch',
    'from torch.distributed.device_mesh import init_device_mesh',
    `from torch.distributed.fsdp import ${names.join(', ')}`,
    ...(choice.optimizer === 'adam-8bit' ? ['from torchao.optim import AdamW8bit'] : []),
    '',
    ...(tp > 1
      ? [
          `mesh = init_device_mesh("cuda", (${ranks}, ${tp}), mesh_dim_names=("dp", "tp"))`,
          'parallelize(model, mesh["tp"])  # before fully_shard',
        ]
      : [`mesh = init_device_mesh("cuda", (${ranks},), mesh_dim_names=("dp",))`]),
    'options = dict(',
    '    mesh=mesh["dp"],',
    `    reshard_after_forward=${reshard},`,
    ...(mixed
      ? [`    mp_policy=MixedPrecisionPolicy(param_dtype=${mixed}, reduce_dtype=${reduce}),`]
      : []),
    ...(offloads ? ['    offload_policy=CPUOffloadPolicy(),'] : []),
    ')',
    'for layer in model.layers:',
    '    fully_shard(layer, **options)',
    'fully_shard(model, **options)',
    '',
    `optimizer = ${OPTIMIZERS[choice.optimizer]}`,
    '',
  ].join('\n');
  const differs: ('offload-all' | 'optimizer')[] = [];
  if (offloads && targets.includes('none')) differs.push('offload-all');
  if (choice.optimizer === 'muon' || choice.optimizer === 'adafactor') differs.push('optimizer');
  return { code, differs };
}
