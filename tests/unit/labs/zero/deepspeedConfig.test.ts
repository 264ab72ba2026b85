import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { OFFLOAD, OPTIMIZER_NAMES } from '../../../../src/engines/memory/index.ts';
import {
  type Choice,
  deepspeedConfig,
  printDeepspeed,
} from '../../../../src/labs/zero/deepspeedConfig.ts';
import { importDeepspeed, MAX_TEXT } from '../../../../src/labs/zero/deepspeedImport.ts';
import {
  DEEPSPEED_KEYS,
  DEEPSPEED_SECTIONS,
  DEPRECATED_KEYS,
} from '../../../../src/labs/zero/deepspeedKeys.ts';
import { DEEPSPEED } from '../../../content/deepspeedKeys.ts';

const plain: Choice = {
  stage: 3,
  optimizer: 'adam',
  offloadOptimizer: 'none',
  offloadParameters: 'none',
  hpz: 1,
  batch: 4,
  tp: 1,
};

/** Choices as the lab's state holds them: what a stage cannot do is already off. */
const choices: fc.Arbitrary<Choice> = fc
  .record({
    stage: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
    optimizer: fc.constantFrom(...OPTIMIZER_NAMES),
    offloadOptimizer: fc.constantFrom(...OFFLOAD),
    offloadParameters: fc.constantFrom(...OFFLOAD),
    hpz: fc.constantFrom(1, 2, 8, 16),
    batch: fc.integer({ min: 1, max: 4096 }),
    tp: fc.constantFrom(1, 2, 8),
    precision: fc.constantFrom('bf16' as const, 'fp16' as const, 'fp32' as const),
    gradients: fc.constantFrom('same' as const, 'fp32' as const),
    accumulation: fc.integer({ min: 1, max: 64 }),
    reduceBucket: fc.constantFrom(5e8, 2e8, 1e6),
    gatherBucket: fc.constantFrom(5e8, 2e8),
  })
  .map((choice) => ({
    ...choice,
    offloadOptimizer:
      choice.stage === 0
        ? 'none'
        : choice.stage < 3 && choice.offloadOptimizer === 'nvme'
          ? 'cpu'
          : choice.offloadOptimizer,
    offloadParameters: choice.stage === 3 ? choice.offloadParameters : 'none',
    hpz: choice.stage === 3 ? choice.hpz : 1,
    gradients: choice.stage === 0 || choice.precision === 'fp32' ? 'same' : choice.gradients,
    reduceBucket: choice.stage > 0 ? choice.reduceBucket : 5e8,
    gatherBucket: choice.stage === 1 || choice.stage === 2 ? choice.gatherBucket : 5e8,
  }));

describe('DeepSpeed configuration', () => {
  test('says what its defaults do not', () => {
    expect(deepspeedConfig(plain)).toEqual({
      train_micro_batch_size_per_gpu: 4,
      bf16: { enabled: true },
      optimizer: { type: 'AdamW' },
      zero_optimization: { stage: 3 },
    });
    expect(deepspeedConfig({ ...plain, stage: 0 })).not.toHaveProperty('zero_optimization');
  });

  test('offload, ZeRO++ and accumulation in fp32', () => {
    expect(
      deepspeedConfig({
        ...plain,
        offloadOptimizer: 'nvme',
        offloadParameters: 'cpu',
        hpz: 8,
        gradients: 'fp32',
        accumulation: 16,
        reduceBucket: 2e8,
      }),
    ).toEqual({
      train_micro_batch_size_per_gpu: 4,
      gradient_accumulation_steps: 16,
      bf16: { enabled: true },
      data_types: { grad_accum_dtype: 'fp32' },
      optimizer: { type: 'AdamW' },
      zero_optimization: {
        stage: 3,
        reduce_bucket_size: 2e8,
        offload_optimizer: { device: 'nvme', nvme_path: '/local_nvme' },
        offload_param: { device: 'cpu' },
        zero_hpz_partition_size: 8,
      },
    });
  });

  test.each([
    ['sgd-momentum', { zero_allow_untested_optimizer: true }],
    ['adam-8bit', { zero_allow_untested_optimizer: true }],
    ['muon', { zero_optimization: { stage: 3, reduce_scatter: false } }],
  ] as const)('%s is let in', (optimizer, part) => {
    expect(deepspeedConfig({ ...plain, optimizer })).toMatchObject(part);
  });

  test('an optimizer of one’s own on the CPU is let in too', () => {
    const config = deepspeedConfig({ ...plain, optimizer: 'adam-8bit', offloadOptimizer: 'cpu' });
    expect(config).toMatchObject({ zero_force_ds_cpu_optimizer: false });
    expect(config).not.toHaveProperty('optimizer');
  });

  it('has only keys that DeepSpeed knows and none that is deprecated', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const { problems } = importDeepspeed(printDeepspeed(choice));
        expect(problems).toEqual([]);
      }),
    );
  });

  it('repeats no default', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const visit = (printed: object, defaults: unknown): void => {
          for (const [key, value] of Object.entries(printed)) {
            const known = (defaults as Record<string, unknown> | undefined)?.[key];
            if (typeof value === 'object') visit(value, known);
            else expect(value, key).not.toBe(known);
          }
        };
        visit(deepspeedConfig(choice), DEEPSPEED);
      }),
    );
  });

  it('comes back as the choice it was printed from', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const { optimizer, ...rest } = choice;
        const { choice: read } = importDeepspeed(printDeepspeed(choice));
        // The program builds an 8-bit Adam: the file does not say so.
        expect(read).toEqual(optimizer === 'adam-8bit' ? rest : choice);
      }),
    );
  });
});

