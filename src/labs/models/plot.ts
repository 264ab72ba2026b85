/** Where marks and their names stand in a picture. Pure. */

export interface Placed {
  id: string;
  x: number;
  y: number;
  label: string;
}

export interface Label {
  id: string;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Of 12 px text; names are Latin. A little wide, so that nothing touches. */
const LETTER = 6.7;
const LINE = 13;
const CLEAR = 8;

/** Names for as many marks as have room, the first ones first; none covers a mark or another name. */
export function placeLabels(
  marks: readonly Placed[],
  obstacles: readonly Placed[],
  box: Box,
): Label[] {
  const taken: Box[] = obstacles.map(({ x, y }) => around(x, y, 5));
  const labels: Label[] = [];
  for (const { id, x, y, label } of marks) {
    const width = label.length * LETTER;
    const places: readonly Label[] = [
      { id, x: x + CLEAR, y: y + 4, anchor: 'start' },
      { id, x: x - CLEAR, y: y + 4, anchor: 'end' },
      { id, x, y: y - CLEAR, anchor: 'middle' },
      { id, x, y: y + CLEAR + 9, anchor: 'middle' },
      { id, x: x + 5, y: y - 7, anchor: 'start' },
      { id, x: x + 5, y: y + 15, anchor: 'start' },
      { id, x: x - 5, y: y - 7, anchor: 'end' },
      { id, x: x - 5, y: y + 15, anchor: 'end' },
    ];
    const own = around(x, y, 5);
    const fits = places.find((place) => {
      const room = roomOf(place, width);
      const inside =
        room.left >= box.left &&
        room.right <= box.right &&
        room.top >= box.top &&
        room.bottom <= box.bottom;
      return inside && !taken.some((other) => !same(other, own) && meet(room, other));
    });
    if (!fits) continue;
    labels.push(fits);
    taken.push(roomOf(fits, width));
  }
  return labels;
}

function roomOf({ x, y, anchor }: Label, width: number): Box {
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - LINE + 3, bottom: y + 3 };
}

function around(x: number, y: number, by: number): Box {
  return { left: x - by, right: x + by, top: y - by, bottom: y + by };
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function same(a: Box, b: Box): boolean {
  return a.left === b.left && a.top === b.top;
}

/** The nearest within reach; undefined where there is none. */
export function nearest<T extends { x: number; y: number }>(
  marks: readonly T[],
  x: number,
  y: number,
  reach: number,
): T | undefined {
  let found: T | undefined;
  let least = reach;
  for (const mark of marks) {
    const distance = Math.hypot(mark.x - x, mark.y - y);
    if (distance <= least) [found, least] = [mark, distance];
  }
  return found;
}

/** '2020-05' → 2020.375: the middle of that month. */
export function yearOf(month: string): number {
  return Number(month.slice(0, 4)) + (Number(month.slice(5)) - 0.5) / 12;
}

/** What an arrow key leads to: left and right by date, up and down by size, Home and End to the first and last by date. */
export function stepped<T extends { x: number; y: number }>(
  marks: readonly T[],
  from: T | undefined,
  key: string,
): T | undefined {
  const byDate = marks.toSorted((a, b) => a.x - b.x || b.y - a.y);
  const bySize = marks.toSorted((a, b) => b.y - a.y || a.x - b.x);
  const next = (order: readonly T[], by: number): T | undefined =>
    from ? (order[order.indexOf(from) + by] ?? from) : order[0];
  switch (key) {
    case 'ArrowLeft':
      return next(byDate, -1);
    case 'ArrowRight':
      return next(byDate, 1);
    case 'ArrowDown':
      return next(bySize, -1);
    case 'ArrowUp':
      return next(bySize, 1);
    case 'Home':
      return byDate[0];
    case 'End':
      return byDate.at(-1);
    default:
      return undefined;
  }
}
