import type { Locale } from '~/i18n/locale.ts';
import type { AtlasModel } from './atlas.ts';
import { factsOf, UNKNOWN } from './facts.ts';
import { amount } from './print.ts';
import { modelsWords } from './words.ts';

interface Props {
  locale: Locale;
  model: AtlasModel;
  isCompared: boolean;
  isFull: boolean;
  onCompare: (yes: boolean) => void;
  /** Escape leads back to the picture. */
  onLeave: () => void;
}

/** One model: what it brought, its figures, where they can be read. */
export function Details({ locale, model, isCompared, isFull, onCompare, onLeave }: Props) {
  const t = modelsWords(locale);
  const facts = factsOf(locale, model);
  const isEmpty = facts.some(({ value }) => value === UNKNOWN);
  return (
    <section
      class="atlas-card"
      aria-labelledby="atlas-open"
      onKeyDown={({ key }) => {
        if (key === 'Escape') onLeave();
      }}
    >
      <div>
        <h4 id="atlas-open" lang="en" tabIndex={-1}>
          {model.name}
        </h4>
        <p>{model.idea}</p>
        {model.sizes.length > 1 && (
          <p class="atlas-hint">
            {t.sizesAre(
              model.sizes.map(({ total, active }) =>
                active < total ? t.of(amount(total), amount(active)) : amount(total),
              ),
            )}
          </p>
        )}
        <p class="atlas-hint">
          {t.sourceIs}
          <a href={model.source.url} lang="en">
            {model.source.title}
          </a>
        </p>
        <button
          type="button"
          aria-pressed={isCompared}
          disabled={isFull && !isCompared}
          onClick={() => onCompare(!isCompared)}
        >
          {isCompared ? t.dropCompare : isFull ? t.fullCompare : t.addCompare}
        </button>
      </div>
      <div>
        <dl>
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {isEmpty && (
          <p class="atlas-hint">
            {UNKNOWN} {t.unknown}
          </p>
        )}
      </div>
    </section>
  );
}
