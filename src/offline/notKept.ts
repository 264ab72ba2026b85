/** The page that says a page is not kept stands at that page's address: the other language may have it. */
import { href, localeOf, pagePath } from '~/i18n/index.ts';

export function initNotKept(): void {
  const again = document.querySelector<HTMLAnchorElement>('[data-offline-again]');
  if (again) again.href = location.pathname + location.search;
  const link = document.querySelector<HTMLAnchorElement>('[data-offline-other]');
  const other = localeOf(location.pathname) === 'en' ? 'zh' : 'en';
  if (link) link.href = href(other, pagePath(location.pathname)) + location.search;
}
