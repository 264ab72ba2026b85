import { z } from 'astro/zod';
import { printed, slug, TOPICS, text } from './shared.ts';

/** One entry of content/glossary.json. Names and aliases also widen search in both languages. */
export const glossarySchema = z.strictObject({
  id: slug,
  topic: z.enum(TOPICS),
  en: printed,
  zh: printed,
  /** Other names, abbreviations and spellings in either language. */
  aliases: z.array(text),
  def: z.strictObject({ en: printed, zh: printed }),
});
export type GlossaryTerm = z.infer<typeof glossarySchema>;
