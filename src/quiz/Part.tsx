import { useLayoutEffect, useRef } from 'preact/hooks';
import { memo } from '~/labs/kit/memo.ts';

interface Props {
  of: Element;
  class?: string;
  id?: string;
}

/** A part of a question's page, put in as nodes: never as a string of HTML. */
export const Part = memo(function Part({ of, class: className, id }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(...of.cloneNode(true).childNodes);
  }, [of]);
  return <div ref={place} class={className} id={id} />;
});
