/** What a reader typed, taken apart. Pure: no page, no index. */

export interface Query {
  /** Cleaned: full-width letters made plain, zero-width spaces gone, one space between words. */
  text: string;
  hasHan: boolean;
  hasLatin: boolean;
  /** What stands between marks of punctuation, where a phrase cannot run on. */
  clauses: readonly string[];
  /** Words that carry meaning: runs of Chinese and other words, in order, each once. */
  words: readonly string[];
}

const HAN = /\p{Script=Han}/u;
const HAN_RUN = /\p{Script=Han}+/gu;
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}_.+'’/-]*[\p{L}\p{N}+])?/gu;
const FUNCTION_WORDS = new Set(
  'a an and are as at be by can did do does for from had has have how i if in into is it its no not of on or so than that the their them then there these they this those to vs was were what when where which who why will with you your'.split(
    ' ',
  ),
);
/** Chinese words of asking and joining; they stand between the words that are looked for. */
const HAN_FUNCTION_WORDS = new Set(
  '为什么 是什么 什么是 什么 怎么 怎样 如何 多少 哪些 哪个 哪 各自 以及 还是 的 了 吗 呢 吧 和 与 跟 及 是 有 在 把 被 用 会 就 请 从 让 给'.split(
    ' ',
  ),
);

export function readQuery(raw: string): Query {
  const text = raw
    .normalize('NFKC')
    .replace(/[\u200B-\u200D\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return {
    text,
    hasHan: HAN.test(text),
    hasLatin: /[A-Za-z]/.test(text),
    clauses: clauses(text),
    words: [...new Set([...latinWords(text), ...hanRuns(text)])],
  };
}

/** Long enough to ask the index: one Chinese character or two others. */
export function isAsking({ text, hasHan }: Query): boolean {
  return hasHan || text.replace(/[^\p{L}\p{N}]/gu, '').length > 1;
}

/** The query without the words that only join or ask; the whole of it if nothing else is there. */
export function essence({ text, words }: Query): string {
  const kept = words.filter((word) => !FUNCTION_WORDS.has(word.toLowerCase()));
  return kept.flatMap(meaningfulHan).join(' ') || text;
}

/** Letters and digits only: plain('ZeRO-3 显存') → 'zero3显存'. Two names are the same if these are. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]/gu, '');
}

/** Lower case without changing the length, so that places stay places. */
export function lower(text: string): string {
  const low = text.toLowerCase();
  return low.length === text.length
    ? low
    : [...text].map((c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)).join('');
}

export function latinWords(text: string): string[] {
  return (text.replace(HAN_RUN, ' ').match(WORD) ?? []).filter(Boolean);
}

export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word.toLowerCase());
}

function hanRuns(text: string): string[] {
  return text.match(HAN_RUN) ?? [];
}

function meaningfulHan(word: string): string[] {
  if (!HAN.test(word)) return [word];
  const pieces = [''];
  for (const segment of segments(word)) {
    if (HAN_FUNCTION_WORDS.has(segment)) pieces.push('');
    else pieces[pieces.length - 1] += segment;
  }
  return pieces.filter(Boolean);
}

let cutter: Intl.Segmenter | undefined;

/** segments('混合精度训练的原理') → 混合, 精度, 训练, 的, 原理: the words as the browser cuts them. */
export function segments(run: string): string[] {
  cutter ??= new Intl.Segmenter('zh-CN', { granularity: 'word' });
  return [...cutter.segment(run)].map(({ segment }) => segment);
}

function clauses(text: string): string[] {
  return text
    .split(/[,;:!?，。；：！？、（）()“”"「」《》…]+/u)
    .map((clause) => clause.trim())
    .filter((clause) => clause.length > 1);
}
