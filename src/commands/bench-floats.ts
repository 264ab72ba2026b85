/**
 * How fast numbers are rounded to FP16 here, against the runtime's own Math.f16round and, where it is
 * installed (npm install --no-save @petamoriken/float16), against that polyfill. Ratios of one run.
 *
 *   npm run bench:floats
 */
import { roundAll, rounderOf, roundTo } from '../engines/floats/index.ts';

const LENGTH = 1 << 16;
const ROUNDS = 60;

type Round = (x: number) => number;

/** Magnitudes from below the subnormals to past the top, both signs; the same in every run. */
function numbers(): Float64Array {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Float64Array.from({ length: LENGTH }, () => (next() - 0.5) * 2 ** (next() * 46 - 28));
}

/** The quickest of many passes: what the machine does when nothing else disturbs it. */
function nanoseconds(pass: () => void): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    pass();
    best = Math.min(best, performance.now() - start);
  }
  return (best * 1e6) / LENGTH;
}

const source = numbers();
const target = new Float64Array(LENGTH);

/** A loop of its own for each candidate: one shared loop would be compiled for all of them at once. */
const loop = (body: string, round: Round): (() => void) =>
  new Function(
    'source',
    'target',
    'round',
    `return () => { for (let i = 0; i < source.length; i += 1) target[i] = ${body}; }`,
  )(source, target, round);

const native = (Math as { f16round?: Round }).f16round;
const polyfill: Round | undefined = await import('@petamoriken/float16' as string)
  .then((module: { f16round: Round }) => module.f16round)
  .catch(() => undefined);

const measured: [string, number][] = [
  [
    "roundTo('fp16', x)",
    nanoseconds(loop("round('fp16', source[i])", roundTo as unknown as Round)),
  ],
  ["rounderOf('fp16')", nanoseconds(loop('round(source[i])', rounderOf('fp16')))],
  ["roundAll('fp16', array)", nanoseconds(() => void roundAll('fp16', source, target))],
];
if (native) {
  for (let i = 0; i < LENGTH; i += 1) {
    const x = source[i] as number;
    if (!Object.is(roundTo('fp16', x), native(x))) throw new Error(`disagree on ${x}`);
  }
  measured.push(['Math.f16round(x)', nanoseconds(loop('Math.f16round(source[i])', native))]);
}
if (polyfill)
  measured.push(['@petamoriken/float16', nanoseconds(loop('round(source[i])', polyfill))]);

const reference = measured.find(([name]) => name.startsWith('Math.'))?.[1];
for (const [name, time] of measured) {
  const ratio = reference === undefined ? '' : `${(reference / time).toFixed(1)} × Math.f16round`;
  console.log(`${name.padEnd(26)}${time.toFixed(2).padStart(8)} ns  ${ratio}`);
}
if (!native) console.log('This runtime has no Math.f16round: Node 24 has.');
if (!polyfill) console.log('@petamoriken/float16 is not installed: not measured.');
