import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readAnkiPackage } from 'anki-reader';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readContent } from '~/content-check/readContent.ts';
import { LOCALES } from '~/i18n/locale.ts';

const facts = readContent(process.cwd()).questions.flatMap(({ key, facts: known }) =>
  known ? [{ key, ...known }] : [],
);

interface Row {
  guid: string;
  deck: string;
  fields: string[];
  tags: string[];
}

/** Reads a text file by Anki's rules: headers first, then quoted fields between separators. */
function readText(text: string): { headers: Map<string, string>; rows: Row[] } {
  const lines = text.split('\n');
  expect(lines.pop()).toBe('');
  const count = lines.findIndex((line) => !line.startsWith('#'));
  const headers = new Map(
    lines.slice(0, count).map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(1, colon), line.slice(colon + 1)];
    }),
  );
  const column = (name: string): number => Number(headers.get(`${name} column`)) - 1;
  const special = ['guid', 'deck', 'tags'].map(column);
  const rows = lines.slice(count).map((line): Row => {
    const cells = line.split('\t').map((cell) => {
      expect(cell).toMatch(/^"(?:[^"]|"")*"$/);
      return cell.slice(1, -1).replaceAll('""', '"');
    });
    const cell = (name: string): string => cells[column(name)] ?? '';
    return {
      guid: cell('guid'),
      deck: cell('deck'),
      fields: cells.filter((_, index) => !special.includes(index)),
      tags: cell('tags').split(' '),
    };
  });
  return { headers, rows };
}

interface NoteRow {
  id: number;
  guid: string;
  mid: number;
  mod: number;
  tags: string;
  flds: string;
}

