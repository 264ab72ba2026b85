import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  deepspeedStepGrid,
  interleavedWarmup,
  pipelineBubble,
  pipelineInFlight,
  pipelineSchedule,
  rankLayout,
  type ScheduleName,
  threeD,
} from '../../src/engines/pipeline/index.ts';

interface Group {
  id: string;
  in: string[];
  out: string[];
  rows: unknown[][];
}

const golden: { groups: Group[] } = JSON.parse(
  readFileSync(new URL('./data/golden-parallelism.json', import.meta.url), 'utf8'),
);

/** The rows of a group as objects with camelCase keys, split into inputs and outputs. */
function rowsOf(id: string) {
  const group = golden.groups.find((candidate) => candidate.id === id);
  if (group === undefined) throw new Error(`no group ${id}`);
  const camel = (name: string) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  const named = (names: string[], values: unknown[]) =>
    Object.fromEntries(names.map((name, i) => [camel(name), values[i]]));
  return group.rows.map((row) => ({
    name: JSON.stringify(row.slice(0, group.in.length)),
    input: named(group.in, row),
    expected: named(group.out, row.slice(group.in.length)),
  }));
}

function check<I>(id: string, run: (input: I) => object) {
  describe(id, () => {
    it.each(rowsOf(id))('$name', ({ input, expected }) => {
      expect(run(input as I)).toMatchObject(expected);
    });
  });
}

check('pipeline_bubble_grid', pipelineBubble);
check('pipeline_in_flight', pipelineInFlight);
check('pipeline_schedules', pipelineSchedule);
check('deepspeed_step_grid', deepspeedStepGrid);
check('megatron_interleaved_warmup', interleavedWarmup);
check('rank_layout', rankLayout);
check('three_d_identities', threeD);

describe('megatron_ptd_table1: the layout columns', () => {
  it.each(rowsOf('megatron_ptd_table1'))('$name', ({ input, expected }) => {
    const { tp, pp, gpus, batch } = input as Record<string, number>;
    const { microBatch, dp, microbatches, chunksV, bubble } = expected as Record<string, number>;
    const layout = threeD({
      p: pp as number,
      t: tp as number,
      d: dp as number,
      B: batch as number,
      b: microBatch as number,
      s: 2048,
      h: input.hidden as number,
      layers: input.layers as number,
    });
    expect(layout).toMatchObject({ gpus, microbatches });
    const schedule: ScheduleName = chunksV === 1 ? '1f1b' : 'interleaved';
    expect(
      pipelineBubble({
        schedule,
        p: pp as number,
        m: microbatches as number,
        v: chunksV as number,
      }).bubbleOverIdeal,
    ).toEqual(bubble);
  });
});
