/**
 * A part that was laid out once stays so (`content-visibility` in prose.css saves the first layout of a long page).
 * Left as it is, it would hold the definitions at the foot of the window inside itself.
 */
export function initSeenParts(): void {
  for (const part of document.querySelectorAll<HTMLElement>('.part')) {
    if (part.firstElementChild?.checkVisibility({ contentVisibilityAuto: true })) keep(part);
    else {
      part.addEventListener('contentvisibilityautostatechange', (event) => {
        if (!(event as ContentVisibilityAutoStateChangeEvent).skipped) keep(part);
      });
    }
  }
}

function keep(part: HTMLElement): void {
  part.style.contentVisibility = 'visible';
}
