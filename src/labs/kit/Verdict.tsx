import type { ComponentChildren } from 'preact';

interface Props {
  good: boolean;
  children: ComponentChildren;
}

/** The answer in words and numbers. Read out when it changes. */
export function Verdict({ good, children }: Props) {
  return (
    <p class="lab-verdict" data-good={good ? '' : undefined} role="status">
      <span aria-hidden="true">{good ? '✓' : '✗'}</span>
      <span>{children}</span>
    </p>
  );
}
