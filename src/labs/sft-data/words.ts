import type { Overlong, Strategy } from '~/engines/packing/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import type { Boundary, LossOn, Role, TemplateName, Trap } from './chat.ts';
import type { PackingPreset } from './state.ts';

const en = {
  // Predict
  question:
    'You give TRL’s SFTTrainer a dataset of messages and change nothing in its SFTConfig. Where does the loss fall?',
  options: {
    everything: 'On every token',
    'every-turn': 'On every answer',
    'last-turn': 'On the last answer',
  } satisfies Record<LossOn, string>,
  why: (everything: string, turns: string) =>
    `assistant_only_loss is off by default. In the conversation below that trains ${everything} tokens, of which ${turns} belong to the answers; the rest teaches the model to write system and user text.`,
  exampleIs:
    'This is row qwen2.5/g3-multi of the executed chat templates this site tests against, and the example of TRL’s pack_dataset.',
  example: 'Back to the example',
  // Conversation
  chatTitle: 'Where the loss falls',
  template: 'Chat template',
  templates: {
    chatml: 'ChatML',
    'qwen2.5': 'Qwen2.5',
    'llama-3': 'Llama 3',
    'deepseek-v3': 'DeepSeek-V3',
    'deepseek-r1': 'DeepSeek-R1',
  } satisfies Record<TemplateName, string>,
  editor: 'Conversation',
  role: (index: number) => `Role of message ${index}`,
  text: (index: number) => `Text of message ${index}`,
  roles: {
    system: 'system',
    user: 'user',
    assistant: 'assistant',
    tool: 'tool',
  } satisfies Record<Role, string>,
  up: 'Up',
  down: 'Down',
  remove: 'Remove',
  moved: (what: string, index: number) => `${what}: message ${index}`,
  add: 'Add a message',
  most: (count: number) => `At most ${count} messages here.`,
  outgrown:
    'This conversation is too long for the address. It stays here until you leave; the address brings back everything else.',
  conventions: 'What is trained',
  lossOn: 'Loss on',
  lossOnNames: {
    'every-turn': 'every answer',
    'last-turn': 'last answer',
    everything: 'every token',
  } satisfies Record<LossOn, string>,
  lossOnWho: {
    'every-turn': 'TRL with assistant_only_loss=True; LLaMA-Factory’s default.',
    'last-turn': 'LLaMA-Factory with mask_history.',
    everything: 'TRL’s default for messages data; LLaMA-Factory with train_on_prompt.',
  } satisfies Record<LossOn, string>,
  boundary: 'A trained turn is',
  boundaryNames: {
    answer: 'text + end of turn',
    trl: 'TRL’s generation block',
  } satisfies Record<Boundary, string>,
  noBlock: 'TRL ships no training template for this one: both give the same.',
  endOfTurn: 'End-of-turn token bears loss',
  generationPrompt: 'add_generation_prompt left on',
  secondBos: 'Tokenizer adds its own bos',
  rendered: 'Training text',
  loss: 'bears loss',
  masked: 'label −100',
  special: 'special token',
  share: (loss: string, all: string, share: string) =>
    `${loss} of ${all} tokens bear loss, ${share}.`,
  shareCharacters: (loss: string, all: string) =>
    `${loss} of ${all} characters bear loss. Training counts tokens.`,
  formula: 'Loss of this sample',
  // Traps
  trapsHere: (count: number) =>
    count === 0 ? 'No trap in this one' : count === 1 ? 'One trap here' : `${count} traps here`,
  trapsElsewhere: 'Traps it does not run into',
  traps: {
    'no-loss': ['Nothing to learn', 'No assistant turn, no loss: the sample only costs time.'],
    'end-of-turn-masked': [
      'The model may never stop',
      'The end-of-turn token gets −100, so nothing teaches the model to write it. TRL warns of templates that do this.',
    ],
    'prompt-trained': [
      'The prompt is trained too',
      'System and user text bear loss. It can help with long instructions and short answers; usually it is an oversight.',
    ],
    'double-bos': [
      'Two bos tokens',
      'The template has written bos, and the tokenizer adds another. Tokenize rendered text with add_special_tokens=False.',
    ],
    'generation-prompt': [
      'A header at the end',
      'add_generation_prompt=True opens an empty answer behind the last one. It belongs to inference.',
    ],
    'default-system': [
      'A system text nobody wrote',
      'Without a system message Qwen2.5 writes its own. An empty system message stays empty.',
    ],
    'reasoning-dropped': [
      'The reasoning is gone',
      'R1’s template drops everything up to the last </think>, in the last turn too. The trace gets no loss.',
    ],
    'typed-marker': [
      'Typed text became a control token',
      'A marker inside a message is read as the real token once special tokens are parsed. Escape it, or tokenize user text apart.',
    ],
    'merged-boundary': [
      'The boundary falls inside a token',
      'The answer begins with a newline, and the tokenizer merges it with the header’s. Measuring the prompt’s length alone is then off.',
    ],
    trimmed: [
      'White space is trimmed',
      'Llama 3’s template trims every message: indentation at either end is lost.',
    ],
  } satisfies Record<Trap, [string, string]>,
  // Tokens
  tokensTitle: 'Token by token',
  count: (mb: string) => `Count tokens (${mb} MB)`,
  countHint: (name: string, licence: string) =>
    `Loads ${name}’s own tokenizer from this site (${licence}) and runs it here. Your text is sent nowhere.`,
  noTokenizer:
    'Llama 3’s tokenizer is not shipped: its licence sets terms of its own for passing it on. The text and its mask are exact all the same.',
  loading: 'The tokenizer is loading',
  cancel: 'Cancel',
  tokensFailed: 'The tokens could not be counted: check the connection.',
  unplaced:
    'This text holds characters that the tokenizer composes first (Unicode NFC), so its tokens cannot be laid over it.',
  firstTokens: (shown: string, all: string) => `The first ${shown} of ${all} tokens.`,
  tokenTable: 'every token, its id and its label',
  tokenHead: ['Place', 'Token', 'Id', 'Label', 'Note'],
  straddles: 'boundary inside',
  // Packing
  packTitle: 'Examples into windows',
  presets: 'Examples',
  presetNames: {
    trl: 'TRL’s pack_dataset',
    llama3: 'Llama 3’s mix, window 4,096',
    unlucky: 'Where greedy packing is unlucky',
  } satisfies Record<PackingPreset, string>,
  presetNotes: {
    trl: 'The example in TRL’s source: lengths 5, 2, 3, 1 into windows of 4.',
    llama3:
      'A hundred examples in the shares of Llama 3’s Table 7, each of the mean length of its part, without the 0.11% of long context.',
    unlucky: 'Made up: 4 + 3 + 3 twice would fill two windows, but longest first puts 4 with 4.',
  } satisfies Record<PackingPreset, string>,
  lengths: 'Lengths in tokens',
  lengthsHint: 'For example 5, 2, 3, 1 or 53x974',
  lengthsRule: (examples: string, tokens: string) =>
    `Whole numbers from 1 to ${tokens}, apart by commas or spaces; 3x5 for 5, 5, 5. At most ${examples} examples. The last good ones stay.`,
  window: 'Window',
  tokensUnit: 'tokens',
  overlong: 'Examples longer than a window',
  overlongNames: {
    truncate: 'lose their end',
    split: 'are split',
    drop: 'are dropped',
  } satisfies Record<Overlong, string>,
  overlongWho: {
    truncate: 'As TRL’s bfd does.',
    split: 'As TRL’s bfd_split does.',
    drop: 'As LLaMA-Factory does, with a warning.',
  } satisfies Record<Overlong, string>,
  strategy: 'Packing',
  strategyNames: {
    padded: 'none, padding',
    wrapped: 'concatenate and cut',
    ffd: 'first-fit decreasing',
    bfd: 'best-fit decreasing',
  } satisfies Record<Strategy, string>,
  strategyWho: {
    padded: 'One example a window; the rest is padding.',
    wrapped: 'TRL’s wrapped: one stream, cut every window. Cuts examples in the middle.',
    ffd: 'Longest first, into the first window with room. LLaMA-Factory’s greedy_knapsack gives the same windows.',
    bfd: 'Longest first, into the fullest window with room. TRL’s default, bfd.',
  } satisfies Record<Strategy, string>,
  compare: 'The four packings',
  compareHead: ['Packing', 'Windows', 'Padding', 'Waste', 'Tokens lost', 'Examples cut'],
  packVerdict: (name: string, windows: string, waste: string, padded: string) =>
    `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${windows} windows, ${waste} of their places padding. One example a window wastes ${padded}.`,
  lost: (tokens: string) => (tokens === '1' ? ' 1 token is lost.' : ` ${tokens} tokens are lost.`),
  fewest: (fewest: string) => ` ${fewest} windows would hold it all.`,
  packPicture: (name: string, windows: string) => `${name}: ${windows} windows, in the table below`,
  firstWindows: (shown: string, all: string) => `The first ${shown} of ${all} windows.`,
  legendExample: 'example, by its number',
  legendPart: 'part of an example',
  legendPadding: 'padding',
  windowPicture: 'the windows, drawn',
  windowTable: 'what stands in every window',
  windowHead: ['Window', 'Examples: tokens', 'Padding'],
  piece: (example: string, from: string, to: string, whole: boolean) =>
    whole ? `${example}: ${to}` : `${example}: ${from}–${to}`,
  attentionTitle: (at: string) => `Who sees whom in window ${at}`,
  at: 'Window looked at',
  isolated: 'Keep the examples apart',
  attention: (across: string, causal: string, share: string) =>
    `${across} of ${causal} pairs of query and key, ${share}, look into another example, and positions run on.`,
  apart: (saved: string) =>
    `Each example sees only itself, and its positions begin at 0. ${saved} pairs are not computed.`,
  alone: 'One example alone: there is nothing to keep apart.',
  attentionPicture: 'Rows are queries, columns keys, both in the order of the window',
  own: 'sees its own example',
  foreign: 'sees another example',
  hidden: 'masked out',
  positionTable: 'position ids and labels of the window',
  positionHead: ['Example', 'Tokens', 'Position ids', 'First label'],
  firstLabel: '−100',
  firstLabelKept: 'predicted from the example before',
  noForeign: 'nothing before it',
};

