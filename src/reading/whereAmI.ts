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
  let waiting = false;
  const mark = (): void => {
    waiting = false;
    const line = innerHeight * 0.3;
    const passed = parts.filter(({ part }) => isPast(part, line));
    const now = (passed.at(-1) ?? parts[0])?.link;
    for (const { link } of parts) {
      if (link === now) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    if (nav.scrollWidth > nav.clientWidth && now) {
      nav.scrollTo({ left: now.offsetLeft - nav.clientWidth / 3 });
    }
  };
  const markSoon = (): void => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  addEventListener('scroll', markSoon, { passive: true });
  markSoon();
}

/** Asks a part off screen as a whole, since a question about its inside would lay it out. */
function isPast(target: Element, line: number): boolean {
  const whole = target.closest('.part')?.getBoundingClientRect();
  if (whole && whole.top > line) return false;
  if (whole && whole.bottom < line) return true;
  return target.getBoundingClientRect().top <= line;
}
