import { z } from 'astro/zod';
import { printed } from './shared.ts';

/** One entry of content/references.json: a source that a reader can open. */
export const referenceSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(?:[-._][a-z0-9]+)*$/, 'allowed: lower-case words joined by - . or _'),
  kind: z.enum(['paper', 'report', 'docs', 'code', 'post']),
  title: printed,
  authors: printed,
  year: z.int().min(1950).max(2100),
  /** Journal, conference, arXiv id, site: where it appeared. */
  venue: printed,
  url: z.url({ protocol: /^https$/, error: 'allowed: an https address' }),
  /** For code: the commit that was read, used for links to files. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,40}$/, 'allowed: 7 to 40 hex digits')
    .optional(),
});
export type Reference = z.infer<typeof referenceSchema>;
