/**
 * Marks what a page shows of the questions with the reader's own state: new, learning, due, missed, to revisit.
 * Loaded after the page, and only when there is progress to show or something is marked.
 */
import { localeOf } from '../i18n/locale.ts';
import { href } from '../i18n/routes.ts';
import { type Mark, topicOf } from '../progress/events.ts';
import { dueAt, retrievability } from '../progress/schedule.ts';
import { openStore } from '../progress/store.ts';
import { type Journal, openJournal } from './journal.ts';
import { quizWords, spanWords, stateWords } from './words.ts';

const locale = localeOf(location.pathname);
const t = quizWords(locale);
const s = stateWords(locale);
let opening: Promise<Journal> | undefined;

const journalOf = (): Promise<Journal> => {
  opening ??= openStore()
    .then(openJournal)
    .then((journal) => {
      journal.subscribe(() => draw(journal));
      return journal;
    });
  return opening;
};

export async function showStates(): Promise<void> {
  draw(await journalOf());
}

export async function toggleMark(card: string, mark: Mark): Promise<void> {
  const journal = await journalOf();
  const on = journal.progress().marks.get(card)?.has(mark) ?? false;
  await journal.mark(card, mark, !on);
}

export type StateName = 'new' | 'learning' | 'due' | 'known' | 'missed';

/** The state of a card, by one name for filters and in words for readers. */
function stateOf(journal: Journal, id: string, now: number): { name: StateName; text: string } {
  const memory = journal.record(id);
  if (!memory) return { name: 'new', text: '' };
  if (memory.grade === 1) return { name: 'missed', text: s.missed };
  if (memory.phase !== 'review') return { name: 'learning', text: s.learning };
  if (journal.due([id], now).length > 0) return { name: 'due', text: s.due };
  const due = dueAt(memory, journal.progress().settings.retention);
  return { name: 'known', text: s.dueIn(spanWords(due - now, t)) };
}

function draw(journal: Journal): void {
  const now = Date.now();
  const progress = journal.progress();
  for (const place of document.querySelectorAll<HTMLElement>('[data-card-state]')) {
    const id = place.dataset['cardState'] ?? '';
    const { name, text } = stateOf(journal, id, now);
    const marks = progress.marks.get(id);
    place.textContent = [text, marks?.has('revisit') && s.revisit, marks?.has('read') && s.read]
      .filter(Boolean)
      .join(' · ');
    place.dataset['state'] = name;
    const row = place.closest('tr');
    if (row) row.dataset['state'] = marks?.has('revisit') ? `${name} revisit` : name;
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-mark]')) {
    const on = progress.marks
      .get(button.dataset['markOf'] ?? '')
      ?.has(button.dataset['mark'] as Mark);
    button.setAttribute('aria-pressed', String(on ?? false));
  }
  for (const place of document.querySelectorAll<HTMLElement>('[data-readiness]')) {
    const [prefix, total] = (place.dataset['readiness'] ?? '').split(' ');
    const seen = [...progress.cards.values()].filter(({ id }) => topicOf(id) === prefix);
    if (seen.length === 0) continue;
    const recall = seen.reduce((sum, card) => sum + retrievability(card, now), 0) / seen.length;
    place.textContent = s.readiness(seen.length, Number(total), Math.round(recall * 100));
  }
  const today = document.querySelector<HTMLElement>('[data-due-today]');
  const due = journal.due([...progress.cards.keys()], now).length;
  if (today && progress.cards.size > 0) {
    const link = Object.assign(document.createElement('a'), {
      href: href(locale, due > 0 ? 'quiz/?mode=due' : 'quiz/'),
      textContent: due > 0 ? t.due(due) : t.nothingDue,
    });
    today.replaceChildren(link);
    today.hidden = false;
  }
  const filter = document.querySelector<HTMLElement>('[data-state-filter]');
  if (filter?.hidden) {
    filter.hidden = false;
    filter.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
