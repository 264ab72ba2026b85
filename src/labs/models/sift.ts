/** Which models are left, and how many would be. Pure. */
import type { AtlasModel } from './atlas.ts';

export const FACETS = ['field', 'architecture', 'objective', 'maker', 'weights', 'named'] as const;
export type Facet = (typeof FACETS)[number];

/** What is asked of each facet; `all` asks nothing. */
export type Sieve = Readonly<Record<Facet, string>>;

const VALUES: Readonly<Record<Facet, (model: AtlasModel) => readonly string[]>> = {
  field: ({ field }) => [field],
  architecture: ({ architecture }) => [architecture],
  objective: ({ objectives }) => objectives,
  maker: ({ makers }) => makers,
  weights: ({ weights }) => [weights],
  named: ({ inSeed }) => [inSeed ? 'yes' : 'no'],
};

/** Models that meet every facet, in their order. */
export function sift(models: readonly AtlasModel[], sieve: Sieve): AtlasModel[] {
  return models.filter((model) =>
    FACETS.every((facet) => sieve[facet] === 'all' || VALUES[facet](model).includes(sieve[facet])),
  );
}

/** Values of a facet with how many models each would leave, the other facets as they are. */
export function countsOf(
  models: readonly AtlasModel[],
  sieve: Sieve,
  facet: Facet,
): Map<string, number> {
  const left = sift(models, { ...sieve, [facet]: 'all' });
  const counts = new Map<string, number>([['all', left.length]]);
  for (const value of valuesOf(models, facet)) counts.set(value, 0);
  for (const value of left.flatMap(VALUES[facet])) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Values that occur, the most frequent first. */
export function valuesOf(models: readonly AtlasModel[], facet: Facet): string[] {
  const uses = new Map<string, number>();
  for (const value of models.flatMap(VALUES[facet])) uses.set(value, (uses.get(value) ?? 0) + 1);
  return [...uses].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'en')).map(([v]) => v);
}
