import type { MaskName } from '~/engines/attention/index.ts';
import type { LawName } from '~/engines/scaling-laws/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import type { Facet } from './sift.ts';

const en = {
  // Predict
  question: (flops: string, size: string, tokens: string) =>
    `GPT-3 spent ${flops} FLOPs on ${size} parameters and ${tokens} tokens. By Chinchilla’s law, how many parameters would have been best for that compute?`,
  why: (size: string, tokens: string) =>
    `About ${size} parameters on ${tokens} tokens. GPT-3 followed the law of 2020, under which most of the compute goes into size; two years later it turned out that size and data should grow together.`,
  // Atlas
  atlasTitle: 'Released when, and how large',
  facets: {
    field: 'Domain',
    architecture: 'Architecture',
    objective: 'Objective',
    maker: 'Organization',
    weights: 'Weights',
    named: 'In the interview question',
  } satisfies Record<Facet, string>,
  filters: 'Which models are shown',
  all: 'all',
  named: { yes: 'named in it', no: 'not named' },
  left: (n: number, all: number, drawn: number) =>
    `${n} of ${all} models, ${drawn} of them in the picture`,
  clear: 'Clear all filters',
  none: 'No model meets all of these. Clear a filter.',
  chart: (n: number) =>
    `${n} models by month of release and parameters of the largest version, logarithmic. The list has each of them, the table below all figures.`,
  axisY: 'Parameters',
  sameFamily: 'same family',
  moe: 'mixture of experts: hollow all, filled those one token uses',
  hint: 'Point at a mark, tap it, or choose in the list. By keyboard: left and right by date, up and down by size, Enter opens, Escape leads back.',
  list: 'Models, newest first',
  noSize: 'size not published',
  unverifiedSize: 'size not confirmed',
  notDrawn: 'Not drawn, for want of a size:',
  undisclosed: (names: string) => `not published by its makers: ${names}`,
  unconfirmed: (names: string) => `confirmed by no source read here: ${names}`,
  dateDoubt: (names: string) => `Month of release not confirmed: ${names}.`,
  weightsNote:
    '“Open” means that anyone can download the weights, some after a form; it says nothing of the licence. This sorting is ours, by each model’s repository.',
  tableCaption: 'Models shown, with their figures',
  // Details
  model: 'Model',
  org: 'From',
  released: 'Released',
  family: 'Family',
  sizes: 'Parameters',
  largest: 'Parameters, largest version',
  activeLong: 'Used per token',
  tokens: 'Training tokens',
  ratio: 'Tokens per parameter',
  compute: 'Training FLOPs, 6ND',
  context: 'Context, tokens',
  idea: 'What it brought',
  source: 'Source',
  sourceIs: 'Source: ',
  sizesAre: (sizes: readonly string[]) => `Published sizes: ${sizes.join(', ')}`,
  of: (size: string, active: string) => `${size} (${active} active)`,
  derived: 'counted from the published shape',
  doubtful: 'not confirmed by a source',
  unknown: 'not published or not confirmed',
  addCompare: 'Compare',
  dropCompare: 'Remove from comparison',
  fullCompare: 'Four are compared already',
  // Compare
  compareTitle: 'Side by side',
  compareBox: 'Models side by side, row by row',
  compareHint: (n: number): string =>
    n === 0
      ? 'Open a model and choose “Compare”; up to four stand here side by side.'
      : 'Choose one more model to see what differs.',
  differs: 'differs',
  alike: 'the same',
  partly: 'not known of all',
  clearCompare: 'Clear the comparison',
  remove: (name: string) => `Remove ${name}`,
  // Masks
  masksTitle: 'What each position may see',
  masks: {
    encoder: 'Encoder',
    decoder: 'Decoder',
    prefix: 'Prefix LM',
    'encoder-decoder': 'Encoder-decoder',
  } satisfies Record<MaskName, string>,
  maskModels: {
    encoder: 'BERT, ViT',
    decoder: 'GPT, Llama',
    prefix: 'GLM-130B',
    'encoder-decoder': 'T5, BART',
  } satisfies Record<MaskName, string>,
  length: 'Positions n',
  input: 'Of these, input p',
  inputRule: (most: number) => `at most ${most}, so that a position is left to write`,
  maskLegend: {
    back: 'reads itself or back',
    ahead: 'reads ahead',
    cross: 'reads the encoder’s output',
    none: 'hidden',
  },
  maskNote:
    'Row i is the position that reads, column j the one that is read. A prefix LM and an encoder-decoder let the same pairs through; the encoder-decoder has a stack of weights for each side and reads across, the prefix LM reads all with one stack.',
  maskAlt: (name: string, pairs: number, all: number) =>
    `${name}: ${pairs} of ${all} pairs may attend. The table below has every row.`,
  pairs: (pairs: string, all: string) => `${pairs} of ${all} pairs`,
  maskTable: 'What each position reads',
  position: 'Position',
  span: (from: number, to: number) => (from === to ? String(from) : `${from}–${to}`),
  // Compute
  computeTitle: 'How large for the compute',
  run: 'Compute of',
  ownBudget: 'own budget',
  flops: 'Compute C, FLOPs',
  law: 'Law',
  laws: {
    kaplan: 'Kaplan 2020',
    'chinchilla-1': 'Chinchilla, approach 1',
    'chinchilla-2': 'Chinchilla, approach 2',
    'chinchilla-3': 'Chinchilla, approach 3 as printed',
    'chinchilla-3-unrounded': 'Chinchilla, approach 3 unrounded',
    'chinchilla-refit': 'Besiroglu’s refit of approach 3',
    'twenty-tokens': '20 tokens per parameter',
  } satisfies Record<LawName, string>,
  lawsShort: {
    kaplan: 'Kaplan',
    'chinchilla-1': 'approach 1',
    'chinchilla-2': 'approach 2',
    'chinchilla-3': '3 as printed',
    'chinchilla-3-unrounded': '3 unrounded',
    'chinchilla-refit': 'refit',
    'twenty-tokens': '20 tokens',
  } satisfies Record<LawName, string>,
  /** Between sentences. */
  gap: ' ',
  verdictRun: (name: string, size: string, tokens: string, ratio: string) =>
    `${name} has ${ratio} tokens per parameter: ${size} on ${tokens}.`,
  verdictLaw: (law: string, flops: string, size: string, tokens: string, ratio: string) =>
    `Under ${law}, ${flops} FLOPs would go into ${size} parameters on ${tokens} tokens, ${ratio} per parameter.`,
  tooLarge: (times: string) => `By this law it is ${times} times as large as it should be.`,
  onLaw: 'It stands where this law would put it.',
  small: (times: string) =>
    `For training alone this law would make it ${times} times as large; staying small makes it cheaper to serve.`,
  formula: 'With the current numbers',
  formulaBox: 'Formula',
  kaplanNote:
    'Kaplan counts parameters without embeddings, and compute at the smallest batch; the budget here is taken as twice that.',
  computeChart: (n: number) =>
    `Parameters against training compute, both logarithmic: ${n} published runs and the lines of the laws. The tables below have all figures.`,
  computeBox: 'Parameters against compute',
  axisFlops: 'Training compute C = 6ND, FLOPs',
  runNote:
    'Drawn are decoders whose tokens are published; of a mixture of experts the parameters one token uses. Llama 3 8B saw “over 15T” tokens. 6ND leaves out attention, so Gopher stands at less than the 5.76×10²³ of its paper.',
  lawTable: 'What each law makes of this compute',
  runTable: 'Published runs',
  best: 'By the chosen law, parameters',
};

