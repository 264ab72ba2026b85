import { useMemo, useRef, useState } from 'preact/hooks';
import { tokensPerParameter } from '~/engines/scaling-laws/index.ts';
import { Choice } from '../kit/Choice.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import type { AtlasModel } from './atlas.ts';
import { Compare } from './Compare.tsx';
import { Details } from './Details.tsx';
import { MARKS, modelNames } from './names.ts';
import type { PartProps } from './part.ts';
import { amount, perParameter } from './print.ts';
import { Scatter } from './Scatter.tsx';
import { countsOf, FACETS, type Facet, sift } from './sift.ts';
import { comparedIds, DEFAULTS, MOST_COMPARED } from './state.ts';
import { modelsWords, type Words } from './words.ts';

const UNASKED = Object.fromEntries(FACETS.map((facet) => [facet, DEFAULTS[facet]])) as Record<
  Facet,
  string
>;

/** Every model: sifted, drawn, listed, opened and compared. */
export function AtlasPart(props: PartProps) {
  const { locale, atlas, state, set } = props;
  const t = modelsWords(locale);
  const [pointed, setPointed] = useState<string>();
  const view = useRef<HTMLDivElement>(null);
  const asked = FACETS.map((facet) => state[facet]).join();
  const left = useMemo(() => sift(atlas.models, state), [asked]);
  const drawn = left.filter(({ sizes }) => sizes.length > 0).length;
  const compared = comparedIds(state.compare).flatMap(
    (id) => atlas.models.find((model) => model.id === id) ?? [],
  );
  const open = left.find(({ id }) => id === (pointed ?? state.shown));
  const compare = (ids: readonly string[]) => set({ compare: ids.join('_') });
  const ids = compared.map(({ id }) => id);
  return (
    <section class="atlas-part" aria-labelledby="atlas-models">
      <h3 id="atlas-models">{t.atlasTitle}</h3>
      <Filters {...props} left={left.length} drawn={drawn} />
      {left.length === 0 ? (
        <p class="lab-notice" role="status">
          {t.none}
        </p>
      ) : (
        <>
          <Legend locale={locale} models={left} />
          <div class="atlas" ref={view}>
            <div class="atlas-view">
              <Scatter
                locale={locale}
                models={left}
                shown={open?.id ?? state.shown}
                chosen={state.shown}
                compared={ids}
                onPoint={setPointed}
                onShow={(shown) => set({ shown })}
                onOpen={(shown) => {
                  set({ shown });
                  view.current?.querySelector<HTMLElement>('#atlas-open')?.focus();
                }}
              />
              <p class="atlas-hint">{t.hint}</p>
            </div>
            <List {...props} left={left} />
            {open && (
              <Details
                locale={locale}
                model={open}
                isCompared={ids.includes(open.id)}
                isFull={ids.length >= MOST_COMPARED}
                onLeave={() =>
                  view.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus()
                }
                onCompare={(yes) =>
                  compare(yes ? [...ids, open.id] : ids.filter((id) => id !== open.id))
                }
              />
            )}
          </div>
          <Gaps t={t} left={left} />
          <TableOf
            locale={locale}
            caption={t.tableCaption}
            head={[
              t.model,
              t.org,
              t.released,
              t.family,
              t.facets.field,
              t.facets.architecture,
              t.facets.objective,
              t.facets.weights,
              t.largest,
              t.activeLong,
              t.tokens,
              t.ratio,
              t.source,
            ]}
            rows={left.map((model) => tableRow(locale, model))}
          />
        </>
      )}
      <Compare locale={locale} models={compared} onChange={compare} />
    </section>
  );
}

function Filters({
  locale,
  atlas,
  state,
  set,
  left,
  drawn,
}: PartProps & { left: number; drawn: number }) {
  const t = modelsWords(locale);
  const names = modelNames(locale);
  const nameOf = (facet: Facet, value: string): string => {
    if (value === 'all') return t.all;
    if (facet === 'maker') return value;
    const of: Record<string, string> = facet === 'named' ? t.named : names[facet];
    return of[value] ?? value;
  };
  const isAsked = FACETS.some((facet) => state[facet] !== 'all');
  return (
    <section class="atlas-filters" aria-label={t.filters}>
      <div class="lab-panel">
        {FACETS.map((facet) => (
          <Choice
            key={facet}
            label={t.facets[facet]}
            value={state[facet]}
            options={[...countsOf(atlas.models, state, facet)].map(([value, count]) => ({
              value,
              label: `${nameOf(facet, value)} (${count})`,
            }))}
            onChange={(value) => set({ [facet]: value })}
          />
        ))}
      </div>
      <p>
        <output>{t.left(left, atlas.models.length, drawn)}</output>
        <button
          type="button"
          aria-disabled={!isAsked || undefined}
          onClick={() => isAsked && set(UNASKED)}
        >
          {t.clear}
        </button>
      </p>
      {state.weights !== 'all' && <p class="atlas-hint">{t.weightsNote}</p>}
    </section>
  );
}

