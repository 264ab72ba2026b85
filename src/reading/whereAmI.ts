/** Marks the link to the part of the page that is being read, in the depth bar and the table of contents. */
export function initWhereAmI(): void {
  for (const nav of document.querySelectorAll('[data-where]')) follow(nav);
}

function follow(nav: Element): void {
  const links = [...nav.querySelectorAll<HTMLAnchorElement>('a[href*="#"]')];
  const parts = links.flatMap((link) => {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return part ? [{ link, part }] : [];
  });
  const line = (): number => innerHeight * 0.3;
  let waiting = false;
  const mark = (): void => {
    waiting = false;
    const passed = parts.filter(({ part }) => part.getBoundingClientRect().top <= line());
    const now = (passed.at(-1) ?? parts[0])?.link;
    for (const { link } of parts) {
      if (link === now) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    if (nav.scrollWidth > nav.clientWidth && now) {
      nav.scrollTo({ left: now.offsetLeft - nav.clientWidth / 3 });
    }
  };
  addEventListener(
    'scroll',
    () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    },
    { passive: true },
  );
  mark();
}
