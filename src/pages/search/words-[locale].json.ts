import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { questions } from '~/catalog/questions.ts';
import { topics } from '~/catalog/topics.ts';
import { LOCALES, type Locale, translator } from '~/i18n/index.ts';
import {
  SEARCH_TEXTS,
  type SearchPage,
  type SearchTexts,
  type SearchWords,
} from '~/search/words.ts';

export function getStaticPaths() {
  return LOCALES.map((locale) => ({ params: { locale }, props: { locale } }));
}

export const GET: APIRoute<{ locale: Locale }> = async ({ props: { locale } }) => {
  const t = translator(locale);
  const other = locale === 'en' ? 'zh' : 'en';
  const allTopics = await topics(locale);
  const pages: SearchPage[] = [
    ...allTopics.map(
      ({ slug, text }): SearchPage => ({
        path: `topics/${slug}/`,
        title: text.title,
        topic: slug,
        kind: 'main',
        level: 0,
        names: [text.short, ...text.aliases],
      }),
    ),
    ...(await questions(locale)).map(
      ({ key, topic, facts, text }): SearchPage => ({
        path: `questions/${key}/`,
        title: text.title,
        topic,
        kind: facts.kind,
        level: facts.level,
        names: text.aliases,
      }),
    ),
  ];
  const words: SearchWords = {
    texts: Object.fromEntries(SEARCH_TEXTS.map((key) => [key, t(key)])) as SearchTexts,
    topics: allTopics.map(({ slug, text }) => ({ slug, short: text.short })),
    pages,
    terms: (await getCollection('glossary')).map(({ data }) => [
      ...new Set([data[locale], data[other], ...data.aliases]),
    ]),
  };
  return new Response(JSON.stringify(words));
};
