import { z } from 'astro/zod';
import { printed, text } from './shared.ts';

/** One entry of content/models.json: a pretrained model as its makers published it. */
export const modelSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, 'allowed: lower-case words joined by - or .'),
  name: printed,
  org: printed,
  released: z.string().regex(/^\d{4}-\d{2}$/, 'allowed: a month as YYYY-MM'),
  field: z.enum(['language', 'vision', 'multimodal']),
  architecture: z.enum([
    'encoder',
    'decoder',
    'encoder-decoder',
    'dual-encoder',
    'vision-language',
    'diffusion',
    'hybrid',
    'cnn',
    'undisclosed',
  ]),
  /** Parameters, all of them and those used per token; largest first. Empty where nobody said. */
  sizes: z.array(z.strictObject({ total: z.int().min(1), active: z.int().min(1) })),
  /** Whether the sizes were published, counted from the published shape, or kept secret. */
  sizesFrom: z.enum(['published', 'derived', 'undisclosed']),
  /** Training tokens. */
  tokens: z.number().positive().nullable(),
  /** Context length in tokens. */
  context: z.int().positive().nullable(),
  idea: z.strictObject({ en: printed, zh: printed }),
  /** Reference that says so. */
  ref: text,
  /** Shown in the timeline figure. */
  landmark: z.boolean(),
  /** Named in the document the site started from. */
  inSeed: z.boolean(),
});
export type Model = z.infer<typeof modelSchema>;
