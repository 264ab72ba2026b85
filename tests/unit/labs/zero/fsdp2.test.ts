import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { OPTIMIZER_NAMES } from '../../../../src/engines/memory/index.ts';
import { type Fsdp2Choice, fsdp2Code } from '../../../../src/labs/zero/fsdp2.ts';

const plain: Fsdp2Choice = {
  stage: 3,
  optimizer: 'adam',
  offloadOptimizer: 'none',
  offloadParameters: 'none',
  hpz: 1,
  batch: 1,
  tp: 1,
  pp: 1,
  gpus: 64,
};

function codeOf(change: Partial<Fsdp2Choice>): string {
  const result = fsdp2Code({ ...plain, ...change });
  if (!('code' in result)) throw new Error(result.missing);
  return result.code;
}

function python(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('FSDP2', () => {
  test.each([
    [{}, 'reshard_after_forward=True,'],
    [{ stage: 2 }, 'reshard_after_forward=False,'],
    [{ hpz: 8 }, 'reshard_after_forward=8,'],
    [{ hpz: 64 }, 'reshard_after_forward=True,'],
    [{ hpz: 6 }, 'reshard_after_forward=True,'],
    [{ gradients: 'fp32' }, 'param_dtype=torch.bfloat16, reduce_dtype=torch.float32'],
    [{ precision: 'fp16' }, 'param_dtype=torch.float16, reduce_dtype=torch.float16'],
    [{ tp: 8 }, 'init_device_mesh("cuda", (8, 8), mesh_dim_names=("dp", "tp"))'],
  ] as const)('%o says %s', (change, line) => {
    expect(codeOf(change)).toContain(line);
  });

  test('fp32 needs no policy', () => {
    expect(codeOf({ precision: 'fp32' })).not.toContain('MixedPrecisionPolicy');
  });

  test.each([
    [{ stage: 0 }, 'stage'],
    [{ stage: 1 }, 'stage'],
    [{ pp: 4 }, 'pipeline'],
    [{ offloadParameters: 'nvme' }, 'nvme'],
  ] as const)('%o has no counterpart: %s', (change, missing) => {
    expect(fsdp2Code({ ...plain, ...change })).toEqual({ missing });
  });

  test('one offload policy takes everything', () => {
    expect(fsdp2Code({ ...plain, offloadOptimizer: 'cpu' })).toMatchObject({
      differs: ['offload-all'],
    });
    const both = { offloadOptimizer: 'cpu', offloadParameters: 'cpu' } as const;
    expect(fsdp2Code({ ...plain, ...both })).toMatchObject({ differs: [] });
  });

  it.runIf(python())('compiles, and imports what it uses and no more', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fsdp2-'));
    const files: string[] = [];
    try {
      for (const optimizer of OPTIMIZER_NAMES) {
        for (const precision of ['bf16', 'fp16', 'fp32'] as const) {
          for (const offloadOptimizer of ['none', 'cpu'] as const) {
            for (const tp of [1, 8]) {
              const code = codeOf({ optimizer, precision, offloadOptimizer, tp });
              const file = join(folder, `fsdp2_${files.length}.py`);
              writeFileSync(file, code);
              files.push(file);
              const imported = [...code.matchAll(/import (.+)$/gm)].flatMap(([, names]) =>
                (names as string).split(', '),
              );
              for (const name of imported) expect(code.split(name).length, name).toBeGreaterThan(2);
            }
          }
        }
      }
      execFileSync('python3', ['-m', 'py_compile', ...files], { stdio: 'pipe' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
