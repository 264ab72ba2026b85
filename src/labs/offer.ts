/** The offer of a lab on a topic's page: even what wakes labs comes only when a reader asks, since most do not. */
for (const opener of document.querySelectorAll<HTMLElement>('[data-lab-open]')) {
  opener.addEventListener('click', async () => {
    opener.setAttribute('aria-busy', 'true');
    try {
      const { openOffered } = await import('./open.ts');
      await openOffered(opener);
    } catch {
      // Nothing of it is here that could say so; the lab's own page may still be had.
      opener.parentElement?.querySelector('a')?.click();
    } finally {
      opener.removeAttribute('aria-busy');
    }
  });
}
