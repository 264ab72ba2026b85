/** Heights of the names beside the ends of lines, pushed apart where lines end close together. */
export function endPlaces(wanted: readonly number[], apart = 18): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const places: number[] = [];
  let free = -Infinity;
  for (const { at, index } of order) {
    free = Math.max(at, free);
    places[index] = free;
    free += apart;
  }
  return places;
}
