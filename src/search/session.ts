/** What the reader asked and what is shown for it. Knows nothing of the page it stands on. */
import type { Locale } from '~/i18n/locale.ts';
import { createFinder, type Finder, type Found } from './find.ts';
import { readQuery } from './query.ts';
import { type Ranked, rankPages, TIER } from './rank.ts';
import { type Asked, browse, nearestTopics, type Result, resultOf } from './result.ts';
import type { SearchPage, SearchWords } from './words.ts';

export interface State extends Asked {
  phase: 'loading' | 'ready' | 'failed';
  words: SearchWords | undefined;
  results: readonly Result[];
  /** Pages found, shown or not. */
  total: number;
  /** The query that was looked for instead. */
  better: string | undefined;
  /** No page holds all words. */
  partly: boolean;
  /** Offered when nothing was found. */
  nearest: readonly SearchPage[];
}

export interface Session {
  state: () => State;
  ask: (change: Partial<Asked>, tentative?: boolean) => void;
  more: () => void;
  retry: () => void;
}

const PAGE = 8;
/** Titles are shown without their passages if those take longer than this. */
const PATIENCE_MS = 30;
/** A page with less of a Chinese query than this only shares some characters with it. */
const LEAST_COVERAGE = 0.4;

export function createSession(locale: Locale, onChange: (state: State) => void): Session {
  let finder: Finder = createFinder(locale);
  let turn = 0;
  let limit = PAGE;
  let state: State = {
    phase: 'loading',
    query: '',
    topic: '',
    level: '',
    words: undefined,
    results: [],
    total: 0,
    better: undefined,
    partly: false,
    nearest: [],
  };
  const set = (change: Partial<State>): void => {
    state = { ...state, ...change };
    onChange(state);
  };

  async function run(tentative = false): Promise<void> {
    turn += 1;
    const mine = turn;
    const stale = (): boolean => mine !== turn;
    try {
      const words = await finder.words;
      if (stale()) return;
      if (!state.query.trim()) {
        const results = browse(words, state, locale);
        set({ ...NOTHING, phase: 'ready', words, results, total: results.length });
        return;
      }
      if (!state.words) set({ words });
      const early = setTimeout(() => !stale() && showNames(words), PATIENCE_MS);
      const found = await finder.find(state.query).finally(() => clearTimeout(early));
      if (!stale()) await show(found, words, stale, tentative);
    } catch (error) {
      if (stale()) return;
      console.error(error);
      set({ ...NOTHING, phase: 'failed' });
    }
  }

  /** Titles and names answer before the index is there. */
  function showNames(words: SearchWords): void {
    const query = readQuery(state.query);
    const named = rankPages(query, words.pages, { all: [], phrases: [], most: [] });
    const ranked = fitting(named, words);
    if (ranked.length === 0) return;
    const results = ranked
      .slice(0, limit)
      .flatMap(({ path }) => resultOf(path, words, locale, query.text, undefined) ?? []);
    set({ ...NOTHING, words, results, total: ranked.length });
  }

  async function show(
    found: Found,
    words: SearchWords,
    stale: () => boolean,
    tentative: boolean,
  ): Promise<void> {
    const { query } = found;
    const ranked = fitting(found.ranked, words);
    if (tentative && ranked.length === 0) return;
    const shown = ranked.slice(0, limit);
    const results = new Map<string, Result>();
    const doubted = ({ tier }: Ranked): boolean => query.hasHan && tier >= TIER.words;
    const publish = (): void => {
      const list = shown.flatMap(({ path, ...rest }) => {
        const result = results.get(path);
        if (result) return result.coverage < LEAST_COVERAGE && doubted({ path, ...rest }) ? [] : result;
        return doubted({ path, ...rest })
          ? []
          : (resultOf(path, words, locale, query.text, undefined) ?? []);
      });
      set({
        ...NOTHING,
        phase: 'ready',
        words,
        results: list,
        total: ranked.length - (shown.length - list.length),
        better: found.corrected ? query.text : undefined,
        partly: ranked.every(({ tier }) => tier === TIER.some),
        nearest: list.length > 0 ? [] : nearestTopics(state.query, words),
      });
    };
    const texts = Promise.all(
      shown.map(async ({ path }) => {
        const text = await found.textOf(path).catch(() => undefined);
        const result = resultOf(path, words, locale, query.text, text);
        if (result) results.set(path, result);
      }),
    );
    const inTime = await Promise.race([texts.then(() => true), sleep(PATIENCE_MS).then(() => false)]);
    if (stale()) return;
    if (!inTime && shown.some((one) => !doubted(one))) publish();
    await texts;
    if (!stale()) publish();
  }

  function fitting(ranked: readonly Ranked[], { pages }: SearchWords): Ranked[] {
    const fits = new Set(
      pages
        .filter(({ topic }) => !state.topic || topic === state.topic)
        .filter(({ level }) => !state.level || String(level) === state.level)
        .map(({ path }) => path),
    );
    return ranked.filter(({ path }) => fits.has(path));
  }

  return {
    state: () => state,
    ask: (change, tentative) => {
      limit = PAGE;
      state = { ...state, ...change };
      void run(tentative);
    },
    more: () => {
      limit += PAGE;
      void run();
    },
    retry: () => {
      finder = createFinder(locale);
      set({ phase: 'loading' });
      void run();
    },
  };
}

const NOTHING = {
  results: [],
  total: 0,
  better: undefined,
  partly: false,
  nearest: [],
} as const satisfies Partial<State>;

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