function Legend({
  locale,
  models,
}: {
  locale: PartProps['locale'];
  models: readonly AtlasModel[];
}) {
  const t = modelsWords(locale);
  const { architecture } = modelNames(locale);
  const kinds = (Object.keys(MARKS) as (keyof typeof MARKS)[]).filter((kind) =>
    models.some((model) => model.architecture === kind && model.sizes.length > 0),
  );
  return (
    <ul class="lab-legend atlas-legend">
      {kinds.map((kind) => (
        <li key={kind}>
          <Mark kind={kind} />
          {architecture[kind]}
        </li>
      ))}
      <li>
        <svg viewBox="-7 -7 38 14" width="41" height="15" aria-hidden="true" data-kind="decoder">
          <path d="M0 0 H24" class="atlas-moe" />
          <path d={MARKS.decoder} class="atlas-mark" />
          <path d={MARKS.decoder} class="atlas-mark hollow" transform="translate(24 0)" />
        </svg>
        {t.moe}
      </li>
      <li>
        <svg viewBox="0 0 30 14" width="30" height="14" aria-hidden="true">
          <path d="M0 7 H30" class="atlas-family" />
        </svg>
        {t.sameFamily}
      </li>
    </ul>
  );
}

function Mark({ kind }: { kind: keyof typeof MARKS }) {
  return (
    <svg viewBox="-7 -7 14 14" width="16" height="16" aria-hidden="true" data-kind={kind}>
      <path d={MARKS[kind]} class="atlas-mark" />
    </svg>
  );
}

/** Beside the picture, for the keyboard and for fingers: arrows go from model to model. */
function List({ locale, state, set, left }: PartProps & { left: readonly AtlasModel[] }) {
  const t = modelsWords(locale);
  return (
    <fieldset class="atlas-list">
      <legend>{t.list}</legend>
      <div>
        {[...left].reverse().map((model) => (
          <label key={model.id}>
            <input
              type="radio"
              name="atlas-model"
              value={model.id}
              checked={model.id === state.shown}
              onChange={() => set({ shown: model.id })}
            />
            <Mark kind={model.architecture} />
            <span lang="en">{model.name}</span>
            <small>
              {model.released} · {sizeOf(t, model)}
            </small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function sizeOf(t: Words, { sizes: [largest], sizesFrom }: AtlasModel): string {
  if (largest) return amount(largest.total);
  return sizesFrom === 'undisclosed' ? t.noSize : t.unverifiedSize;
}

/** What the picture cannot show, and what in it is doubtful. */
function Gaps({ t, left }: { t: Words; left: readonly AtlasModel[] }) {
  const named = (wanted: (model: AtlasModel) => boolean): string =>
    left
      .filter(wanted)
      .map(({ name }) => name)
      .join(', ');
  const secret = named(({ sizesFrom }) => sizesFrom === 'undisclosed');
  const unconfirmed = named(({ sizesFrom }) => sizesFrom === 'unverified');
  const undated = named(({ unverified }) => unverified.includes('released'));
  if (!secret && !unconfirmed && !undated) return null;
  return (
    <div class="atlas-gaps">
      {(secret || unconfirmed) && <p>{t.notDrawn}</p>}
      <ul>
        {secret && <li>{t.undisclosed(secret)}</li>}
        {unconfirmed && <li>{t.unconfirmed(unconfirmed)}</li>}
      </ul>
      {undated && <p>{t.dateDoubt(undated)}</p>}
    </div>
  );
}

function tableRow(locale: PartProps['locale'], model: AtlasModel) {
  const names = modelNames(locale);
  const [largest] = model.sizes;
  return [
    <span key="name" lang="en">
      {model.name}
    </span>,
    <span key="org" lang="en">
      {model.org}
    </span>,
    model.released,
    <span key="family" lang="en">
      {model.family}
    </span>,
    names.field[model.field],
    names.architecture[model.architecture],
    model.objectives.map((name) => names.objective[name]).join(' + '),
    names.weights[model.weights],
    largest ? amount(largest.total) : '–',
    largest ? amount(largest.active) : '–',
    model.tokens ? amount(model.tokens) : '–',
    largest && model.tokens
      ? perParameter(tokensPerParameter({ parameters: largest.active, tokens: model.tokens }))
      : '–',
    <a key="source" href={model.source.url} lang="en">
      {model.source.title}
    </a>,
  ];
}
