import { type AnkiDeck, FIELDS, NOTE_TYPE } from './notes.ts';

/**
 * The deck as a text file for Anki 2.1.54 and later: headers, then one line a note. The GUID finds a
 * note again; a deck column creates the deck where a deck header would need it to exist.
 */
export function textFile({ name, notes }: AnkiDeck): string {
  const headers = [
    '#separator:Tab',
    '#html:true',
    `#notetype:${NOTE_TYPE.name}`,
    '#guid column:1',
    '#deck column:2',
    `#tags column:${FIELDS.length + 3}`,
    `#columns:${['GUID', 'Deck', ...FIELDS, 'Tags'].join('\t')}`,
  ];
  const lines = notes.map(({ guid, front, back, tags }) =>
    [guid, name, front, back, tags.join(' ')].map(quoted).join('\t'),
  );
  return `${[...headers, ...lines].join('\n')}\n`;
}

function quoted(value: string): string {
  if (/[\t\r\n]/.test(value)) throw new Error(`Anki: a field over several lines: ${value}`);
  return `"${value.replaceAll('"', '""')}"`;
}
