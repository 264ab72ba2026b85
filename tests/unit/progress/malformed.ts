import type { StoredEvent } from '../../../src/progress/events.ts';
import { exportProgress } from '../../../src/progress/exchange.ts';
import { START } from './arbitrary.ts';

/** One event of each kind. */
export const WHOLE: readonly StoredEvent[] = [
  {
    kind: 'review',
    card: 'mp-001',
    grade: 3,
    ms: 21_000,
    missed: ['scale-grows-again'],
    seed: 7,
  },
  { kind: 'undo', of: 'whole-0' },
  { kind: 'reset', scope: { card: 'mp-001' } },
  { kind: 'mark', card: 'par-002', mark: 'revisit', on: true },
  { kind: 'settings', set: { interview: '2026-12-01', minutes: 30, retention: 0.9 } },
  {
    kind: 'mock',
    minutes: 30,
    topics: ['mp', 'par'],
    level: 2,
    answers: [{ card: 'mp-001', ms: 90_000, grade: 2, met: ['one'], missed: ['two'] }],
  },
].map((event, i) => ({ id: `whole-${i}`, at: START + i, v: 1, ...event }) as StoredEvent);

/** Values that belong nowhere: wrong types, numbers out of any range, markup, prototype keys. */
const HOSTILE = [
  'null',
  'true',
  '-1',
  '1e308',
  '1.5',
  '""',
  '"<img src=x onerror=alert(1)>"',
  '"</script><script>alert(1)</script>"',
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '[[]]',
  `"${'x'.repeat(5000)}"`,
  `${'['.repeat(200)}${']'.repeat(200)}`,
];

/** Damaged versions of a whole file, the same in every run: cut, garbled, or with one value replaced. */
export function malformedFiles(count: number): { text: string; why: string }[] {
  const whole = exportProgress(WHOLE);
  const files = new Map<string, string>();
  const end = whole.trimEnd().length;
  for (let i = 0; i < 60; i += 1) files.set(whole.slice(0, Math.floor((i * end) / 60)), 'cut');
  const odd = [
    '[]',
    '{}',
    'null',
    '0',
    '"text"',
    '<!doctype html><script>alert(1)</script>',
    'id,at,kind\n1,2,review',
    `${whole}${whole}`,
    whole.replace('llm-interview-lab/progress', 'another-site/progress'),
    whole.replace('"schema":1', '"schema":0'),
    whole.replace('"schema":1', '"schema":"1"'),
    whole.replace('{"format"', '{"__proto__":{"polluted":1},"format"'),
    whole.replace(/"events":\[.*\]/s, '"events":{"length":3}'),
    whole.replaceAll('whole-3', 'whole-0'),
    '['.repeat(100_000),
    `{"format":"llm-interview-lab/progress","schema":1,"events":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ' '.repeat(50_000_001),
  ];
  for (const text of odd) files.set(text, 'odd');
  // Every value of every event, replaced by each hostile one, walked through with a stride.
  const damaged: string[] = [];
  for (const [i, event] of WHOLE.entries()) {
    for (const key of Object.keys(event)) {
      for (const value of HOSTILE) {
        const line = `{${Object.entries(event)
          .map(([k, v]) => `"${k}":${k === key ? value : JSON.stringify(v)}`)
          .join()}}`;
        const lines = WHOLE.map((e, j) => (j === i ? line : JSON.stringify(e)));
        damaged.push(
          `{"format":"llm-interview-lab/progress","schema":1,"events":[${lines.join(',\n')}]}`,
        );
      }
      const { [key]: _, ...without } = event as Record<string, unknown>;
      const lines = WHOLE.map((e, j) => JSON.stringify(j === i ? without : e));
      const optional = key === 'missed' || key === 'seed';
      if (!optional) {
        damaged.push(
          `{"format":"llm-interview-lab/progress","schema":1,"events":[${lines.join(',\n')}]}`,
        );
      }
    }
  }
  // What stays whole all the same: a kind nobody knows is kept, and a mark may be on.
  const kinds = new Set(WHOLE.map(({ kind }) => kind));
  const wrong = damaged.filter((text) => {
    const events = (JSON.parse(text) as { events: StoredEvent[] }).events;
    const foreign = events.some(({ kind }) => typeof kind === 'string' && kind && !kinds.has(kind));
    return !foreign && JSON.stringify(events) !== JSON.stringify(WHOLE);
  });
  // Spread over all of them.
  const missing = count - files.size;
  for (let i = 0; i < missing; i += 1) {
    files.set(wrong[Math.floor((i * wrong.length) / missing)] as string, 'value');
  }
  return [...files].map(([text, why]) => ({ text, why }));
}
