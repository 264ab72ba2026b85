import { z } from 'astro/zod';

/** The five topics, in reading order. */
export const TOPICS = [
  'pretrained-models',
  'parallelism',
  'mixed-precision',
  'deepspeed',
  'sft-data',
] as const;
export type Topic = (typeof TOPICS)[number];

export const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'allowed: lower-case words joined by hyphens');

export const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'allowed: a date as YYYY-MM-DD')
  .refine((date) => !Number.isNaN(Date.parse(date)), 'allowed: a date that exists');

export const text = z.string().trim().min(1, 'allowed: text that is not empty');

/** Text that is printed as it stands. Markdown curls its quotes; what does not pass through it is typed curled. */
export const printed = text.regex(/^[^'"]*$/, 'allowed: curled quotes and apostrophes (’ “ ”)');

const hash = z.string().regex(/^[0-9a-f]{12}$/, 'allowed: 12 hex digits, written by the command');

/**
 * Fingerprints of both texts when an author last said that they agree. Written by
 * `npm run translations -- --agree <folder>`; absent until then.
 */
export const agreed = z.strictObject({ en: hash, zh: hash }).optional();
