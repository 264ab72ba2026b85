/** Joins models and their sources at build. No browser loads this. */
import type { Locale } from '~/i18n/locale.ts';
import type { Model } from '~/schemas/model.ts';
import models from '../../../content/models.json' with { type: 'json' };
import references from '../../../content/references.json' with { type: 'json' };
import type { Atlas, Run, Source } from './atlas.ts';

/** Runs that readers ask about and that are not the largest of a listed model. */
const OTHERS: readonly (Omit<Run, 'source'> & { ref: string })[] = [
  {
    id: 'gopher',
    name: 'Gopher',
    parameters: 280e9,
    total: 280e9,
    tokens: 300e9,
    ref: 'arxiv-2203.15556',
  },
  {
    id: 'llama-3-8b',
    name: 'Llama 3 8B',
    parameters: 8e9,
    total: 8e9,
    tokens: 15e12,
    ref: 'github-meta-llama-llama-models',
  },
];

/** Families that the laws were not fitted to would stand in the picture under false colours. */
const FITTED: readonly Model['architecture'][] = ['decoder', 'prefix-decoder'];

export function atlasFromContent(locale: Locale): Atlas {
  const sources = new Map(
    references.map(({ id, title, url }): [string, Source] => [id, { title, url }]),
  );
  const sourceOf = (ref: string): Source => {
    const source = sources.get(ref);
    if (!source) throw new Error(`no reference ${ref}`);
    return source;
  };
  const listed = (models as Model[]).map(({ idea, ref, ...model }) => ({
    ...model,
    idea: idea[locale],
    source: sourceOf(ref),
  }));
  const runs = listed.flatMap(({ id, name, architecture, sizes: [largest], tokens, source }) =>
    FITTED.includes(architecture) && largest && tokens
      ? [
          {
            id,
            name: shortName(name),
            parameters: largest.active,
            total: largest.total,
            tokens,
            source,
          },
        ]
      : [],
  );
  const others = OTHERS.map(({ ref, ...run }) => ({ ...run, source: sourceOf(ref) }));
  return { models: listed, runs: [...runs, ...others] };
}

/** 'DeepSeek-V4 (Pro, Flash)' → 'DeepSeek-V4'. */
function shortName(name: string): string {
  return name.replace(/ \(.*\)$/, '');
}
