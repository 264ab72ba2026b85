const OPENING = /[（“‘《「【]$/u;
const CLOSING = /^[，。、；：？！）”’》」】…—·%,.;:?!)]/u;
const HAN_EDGE = /[\p{Script=Han}，。、；：？！）”》」】]/u;

/** Where a title may break: between words, between Han words, never before a closing or after an opening mark. */
export function pieces(title: string, language: string): string[] {
  const found: string[] = [];
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'word' }).segment(title)) {
    const last = found.at(-1);
    const joins =
      last !== undefined &&
      (/^\s/.test(segment) ||
        CLOSING.test(segment) ||
        OPENING.test(last) ||
        !(/\s$/.test(last) || HAN_EDGE.test(last.at(-1)!) || HAN_EDGE.test(segment[0]!)));
    if (joins) found[found.length - 1] = last + segment;
    else found.push(segment);
  }
  return found;
}

/** The fewest lines that fit `widest`, then as even as that number of lines allows. */
export function balancedLines(
  parts: readonly string[],
  widest: number,
  width: (line: string) => number,
): string[] {
  const fill = (limit: number): string[] => {
    const lines: string[] = [];
    for (const part of parts) {
      const last = lines.at(-1);
      if (last !== undefined && width((last + part).trimEnd()) <= limit) {
        lines[lines.length - 1] = last + part;
      } else {
        lines.push(part);
      }
    }
    return lines.map((line) => line.trimEnd());
  };
  const greedy = fill(widest);
  let narrow = widest / 2;
  let wide = widest;
  while (wide - narrow > 8) {
    const middle = (narrow + wide) / 2;
    const even = fill(middle);
    if (even.length > greedy.length || even.some((line) => width(line) > middle)) narrow = middle;
    else wide = middle;
  }
  return fill(wide);
}
