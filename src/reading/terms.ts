/**
 * Definitions beside their terms. The stylesheet shows them on hover and focus; this adds what it
 * cannot do: a tap shows the definition instead of leaving the page, Escape hides it, and a screen
 * reader hears it with the term.
 */
export function initTerms(): void {
  const terms = document.querySelectorAll<HTMLAnchorElement>('a.term');
  terms.forEach((term, index) => {
    const note = term.nextElementSibling;
    if (!note) return;
    note.id = `term-note-${index}`;
    term.setAttribute('aria-describedby', note.id);
    let byTouch = false;
    term.addEventListener('pointerdown', ({ pointerType }) => {
      byTouch = pointerType !== 'mouse';
    });
    term.addEventListener('click', (event) => {
      if (byTouch && !term.parentElement?.hasAttribute('data-shown')) {
        event.preventDefault();
        term.parentElement?.setAttribute('data-shown', '');
      }
    });
    for (const away of ['blur', 'pointerleave'] as const) {
      term.parentElement?.addEventListener(away, () => unmark(term.parentElement), true);
    }
  });
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    for (const box of document.querySelectorAll('.term-box:is(:hover, :focus-within)')) {
      box.removeAttribute('data-shown');
      box.setAttribute('data-hidden', '');
    }
  });
}

function unmark(box: Element | null): void {
  box?.removeAttribute('data-shown');
  box?.removeAttribute('data-hidden');
}
