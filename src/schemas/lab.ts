import { z } from 'astro/zod';
import { agreed, isoDate, printed, TOPICS, text } from './shared.ts';

/** content/labs/<lab>/lab.json. */
export const labSchema = z.strictObject({
  order: z.int().min(1),
  topic: z.enum(TOPICS),
  checked: isoDate,
  /** Questions, as topic/slug, that ask for what the lab shows: "quiz me on this". */
  quiz: z
    .array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'allowed: a question as topic/slug'))
    .min(2),
  agreed,
});

/** Front matter of content/labs/<lab>/{en,zh-CN}.mdx. */
export const labTextSchema = z.strictObject({
  /** The one question the lab answers. */
  title: printed,
  short: printed,
  description: printed.max(170, 'allowed: at most 170 characters'),
  aliases: z.array(text).min(1),
});
