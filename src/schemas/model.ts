import { z } from 'astro/zod';
import { printed, text } from './shared.ts';

/** One entry of content/models.json: a pretrained model as its makers published it. */
export const modelSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, 'allowed: lower-case words joined by - or .'),
  name: printed,
  /** As the source prints it. */
  org: printed,
  /** The houses behind it, under one name each, whatever their labs were called that year. */
  makers: z.array(printed).min(1),
  /** Models that continue each other carry one name. */
  family: printed,
  released: z.string().regex(/^\d{4}-\d{2}$/, 'allowed: a month as YYYY-MM'),
  field: z.enum(['language', 'vision', 'multimodal']),
  architecture: z.enum([
    'encoder',
    'decoder',
    'prefix-decoder',
    'encoder-decoder',
    'dual-encoder',
    'vision-language',
    'diffusion',
    'hybrid',
    'cnn',
    'undisclosed',
  ]),
  objectives: z
    .array(
      z.enum([
        'next-token',
        'masked',
        'replaced-token',
        'denoising',
        'permutation',
        'contrastive',
        'labels',
        'masked-image',
        'self-distillation',
        'diffusion',
        'reinforcement',
      ]),
    )
    .min(1),
  /** Whether anyone can download the weights of the listed sizes; says nothing of the licence. */
  weights: z.enum(['open', 'partly', 'closed']),
  /** Parameters, all of them and those used per token; largest first. Empty where nobody said. */
  sizes: z.array(z.strictObject({ total: z.int().min(1), active: z.int().min(1) })),
  /** Whether the sizes were published, counted from the published shape, kept secret, or not confirmed here. */
  sizesFrom: z.enum(['published', 'derived', 'undisclosed', 'unverified']),
  /** Training tokens. */
  tokens: z.number().positive().nullable(),
  /** Context length in tokens. */
  context: z.int().positive().nullable(),
  /** What no source that was read confirms: left empty here, or shown with this warning. */
  unverified: z.array(z.enum(['released', 'architecture', 'sizes', 'context'])),
  idea: z.strictObject({ en: printed, zh: printed }),
  /** Reference that says so. */
  ref: text,
  /** Shown in the timeline figure. */
  landmark: z.boolean(),
  /** Named in the document the site started from. */
  inSeed: z.boolean(),
});
export type Model = z.infer<typeof modelSchema>;
