import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  createScaler,
  DEFAULTS,
  MinScaleError,
  type PolicyName,
  replay,
} from '../../src/engines/loss-scaling/index.ts';

interface Sequence {
  id: string;
  policy: PolicyName;
  description: string;
  params: Record<string, unknown>;
  overflow: string;
  expected_scale: number[];
  expected_error_at: number | null;
  final: Record<string, number>;
  [trace: `trace_${string}`]: number[];
}

// Replayed through the upstream classes; see "verified" in the file.
const golden = JSON.parse(
  readFileSync(new URL('./data/golden-loss-scaler.json', import.meta.url), 'utf8'),
);
const sequences = [...golden.sequences, ...golden.optional_sequences] as Sequence[];

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());
const camelKeys = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value]));

test.each(sequences)('$id ($policy): $description', (row) => {
  const params = camelKeys(row.params);
  const scaler = createScaler(row.policy, params) as unknown as Record<string, number> & {
    update(foundInf: boolean): number;
  };
  const traces = Object.entries(row).filter(([name]) => name.startsWith('trace_'));

  for (const [step, expected] of row.expected_scale.entries()) {
    expect(scaler.update(row.overflow[step] === '1')).toBe(expected);
    expect(scaler['scale']).toBe(expected);
    for (const [name, trace] of traces) {
      expect(scaler[camel(name.slice(6))], `${name} after step ${step}`).toBe(
        (trace as unknown as number[])[step],
      );
    }
  }
  for (const [name, value] of Object.entries(row.final)) {
    expect(scaler[camel(name)]).toBe(value);
  }
  if (row.expected_error_at !== null) {
    expect(row.expected_scale).toHaveLength(row.expected_error_at);
    expect(() => scaler.update(true)).toThrow(MinScaleError);
  }

  const played = replay({ policy: row.policy, params, overflows: row.overflow });
  expect(played.scales).toEqual(row.expected_scale);
  expect(played.errorAt).toBe(row.expected_error_at);
});

describe('defaults', () => {
  const policies = { ...golden.policies, ...golden.optional_policies } as Record<
    PolicyName,
    { defaults: Record<string, unknown> }
  >;
  test.each(Object.entries(policies))('%s', (name, policy) => {
    expect(DEFAULTS[name as PolicyName]).toEqual(camelKeys(policy.defaults));
  });
});
