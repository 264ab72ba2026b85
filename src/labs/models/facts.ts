/** A model's facts as rows of words: the same for details and for the comparison. */
import { tokensPerParameter, trainingFlops } from '~/engines/scaling-laws/index.ts';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import type { AtlasModel } from './atlas.ts';
import { modelNames } from './names.ts';
import { amount, flopsOf, perParameter } from './print.ts';
import { modelsWords } from './words.ts';

/** Stands where nothing is published or confirmed. */
export const UNKNOWN = '–';

export interface Fact {
  label: string;
  value: string;
}

/** For these, each token passes all (active) parameters once, which is what 6ND counts. */
const PASSES_ONCE: readonly AtlasModel['architecture'][] = ['decoder', 'prefix-decoder', 'encoder'];

export function factsOf(locale: Locale, model: AtlasModel): Fact[] {
  const t = modelsWords(locale);
  const names = modelNames(locale);
  const [largest] = model.sizes;
  const { tokens } = model;
  const doubt = (field: AtlasModel['unverified'][number]): string =>
    model.unverified.includes(field) ? ` (${t.doubtful})` : '';
  const open = (text: string): string =>
    locale === 'zh' ? text.replace(/ \((.*)\)$/, '（$1）') : text;
  const run =
    largest && tokens && PASSES_ONCE.includes(model.architecture)
      ? { parameters: largest.active, tokens }
      : undefined;
  const facts: [string, string | undefined][] = [
    [t.org, model.org],
    [t.released, open(`${model.released}${doubt('released')}`)],
    [t.family, model.family],
    [t.facets.field, names.field[model.field]],
    [
      t.facets.architecture,
      open(`${names.architecture[model.architecture]}${doubt('architecture')}`),
    ],
    [t.facets.objective, model.objectives.map((name) => names.objective[name]).join(' + ')],
    [t.facets.weights, names.weights[model.weights]],
    [
      t.largest,
      largest &&
        open(`${amount(largest.total)}${model.sizesFrom === 'derived' ? ` (${t.derived})` : ''}`),
    ],
    [t.activeLong, largest && amount(largest.active)],
    [t.tokens, tokens ? amount(tokens) : undefined],
    [t.ratio, run && perParameter(tokensPerParameter(run))],
    [t.compute, run && flopsOf(trainingFlops(run))],
    [t.context, model.context ? decimal(model.context, 0) : undefined],
  ];
  return facts.map(([label, value]) => ({ label, value: value || UNKNOWN }));
}
