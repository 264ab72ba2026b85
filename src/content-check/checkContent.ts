import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LOCALES } from '../i18n/locale.ts';
import { type EngineModules, engineName } from '../markdown/engineNumber.ts';
import type { Drill } from '../quiz/drills/drill.ts';
import type { Correction } from '../schemas/correction.ts';
import type { Model } from '../schemas/model.ts';
import type { QuestionFacts } from '../schemas/question.ts';
import { checkText, type Names, nearest } from './checkText.ts';
import type { Problem } from './problem.ts';
import { type Content, type Entry, readContent, type TextEntry } from './readContent.ts';

/** What the code offers to authors: engines, drills and figures. */
export interface Code {
  engines: EngineModules;
  drills: Readonly<Record<string, Drill<unknown>>>;
  figures: ReadonlySet<string>;
}

/** Every mistake in content/ below `root`, in the order of the files. */
export function checkContent(root: string, code: Code): Problem[] {
  const content = readContent(root);
  const shared = {
    references: new Set(content.references.map(({ id }) => id)),
    terms: new Set(content.glossary.map(({ id }) => id)),
    figures: code.figures,
    engines: code.engines,
  };
  return [
    ...content.problems,
    ...duplicates(
      'content/references.json',
      content.references.map(({ id }) => id),
    ),
    ...sharedAddresses(content.references),
    ...duplicates(
      'content/corrections.json',
      content.corrections.map(({ id }) => id),
    ),
    ...content.corrections.flatMap((correction) => checkCorrection(correction, content)),
    ...duplicates(
      'content/models.json',
      content.models.map(({ id }) => id),
    ),
    ...content.models.flatMap((model) => checkModel(model, content)),
    ...duplicates(
      'content/glossary.json',
      content.glossary.map(({ id }) => id),
    ),
    ...[...content.topics, ...content.labs].flatMap((entry) =>
      checkTexts(entry, { ...shared, drawn: new Set() }),
    ),
    ...content.questions.flatMap((entry) =>
      checkTexts(entry, { ...shared, drawn: drawnNames(entry.facts, code) }),
    ),
    ...content.topics.flatMap(checkTopic),
    ...content.questions.flatMap((entry) => checkQuestion(entry, content, code)),
    ...content.labs.flatMap((entry) => checkQuiz(entry, content)),
    ...duplicateQuestionIds(content.questions),
  ].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : (a.line ?? 0) - (b.line ?? 0)));
}

/** Engines, drills and figures of the project at `root`, as Node loads them. */
export async function loadCode(root: string): Promise<Code> {
  const load = (path: string): Promise<Record<string, unknown>> =>
    import(pathToFileURL(join(root, path)).href);
  const engines: Record<string, Record<string, unknown>> = {};
  for (const entry of readdirSync(join(root, 'src/engines'), { withFileTypes: true })) {
    const path = `src/engines/${entry.name}/index.ts`;
    if (!existsSync(join(root, path))) continue;
    engines[engineName(path)] = await load(path);
  }
  const drills: Record<string, Drill<unknown>> = {};
  for (const file of readdirSync(join(root, 'src/quiz/drills'))) {
    if (file === 'drill.ts') continue;
    const module = await load(`src/quiz/drills/${file}`);
    if (module['default']) drills[file.replace(/\.ts$/, '')] = module['default'] as Drill<unknown>;
  }
  const figures = readdirSync(join(root, 'src/components/figures'))
    .filter((file) => file.endsWith('.astro'))
    .map((file) => file.replace(/\.astro$/, ''));
  return { engines, drills, figures: new Set(figures) };
}

function duplicates(file: string, ids: string[]): Problem[] {
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => ({ file, field: `${id}.id`, message: 'stands twice; allowed: each id once' }));
}

/** One source, one entry: two would stand apart on the references page, each with half of its uses. */
function sharedAddresses(references: Content['references']): Problem[] {
  const first = new Map<string, string>();
  return references.flatMap(({ id, url }) => {
    const other = first.get(url);
    if (!other) {
      first.set(url, id);
      return [];
    }
    const message = `"${url}" is the address of ${other} too; allowed: one entry for a source`;
    return [{ file: 'content/references.json', field: `${id}.url`, message }];
  });
}

