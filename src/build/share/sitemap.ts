import type { Head } from './heads.ts';
import { xml } from './xml.ts';

/** A sitemap of the pages with their other languages, as sitemaps.org and Google's hreflang rules ask. */
export function sitemap(heads: readonly Head[]): string {
  const urls = heads.map(({ canonical, alternates, modified }) => {
    const links = alternates.map(
      ({ language, url }) =>
        `<xhtml:link rel="alternate" hreflang="${xml(language)}" href="${xml(url)}"/>`,
    );
    const day = modified && `<lastmod>${modified}</lastmod>`;
    return `<url><loc>${xml(canonical)}</loc>${day}${links.join('')}</url>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...urls,
    '</urlset>\n',
  ].join('\n');
}
