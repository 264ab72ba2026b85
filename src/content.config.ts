import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import type { z } from 'astro/zod';
import { correctionSchema } from './schemas/correction.ts';
import { glossarySchema } from './schemas/glossary.ts';
import { labSchema, labTextSchema } from './schemas/lab.ts';
import { modelSchema } from './schemas/model.ts';
import { questionSchema, questionTextSchema } from './schemas/question.ts';
import { referenceSchema } from './schemas/reference.ts';
import { topicSchema, topicTextSchema } from './schemas/topic.ts';

/** Entries keep the folder's name as their id: the facts `mixed-precision`, the texts `mixed-precision/zh-CN`. */
function facts<S extends z.ZodType>(kind: string, name: string, depth: '*' | '*/*', schema: S) {
  return defineCollection({
    loader: glob({
      base: `content/${kind}`,
      pattern: `${depth}/${name}.json`,
      generateId: ({ entry }) => entry.replace(/\/[^/]+$/, ''),
    }),
    schema,
  });
}

function texts<S extends z.ZodType>(kind: string, depth: '*' | '*/*', schema: S) {
  return defineCollection({
    loader: glob({
      base: `content/${kind}`,
      pattern: `${depth}/{en,zh-CN}.mdx`,
      generateId: ({ entry }) => entry.replace(/\.mdx$/, ''),
    }),
    schema,
  });
}

export const collections = {
  topics: facts('topics', 'topic', '*', topicSchema),
  topicTexts: texts('topics', '*', topicTextSchema),
  questions: facts('questions', 'question', '*/*', questionSchema),
  questionTexts: texts('questions', '*/*', questionTextSchema),
  labs: facts('labs', 'lab', '*', labSchema),
  labTexts: texts('labs', '*', labTextSchema),
  references: defineCollection({
    loader: file('content/references.json'),
    schema: referenceSchema,
  }),
  corrections: defineCollection({
    loader: file('content/corrections.json'),
    schema: correctionSchema,
  }),
  models: defineCollection({ loader: file('content/models.json'), schema: modelSchema }),
  glossary: defineCollection({ loader: file('content/glossary.json'), schema: glossarySchema }),
};
