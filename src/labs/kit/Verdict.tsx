import type { ComponentChildren } from 'preact';
import { ReadOut } from './ReadOut.tsx';

interface Props {
  good: boolean;
  children: ComponentChildren;
}

/** The answer in words and numbers. Read out when it changes. */
export function Verdict({ good, children }: Props) {
  return (
    <ReadOut class="lab-verdict" data-good={good ? '' : undefined}>
      <span aria-hidden="true">{good ? '✓' : '✗'}</span>
      <span>{children}</span>
    </ReadOut>
  );
}
