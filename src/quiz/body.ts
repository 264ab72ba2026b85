/** The parts of a card, taken from the question's own page: the same words, formulas, code and sources. */
import type { Locale } from '../i18n/locale.ts';
import { href } from '../i18n/routes.ts';
import { readPage } from '../security/trusted.ts';
import { seeded, shuffled } from './random.ts';

export interface CardBody {
  /** Numeric questions only. */
  prompt: Element | undefined;
  hints: Element[];
  answer: Element | undefined;
  /** Open questions only. */
  keyPoints: { id: string; text: Element }[];
  /** Choice questions only, as the author ordered them. */
  options: { id: string; correct: boolean; text: Element; why: Element | undefined }[];
  sources: Element | undefined;
}

const bodies = new Map<string, Promise<CardBody>>();

/** Fetches a card's page once; a failure is not kept, so that the next try asks again. */
export function cardBody(locale: Locale, key: string): Promise<CardBody> {
  const address = href(locale, `questions/${key}/`);
  const known = bodies.get(address);
  if (known) return known;
  const loading = load(address);
  bodies.set(address, loading);
  loading.catch(() => bodies.delete(address));
  return loading;
}

async function load(address: string): Promise<CardBody> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = await readPage(answer);
  const text = page.querySelector('.question-text');
  if (!text) throw new Error(`${address}: not a question`);
  const formulas = page.querySelector<HTMLLinkElement>('link[data-formulas]');
  if (formulas) await styled(formulas.getAttribute('href') ?? '');
  return parts(text, page.querySelector('.sources'));
}

function parts(text: Element, sources: Element | null): CardBody {
  return {
    prompt: text.querySelector('.prompt') ?? undefined,
    hints: [...text.querySelectorAll('[data-hint] > div')],
    answer: text.querySelector('[data-answer] > div') ?? undefined,
    keyPoints: [...text.querySelectorAll<HTMLElement>('[data-key-point]')].flatMap((point) => {
      const words = point.querySelector('div');
      return words ? [{ id: point.dataset['keyPoint'] ?? '', text: words }] : [];
    }),
    options: [...text.querySelectorAll<HTMLElement>('[data-option]')].map((option) => {
      const why = option.querySelector('.why > div');
      const words = option.cloneNode(true) as Element;
      words.querySelector('.why')?.remove();
      for (const verdict of why?.querySelectorAll('.verdict') ?? []) verdict.remove();
      return {
        id: option.dataset['option'] ?? '',
        correct: option.dataset['correct'] !== undefined,
        text: words,
        why: why ?? undefined,
      };
    }),
    sources: sources ?? undefined,
  };
}

/** Formulas are set in fonts cut for one topic, so its stylesheet comes with the card. */
function styled(address: string): Promise<void> {
  const known = document.querySelector<HTMLLinkElement>(
    `link[data-formulas][href="${CSS.escape(address)}"]`,
  );
  if (known || !address) return Promise.resolve();
  return new Promise((done) => {
    const link = Object.assign(document.createElement('link'), {
      rel: 'stylesheet',
      href: address,
    });
    link.dataset['formulas'] = '';
    // A formula without its fonts can still be read.
    link.onload = link.onerror = () => done();
    document.head.append(link);
  });
}

/** The part with a drill's numbers in place of the printed example's. */
export function withDrawn(part: Element, shown: Readonly<Record<string, string>>): Element {
  const copy = part.cloneNode(true) as Element;
  for (const place of copy.querySelectorAll<HTMLElement>('[data-drawn]')) {
    place.textContent = shown[place.dataset['drawn'] ?? ''] ?? '';
  }
  return copy;
}

/** The options in the order of a draw. */
export const optionOrder = (body: CardBody, seed: number): CardBody['options'] =>
  shuffled(body.options, seeded(seed));
