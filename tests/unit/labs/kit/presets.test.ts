import { describe, expect, it, test } from 'vitest';
import references from '../../../../content/references.json' with { type: 'json' };
import { parameterCount, trainingPlan } from '../../../../src/engines/memory/index.ts';
import { GPU_SOURCES, GPUS, LINK_SOURCE, LINKS } from '../../../../src/labs/kit/hardware.ts';
import {
  modelOf,
  PRESET_IDS,
  PRESET_SOURCES,
  PRESETS,
  type Preset,
} from '../../../../src/labs/kit/models.ts';

const presets = PRESET_IDS.map((id) => {
  const preset: Preset = PRESETS[id];
  return [id, { ...preset, ...PRESET_SOURCES[id] }] as const;
});
const known = new Set(references.map(({ id }) => id));

describe('model presets', () => {
  // Papers round: 7.5B stands beside a shape of 7.47B, 175B beside one of 174.6B.
  const rounded = new Set(['zero-7.5b', 'gpt3-175b', 'llama3-405b', 'gpt-1t', 'deepseek-v3']);

  it.each(presets)('%s counts what is published', (id, { config, published }) => {
    const { total } = parameterCount(config);
    if (rounded.has(id)) expect(Math.abs(total / published - 1)).toBeLessThan(0.005);
    else expect(total).toBe(published);
  });

  test('DeepSeek-V3 counts 671B, of which a token visits 37B besides the input table', () => {
    const { total, active } = parameterCount(PRESETS['deepseek-v3'].config);
    expect(total).toBe(671_026_419_200);
    expect(((active - 129280 * 7168) / 1e9).toFixed(1)).toBe('36.6');
  });

  it.each(presets)('%s has a source, a shape and a plan', (_, { config, params, source }) => {
    expect(known).toContain(source.ref);
    const model = modelOf(config, params);
    expect(model.shape.embeddings).toBeLessThan(model.params);
    expect(model.shape.layerParameters * config.layers).toBeGreaterThan(
      model.params - model.shape.embeddings - 0.01 * model.params,
    );
    expect(model.matrixShare).toBeGreaterThan(0.5);
    expect(model.matrixShare).toBeLessThan(1);
    const plan = trainingPlan({
      account: 'fsdp2',
      stage: 3,
      params: model.params,
      shape: model.shape,
      gpus: 64,
    });
    expect(plan.bytesPerGpu).toBeGreaterThan((16 * model.params) / 64);
  });

  test('the opening example is Figure 1 of the ZeRO paper', () => {
    const { params, config } = PRESETS['zero-7.5b'];
    const gb = ([0, 1, 2, 3] as const).map(
      (stage) =>
        trainingPlan({
          account: 'zero-paper',
          stage,
          params,
          shape: modelOf(config, params).shape,
          gpus: 64,
        }).bytesPerGpu / 1e9,
    );
    expect(gb.map((value) => value.toFixed(1))).toEqual(['120.0', '31.4', '16.6', '1.9']);
  });
});

describe('hardware', () => {
  it.each([...Object.entries(GPU_SOURCES), ['links', LINK_SOURCE] as const])(
    '%s: a known source',
    (_, source) => {
      expect(known).toContain(source.ref);
    },
  );

  it.each(Object.values(GPUS))('$name says its memory', ({ name, gb }) => {
    expect(name).toContain(`${gb} GB`);
  });

  test('links between nodes are an eighth of their bits', () => {
    for (const { name, gbps } of Object.values(LINKS)) {
      const bits = /(\d+) Gb\/s/.exec(name)?.[1];
      if (bits !== undefined) expect(gbps).toBe(Number(bits) / 8);
    }
  });
});
