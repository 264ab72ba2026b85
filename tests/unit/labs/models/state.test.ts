import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainingFlops } from '~/engines/scaling-laws/index.ts';
import { type Atlas, atlas, loadAtlas } from '~/labs/models/atlas.ts';
import { type FACETS, valuesOf } from '~/labs/models/sift.ts';
import {
  comparedIds,
  DEFAULTS,
  LAW_NAMES,
  MOST_COMPARED,
  parseState,
  printState,
  type State,
  settle,
} from '~/labs/models/state.ts';

let all: Atlas;
beforeAll(async () => {
  await loadAtlas('en');
  all = atlas('en');
});

const states = (): fc.Arbitrary<State> =>
  fc
    .record({
      field: facet('field'),
      architecture: facet('architecture'),
      objective: facet('objective'),
      maker: facet('maker'),
      weights: facet('weights'),
      named: facet('named'),
      shown: fc.constantFrom(...all.models.map(({ id }) => id)),
      compare: fc
        .shuffledSubarray(
          all.models.map(({ id }) => id),
          { maxLength: MOST_COMPARED },
        )
        .map((ids) => ids.join('_')),
      length: fc.integer({ min: 2, max: 12 }),
      input: fc.integer({ min: 1, max: 11 }),
      run: fc.constantFrom('none', ...all.runs.map(({ id }) => id)),
      flops: fc
        .double({ min: 17, max: 28, noNaN: true })
        .map((power) => Number((10 ** power).toPrecision(3)))
        .filter((flops) => flops >= 1e17 && flops <= 1e28),
      law: fc.constantFrom(...LAW_NAMES),
    })
    .map((state) => settle(all, state));
const facet = (name: (typeof FACETS)[number]) =>
  fc.constantFrom('all', ...valuesOf(all.models, name));

describe('the address of the model atlas', () => {
  it('is empty for GPT-3’s run', () => {
    expect(printState(all, DEFAULTS)).toBe('');
    expect(parseState(all, '')).toEqual({ state: DEFAULTS, problems: [] });
    expect(DEFAULTS.flops).toBeCloseTo(3.15e23, -20);
  });

  it('brings every state back', () => {
    fc.assert(
      fc.property(states(), (state) => {
        const read = parseState(all, printState(all, state));
        expect(read).toEqual({ state, problems: [] });
      }),
    );
  });

  it('never throws, and names what it could not use', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const { state } = parseState(all, query);
        expect(settle(all, state)).toEqual(state);
      }),
    );
    const broken =
      'field=audio&arch=rnn&by=Nobody&model=gpt-9&with=gpt-3_gpt-3&n=99&run=gpt-9&c=1e99&law=moore';
    const { state, problems } = parseState(all, broken);
    expect(state).toEqual(DEFAULTS);
    expect(problems.map(({ key }) => key).sort()).toEqual(
      ['arch', 'by', 'c', 'field', 'law', 'model', 'n', 'run', 'with'].sort(),
    );
  });

  it('names a model that its own filters leave out, and an input longer than the sequence', () => {
    const { state, problems } = parseState(all, 'field=vision&model=bert&n=4&p=9');
    expect(problems.map(({ key }) => key)).toEqual(['model', 'p']);
    expect(all.models.find(({ id }) => id === state.shown)?.field).toBe('vision');
    expect(state.input).toBe(3);
  });

  it('takes the compute of a run, and leaves the address short', () => {
    const { state } = parseState(all, 'run=chinchilla');
    expect(state.flops).toBe(trainingFlops({ parameters: 70e9, tokens: 1.4e12 }));
    expect(printState(all, state)).toBe('run=chinchilla');
    expect(printState(all, { ...state, run: 'none', flops: 1e21 })).toBe('run=none&c=1e%2B21');
  });

  it('compares at most four', () => {
    const five = 'with=bert_gpt-2_t5_clip_vit';
    expect(parseState(all, five).problems).toEqual([{ key: 'with', value: five.slice(5) }]);
    expect(comparedIds('')).toEqual([]);
  });
});
