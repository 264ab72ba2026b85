import { z } from 'astro/zod';
import { agreed, isoDate, printed, text } from './shared.ts';

/** content/topics/<topic>/topic.json: what both languages share. */
export const topicSchema = z.strictObject({
  /** Place in the reading order, from 1. */
  order: z.int().min(1),
  /** Prefix of the ids of this topic's questions. */
  prefix: z.string().regex(/^[a-z]{2,3}$/, 'allowed: two or three lower-case letters'),
  /** When the facts were last checked against their sources. */
  checked: isoDate,
  agreed,
});
export type TopicFacts = z.infer<typeof topicSchema>;

/** Front matter of content/topics/<topic>/{en,zh-CN}.mdx. */
export const topicTextSchema = z.strictObject({
  /** The question as an interviewer asks it. */
  title: printed,
  /** Two or three words for navigation. */
  short: printed,
  /** What the interviewer is really testing. */
  testing: printed,
  /** One sentence for search engines and link previews. */
  description: printed.max(170, 'allowed: at most 170 characters'),
  /** Words readers search this page by. */
  aliases: z.array(text).min(1),
});
export type TopicText = z.infer<typeof topicTextSchema>;
