import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { z } from 'astro/zod';
import { LOCALES, type Locale, TEXT_FILE } from '../i18n/locale.ts';
import { type ParsedText, parseText } from '../markdown/parseText.ts';
import type { TextKind } from '../markdown/textComponents.ts';
import { type Correction, correctionSchema } from '../schemas/correction.ts';
import { type GlossaryTerm, glossarySchema } from '../schemas/glossary.ts';
import { labSchema, labTextSchema } from '../schemas/lab.ts';
import { type Model, modelSchema } from '../schemas/model.ts';
import { type QuestionFacts, questionSchema, questionTextSchema } from '../schemas/question.ts';
import { type Reference, referenceSchema } from '../schemas/reference.ts';
import { TOPICS } from '../schemas/shared.ts';
import { type TopicFacts, topicSchema, topicTextSchema } from '../schemas/topic.ts';
import type { Problem } from './problem.ts';
import { validate } from './validate.ts';

export interface TextEntry {
  file: string;
  kind: TextKind;
  parsed: ParsedText;
  title: string;
}

/** One folder of content: its facts and both texts, as far as they could be read. */
export interface Entry<F> {
  /** `mixed-precision` or `mixed-precision/slug`. */
  key: string;
  factsFile: string;
  facts?: F;
  texts: Partial<Record<Locale, TextEntry>>;
}

export interface Content {
  topics: Entry<TopicFacts>[];
  questions: Entry<QuestionFacts>[];
  labs: Entry<z.infer<typeof labSchema>>[];
  references: Reference[];
  glossary: GlossaryTerm[];
  corrections: Correction[];
  models: Model[];
  problems: Problem[];
}

/** Reads content/ below `root`; everything that does not fit its schema is in `problems`. */
export function readContent(root: string): Content {
  const problems: Problem[] = [];
  const read = { root, problems };
  const topics = folders(read, 'content/topics', 1).map((folder) =>
    readEntry(read, 'topic', folder, topicSchema, topicTextSchema),
  );
  const questions = folders(read, 'content/questions', 2).map((folder) =>
    readEntry(read, 'question', folder, questionSchema, questionTextSchema),
  );
  const labs = folders(read, 'content/labs', 1).map((folder) =>
    readEntry(read, 'lab', folder, labSchema, labTextSchema),
  );
  const references = readList(read, 'content/references.json', referenceSchema);
  const glossary = readList(read, 'content/glossary.json', glossarySchema);
  const corrections = readList(read, 'content/corrections.json', correctionSchema);
  const models = readList(read, 'content/models.json', modelSchema);
  return { topics, questions, labs, references, glossary, corrections, models, problems };
}

interface Reading {
  root: string;
  problems: Problem[];
}

function folders({ root, problems }: Reading, base: string, depth: 1 | 2): string[] {
  const from = join(root, base);
  if (!existsSync(from)) return [];
  const found: string[] = [];
  for (const name of readdirSync(from).sort()) {
    const path = join(from, name);
    const file = relative(root, path);
    if (!statSync(path).isDirectory()) {
      problems.push({ file, field: 'file', message: 'unexpected; allowed: folders' });
    } else if (depth === 2) {
      found.push(...folders({ root, problems }, file, 1));
    } else {
      found.push(file);
    }
  }
  const topic = base === 'content/topics' || depth === 2 ? readdirSync(from) : [];
  for (const name of topic) {
    if (!(TOPICS as readonly string[]).includes(name)) {
      problems.push({
        file: `${base}/${name}`,
        field: 'folder',
        message: `unknown topic; allowed: ${TOPICS.join(', ')}`,
      });
    }
  }
  return found;
}

function readEntry<S extends z.ZodType, T extends z.ZodType>(
  reading: Reading,
  kind: TextKind,
  folder: string,
  schema: S,
  textSchema: T,
): Entry<z.infer<S>> {
  const { root, problems } = reading;
  const factsFile = `${folder}/${kind}.json`;
  const names = [`${kind}.json`, ...LOCALES.map((locale) => `${TEXT_FILE[locale]}.mdx`)];
  for (const name of readdirSync(join(root, folder))) {
    if (!names.includes(name)) {
      problems.push({
        file: `${folder}/${name}`,
        field: 'file',
        message: `unexpected; allowed: ${names.join(', ')}`,
      });
    }
  }
  for (const name of names) {
    if (!existsSync(join(root, folder, name))) {
      problems.push({
        file: `${folder}/${name}`,
        field: 'file',
        message: 'missing; every folder holds its facts and both languages',
      });
    }
  }
  const facts = readJson(reading, factsFile);
  const entry: Entry<z.infer<S>> = {
    key: folder.split('/').slice(2).join('/'),
    factsFile,
    texts: {},
  };
  if (facts !== undefined) {
    const checked = validate(schema, facts, factsFile);
    problems.push(...checked.problems);
    entry.facts = checked.data;
  }
  for (const locale of LOCALES) {
    const file = `${folder}/${TEXT_FILE[locale]}.mdx`;
    const text = existsSync(join(root, file)) ? readText(reading, file) : undefined;
    if (!text) continue;
    const checked = validate(textSchema, text.frontmatter, file);
    problems.push(...checked.problems);
    const title = String(Object(text.frontmatter)['title'] ?? '');
    entry.texts[locale] = { file, kind, parsed: text, title };
  }
  return entry;
}

function readText({ root, problems }: Reading, file: string): ParsedText | undefined {
  try {
    return parseText(readFileSync(join(root, file), 'utf8'));
  } catch (error) {
    const { message, line } = error as Error & { line?: number };
    const named = line ?? /\((\d+):\d+/.exec(message)?.[1];
    problems.push({ file, line: named ? Number(named) : undefined, field: 'text', message });
    return undefined;
  }
}

function readJson({ root, problems }: Reading, file: string): unknown {
  if (!existsSync(join(root, file))) return undefined;
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8'));
  } catch (error) {
    problems.push({ file, field: 'file', message: `not JSON: ${(error as Error).message}` });
    return undefined;
  }
}

function readList<S extends z.ZodType>(reading: Reading, file: string, schema: S): z.infer<S>[] {
  const list = readJson(reading, file);
  if (list === undefined) {
    if (!existsSync(join(reading.root, file))) {
      reading.problems.push({ file, field: 'file', message: 'missing' });
    }
    return [];
  }
  if (!Array.isArray(list)) {
    reading.problems.push({ file, field: 'file', message: 'allowed: a list' });
    return [];
  }
  return list.flatMap((item, index) => {
    const { data, problems } = validate(schema, item, file);
    const id = Object(item)['id'];
    const place = typeof id === 'string' ? id : String(index);
    reading.problems.push(...problems.map((p) => ({ ...p, field: `${place}.${p.field}` })));
    return data === undefined ? [] : [data];
  });
}
