/** What screen readers are told of a lab's changes. */
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { gather } from './gather.ts';

/** One voice for the whole page. It must stand there, silent, before it first speaks. */
let voice: HTMLElement | undefined;

const change = gather<Node>((changed) => {
  const texts = changed.filter(({ isConnected }) => isConnected).map(heard);
  const said = texts.join(' ').replace(/\s+/g, ' ').trim();
  if (voice && said) voice.textContent = said;
});

/** A node's texts as they are heard: pieces apart, what is hidden left out. */
function heard(node: Node): string {
  if (node instanceof Element && node.getAttribute('aria-hidden') === 'true') return '';
  return node.nodeType === Node.TEXT_NODE
    ? (node.textContent ?? '')
    : [...node.childNodes].map(heard).join(' ');
}

interface Props {
  as?: 'p' | 'div' | 'dl';
  class?: string;
  id?: string;
  children?: ComponentChildren;
}

/** Text that is read out when it has changed: once for a burst of changes, with all that changed in it. */
export function ReadOut({ as: Tag = 'p', ...rest }: Props) {
  const place = useRef<HTMLElement>(null);
  const last = useRef<string>();
  useEffect(() => {
    if (!voice) {
      voice = document.createElement('p');
      voice.className = 'visually-hidden';
      voice.setAttribute('role', 'status');
      document.body.append(voice);
    }
    const text = place.current?.textContent ?? '';
    if (place.current && last.current !== undefined && text !== last.current) change(place.current);
    last.current = text;
  });
  return <Tag ref={place as RefObject<HTMLParagraphElement & HTMLDListElement>} {...rest} />;
}
