import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Keeps a place of a picture, as a share of its width, in the middle of the box that scrolls it. */
export function useInSight(share: number | undefined): RefObject<SVGSVGElement> {
  const picture = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const box = picture.current?.parentElement;
    if (box && share !== undefined) box.scrollLeft = share * box.scrollWidth - box.clientWidth / 2;
  }, [share]);
  return picture;
}
