import type { Locale } from '~/i18n/locale.ts';
import { RECIPES, type Recipe, type TrainingState } from './state.ts';
import { trainingWords } from './words.ts';

interface Props {
  locale: Locale;
  recipes: readonly Recipe[];
  set: (change: Partial<TrainingState>) => void;
}

/** The lines' names are the switches that show them. */
export function Legend({ locale, recipes, set }: Props) {
  const t = trainingWords(locale);
  return (
    <fieldset class="lt-legend">
      <legend>{t.curves}</legend>
      {RECIPES.map((recipe) => (
        <label key={recipe} class="lt-switch">
          <input
            type="checkbox"
            checked={recipes.includes(recipe)}
            onChange={({ currentTarget: { checked } }) =>
              set({
                recipes: RECIPES.filter((one) =>
                  one === recipe ? checked : recipes.includes(one),
                ),
              })
            }
          />
          <svg viewBox="0 0 34 10" aria-hidden="true">
            <path data-run={recipe} d="M1 5L33 5" />
          </svg>
          {t.recipes[recipe]}
        </label>
      ))}
    </fieldset>
  );
}
