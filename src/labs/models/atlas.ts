/** What the lab knows of the models: a file of its own, fetched when the lab wakes. */
import type { Locale } from '~/i18n/locale.ts';
import { asset } from '~/i18n/routes.ts';
import type { Model } from '~/schemas/model.ts';
import { fetched } from '../kit/dataFile.ts';

/** Where a fact can be read. */
export interface Source {
  title: string;
  url: string;
}

export interface AtlasModel extends Omit<Model, 'idea' | 'ref'> {
  idea: string;
  source: Source;
}

/** A decoder whose training run is published: parameters that one token uses, and tokens seen. */
export interface Run {
  id: string;
  name: string;
  parameters: number;
  /** Of a mixture of experts, all of them. */
  total: number;
  tokens: number;
  source: Source;
}

export interface Atlas {
  models: AtlasModel[];
  runs: Run[];
}

const loaded: Partial<Record<Locale, Atlas>> = {};

export async function loadAtlas(locale: Locale): Promise<void> {
  loaded[locale] ??= await bring(locale);
}

export function atlas(locale: Locale): Atlas {
  const found = loaded[locale];
  if (!found) throw new Error(`the models in ${locale} are not there: ready comes first`);
  return found;
}

async function bring(locale: Locale): Promise<Atlas> {
  if (import.meta.env.SSR) return (await import('./fromContent.ts')).atlasFromContent(locale);
  return (await fetched(asset(`labs/models-${locale}.json`))).json();
}
