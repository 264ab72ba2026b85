import { z } from 'astro/zod';
import { printed, slug, TOPICS, text } from './shared.ts';

const both = z.strictObject({ en: printed, zh: printed });

/** One entry of content/corrections.json: what circulates, what is true, and where that is written. */
export const correctionSchema = z.strictObject({
  id: slug,
  topic: z.enum(TOPICS),
  /** Wrong, or half true in a way that misleads. */
  grade: z.enum(['wrong', 'misleading']),
  wrong: both,
  right: both,
  sources: z.array(z.strictObject({ ref: text, at: text.optional() })).min(1),
  /** Heading or pitfall on the topic's page that explains it. */
  passage: slug,
});
export type Correction = z.infer<typeof correctionSchema>;
