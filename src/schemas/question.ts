import { z } from 'astro/zod';
import { agreed, isoDate, printed, slug, text } from './shared.ts';

const shared = {
  /** Review history hangs on it: never changes with wording, place or language. */
  id: z.string().regex(/^[a-z]{2,3}-\d{3}$/, 'allowed: topic prefix and number, as mp-001'),
  /** 1 screening, 2 core, 3 senior. */
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  checked: isoDate,
  /** Heading or pitfall id on the topic page where the matter is explained. */
  passage: slug,
  /** What an interviewer asks next, as topic/slug. */
  followUps: z
    .array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'allowed: a question as topic/slug'))
    .max(4),
  agreed,
};

/** content/questions/<topic>/<slug>/question.json. */
export const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    ...shared,
    /** The points a good answer contains; their words stand in the texts. */
    keyPoints: z.array(slug).min(3).max(7),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    ...shared,
    options: z.array(slug).min(3).max(6),
    /** One of `options`. */
    correct: slug,
  }),
  z.strictObject({
    kind: z.literal('numeric'),
    ...shared,
    /** File name in src/quiz/drills. */
    drill: slug,
  }),
]);
export type QuestionFacts = z.infer<typeof questionSchema>;
export type QuestionKind = QuestionFacts['kind'];

/** Front matter of content/questions/<topic>/<slug>/{en,zh-CN}.mdx. */
export const questionTextSchema = z.strictObject({
  /** The question itself, one sentence. */
  title: printed,
  aliases: z.array(text).min(1),
});
export type QuestionText = z.infer<typeof questionTextSchema>;
