import { useRef } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import { Scroll } from '../kit/Scroll.tsx';
import type { AtlasModel } from './atlas.ts';
import { factsOf, UNKNOWN } from './facts.ts';
import { modelsWords } from './words.ts';

interface Props {
  locale: Locale;
  models: readonly AtlasModel[];
  onChange: (ids: readonly string[]) => void;
}

const SIGNS = { alike: '=', differs: '≠', partly: '?' } as const;

/** What is not known differs from nothing. */
function verdictOf(values: readonly (string | undefined)[]): keyof typeof SIGNS {
  const known = new Set(values.filter((value) => value !== UNKNOWN));
  if (known.size > 1) return 'differs';
  return known.size === 1 && values.includes(UNKNOWN) ? 'partly' : 'alike';
}

/** Up to four models, a column each; a row says whether they differ in it. */
export function Compare({ locale, models, onChange }: Props) {
  const t = modelsWords(locale);
  const title = useRef<HTMLHeadingElement>(null);
  const columns = models.map((model) => factsOf(locale, model));
  return (
    <section class="atlas-compare" aria-labelledby="atlas-compare">
      <h3 id="atlas-compare" ref={title} tabIndex={-1}>
        {t.compareTitle}
      </h3>
      {models.length < 2 && <p class="atlas-hint">{t.compareHint(models.length)}</p>}
      {models.length > 0 && (
        <>
          <Scroll label={t.compareBox}>
            <table>
              <thead>
                <tr>
                  <td />
                  {models.map(({ id, name }) => (
                    <th key={id} scope="col" lang="en">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {columns[0]?.map(({ label }, row) => {
                  const values = columns.map((facts) => facts[row]?.value);
                  const verdict = verdictOf(values);
                  return (
                    <tr key={label} data-differs={verdict === 'differs' ? '' : undefined}>
                      <th scope="row">
                        {models.length > 1 && (
                          <>
                            <span class="atlas-sign-of" aria-hidden="true">
                              {SIGNS[verdict]}
                            </span>
                            <span class="visually-hidden">{t[verdict]} </span>
                          </>
                        )}
                        {label}
                      </th>
                      {values.map((value, column) => (
                        <td key={models[column]?.id}>{value}</td>
                      ))}
                    </tr>
                  );
                })}
                <tr>
                  <th scope="row">{t.idea}</th>
                  {models.map(({ id, idea }) => (
                    <td key={id} class="atlas-idea">
                      {idea}
                    </td>
                  ))}
                </tr>
                <tr>
                  <th scope="row">{t.source}</th>
                  {models.map(({ id, source }) => (
                    <td key={id} class="atlas-idea">
                      <a href={source.url} lang="en">
                        {source.title}
                      </a>
                    </td>
                  ))}
                </tr>
              </tbody>
            </table>
          </Scroll>
          <p class="atlas-chosen">
            {models.map(({ id, name }) => (
              <button
                key={id}
                type="button"
                aria-label={t.remove(name)}
                onClick={({ currentTarget }) => {
                  // The button goes away with its model; the last takes everything along.
                  const next = models.length > 1 ? currentTarget.nextElementSibling : title.current;
                  (next as HTMLElement).focus();
                  onChange(models.map((model) => model.id).filter((other) => other !== id));
                }}
              >
                <span aria-hidden="true">✕ </span>
                {name}
              </button>
            ))}
            <button
              type="button"
              onClick={() => {
                title.current?.focus();
                onChange([]);
              }}
            >
              {t.clearCompare}
            </button>
          </p>
        </>
      )}
    </section>
  );
}
