import type { ComponentChildren } from 'preact';

/** A box for what is wider than a phone: it scrolls, and takes the focus so that the keyboard scrolls it. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls takes the focus
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
