/** Does something once the page is loaded and the browser has nothing to do; `otherwise` ms later where it cannot tell. */
export function whenQuiet(then: () => unknown, otherwise: number): void {
  const soon = (): void => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(then, { timeout: 5_000 });
    else setTimeout(then, otherwise);
  };
  if (document.readyState === 'complete') soon();
  else addEventListener('load', soon, { once: true });
}