describe('a reader’s own configuration', () => {
  const problems = (config: unknown) => importDeepspeed(JSON.stringify(config)).problems;

  test('DeepSpeed’s own example for stage 3 with NVMe', () => {
    const imported = importDeepspeed(`{
      "train_batch_size": 512,
      "train_micro_batch_size_per_gpu": 2,
      "gradient_accumulation_steps": "4",
      "fp16": { "enabled": true, "loss_scale": 0, "initial_scale_power": 16 },
      "optimizer": { "type": "Adam", "params": { "lr": 1e-4 } },
      "zero_optimization": {
        "stage": 3, "overlap_comm": true, "sub_group_size": 1e9, "reduce_bucket_size": "auto",
        "offload_optimizer": { "device": "nvme", "nvme_path": "/local_nvme", "pin_memory": true },
        "offload_param": { "device": "cpu" }
      }
    }`);
    expect(imported).toEqual({
      choice: {
        stage: 3,
        optimizer: 'adam',
        offloadOptimizer: 'nvme',
        offloadParameters: 'cpu',
        hpz: 1,
        batch: 2,
        tp: 1,
        precision: 'fp16',
        gradients: 'same',
        accumulation: 4,
        reduceBucket: 5e8,
        gatherBucket: 5e8,
      },
      dataParallel: 64,
      problems: [],
    });
  });

  test.each([
    [
      'a key that stops DeepSpeed',
      { zero_optimization: { stage: 2, grad_hooks: true } },
      { path: 'zero_optimization.grad_hooks', problem: 'unknown' },
    ],
    [
      'a key that it reads past',
      { train_mirco_batch_size_per_gpu: 1 },
      { path: 'train_mirco_batch_size_per_gpu', problem: 'ignored' },
    ],
    [
      'a stage there is not',
      { zero_optimization: { stage: 4 } },
      { path: 'zero_optimization.stage', problem: 'wrong-value' },
    ],
    [
      'text for a number',
      { zero_optimization: { stage: 'three' } },
      { path: 'zero_optimization.stage', problem: 'wrong-value' },
    ],
    [
      'a device there is not',
      { zero_optimization: { stage: 3, offload_param: { device: 'disk' } } },
      { path: 'zero_optimization.offload_param.device', problem: 'wrong-value' },
    ],
    [
      'a deprecated key',
      { zero_optimization: { stage: 2, cpu_offload: true } },
      { path: 'zero_optimization.cpu_offload', problem: 'deprecated' },
    ],
    [
      'parameters offloaded in stage 2',
      { zero_optimization: { stage: 2, offload_param: { device: 'cpu' } } },
      { path: 'zero_optimization.offload_param', problem: 'needs-stage-3' },
    ],
    [
      'both precisions',
      { bf16: { enabled: true }, fp16: { enabled: true } },
      { path: 'fp16.enabled', problem: 'both-precisions' },
    ],
    [
      'batches that do not divide',
      { train_batch_size: 30, train_micro_batch_size_per_gpu: 4, gradient_accumulation_steps: 2 },
      { path: 'train_batch_size', problem: 'batch-mismatch' },
    ],
    [
      'an optimizer the lab does not count',
      { optimizer: { type: 'Lamb' } },
      { path: 'optimizer.type', problem: 'not-counted' },
    ],
  ])('%s is named', (_, config, problem) => {
    expect(problems(config)).toContainEqual(expect.objectContaining(problem));
  });

  test('old ways still count', () => {
    expect(importDeepspeed('{"zero_optimization": true}').choice.stage).toBe(1);
    const old = importDeepspeed('{"zero_optimization": {"stage": 2, "cpu_offload": true}}');
    expect(old.choice.offloadOptimizer).toBe('cpu');
  });

  test.each([
    ['', 'not-json'],
    ['{"a": 1,}', 'not-json'],
    ['[1]', 'not-object'],
    ['null', 'not-object'],
    ['"text"', 'not-object'],
    [`{"a": "${'x'.repeat(MAX_TEXT)}"}`, 'too-long'],
    ['['.repeat(MAX_TEXT), 'not-json'],
  ])('%.20s is refused whole', (text, problem) => {
    expect(importDeepspeed(text)).toEqual({ choice: {}, problems: [{ path: '', problem }] });
  });

  it('is not taken in by names of Object.prototype', () => {
    const text = '{"__proto__": {"stage": 3}, "zero_optimization": {"constructor": 1, "stage": 1}}';
    const { choice, problems } = importDeepspeed(text);
    expect(choice.stage).toBe(1);
    expect(problems.map(({ path }) => path)).toEqual([
      '__proto__',
      'zero_optimization.constructor',
    ]);
    expect({}).not.toHaveProperty('stage');
  });

  it('never throws, and gives only values a choice can have', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('auto', 3, 'cpu', 'nvme', true, '5', 1e300, -1),
    );
    const part = (keys: readonly string[]) =>
      fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), value, { maxKeys: 6 });
    const zero = fc.record(
      {
        stage: value,
        offload_optimizer: fc.oneof(part(['device']), value),
        offload_param: fc.oneof(part(['device']), value),
        zero_hpz_partition_size: value,
        cpu_offload: value,
      },
      { requiredKeys: [] },
    );
    const configs = fc.record(
      {
        zero_optimization: fc.oneof(zero, value),
        bf16: fc.oneof(part(['enabled']), value),
        fp16: fc.oneof(part(['enabled']), value),
        optimizer: fc.oneof(part(['type', 'params']), value),
        tensor_parallel: fc.oneof(part(['autotp_size']), value),
        train_batch_size: value,
        train_micro_batch_size_per_gpu: value,
        gradient_accumulation_steps: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          configs.map((config) => JSON.stringify(config)),
          fc.string(),
        ),
        (text) => {
          const { choice } = importDeepspeed(text);
          if (choice.stage !== undefined) expect([0, 1, 2, 3]).toContain(choice.stage);
          for (const field of ['batch', 'hpz', 'tp', 'accumulation'] as const) {
            const number = choice[field];
            if (number !== undefined) expect(Number.isSafeInteger(number) && number > 0).toBe(true);
          }
          for (const field of ['offloadOptimizer', 'offloadParameters'] as const) {
            const device = choice[field];
            if (device !== undefined) expect(OFFLOAD).toContain(device);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the list of keys', () => {
  it('opens only sections that it names, and knows the deprecated ones', () => {
    for (const section of DEEPSPEED_SECTIONS.filter((name) => name !== '')) {
      const [parent, key] = section.includes('.')
        ? (section.split('.') as ['zero_optimization', string])
        : (['', section] as const);
      expect(DEEPSPEED_KEYS[parent]).toHaveProperty([key]);
    }
    for (const path of DEPRECATED_KEYS) {
      expect(DEEPSPEED_KEYS.zero_optimization).toHaveProperty([path.split('.')[1] as string]);
    }
  });

  it('knows every key whose default the tests of the texts know', () => {
    const sections: Record<string, Record<string, unknown>> = DEEPSPEED_KEYS;
    const visit = (section: string, part: Record<string, unknown>): void => {
      for (const [key, value] of Object.entries(part)) {
        expect(sections[section], `${section}.${key}`).toHaveProperty([key]);
        const path = section === '' ? key : `${section}.${key}`;
        if (sections[path] !== undefined && typeof value === 'object' && value !== null) {
          visit(path, value as Record<string, unknown>);
        }
      }
    };
    visit('', DEEPSPEED);
  });
});
