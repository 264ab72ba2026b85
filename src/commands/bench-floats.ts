/**
 * How fast numbers are rounded to FP16 here, against the runtime's own Math.f16round and the polyfill
 * @petamoriken/float16. Ratios of one run; fails where rounding here is the slower one.
 *
 *   npm run bench:floats
 */
import { f16round as polyfill } from '@petamoriken/float16';
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
measured.push(['@petamoriken/float16', nanoseconds(loop('round(source[i])', polyfill))]);

const timeOf = (start: string): number | undefined =>
  measured.find(([name]) => name.startsWith(start))?.[1];
const reference = timeOf('Math.');
for (const [name, time] of measured) {
  const ratio = reference === undefined ? '' : `${(reference / time).toFixed(1)} × Math.f16round`;
  console.log(`${name.padEnd(26)}${time.toFixed(2).padStart(8)} ns  ${ratio}`);
}
if (!native) console.log('This runtime has no Math.f16round: Node 24 has.');

/** What has to be faster than what, and by which factor. */
const WANTED: readonly [string, string, number][] = [
  ['roundTo', 'Math.', 1],
  ['roundTo', '@petamoriken', 1],
  ['roundAll', 'Math.', 1.5],
];
for (const [own, other, factor] of WANTED) {
  const [time, against] = [timeOf(own), timeOf(other)];
  if (time === undefined || against === undefined || against / time >= factor) continue;
  console.error(
    `${own} is ${(against / time).toFixed(2)} times as fast as ${other}, wanted ${factor}`,
  );
  process.exitCode = 1;
}
