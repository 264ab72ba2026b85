import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Code, checkContent } from '~/content-check/checkContent.ts';
import { problemLine } from '~/content-check/problem.ts';

const TOPIC_TEXT = `---
title: How does it work?
short: It
testing: Whether you know.
description: What it is.
aliases: [it]
---

<Say for="30s">
Short. It is <Engine call="memory.states" with={{ params: 7.5e9 }} pick="bytes" as="GB" />.
</Say>

<Say for="2min">
Longer <Cite ref="arxiv-1" at="§1" />.
</Say>

<DeepDive>

## Why it works [#why]

Because $x^2$ and <Term id="zero">ZeRO</Term>.

</DeepDive>

<Pitfalls>

<Pitfall id="wrong-order" wrong="Backwards.">
Forwards.
</Pitfall>

</Pitfalls>
`;

const OPEN_TEXT = `---
title: Why?
aliases: [why]
---

<Hint>Think.</Hint>

<Answer>
Because <Cite ref="arxiv-1" at="§2" />.
</Answer>

<KeyPoint id="one">One.</KeyPoint>

<KeyPoint id="two">Two.</KeyPoint>

<KeyPoint id="three">Three.</KeyPoint>
`;

const CHOICE_TEXT = `---
title: Which?
aliases: [which]
---

<Option id="this">This. <Why>It is.</Why></Option>

<Option id="that">That. <Why>It is not.</Why></Option>

<Option id="other">Other. <Why>Neither.</Why></Option>

<Answer>
This.
</Answer>
`;

const NUMERIC_TEXT = `---
title: How many?
aliases: [many]
---

<Prompt>
With <Drawn name="gpus" /> GPUs?
</Prompt>

<Solution>
It is <Drawn name="answer" />.
</Solution>
`;

const shared = { level: 2, checked: '2026-11-24', passage: 'why', followUps: [] };

/** A small content/ folder without a mistake: one topic and one question of each kind. */
export const SOUND: Readonly<Record<string, unknown>> = {
  'content/topics/deepspeed/topic.json': {
    order: 4,
    prefix: 'ds',
    checked: '2026-11-24',
  },
  'content/topics/deepspeed/en.mdx': TOPIC_TEXT,
  'content/topics/deepspeed/zh-CN.mdx': TOPIC_TEXT,
  'content/questions/deepspeed/why/question.json': {
    id: 'ds-001',
    kind: 'open',
    ...shared,
    keyPoints: ['one', 'two', 'three'],
    followUps: ['deepspeed/which'],
  },
  'content/questions/deepspeed/why/en.mdx': OPEN_TEXT,
  'content/questions/deepspeed/why/zh-CN.mdx': OPEN_TEXT,
  'content/questions/deepspeed/which/question.json': {
    id: 'ds-002',
    kind: 'choice',
    ...shared,
    options: ['this', 'that', 'other'],
    correct: 'this',
  },
  'content/questions/deepspeed/which/en.mdx': CHOICE_TEXT,
  'content/questions/deepspeed/which/zh-CN.mdx': CHOICE_TEXT,
  'content/questions/deepspeed/many/question.json': {
    id: 'ds-003',
    kind: 'numeric',
    ...shared,
    drill: 'bytes',
  },
  'content/questions/deepspeed/many/en.mdx': NUMERIC_TEXT,
  'content/questions/deepspeed/many/zh-CN.mdx': NUMERIC_TEXT,
  'content/references.json': [
    {
      id: 'arxiv-1',
      kind: 'paper',
      title: 'A paper',
      authors: 'Someone',
      year: 2020,
      venue: 'arXiv',
      url: 'https://arxiv.org/abs/1',
    },
  ],
  'content/corrections.json': [
    {
      id: 'backwards',
      topic: 'deepspeed',
      grade: 'wrong',
      wrong: { en: 'Backwards.', zh: '反的。' },
      right: { en: 'Forwards.', zh: '正的。' },
      sources: [{ ref: 'arxiv-1', at: '§1' }],
      passage: 'wrong-order',
    },
  ],
  'content/models.json': [
    {
      id: 'gpt-0',
      name: 'GPT-0',
      org: 'Someone',
      makers: ['Someone'],
      family: 'GPT',
      released: '2017-06',
      field: 'language',
      architecture: 'decoder',
      objectives: ['next-token'],
      weights: 'open',
      sizes: [{ total: 100e6, active: 100e6 }],
      sizesFrom: 'published',
      tokens: null,
      context: 512,
      unverified: [],
      idea: { en: 'First.', zh: '第一个。' },
      ref: 'arxiv-1',
      landmark: false,
      inSeed: false,
    },
  ],
  'content/glossary.json': [
    {
      id: 'zero',
      topic: 'deepspeed',
      en: 'ZeRO',
      zh: '零冗余',
      aliases: [],
      def: { en: 'Sharded.', zh: '切分。' },
    },
  ],
};

const CODE: Code = {
  engines: {
    memory: {
      states: ({ params }: { params: number }) => {
        if (params < 0) throw new RangeError(`params must be ≥ 0, got ${params}`);
        return { bytes: 16 * params };
      },
    },
  },
  drills: {
    bytes: {
      example: {},
      draw: () => ({}),
      solve: () => ({ value: 1, unit: 'bytes', tolerance: 0, shown: { gpus: '64', answer: '1' } }),
    },
  },
  figures: new Set(['Bars']),
};

type Change = Readonly<Record<string, unknown>>;

/** Writes sound content with the given files changed (null: left out) and returns the lines an author would see. */
export function linesFor(change: Change): string[] {
  const root = mkdtempSync(join(tmpdir(), 'content-'));
  try {
    for (const [file, value] of Object.entries({ ...SOUND, ...change })) {
      if (value === null) continue;
      mkdirSync(join(root, dirname(file)), { recursive: true });
      writeFileSync(join(root, file), typeof value === 'string' ? value : JSON.stringify(value));
    }
    return checkContent(root, CODE).map(problemLine);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** A sound file with one piece of its text replaced. */
export function edited(file: string, from: string, to: string): Change {
  const text = String(SOUND[file]);
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return { [file]: text.replace(from, to) };
}

/** Sound facts with some keys changed; undefined takes a key out. */
export function facts(file: string, change: object): Change {
  return { [file]: { ...(SOUND[file] as object), ...change } };
}
