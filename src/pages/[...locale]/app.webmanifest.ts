import type { APIContext } from 'astro';
import { asset, href, LANG, type Locale, localePaths, translator } from '~/i18n/index.ts';

export const getStaticPaths = localePaths;

/** What the site is called and looks like once it is installed, in one language. */
export function GET({ props }: APIContext<{ locale: Locale }>): Response {
  const { locale } = props;
  const t = translator(locale);
  const icon = (file: string, sizes: string, purpose: 'any' | 'maskable') => ({
    src: asset(`icons/${file}`),
    sizes,
    type: 'image/png',
    purpose,
  });
  const screenshot = (
    name: string,
    sizes: string,
    form_factor: 'wide' | 'narrow',
    label: string,
  ) => ({
    src: asset(`screenshots/${name}-${locale}.png`),
    sizes,
    type: 'image/png',
    form_factor,
    label,
  });
  return Response.json({
    // One app, whichever language it was installed from.
    id: asset(''),
    name: t('site.name'),
    short_name: t('site.short'),
    description: t('site.description'),
    lang: LANG[locale],
    dir: 'ltr',
    start_url: href(locale),
    scope: asset(''),
    display: 'standalone',
    background_color: '#fbfaf7',
    theme_color: '#fbfaf7',
    categories: ['education'],
    icons: [
      { src: asset('favicon.svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      icon('any-192.png', '192x192', 'any'),
      icon('any-512.png', '512x512', 'any'),
      icon('maskable-512.png', '512x512', 'maskable'),
    ],
    screenshots: [
      screenshot('wide', '1280x800', 'wide', t('nav.topics')),
      screenshot('narrow', '390x844', 'narrow', t('nav.quiz')),
    ],
    shortcuts: [
      { name: t('nav.quiz'), url: href(locale, 'quiz/') },
      { name: t('search.title'), url: href(locale, 'search/') },
      { name: t('nav.labs'), url: href(locale, 'labs/') },
    ],
  });
}
