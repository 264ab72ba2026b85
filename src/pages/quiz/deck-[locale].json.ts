import type { APIRoute } from 'astro';
import { questions } from '~/catalog/questions.ts';
import { topics } from '~/catalog/topics.ts';
import { LOCALES, type Locale } from '~/i18n/index.ts';
import type { Deck, DeckCard } from '~/quiz/deck.ts';

export function getStaticPaths() {
  return LOCALES.map((locale) => ({ params: { locale }, props: { locale } }));
}

export const GET: APIRoute<{ locale: Locale }> = async ({ props: { locale } }) => {
  const all = await questions(locale);
  const ids = new Map(all.map(({ key, facts }) => [key, facts.id]));
  const cards = all.map(({ key, topic, facts, text }): DeckCard => {
    const { id, level, kind, passage } = facts;
    const followUps = facts.followUps.flatMap((next) => ids.get(next) ?? []);
    const shared = { id, key, topic, level, kind, title: text.title, passage, followUps };
    if (facts.kind === 'open') return { ...shared, keyPoints: facts.keyPoints };
    return facts.kind === 'numeric' ? { ...shared, drill: facts.drill } : shared;
  });
  const deck: Deck = {
    topics: (await topics(locale)).map(({ slug, text }) => ({
      slug,
      prefix: cards.find(({ topic }) => topic === slug)?.id.split('-')[0] ?? '',
      short: text.short,
    })),
    cards,
  };
  return new Response(JSON.stringify(deck));
};
