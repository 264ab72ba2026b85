import type { APIRoute } from 'astro';
import { LOCALES, type Locale } from '~/i18n/index.ts';
import { atlasFromContent } from '~/labs/models/fromContent.ts';

export function getStaticPaths() {
  return LOCALES.map((locale) => ({ params: { locale }, props: { locale } }));
}

export const GET: APIRoute<{ locale: Locale }> = ({ props: { locale } }) =>
  new Response(JSON.stringify(atlasFromContent(locale)));