export type Words = typeof en;

const zh: Words = {
  question: '用TRL的SFTTrainer训一份messages数据，SFTConfig一项不改。损失落在哪里？',
  options: { everything: '每个token', 'every-turn': '每个回答', 'last-turn': '最后一个回答' },
  why: (everything, turns) =>
    `assistant_only_loss默认关闭。下面这段对话里，这样会训练${everything}个token，其中只有${turns}个属于回答；其余的是在教模型写系统提示和用户的话。`,
  exampleIs:
    '对话是本站测试所用的、实际执行过的模板数据里的qwen2.5/g3-multi；打包是TRL的pack_dataset自带的例子。',
  example: '回到例子',
  chatTitle: '损失落在哪里',
  template: '对话模板',
  templates: en.templates,
  editor: '对话',
  role: (index) => `第${index}条消息的角色`,
  text: (index) => `第${index}条消息的正文`,
  roles: {
    system: 'system 系统',
    user: 'user 用户',
    assistant: 'assistant 助手',
    tool: 'tool 工具',
  },
  up: '上移',
  down: '下移',
  remove: '删除',
  moved: (what, index) => `${what}第${index}条消息`,
  add: '添加一条消息',
  most: (count) => `这里最多${count}条消息。`,
  outgrown: '这段对话太长，放不进地址。离开之前它一直在；地址只带得走其余设置。',
  conventions: '训练什么',
  lossOn: '损失落在',
  lossOnNames: { 'every-turn': '每个回答', 'last-turn': '最后一个回答', everything: '每个token' },
  lossOnWho: {
    'every-turn': 'TRL设assistant_only_loss=True；LLaMA-Factory的默认。',
    'last-turn': 'LLaMA-Factory的mask_history。',
    everything: 'TRL对messages数据的默认；LLaMA-Factory的train_on_prompt。',
  },
  boundary: '一个训练轮包括',
  boundaryNames: { answer: '正文 + 轮末符', trl: 'TRL的generation块' },
  noBlock: 'TRL没有为它准备训练模板，两种口径结果相同。',
  endOfTurn: '轮末符计入损失',
  generationPrompt: '忘了关add_generation_prompt',
  secondBos: '分词器再加一个bos',
  rendered: '训练文本',
  loss: '计入损失',
  masked: '标签−100',
  special: '特殊token',
  share: (loss, all, share) => `${all}个token里有${loss}个计入损失，占${share}。`,
  shareCharacters: (loss, all) => `${all}个字符里有${loss}个计入损失。训练时数的是token。`,
  formula: '这条样本的损失',
  trapsHere: (count) => (count === 0 ? '这条没有踩坑' : `这里踩了${count}个坑`),
  trapsElsewhere: '没有踩到的坑',
  traps: {
    'no-loss': ['学不到东西', '没有助手轮，就没有损失：这条样本只花时间。'],
    'end-of-turn-masked': [
      '模型可能停不下来',
      '轮末符的标签是−100，没有什么教模型写出它。模板这样做，TRL会警告。',
    ],
    'prompt-trained': [
      '提示也被训练',
      '系统提示和用户的话都计入损失。指令长、回答短时可能有益，多数时候只是疏忽。',
    ],
    'double-bos': [
      '两个bos',
      '模板已经写了bos，分词器又加一个。对渲染好的文本分词，要设add_special_tokens=False。',
    ],
    'generation-prompt': [
      '末尾多一个标头',
      'add_generation_prompt=True在最后一个回答后面又开了一个空回答。它只属于推理。',
    ],
    'default-system': [
      '没人写过的系统提示',
      '没有系统消息时，Qwen2.5会写上自己的。空的系统消息则保持为空。',
    ],
    'reasoning-dropped': [
      '推理过程不见了',
      'R1的模板删掉最后一个</think>之前的全部内容，最后一轮也不例外。推理过程得不到损失。',
    ],
    'typed-marker': [
      '正文变成了控制符',
      '消息里打出的标记，一旦解析特殊token，就成了真的控制符。要么转义，要么把用户的文本单独分词。',
    ],
    'merged-boundary': [
      '边界落在token中间',
      '回答以换行开头，分词器把它和标头的换行合成一个token。单独量提示的长度，就会差一个。',
    ],
    trimmed: ['首尾空白被去掉', 'Llama 3的模板会修剪每条消息：首尾的缩进就没了。'],
  },
  tokensTitle: '逐个token看',
  count: (mb) => `数token（${mb} MB）`,
  countHint: (name, licence) =>
    `从本站加载${name}自己的分词器（${licence}），就在这里运行。你的文本不会发往任何地方。`,
  noTokenizer: '本站不带Llama 3的分词器：它的许可证对再分发另有要求。文本和掩码照样准确。',
  loading: '正在加载分词器',
  cancel: '取消',
  tokensFailed: '没能数出token，请检查网络。',
  unplaced: '文本里有分词器要先合成的字符（Unicode NFC），它的token没法对齐到原文。',
  firstTokens: (shown, all) => `共${all}个token，这里是前${shown}个。`,
  tokenTable: '每个token的id与标签',
  tokenHead: ['位置', 'token', 'id', '标签', '备注'],
  straddles: '边界在其中',
  packTitle: '把样本装进窗口',
  presets: '例子',
  presetNames: {
    trl: 'TRL的pack_dataset',
    llama3: 'Llama 3的配比，窗口4,096',
    unlucky: '贪心打包失手的时候',
  },
  presetNotes: {
    trl: 'TRL源码里的例子：长度5、2、3、1，窗口4。',
    llama3: '100条样本，按Llama 3报告表7的份额，长度取各部分的平均值；占0.11%的长上下文不在内。',
    unlucky: '自拟：两次4 + 3 + 3正好装满两个窗口，可先放最长的，4就和4放到了一起。',
  },
  lengths: '各样本的token数',
  lengthsHint: '例如5, 2, 3, 1或53x974',
  lengthsRule: (examples, tokens) =>
    `填1到${tokens}的整数，用逗号或空格隔开；3x5就是5, 5, 5。最多${examples}条。上一次有效的仍在使用。`,
  window: '窗口',
  tokensUnit: '个token',
  overlong: '比窗口长的样本',
  overlongNames: { truncate: '截掉末尾', split: '拆开', drop: '丢弃' },
  overlongWho: {
    truncate: 'TRL的bfd这样做。',
    split: 'TRL的bfd_split这样做。',
    drop: 'LLaMA-Factory这样做，并给出警告。',
  },
  strategy: '打包方式',
  strategyNames: {
    padded: '不打包，填充',
    wrapped: '拼接后切开',
    ffd: '首次适应递减（FFD）',
    bfd: '最佳适应递减（BFD）',
  },
  strategyWho: {
    padded: '一个窗口一条，其余填充。',
    wrapped: 'TRL的wrapped：连成一串，每满一个窗口切一刀，会把样本从中间切断。',
    ffd: '先长后短，放进第一个放得下的窗口。LLaMA-Factory的greedy_knapsack得到同样的窗口。',
    bfd: '先长后短，放进剩余最少又放得下的窗口。TRL默认的bfd就是它。',
  },
  compare: '四种打包方式',
  compareHead: ['打包方式', '窗口数', '填充', '浪费', '丢失的token', '被切的样本'],
  packVerdict: (name, windows, waste, padded) =>
    `${name}：${windows}个窗口，填充占${waste}。一个窗口只放一条，会浪费${padded}。`,
  lost: (tokens) => `丢了${tokens}个token。`,
  fewest: (fewest) => `其实${fewest}个窗口就装得下。`,
  packPicture: (name, windows) => `${name}：${windows}个窗口，下面有表`,
  firstWindows: (shown, all) => `共${all}个窗口，这里是前${shown}个。`,
  legendExample: '样本，数字是编号',
  legendPart: '样本的一段',
  legendPadding: '填充',
  windowPicture: '窗口图',
  windowTable: '每个窗口里有什么',
  windowHead: ['窗口', '样本：token', '填充'],
  piece: (example, from, to, whole) => (whole ? `${example}：${to}` : `${example}：${from}–${to}`),
  attentionTitle: (at) => `第${at}个窗口里谁看得见谁`,
  at: '看第几个窗口',
  isolated: '把样本隔开',
  attention: (across, causal, share) =>
    `${causal}对query与key里，有${across}对（${share}）看到了别的样本，位置编号也一路往下数。`,
  apart: (saved) => `每条样本只看得见自己，位置从0数起。有${saved}对不必计算。`,
  alone: '只有一条样本，没有什么要隔开。',
  attentionPicture: '行是query，列是key，都按窗口里的顺序',
  own: '看自己的样本',
  foreign: '看到别的样本',
  hidden: '被掩掉',
  positionTable: '窗口的位置编号与标签',
  positionHead: ['样本', 'token', '位置编号', '第一个标签'],
  firstLabel: '−100',
  firstLabelKept: '由前一条样本预测',
  noForeign: '前面没有别的',
};

export function sftWords(locale: Locale): Words {
  return locale === 'zh' ? zh : en;
}
