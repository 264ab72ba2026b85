import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as collectives from '~/labs/collectives/state.ts';
import * as lossScaling from '~/labs/loss-scaling/state.ts';
import { type Atlas, atlas, loadAtlas } from '~/labs/models/atlas.ts';
import * as models from '~/labs/models/state.ts';
import * as pipeline from '~/labs/pipeline/state.ts';
import * as sftData from '~/labs/sft-data/state.ts';
import * as tensorParallel from '~/labs/tensor-parallel/state.ts';
import * as zero from '~/labs/zero/state.ts';

let all: Atlas;
beforeAll(async () => {
  await loadAtlas('en');
  all = atlas('en');
});

interface Problem {
  key: string;
  value: string;
}
interface Address<State = unknown> {
  parse: (query: string) => { state: State; problems: readonly Problem[] };
  print: (state: State) => string;
}
const address = <State>(parse: Address<State>['parse'], print: Address<State>['print']) =>
  ({ parse, print }) as Address;

/** Every lab: what it shows must stand every address that anybody may send. */
const LABS: Readonly<Record<string, Address>> = {
  collectives: address(collectives.parseState, collectives.printState),
  'loss-scaling': address(lossScaling.parseState, lossScaling.printState),
  models: address<models.State>(
    (query) => models.parseState(all, query),
    (state) => models.printState(all, state),
  ),
  pipeline: address(pipeline.parseState, pipeline.printState),
  'sft-data': address(sftData.parseState, sftData.printState),
  'tensor-parallel': address(tensorParallel.parseState, tensorParallel.printState),
  zero: address(zero.parseState, zero.printState),
};

/** No field of any lab can mean these. */
const HOSTILE = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'NaN',
  'Infinity',
  '1e999',
  '-1e-999x',
  '0x10',
  '٣',
  'null',
  'undefined',
  '[object Object]',
  '{"__proto__":{"a":1}}',
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  'javascript:alert(1)',
  '\0',
  '\uD800',
  '%E0%A4%A',
  'x'.repeat(100_000),
  '9'.repeat(100_000),
];
const PLAUSIBLE =
  '0 1 2 3 4 7 8 16 24 63 64 100 999 4096 0.1 0.5 1.5 2.50 1e3 1e-7 1e21 -1 none own all ring tree interleaved zb-h1 count nvme cpu mlp rows attention gpt-3 llama3-8b deepseek-v3 qwen2.5 llama-3 live fp16 1.2.3 2x5,3 ["u","x"]'.split(
    ' ',
  );

afterEach(() => vi.restoreAllMocks());

/** The keys that a lab asks an address for. */
function keysOf({ parse }: Address): string[] {
  const get = vi.spyOn(URLSearchParams.prototype, 'get');
  parse('');
  const keys = [...new Set(get.mock.calls.map(([key]) => key))];
  get.mockRestore();
  return keys;
}

describe.each(Object.entries(LABS))('the address of the %s lab', (_, lab) => {
  const { parse, print } = lab;

  it('takes nothing hostile at any key, names it, and keeps the example', () => {
    const example = parse('').state;
    for (const key of keysOf(lab)) {
      for (const value of HOSTILE) {
        const query = new URLSearchParams([[key, value]]);
        const given = query.get(key) as string;
        expect(parse(String(query)), `${key}=${value.slice(0, 40)}`).toEqual({
          state: example,
          problems: [{ key, value: given.slice(0, 40) }],
        });
      }
    }
  });

  it('reads anything without throwing, names only what was asked, and writes what it reads again', () => {
    const keys = keysOf(lab);
    const value = fc.oneof(
      fc.constantFrom(...PLAUSIBLE),
      fc.constantFrom(...HOSTILE.slice(0, -2)),
      fc.string({ unit: 'binary' }),
      fc.double().map(String),
      fc.nat(5000).map(String),
    );
    const pairs = fc.array(
      fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...keys) }, fc.string()), value),
      { maxLength: 12 },
    );
    // Cut anywhere, so that a percent sign may stand alone; or not made from pairs at all.
    const query = fc.oneof(
      { weight: 5, arbitrary: pairs.map((given) => String(new URLSearchParams(given))) },
      pairs.map((given) => given.map(([key, text]) => `${key}=${text}`).join('&')),
      fc.string({ unit: 'binary' }),
      fc
        .tuple(pairs, fc.nat(200))
        .map(([given, end]) => String(new URLSearchParams(given)).slice(0, end)),
    );
    fc.assert(
      fc.property(query, (text) => {
        const given = new URLSearchParams(text);
        const { state, problems } = parse(text);
        const named = problems.map(({ key }) => key);
        expect(new Set(named).size).toBe(named.length);
        for (const key of named) {
          expect(keys).toContain(key);
          expect(given.has(key)).toBe(true);
        }
        const written = print(state);
        expect(parse(written)).toEqual({ state, problems: [] });
        expect(print(parse(written).state)).toBe(written);
      }),
      { numRuns: 300 },
    );
  });

  it('gives no two numbers the same meaning without a word', () => {
    for (const key of keysOf(lab)) {
      const seen = new Map<string, number>();
      for (let value = 0; value <= 1200; value = value < 130 ? value + 1 : value + 107) {
        const { state, problems } = parse(`${key}=${value}`);
        if (problems.length > 0) continue;
        const written = print(state);
        expect(seen.get(written) ?? value, `${key}=${value}`).toBe(value);
        seen.set(written, value);
      }
    }
  });

  it('takes the first of two values for one key', () => {
    const [key] = keysOf(lab) as [string];
    expect(parse(`${key}=x&${key}=__proto__`).problems).toEqual([{ key, value: 'x' }]);
  });
});
