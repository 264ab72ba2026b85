import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { LOCALES, type Locale, translator } from '../i18n/index.ts';
import type { Deck, DeckCard } from '../quiz/deck.ts';
import { TOPICS } from '../schemas/shared.ts';
import { type CardWords, cardFields } from './anki/fields.ts';
import type { AnkiDeck, AnkiNote } from './anki/notes.ts';
import { packageFile } from './anki/packageFile.ts';
import { textFile } from './anki/textFile.ts';

/** Anki takes milliseconds for keys; from here on they are ours: the first deck's, then every note's. */
const FIRST_ID = 1_764_100_000_000;

/** Makes each language's questions into a deck for Anki, as a text file and as a package. */
export function ankiDecks(): AstroIntegration {
  let base = '';
  let content = '';
  return {
    name: 'anki-decks',
    hooks: {
      'astro:config:done': ({ config }) => {
        const path = config.base.endsWith('/') ? config.base : `${config.base}/`;
        base = new URL(path, config.site).href;
        content = fileURLToPath(new URL('content/questions/', config.root));
      },
      'astro:build:done': ({ dir, logger }) => {
        const site = fileURLToPath(dir);
        mkdirSync(join(site, 'anki'), { recursive: true });
        for (const locale of LOCALES) {
          const deck = ankiDeck(locale, site, base, content);
          const file = join(site, 'anki', `llm-interview-lab-${locale}`);
          writeFileSync(`${file}.txt`, textFile(deck));
          writeFileSync(`${file}.apkg`, packageFile(deck));
          logger.info(`${deck.name}: ${deck.notes.length} notes`);
        }
      },
    },
  };
}

function ankiDeck(locale: Locale, site: string, base: string, content: string): AnkiDeck {
  const { cards } = JSON.parse(
    readFileSync(join(site, 'quiz', `deck-${locale}.json`), 'utf8'),
  ) as Deck;
  const t = translator(locale);
  const words: CardWords = {
    answer: t('answer.label'),
    right: t('option.correct'),
    wrong: t('option.incorrect'),
    hint: (n) => t('hint.label', { n }),
    keyPoints: t('keyPoints.label'),
    passage: t('question.passage'),
    onSite: t('site.name'),
  };
  const folder = locale === 'en' ? '' : `${locale}/`;
  const notes = cards.map((card): AnkiNote => {
    const { id, key, topic, level, kind, title, passage } = card;
    const path = `${folder}questions/${key}/`;
    const page = {
      html: readFileSync(join(site, path, 'index.html'), 'utf8'),
      url: `${base}${path}`,
      title,
      passageUrl: `${base}${folder}topics/${topic}/#${passage}`,
      id,
    };
    const facts = JSON.parse(readFileSync(join(content, key, 'question.json'), 'utf8')) as {
      checked: string;
    };
    return {
      guid: `llm-interview-lab:${id}:${locale}`,
      id: noteId(card, locale),
      ...cardFields(page, words),
      tags: [`topic::${topic}`, `level::${level}-${LEVELS[level]}`, `kind::${kind}`].map(
        (tag) => `llm-interview-lab::${tag}`,
      ),
      modified: Date.parse(facts.checked) / 1000,
    };
  });
  return { id: FIRST_ID + LOCALES.indexOf(locale), name: t('site.name'), notes };
}

const LEVELS = { 1: 'screening', 2: 'core', 3: 'senior' } as const;

/** From the card's id alone: ds-014 is the fourteenth of the fourth topic. */
function noteId({ id, topic }: DeckCard, locale: Locale): number {
  const number = Number(id.split('-')[1]);
  const place = (TOPICS as readonly string[]).indexOf(topic) * 10_000 + number;
  return FIRST_ID + 1000 + place * LOCALES.length + LOCALES.indexOf(locale);
}