function duplicateQuestionIds(questions: Entry<QuestionFacts>[]): Problem[] {
  const first = new Map<string, string>();
  return questions.flatMap(({ facts, factsFile }) => {
    if (!facts) return [];
    const other = first.get(facts.id);
    if (other)
      return [
        {
          file: factsFile,
          field: 'id',
          message: `"${facts.id}" is taken by ${other}; allowed: an id of its own`,
        },
      ];
    first.set(facts.id, factsFile);
    return [];
  });
}

/** Each text alone, then both against each other: same headings, same pitfalls, same citations. */
function checkTexts(entry: Entry<unknown>, names: Names): Problem[] {
  const { en, zh } = entry.texts;
  const problems = LOCALES.flatMap((locale) => {
    const text = entry.texts[locale];
    return text ? checkText(text, names) : [];
  });
  if (!en || !zh) return problems;
  const same = (field: string, of: (text: TextEntry) => string[]): void => {
    const [a, b] = [of(en), of(zh)];
    const index = a.findIndex((value, i) => value !== b[i]);
    const at = index === -1 && b.length > a.length ? a.length : index;
    if (at === -1) return;
    problems.push({
      file: zh.file,
      field,
      message: `both languages need the same in the same order; number ${at + 1} is "${b[at] ?? 'missing'}" here and "${a[at] ?? 'missing'}" in ${en.file}`,
    });
  };
  same('headings', ({ parsed }) =>
    parsed.headings.map(({ depth, id }) => `${'#'.repeat(depth)} ${id}`),
  );
  same('pitfalls', ({ parsed }) => idsOf(parsed, 'Pitfall'));
  const cited = ({ parsed }: TextEntry): string[] =>
    [
      ...new Set(
        parsed.elements
          .filter(({ name }) => name === 'Cite')
          .map(({ attributes }) => String(attributes['ref'])),
      ),
    ].sort();
  same('sources', cited);
  return problems;
}

function checkTopic(entry: Entry<unknown>): Problem[] {
  return LOCALES.flatMap((locale) => {
    const text = entry.texts[locale];
    if (!text) return [];
    const count = (name: string, attribute?: string, value?: string): number =>
      text.parsed.elements.filter(
        (element) =>
          element.name === name && (!attribute || element.attributes[attribute] === value),
      ).length;
    const missing: string[] = [];
    if (count('Say', 'for', '30s') !== 1) missing.push('one <Say for="30s">');
    if (count('Say', 'for', '2min') !== 1) missing.push('one <Say for="2min">');
    if (count('DeepDive') !== 1) missing.push('one <DeepDive>');
    if (count('Pitfalls') !== 1) missing.push('one <Pitfalls>');
    return missing.map((part) => ({
      file: text.file,
      field: 'text',
      message: `needs exactly ${part}`,
    }));
  });
}

function checkQuiz({ facts, factsFile }: Content['labs'][number], content: Content): Problem[] {
  const keys = new Set(content.questions.map(({ key }) => key));
  return (facts?.quiz ?? [])
    .filter((question) => !keys.has(question))
    .map((question) => ({
      file: factsFile,
      field: 'quiz',
      message: `"${question}" is no question; allowed: ${nearest(question, keys)}`,
    }));
}