/** Reads a package by SQLite alone. */
function readPackage(file: string): { notes: NoteRow[]; cards: number; media: unknown } {
  const files = unzipSync(readFileSync(file));
  const folder = mkdtempSync(join(tmpdir(), 'anki-test-'));
  const path = join(folder, 'collection');
  writeFileSync(path, files['collection.anki2'] ?? new Uint8Array());
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    const notes = database
      .prepare('SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id')
      .all() as unknown as NoteRow[];
    const joined = database
      .prepare('SELECT count(*) AS n FROM cards JOIN notes ON notes.id = cards.nid')
      .get();
    return {
      notes,
      cards: Number(joined?.['n']),
      media: JSON.parse(new TextDecoder().decode(files['media'])),
    };
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

describe.each(LOCALES)('the deck for Anki in %s', (locale) => {
  const file = `dist/anki/llm-interview-lab-${locale}`;
  const { headers, rows } = readText(readFileSync(`${file}.txt`, 'utf8'));
  const { notes, cards, media } = readPackage(`${file}.apkg`);
  const byGuid = new Map(notes.map((note) => [note.guid, note]));

  it('has one note with one card for every question, and no media', () => {
    const guids = facts.map(({ id }) => `llm-interview-lab:${id}:${locale}`).sort();
    expect(notes.map(({ guid }) => guid).sort()).toEqual(guids);
    expect(rows.map(({ guid }) => guid).sort()).toEqual(guids);
    expect(new Set(notes.map(({ id }) => id)).size).toBe(facts.length);
    expect(cards).toBe(facts.length);
    expect(media).toEqual({});
  });

  it('says the same in both files', () => {
    expect(Object.fromEntries(headers)).toMatchObject({ separator: 'Tab', html: 'true' });
    for (const { guid, fields, tags } of rows) {
      expect(byGuid.get(guid)?.flds.split('\x1f')).toEqual(fields);
      expect(byGuid.get(guid)?.tags.trim().split(' ')).toEqual(tags);
    }
  });

  it('tags by topic, level and kind, and dates by the day a text was checked', () => {
    const level = { 1: '1-screening', 2: '2-core', 3: '3-senior' };
    for (const question of facts) {
      const note = byGuid.get(`llm-interview-lab:${question.id}:${locale}`);
      expect(note?.mod).toBe(Date.parse(question.checked) / 1000);
      expect(note?.tags.trim().split(' ')).toEqual([
        `llm-interview-lab::topic::${question.key.split('/')[0]}`,
        `llm-interview-lab::level::${level[question.level]}`,
        `llm-interview-lab::kind::${question.kind}`,
      ]);
    }
  });

  it('is read by an independent reader', async () => {
    const { collection, media: files } = await readAnkiPackage(
      new Blob([readFileSync(`${file}.apkg`)]),
    );
    expect(files).toEqual({});
    const own = Object.values(collection.getDecks()).filter(
      (deck) => Object.keys(deck.getCards()).length > 0,
    );
    expect(own.map((deck) => deck.getName())).toEqual([rows[0]?.deck]);
    const read = Object.values(own[0]?.getCards() ?? {});
    expect(read).toHaveLength(facts.length);
    const backs = new Map(rows.map(({ fields: [front, back] }) => [front, back]));
    for (const card of read) {
      const { Front = '', Back = '' } = card.getFields();
      expect(backs.get(Front)).toBe(Back);
      expect(card.getModel().getName()).toBe(headers.get('notetype'));
      expect(card.getQuestions()).toHaveLength(1);
    }
  });

  it('has formulas as TeX, code as code, and nothing of the page around it', () => {
    const all = rows.map(({ fields }) => fields.join(' ')).join(' ');
    expect(all).not.toMatch(/katex|<annotation|<span|<input|<svg|class=|style=|\$\$/);
    const formulas = [...all.matchAll(/\\\((.*?)\\\)|\\\[(.*?)\\\]/g)];
    const onPages = rows.reduce((sum, { guid }) => {
      const key = facts.find(({ id }) => guid.includes(`:${id}:`))?.key;
      const page = `dist/${locale === 'en' ? '' : 'zh/'}questions/${key}/index.html`;
      const html = readFileSync(page, 'utf8').split('class="question-text"')[1] ?? '';
      return sum + (html.split('class="own-page"')[0]?.match(/<annotation/g)?.length ?? 0);
    }, 0);
    expect(formulas).toHaveLength(onPages);
    expect(onPages).toBeGreaterThan(0);
    expect(all).toContain('<code>');
  });

  it('leads back to the question and its passage, and to nothing relative', () => {
    for (const { guid, fields } of rows) {
      const key = facts.find(({ id }) => guid.includes(`:${id}:`))?.key;
      const links = [...fields.join(' ').matchAll(/href="([^"]*)"/g)].map(([, link = '']) => link);
      expect(links.filter((link) => !/^https?:\/\//.test(link))).toEqual([]);
      const folder = locale === 'en' ? '' : 'zh/';
      expect(links.some((link) => link.endsWith(`/${folder}questions/${key}/`))).toBe(true);
      const topic = `/${folder}topics/${key?.split('/')[0]}/#`;
      expect(links.some((link) => link.includes(topic))).toBe(true);
    }
  });

  it('asks a choice with letters and explains each option', () => {
    for (const { id } of facts.filter(({ kind }) => kind === 'choice')) {
      const [front = '', back = ''] =
        byGuid.get(`llm-interview-lab:${id}:${locale}`)?.flds.split('\x1f') ?? [];
      const asked = [...front.matchAll(/<p><b>([A-F])<\/b>\. /g)].map(([, letter]) => letter);
      const explained = [...back.matchAll(/<p><b>([A-F]) · /g)].map(([, letter]) => letter);
      expect(asked.length).toBeGreaterThan(2);
      expect(explained.toSorted()).toEqual(asked);
    }
  });
});

it('keeps one order of options, note type and numbering in both languages, and no key twice', () => {
  const [en, zh] = LOCALES.map(
    (locale) => readPackage(`dist/anki/llm-interview-lab-${locale}.apkg`).notes,
  );
  const base = (notes: NoteRow[] = []) => notes.map(({ guid }) => guid.replace(/:(en|zh)$/, ''));
  const answers = (notes: NoteRow[] = []) =>
    notes.map(({ flds }) => /^<p><b>([A-F]) · /.exec(flds.split('\x1f')[1] ?? '')?.[1]);
  expect(base(en)).toEqual(base(zh));
  expect(answers(en)).toEqual(answers(zh));
  expect(new Set([...(en ?? []), ...(zh ?? [])].map(({ mid }) => mid)).size).toBe(1);
  const ids = [...(en ?? []), ...(zh ?? [])].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
