/** What the reader asked and what is shown for it. Knows nothing of the page it stands on. */
import type { Locale } from '~/i18n/locale.ts';
import { createFinder, type Finder, type Found, type FoundText } from './find.ts';
import { type Query, readQuery } from './query.ts';
import { type Ranked, rankPages, TIER } from './rank.ts';
import { type Asked, browse, nearestTopics, type Result, resultOf } from './result.ts';
import type { SearchWords } from './words.ts';

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
  /** The query whose results are complete, with their passages. */
  answered: string | undefined;
  /** Offered when nothing was found. */
  nearest: readonly Result[];
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
/**
 * A page with less of the query than this shares some characters with it, or the beginnings of its
 * words: the index offers both.
 */
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
    answered: undefined,
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
        set({ ...NOTHING, phase: 'ready', words, results, total: results.length, answered: '' });
        return;
      }
      if (!state.words) set({ words });
      const patience = finder.isWarm() ? PATIENCE_MS : 0;
      const early = setTimeout(() => !stale() && showNames(words), patience);
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
      .flatMap(({ path }) => resultOf(path, words, locale, namesFound(query)) ?? []);
    set({ ...NOTHING, words, results, total: ranked.length });
  }

  async function show(
    found: Found,
    words: SearchWords,
    stale: () => boolean,
    tentative: boolean,
  ): Promise<void> {
    const query = readQuery(state.query);
    const ranked = fitting(found.ranked, words);
    if (tentative && ranked.length === 0) return;
    const shown = ranked.slice(0, limit);
    const results = new Map<string, Result>();
    const doubted = ({ tier }: Ranked): boolean => tier >= TIER.words;
    const publish = (whole: boolean): void => {
      const list = shown.flatMap((one) => {
        const result = results.get(one.path);
        if (doubted(one)) return result && result.coverage >= LEAST_COVERAGE ? result : [];
        return result ?? resultOf(one.path, words, locale, namesFound(query)) ?? [];
      });
      set({
        ...NOTHING,
        phase: 'ready',
        words,
        results: list,
        total: ranked.length - (whole ? shown.length - list.length : 0),
        better: found.better,
        partly: found.partly,
        answered: whole ? state.query : undefined,
        nearest: list.length > 0 || !whole ? [] : nearestTopics(state.query, words, locale),
      });
    };
    const load = async ({ path }: Ranked): Promise<void> => {
      const text = await found.textOf(path).catch(() => namesFound(query));
      const result = resultOf(path, words, locale, text);
      if (result) results.set(path, result);
    };
    // The first page's text comes before the others are asked for: the first result does not wait.
    const [first, ...others] = shown;
    if (first) {
      const loading = load(first);
      await Promise.race([loading, sleep(PATIENCE_MS)]);
      if (stale()) return;
      if (shown.some((one) => !doubted(one) || results.has(one.path))) publish(false);
      await Promise.all([loading, ...others.map(load)]);
    }
    if (!stale()) publish(true);
  }

  /** A page of which only the names are known yet. */
  function namesFound(query: Query): FoundText {
    return { text: undefined, query, locale };
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
      finder = createFinder(locale, true);
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
  answered: undefined,
  nearest: [],
} as const satisfies Partial<State>;

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