function checkQuestion(entry: Entry<QuestionFacts>, content: Content, code: Code): Problem[] {
  const { facts, factsFile, key } = entry;
  if (!facts) return [];
  const problems: Problem[] = [];
  const say = (field: string, message: string, file = factsFile): void => {
    problems.push({ file, field, message });
  };
  const topic = content.topics.find((candidate) => candidate.key === key.split('/')[0]);
  if (topic?.facts && !facts.id.startsWith(`${topic.facts.prefix}-`)) {
    say('id', `"${facts.id}"; allowed: ${topic.facts.prefix}- and three digits`);
  }
  const passages = passagesOf(topic);
  if (passages) {
    if (!passages.has(facts.passage)) {
      say(
        'passage',
        `"${facts.passage}" is no heading or pitfall of the topic; allowed: ${nearest(facts.passage, passages)}`,
      );
    }
  }
  const keys = new Set(content.questions.map((question) => question.key));
  for (const followUp of facts.followUps) {
    if (followUp === key) say('followUps', 'names itself');
    else if (!keys.has(followUp))
      say('followUps', `"${followUp}" is no question; allowed: ${nearest(followUp, keys)}`);
  }
  if (facts.kind === 'choice' && !facts.options.includes(facts.correct)) {
    say('correct', `"${facts.correct}"; allowed: ${facts.options.join(', ')}`);
  }
  if (facts.kind === 'numeric' && !code.drills[facts.drill]) {
    say('drill', `"${facts.drill}" is no drill; allowed: ${Object.keys(code.drills).join(', ')}`);
  }
  for (const locale of LOCALES) {
    const text = entry.texts[locale];
    if (!text) continue;
    const { parsed, file } = text;
    const expect = (name: string, allowed: readonly string[]): void => {
      const found = idsOf(parsed, name);
      if (found.length === allowed.length && allowed.every((id) => found.includes(id))) return;
      const wrong = found.filter((id, i) => !allowed.includes(id) || found.indexOf(id) !== i);
      const missing = allowed.filter((id) => !found.includes(id));
      const what = [
        missing.length ? `missing: ${missing.join(', ')}` : '',
        wrong.length ? `not allowed: ${wrong.join(', ')}` : '',
      ];
      say(
        `<${name}>`,
        `${what.filter(Boolean).join('; ')}; allowed: ${allowed.join(', ') || 'none'}`,
        file,
      );
    };
    const count = (name: string): number =>
      parsed.elements.filter((element) => element.name === name).length;
    expect('KeyPoint', facts.kind === 'open' ? facts.keyPoints : []);
    expect('Option', facts.kind === 'choice' ? facts.options : []);
    if (facts.kind === 'choice' && count('Why') !== facts.options.length) {
      say(
        '<Why>',
        `${count('Why')} explanations for ${facts.options.length} options; allowed: exactly one in each <Option>`,
        file,
      );
    }
    if (facts.kind !== 'numeric' && count('Answer') !== 1)
      say('<Answer>', 'allowed: exactly one', file);
    if (facts.kind === 'numeric' && (count('Prompt') !== 1 || count('Solution') !== 1)) {
      say('<Solution>', 'a numeric question needs exactly one <Prompt> and one <Solution>', file);
    }
    if (count('Hint') > 3) say('<Hint>', `${count('Hint')} hints; allowed: at most 3`, file);
  }
  return problems;
}

function checkCorrection(
  { id, topic, passage, sources }: Correction,
  { topics, references }: Content,
): Problem[] {
  const problems: Problem[] = [];
  const say = (field: string, message: string): void => {
    problems.push({ file: 'content/corrections.json', field: `${id}.${field}`, message });
  };
  const passages = passagesOf(topics.find(({ key }) => key === topic));
  if (passages && !passages.has(passage)) {
    say(
      'passage',
      `"${passage}" is no heading or pitfall of the topic; allowed: ${nearest(passage, passages)}`,
    );
  }
  const known = new Set(references.map((reference) => reference.id));
  for (const { ref } of sources) {
    if (!known.has(ref)) say('sources', `"${ref}" is unknown; allowed: ${nearest(ref, known)}`);
  }
  return problems;
}

function checkModel({ id, ref }: Model, { references }: Content): Problem[] {
  const known = new Set(references.map((reference) => reference.id));
  if (known.has(ref)) return [];
  const message = `"${ref}" is unknown; allowed: ${nearest(ref, known)}`;
  return [{ file: 'content/models.json', field: `${id}.ref`, message }];
}

/** What a question or correction may point at: headings and pitfalls of the topic's page. */
function passagesOf(topic: Entry<unknown> | undefined): Set<string> | undefined {
  const parsed = topic?.texts.en?.parsed;
  if (!parsed) return undefined;
  return new Set([...parsed.headings.flatMap(({ id }) => id ?? []), ...idsOf(parsed, 'Pitfall')]);
}

function drawnNames(facts: QuestionFacts | undefined, { drills }: Code): Set<string> {
  const drill = facts?.kind === 'numeric' ? drills[facts.drill] : undefined;
  return new Set(drill ? Object.keys(drill.solve(drill.example).shown) : []);
}

function idsOf(
  parsed: { elements: { name: string; attributes: Record<string, unknown> }[] },
  name: string,
): string[] {
  return parsed.elements
    .filter((element) => element.name === name)
    .map(({ attributes }) => String(attributes['id']));
}
