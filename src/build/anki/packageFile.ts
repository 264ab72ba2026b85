import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { strToU8, zipSync } from 'fflate';
import { type AnkiDeck, FIELDS, NOTE_TYPE } from './notes.ts';

/** Parts of a row meet at this sign in Anki's tables. */
const FIELD_SEPARATOR = '\x1f';

const SCHEMA = `
  CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null,
    scm integer not null, ver integer not null, dty integer not null, usn integer not null,
    ls integer not null, conf text not null, models text not null, decks text not null,
    dconf text not null, tags text not null);
  CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null,
    mod integer not null, usn integer not null, tags text not null, flds text not null,
    sfld integer not null, csum integer not null, flags integer not null, data text not null);
  CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null,
    ord integer not null, mod integer not null, usn integer not null, type integer not null,
    queue integer not null, due integer not null, ivl integer not null, factor integer not null,
    reps integer not null, lapses integer not null, left integer not null, odue integer not null,
    odid integer not null, flags integer not null, data text not null);
  CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null,
    ease integer not null, ivl integer not null, lastIvl integer not null,
    factor integer not null, time integer not null, type integer not null);
  CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
  CREATE INDEX ix_notes_usn ON notes (usn);
  CREATE INDEX ix_cards_usn ON cards (usn);
  CREATE INDEX ix_revlog_usn ON revlog (usn);
  CREATE INDEX ix_cards_nid ON cards (nid);
  CREATE INDEX ix_cards_sched ON cards (did, queue, due);
  CREATE INDEX ix_revlog_cid ON revlog (cid);
  CREATE INDEX ix_notes_csum ON notes (csum);
`;

const STYLE = `
.card { max-width: 42em; margin: 0 auto; padding: 0 1em; font: 18px/1.5 system-ui, sans-serif; text-align: left; }
pre { overflow-x: auto; font-size: 0.85em; }
table { border-collapse: collapse; }
th, td { padding: 0.2em 0.6em; border: 1px solid; }
sup { font-size: 0.7em; }
details { margin: 0.6em 0; }
`.trim();

/**
 * The deck as a package any Anki opens: a collection in the schema all versions read (11), without
 * scheduling, zipped. The same deck gives the same bytes.
 */
export function packageFile(deck: AnkiDeck): Uint8Array {
  const modified = Math.max(...deck.notes.map((note) => note.modified));
  // The zip format keeps a date without a zone, read from the local clock.
  const [year = 1980, month = 1, day = 1] = new Date(modified * 1000)
    .toISOString()
    .slice(0, 10)
    .split('-')
    .map(Number);
  const files = { 'collection.anki2': collection(deck, modified), media: strToU8('{}') };
  return zipSync(files, { level: 9, mtime: new Date(year, month - 1, day) });
}

function collection(deck: AnkiDeck, modified: number): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'anki-'));
  const file = join(folder, 'collection.anki2');
  try {
    const database = new DatabaseSync(file);
    database.exec('BEGIN');
    database.exec(SCHEMA);
    database.prepare("INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')").run(
      modified,
      modified * 1000,
      modified * 1000,
      JSON.stringify({
        curDeck: 1,
        activeDecks: [1],
        newSpread: 0,
        nextPos: 1,
        sortType: 'noteFld',
      }),
      JSON.stringify({ [NOTE_TYPE.id]: noteType(deck.id, modified) }),
      JSON.stringify({
        1: deckFacts(1, 'Default', modified),
        [deck.id]: deckFacts(deck.id, deck.name, modified),
      }),
      JSON.stringify({ 1: OPTIONS }),
    );
    const note = database.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')");
    const card = database.prepare(
      "INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
    );
    deck.notes.forEach(({ id, guid, modified: at, tags, front, back }, index) => {
      const plain = front.replaceAll(/<[^>]*>/g, '');
      const checksum = Number.parseInt(
        createHash('sha1').update(plain).digest('hex').slice(0, 8),
        16,
      );
      const fields = [front, back].join(FIELD_SEPARATOR);
      note.run(id, guid, NOTE_TYPE.id, at, ` ${tags.join(' ')} `, fields, plain, checksum);
      card.run(id, id, deck.id, at, index + 1);
    });
    database.exec('COMMIT');
    database.close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function noteType(deckId: number, modified: number): object {
  return {
    ...NOTE_TYPE,
    type: 0,
    mod: modified,
    usn: -1,
    sortf: 0,
    did: deckId,
    tmpls: [
      {
        name: 'Card 1',
        ord: 0,
        qfmt: '{{Front}}',
        afmt: '{{FrontSide}}<hr id="answer">{{Back}}',
        did: null,
        bqfmt: '',
        bafmt: '',
      },
    ],
    flds: FIELDS.map((name, ord) => ({
      name,
      ord,
      sticky: false,
      rtl: false,
      font: 'Arial',
      size: 20,
      media: [],
    })),
    css: STYLE,
    latexPre:
      '\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n',
    latexPost: '\\end{document}',
    req: [[0, 'any', [0]]],
    tags: [],
    vers: [],
  };
}

function deckFacts(id: number, name: string, modified: number): object {
  return {
    id,
    name,
    mod: modified,
    usn: -1,
    desc: '',
    dyn: 0,
    conf: 1,
    collapsed: false,
    browserCollapsed: false,
    extendNew: 10,
    extendRev: 50,
    newToday: [0, 0],
    revToday: [0, 0],
    lrnToday: [0, 0],
    timeToday: [0, 0],
  };
}

/** Anki's own defaults; an import leaves the reader's options as they are. */
const OPTIONS = {
  id: 1,
  name: 'Default',
  mod: 0,
  usn: 0,
  maxTaken: 60,
  autoplay: true,
  timer: 0,
  replayq: true,
  dyn: false,
  new: {
    bury: true,
    delays: [1, 10],
    initialFactor: 2500,
    ints: [1, 4, 7],
    order: 1,
    perDay: 20,
    separate: true,
  },
  rev: { bury: true, ease4: 1.3, fuzz: 0.05, ivlFct: 1, maxIvl: 36500, minSpace: 1, perDay: 200 },
  lapse: { delays: [10], leechAction: 0, leechFails: 8, minInt: 1, mult: 0 },
};