const zh: typeof en = {
  question: (flops, size, tokens) =>
    `GPT-3用${flops} FLOPs训练了${size}参数、${tokens}词元（token）。按Chinchilla定律，同样的算力配多少参数最好？`,
  why: (size, tokens) =>
    `大约${size}参数、${tokens}词元。GPT-3依的是2020年的定律，算力主要花在规模上；两年后才发现，参数和数据应当同步增长。`,
  atlasTitle: '何时发布，有多大',
  facets: {
    field: '领域',
    architecture: '架构',
    objective: '训练目标',
    maker: '机构',
    weights: '权重',
    named: '面试题里',
  },
  filters: '显示哪些模型',
  all: '全部',
  named: { yes: '题里点名', no: '没有点名' },
  left: (n, all, drawn) => `${all}个模型中的${n}个，图中画出${drawn}个`,
  clear: '清除全部筛选',
  none: '没有模型同时满足这些条件，请去掉一项筛选。',
  chart: (n) =>
    `${n}个模型：横轴为发布月份，纵轴为最大版本的参数量（对数）。旁边的列表可逐个查看，下面的表格有全部数字。`,
  axisY: '参数量',
  sameFamily: '同一系列',
  moe: '混合专家（MoE）：空心为总参数，实心为每个词元用到的参数',
  hint: '指向或点按一个标记，或在列表里选择。用键盘：左右键按时间，上下键按规模，回车打开，Esc返回。',
  list: '模型，从新到旧',
  noSize: '规模未公布',
  unverifiedSize: '规模未确认',
  notDrawn: '没有规模、因此没有画出的：',
  undisclosed: (names) => `开发者没有公布：${names}`,
  unconfirmed: (names) => `没有读到来源能确认：${names}`,
  dateDoubt: (names) => `发布月份未经确认：${names}。`,
  weightsNote:
    '“开放”指任何人都能下载权重（有的要先填表），与许可证无关。这项分类由我们按各模型的仓库判断。',
  tableCaption: '所示模型及其数字',
  model: '模型',
  org: '机构',
  released: '发布',
  family: '系列',
  sizes: '参数量',
  largest: '最大版本参数量',
  activeLong: '每词元激活',
  tokens: '训练词元',
  ratio: '每参数词元',
  compute: '训练FLOPs，6ND',
  context: '上下文，词元',
  idea: '带来了什么',
  source: '来源',
  sourceIs: '来源：',
  sizesAre: (sizes) => `公布的规模：${sizes.join('、')}`,
  of: (size, active) => `${size}（激活${active}）`,
  derived: '按公开的结构数出',
  doubtful: '没有来源确认',
  unknown: '未公布或未确认',
  addCompare: '加入比较',
  dropCompare: '移出比较',
  fullCompare: '已有四个在比较',
  compareTitle: '并排比较',
  compareBox: '逐行并排的模型',
  compareHint: (n) =>
    n === 0 ? '打开一个模型，选“加入比较”，最多四个并排。' : '再选一个模型，就能看出差别。',
  differs: '不同',
  alike: '相同',
  partly: '并非都已知',
  clearCompare: '清空比较',
  remove: (name) => `移出${name}`,
  masksTitle: '每个位置能看到什么',
  masks: {
    encoder: '编码器（encoder）',
    decoder: '解码器（decoder）',
    prefix: '前缀语言模型（prefix LM）',
    'encoder-decoder': '编码器-解码器',
  },
  maskModels: {
    encoder: 'BERT、ViT',
    decoder: 'GPT、Llama',
    prefix: 'GLM-130B',
    'encoder-decoder': 'T5、BART',
  },
  length: '位置数n',
  input: '其中输入p',
  inputRule: (most) => `至多${most}，要留下一个位置来写`,
  maskLegend: { back: '看自己或往回看', ahead: '往后看', cross: '看编码器的输出', none: '看不到' },
  maskNote:
    '第i行是在看的位置，第j列是被看的位置。前缀语言模型与编码器-解码器放行的位置对完全一样；区别在于后者两侧各有一套权重、靠交叉注意力（cross-attention）读输入，前者只用一套权重读全部。',
  maskAlt: (name, pairs, all) =>
    `${name}：${all}个位置对中有${pairs}个可以注意。下面的表格有每一行。`,
  pairs: (pairs, all) => `${all}对中的${pairs}对`,
  maskTable: '每个位置能读哪些位置',
  position: '位置',
  span: (from, to) => (from === to ? String(from) : `${from}–${to}`),
  computeTitle: '这么多算力，该做多大',
  run: '取谁的算力',
  ownBudget: '自定预算',
  flops: '算力C，FLOPs',
  law: '定律',
  laws: {
    kaplan: 'Kaplan 2020',
    'chinchilla-1': 'Chinchilla方法1',
    'chinchilla-2': 'Chinchilla方法2',
    'chinchilla-3': 'Chinchilla方法3（印出的系数）',
    'chinchilla-3-unrounded': 'Chinchilla方法3（未舍入的系数）',
    'chinchilla-refit': 'Besiroglu对方法3的重新拟合',
    'twenty-tokens': '每参数20词元',
  },
  lawsShort: {
    kaplan: 'Kaplan',
    'chinchilla-1': '方法1',
    'chinchilla-2': '方法2',
    'chinchilla-3': '3，印出的',
    'chinchilla-3-unrounded': '3，未舍入',
    'chinchilla-refit': '重新拟合',
    'twenty-tokens': '20词元',
  },
  gap: '',
  verdictRun: (name, size, tokens, ratio) =>
    `${name}每参数${ratio}词元：${size}参数，${tokens}词元。`,
  verdictLaw: (law, flops, size, tokens, ratio) =>
    `按${law}，${flops} FLOPs应配${size}参数、${tokens}词元，每参数${ratio}词元。`,
  tooLarge: (times) => `按这条定律，它是应有规模的${times}倍。`,
  onLaw: '它就在这条定律给出的位置上。',
  small: (times) => `只看训练，这条定律会把它做到${times}倍大；做小，推理就更便宜。`,
  formula: '代入当前数字',
  formulaBox: '公式',
  kaplanNote: 'Kaplan的参数不含嵌入，算力按最小批量计；这里把预算看作它的两倍。',
  computeChart: (n) =>
    `参数量与训练算力，两轴都是对数：${n}次公布的训练和各条定律的线。下面的表格有全部数字。`,
  computeBox: '参数量与算力',
  axisFlops: '训练算力C = 6ND，FLOPs',
  runNote:
    '图中是公布了训练词元的解码器模型；混合专家取每个词元用到的参数。Llama 3 8B看过“15T以上”词元。6ND不含注意力，所以Gopher的位置低于论文里的5.76×10²³。',
  lawTable: '每条定律怎样用这份算力',
  runTable: '公布的训练',
  best: '所选定律下的参数量',
};

export type Words = typeof en;

export function modelsWords(locale: Locale): Words {
  return locale === 'zh' ? zh : en;
}
