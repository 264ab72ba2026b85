/** Questions by the thousand, for measuring: copies of the real ones in other words. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprints } from '../catalog/stale.ts';
import { LANG, LOCALES, type Locale, TEXT_FILE } from '../i18n/locale.ts';
import { generator } from '../progress/simulate.ts';
import type { QuestionFacts } from '../schemas/question.ts';

/** A copy, and a name that stands in its title and in no other text. */
export interface Copied {
  key: string;
  name: string;
}

/** Of the words of a text, this share is exchanged for words of other texts. */
const EXCHANGED = 0.3;

/** What is no prose: tags, formulas, code, addresses, ids of headings. */
const FIXED =
  /<[^>]*>|\$\$[\s\S]*?\$\$|\$[^$\n]*\$|```[\s\S]*?```|`[^`\n]*`|\]\([^)]*\)|\[#[^\]]*\]|&\w+;/g;

/**
 * Writes `count` questions in both languages beside those of the project at `root`: same parts and
 * sources, other words, so that neither an index nor a compressor finds one text again and again.
 */
export function writeManyQuestions(root: string, count: number): Copied[] {
  const folder = join(root, 'content/questions');
  const keys = readdirSync(folder)
    .sort()
    .flatMap((topic) =>
      readdirSync(join(folder, topic))
        .sort()
        .map((slug) => `${topic}/${slug}`),
    );
  const facts = new Map(
    keys.map((key) => [
      key,
      JSON.parse(readFileSync(join(folder, key, 'question.json'), 'utf8')) as QuestionFacts,
    ]),
  );
  const text = (key: string, locale: Locale): string =>
    readFileSync(join(folder, key, `${TEXT_FILE[locale]}.mdx`), 'utf8');
  const vocabulary = Object.fromEntries(
    LOCALES.map((locale) => [locale, keys.flatMap((key) => wordsOf(text(key, locale), locale))]),
  ) as Record<Locale, string[]>;
  const random = generator(1);
  const ids = new Set([...facts.values()].map(({ id }) => id));
  const sources = Array.from({ length: count }, (_, index) => keys[index % keys.length]!);
  const copyOf = (key: string, index: number): string =>
    `${key}-${Math.floor(index / keys.length)}`;
  const copies = new Set(sources.map(copyOf));
  return sources.map((source, index) => {
    const key = copyOf(source, index);
    const name = inventedName(random);
    const own = facts.get(source)!;
    mkdirSync(join(folder, key), { recursive: true });
    for (const locale of LOCALES) {
      const words = otherWords(text(source, locale), locale, vocabulary[locale], random);
      const named = words
        .replace('title: ', `title: ${name}${locale === 'zh' ? '，' : ', '}`)
        .replace(/^aliases: .*$/m, `aliases: [${inventedName(random)} ${inventedName(random)}]`);
      writeFileSync(join(folder, key, `${TEXT_FILE[locale]}.mdx`), named);
    }
    const followUps = own.followUps.map((next) => {
      const copy = copyOf(next, index);
      return copies.has(copy) ? copy : next;
    });
    const agreed = fingerprints(`questions/${key}`, root);
    const copied = { ...own, id: nextId(own.id, ids), followUps, agreed };
    writeFileSync(join(folder, key, 'question.json'), JSON.stringify(copied, null, 2));
    return { key, name };
  });
}

function nextId(id: string, taken: Set<string>): string {
  const prefix = id.split('-')[0];
  for (let number = 1; number < 1000; number++) {
    const next = `${prefix}-${String(number).padStart(3, '0')}`;
    if (taken.has(next)) continue;
    taken.add(next);
    return next;
  }
  throw new RangeError(`${prefix}: an id has three digits, so a topic has at most 999 questions`);
}

const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu'.split(' ');

function inventedName(random: () => number): string {
  const name = Array.from(
    { length: 4 },
    () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]!,
  ).join('');
  return name[0]!.toUpperCase() + name.slice(1);
}

interface Piece {
  text: string;
  /** May be exchanged for another. */
  isWord: boolean;
}

function piecesOf(source: string, locale: Locale): Piece[] {
  const segmenter = new Intl.Segmenter(LANG[locale], { granularity: 'word' });
  const words = /\p{Script=Han}{2,}|^[a-z]{3,}$/u;
  const free = (text: string): Piece[] =>
    [...segmenter.segment(text)].map(({ segment }) => ({
      text: segment,
      isWord: words.test(segment),
    }));
  const [, head = '', body = ''] = /^(---\n[\s\S]*?\n---\n)([\s\S]*)$/.exec(source) ?? [];
  // A title keeps its words: it was written to fit its preview image.
  const pieces: Piece[] = [{ text: head, isWord: false }];
  let at = 0;
  for (const { 0: fixed, index } of body.matchAll(FIXED)) {
    pieces.push(...free(body.slice(at, index)), { text: fixed, isWord: false });
    at = index + fixed.length;
  }
  return [...pieces, ...free(body.slice(at))];
}

function wordsOf(source: string, locale: Locale): string[] {
  return piecesOf(source, locale).flatMap(({ text, isWord }) => (isWord ? text : []));
}

/** Now and then a word that no text has yet: as texts grow in number, so do their words. */
function otherWords(
  source: string,
  locale: Locale,
  vocabulary: readonly string[],
  random: () => number,
): string {
  return piecesOf(source, locale)
    .map(({ text, isWord }) => {
      if (!isWord || random() > EXCHANGED) return text;
      if (random() < 0.05) return inventedName(random);
      return vocabulary[Math.floor(random() * vocabulary.length)]!;
    })
    .join('');
}
