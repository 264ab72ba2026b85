import { describe, expect, it } from 'vitest';
import { edited, facts, linesFor, SOUND } from './fixture.ts';

const TOPIC = 'content/topics/deepspeed/en.mdx';
const WHY = 'content/questions/deepspeed/why/question.json';
const WHICH = 'content/questions/deepspeed/which/question.json';
const MANY = 'content/questions/deepspeed/many/question.json';
const corrections = SOUND['content/corrections.json'] as object[];
const models = SOUND['content/models.json'] as object[];
const references = SOUND['content/references.json'] as object[];

/** Each mistake of an author's, and the one line it must lead to: file, field, what is allowed. */
const MISTAKES: [string, Readonly<Record<string, unknown>>, RegExp][] = [
  [
    'a wrong key',
    facts(WHY, { levle: 2 }),
    /why\/question\.json: levle: unknown key; allowed: .*level/,
  ],
  ['a missing key', facts(WHY, { level: undefined }), /question\.json: level: .*allowed: 1, 2, 3/],
  ['a wrong level', facts(WHY, { level: 4 }), /question\.json: level: got 4; allowed: 1, 2, 3/],
  ['a wrong kind', facts(WHY, { kind: 'essay' }), /question\.json: kind: .*essay.*allowed: .*open/],
  ['a bad date', facts(WHY, { checked: '24.11.2026' }), /checked: .*allowed: a date as YYYY-MM-DD/],
  ['too few key points', facts(WHY, { keyPoints: ['one'] }), /keyPoints: /],
  [
    'a lab that quizzes with a question that is not there',
    {
      'content/labs/zero/lab.json': {
        order: 1,
        topic: 'deepspeed',
        checked: '2026-11-24',
        quiz: ['deepspeed/why', 'deepspeed/whom'],
      },
    },
    /labs\/zero\/lab\.json: quiz: "deepspeed\/whom" is no question; allowed: .*deepspeed\/why/,
  ],
  ['not JSON', { [WHY]: '{ "id": ' }, /why\/question\.json: file: not JSON/],
  [
    'a missing language',
    { 'content/questions/deepspeed/why/zh-CN.mdx': null },
    /why\/zh-CN\.mdx: file: missing/,
  ],
  [
    'a stray file',
    { 'content/questions/deepspeed/why/notes.txt': 'x' },
    /notes\.txt: file: unexpected; allowed: question\.json, en\.mdx, zh-CN\.mdx/,
  ],
  [
    'an unknown topic',
    { 'content/topics/rlhf/topic.json': SOUND['content/topics/deepspeed/topic.json'] },
    /topics\/rlhf: folder: unknown topic; allowed: pretrained-models/,
  ],
  [
    'an unknown reference',
    edited(TOPIC, 'arxiv-1', 'arxiv-2'),
    /en\.mdx:\d+: <Cite> ref: "arxiv-2" is unknown; allowed: arxiv-1/,
  ],
  [
    'an unknown term',
    edited(TOPIC, 'id="zero"', 'id="zerro"'),
    /<Term> id: "zerro" is unknown; allowed: zero/,
  ],
  [
    'an unknown component',
    edited(TOPIC, '<Term id="zero">ZeRO</Term>', '<Tooltip>ZeRO</Tooltip>'),
    /<Tooltip>: unknown component; allowed: .*Term/,
  ],
  [
    'an unknown attribute',
    edited(TOPIC, 'at="§1"', 'page="1"'),
    /<Cite> page: unknown attribute; allowed: ref, at/,
  ],
  [
    'a component out of place',
    edited(TOPIC, 'Because', '<Drawn name="gpus" />'),
    /<Drawn>: stands alone; allowed inside: Prompt/,
  ],
  ['code in braces', edited(TOPIC, 'Because', '{process.exit()}'), /<\{\}>: braces run code/],
  [
    'an unknown engine function',
    edited(TOPIC, 'memory.states', 'memory.stats'),
    /<Engine>: call: no "stats" in memory; allowed: states/,
  ],
  [
    'an engine argument out of range',
    edited(TOPIC, '7.5e9', '-1'),
    /<Engine>: with: memory\.states refuses it: params must be ≥ 0, got -1/,
  ],
  [
    'an engine argument that is code',
    edited(TOPIC, '7.5e9', 'Math.PI'),
    /<Engine> with: allowed: literal values only/,
  ],
  [
    'a part the result does not have',
    edited(TOPIC, 'pick="bytes"', 'pick="byte"'),
    /<Engine>: pick: nothing at "byte".*allowed: bytes/,
  ],
  [
    'an unknown number format',
    edited(TOPIC, 'as="GB"', 'as="gigs"'),
    /<Engine>: as: "gigs" is no format; allowed: /,
  ],
  [
    'a heading without an id',
    edited(TOPIC, ' [#why]', ''),
    /heading "Why it works": no id; allowed: /,
  ],
  [
    'headings that differ between languages',
    edited(TOPIC, '[#why]', '[#why-not]'),
    /zh-CN\.mdx: headings: .*"## why" here and "## why-not"/,
  ],
  [
    'sources that differ between languages',
    edited(TOPIC, ' <Cite ref="arxiv-1" at="§1" />', ''),
    /zh-CN\.mdx: sources: /,
  ],
  [
    'a topic without its spoken answer',
    edited(TOPIC, '<Say for="30s">', '<Say for="2min">'),
    /needs exactly one <Say for="30s">/,
  ],
  [
    'a wrong length of speech',
    edited(TOPIC, 'for="30s"', 'for="1min"'),
    /<Say> for: "1min" is unknown; allowed: 2min, 30s/,
  ],
  ['text that is not MDX', edited(TOPIC, '</DeepDive>', ''), /en\.mdx:\d+: text: /],
  [
    'front matter with a wrong key',
    edited(TOPIC, 'short: It', 'shrt: It'),
    /en\.mdx: shrt: unknown key; allowed: .*short/,
  ],
  [
    'an option without its explanation',
    edited('content/questions/deepspeed/which/en.mdx', ' <Why>It is not.</Why>', ''),
    /en\.mdx: <Why>: 2 explanations for 3 options/,
  ],
  [
    'an option too few',
    edited(
      'content/questions/deepspeed/which/en.mdx',
      '<Option id="that">That. <Why>It is not.</Why></Option>\n',
      '',
    ),
    /<Option>: missing: that; allowed: this, that, other/,
  ],
  [
    'an option of another name',
    edited('content/questions/deepspeed/which/en.mdx', 'id="that"', 'id="thaat"'),
    /<Option>: missing: that; not allowed: thaat/,
  ],
  [
    'a right answer that is no option',
    facts(WHICH, { correct: 'none' }),
    /correct: "none"; allowed: this, that, other/,
  ],
  [
    'a key point missing from a text',
    edited('content/questions/deepspeed/why/en.mdx', '<KeyPoint id="two">Two.</KeyPoint>\n', ''),
    /<KeyPoint>: missing: two/,
  ],
  [
    'four hints',
    edited(
      'content/questions/deepspeed/why/en.mdx',
      '<Hint>Think.</Hint>',
      '<Hint>a</Hint>\n\n<Hint>b</Hint>\n\n<Hint>c</Hint>\n\n<Hint>d</Hint>',
    ),
    /<Hint>: 4 hints; allowed: at most 3/,
  ],
  [
    'an unknown drill',
    facts(MANY, { drill: 'bites' }),
    /drill: "bites" is no drill; allowed: bytes/,
  ],
  [
    'a drawn number the drill has not',
    edited('content/questions/deepspeed/many/en.mdx', 'name="gpus"', 'name="gpu"'),
    /<Drawn> name: "gpu" is unknown; allowed: gpus/,
  ],
  [
    'a duplicate question id',
    facts(WHICH, { id: 'ds-001' }),
    /question\.json: id: "ds-001" is taken by .*question\.json/,
  ],
  [
    'an id of another topic',
    facts(WHICH, { id: 'mp-001' }),
    /id: "mp-001"; allowed: ds- and three digits/,
  ],
  [
    'a passage that is not there',
    facts(WHY, { passage: 'whi' }),
    /passage: "whi" is no heading or pitfall of the topic; allowed: why/,
  ],
  [
    'a follow-up that is not there',
    facts(WHY, { followUps: ['deepspeed/witch'] }),
    /followUps: "deepspeed\/witch" is no question; allowed: deepspeed\/which/,
  ],
  [
    'a duplicate reference',
    { 'content/references.json': [...references, ...references] },
    /references\.json: arxiv-1\.id: stands twice/,
  ],
  [
    'a reference without https',
    { 'content/references.json': [{ ...references[0], url: 'ftp://x' }] },
    /references\.json: arxiv-1\.url: .*allowed: an https address/,
  ],
  [
    'two references with one address',
    { 'content/references.json': [...references, { ...references[0], id: 'arxiv-1-again' }] },
    /references\.json: arxiv-1-again\.url: "https:.*" is the address of arxiv-1 too; allowed: one entry/,
  ],
  [
    'a straight apostrophe in a title',
    edited('content/questions/deepspeed/why/en.mdx', 'title: Why?', "title: Why's that?"),
    /why\/en\.mdx: title: got "Why's that\?"; allowed: curled quotes and apostrophes/,
  ],
  [
    'a straight apostrophe in a circulating mistake',
    edited(TOPIC, 'wrong="Backwards."', 'wrong="It\'s backwards."'),
    /en\.mdx:\d+: <Pitfall> wrong: straight quote; allowed: curled/,
  ],
  [
    'a correction without a source',
    { 'content/corrections.json': [{ ...corrections[0], sources: [{ ref: 'arxiv-9' }] }] },
    /corrections\.json: backwards\.sources: "arxiv-9" is unknown; allowed: arxiv-1/,
  ],
  [
    'a correction whose passage is not there',
    { 'content/corrections.json': [{ ...corrections[0], passage: 'nowhere' }] },
    /corrections\.json: backwards\.passage: "nowhere" is no heading or pitfall/,
  ],
  [
    'a model whose source is unknown',
    { 'content/models.json': [{ ...models[0], ref: 'arxiv-9' }] },
    /models\.json: gpt-0\.ref: "arxiv-9" is unknown; allowed: arxiv-1/,
  ],
];

describe('content check', () => {
  it('finds nothing in sound content', () => {
    expect(linesFor({})).toEqual([]);
  });

  it.each(MISTAKES)('names %s in one line', (_name, change, line) => {
    const lines = linesFor(change);
    expect(lines.filter((found) => line.test(found))).toHaveLength(1);
    for (const found of lines) expect(found).not.toContain('\n');
  });
});
