/** What models are sorted by, in words and in marks: the lab, the models page and the timeline say it alike. */
import type { Locale } from '~/i18n/locale.ts';
import type { Model } from '~/schemas/model.ts';

export type Architecture = Model['architecture'];
export type Field = Model['field'];
export type Objective = Model['objectives'][number];
export type Weights = Model['weights'];

interface Names {
  field: Record<Field, string>;
  architecture: Record<Architecture, string>;
  objective: Record<Objective, string>;
  weights: Record<Weights, string>;
}

const NAMES: Record<Locale, Names> = {
  en: {
    field: { language: 'language', vision: 'vision', multimodal: 'multimodal' },
    architecture: {
      decoder: 'decoder',
      'prefix-decoder': 'prefix LM',
      encoder: 'encoder',
      'encoder-decoder': 'encoder-decoder',
      hybrid: 'trunk with two branches',
      'dual-encoder': 'dual encoder',
      'vision-language': 'vision-language',
      diffusion: 'diffusion',
      cnn: 'CNN',
      undisclosed: 'not disclosed',
    },
    objective: {
      'next-token': 'next token',
      masked: 'masked tokens',
      'replaced-token': 'replaced-token detection',
      denoising: 'denoising: spans, infilling',
      permutation: 'permuted order',
      contrastive: 'image-text contrast',
      labels: 'labels',
      'masked-image': 'masked image patches',
      'self-distillation': 'self-distillation',
      diffusion: 'diffusion, flow matching',
      reinforcement: 'reinforcement learning',
    },
    weights: { open: 'open', partly: 'some sizes open', closed: 'closed' },
  },
  zh: {
    field: { language: '语言', vision: '视觉', multimodal: '多模态' },
    architecture: {
      decoder: '解码器',
      'prefix-decoder': '前缀语言模型',
      encoder: '编码器',
      'encoder-decoder': '编码器-解码器',
      hybrid: '主干加两条分支',
      'dual-encoder': '双塔',
      'vision-language': '视觉语言',
      diffusion: '扩散',
      cnn: '卷积网络',
      undisclosed: '未公开',
    },
    objective: {
      'next-token': '预测下一个词元',
      masked: '掩码词元',
      'replaced-token': '替换词检测',
      denoising: '去噪：片段、填空',
      permutation: '打乱顺序',
      contrastive: '图文对比',
      labels: '标签监督',
      'masked-image': '掩码图块',
      'self-distillation': '自蒸馏',
      diffusion: '扩散、流匹配',
      reinforcement: '强化学习',
    },
    weights: { open: '开放', partly: '部分规模开放', closed: '不开放' },
  },
};

export function modelNames(locale: Locale): Names {
  return NAMES[locale];
}

/** Paths around (0, 0), about 9 units across, told apart by shape alone. */
export const MARKS: Record<Architecture, string> = {
  decoder: 'M-3.9 -3.9 H3.9 V3.9 H-3.9 Z',
  'prefix-decoder': 'M-5 -2.4 H0 V-5 H5 V4.2 H-5 Z',
  encoder: 'M-4.2 0 a4.2 4.2 0 1 0 8.4 0 a4.2 4.2 0 1 0 -8.4 0 Z',
  'encoder-decoder': 'M0 -5.2 L5.2 0 L0 5.2 L-5.2 0 Z',
  hybrid: 'M-5 3.6 H5 L2.4 -3.6 H-2.4 Z',
  'dual-encoder': 'M0 -5 L5 3.8 H-5 Z',
  'vision-language': 'M0 5 L5 -3.8 H-5 Z',
  diffusion: 'M-1.6 -5 H1.6 V-1.6 H5 V1.6 H1.6 V5 H-1.6 V1.6 H-5 V-1.6 H-1.6 Z',
  cnn: 'M-4.5 0 L-2.2 -4 H2.2 L4.5 0 L2.2 4 H-2.2 Z',
  undisclosed: 'M-4.5 -4.5 L4.5 4.5 M-4.5 4.5 L4.5 -4.5',
};
