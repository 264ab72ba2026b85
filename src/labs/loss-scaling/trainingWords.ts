/** Words of the gradient histogram and of the training run. */
import type { Locale } from '~/i18n/locale.ts';
import type { ZoneName } from './histogram.ts';
import type { Preset, Recipe } from './trainingState.ts';

const en = {
  // Scale
  scale: 'Loss scale S',
  notPower: 'a power of two, please, as 1024 or 2^10: it changes exponents and rounds nothing',
  scaleRange: (most: string) => `allowed: 1 to ${most}`,
  notANumber: (typed: string) =>
    typed === ''
      ? 'type a power of two: 1024, 64K or 2^10'
      : `“${typed}” is not a number: 1024, 2^10`,

  // Histogram
  histogramTitle: 'Which gradients does a loss scale save?',
  gradients: 'Gradients',
  presets: {
    ssd: 'Multibox SSD',
    speech: 'Mandarin speech',
    live: 'The network below',
  } satisfies Record<Preset, string>,
  zones: {
    zero: 'zero from the start',
    underflow: 'become 0',
    subnormal: 'kept as subnormal, few digits',
    normal: 'kept',
    overflow: 'become ∞',
  } satisfies Record<ZoneName, string>,
  zonesShort: {
    zero: 'zero',
    underflow: 'underflow',
    subnormal: 'subnormal',
    normal: 'normal',
    overflow: 'overflow',
  } satisfies Record<ZoneName, string>,
  ssdNote: (count: string) =>
    `Activation gradients of the FP32 run, collected over training. Published: 66.8% are zero, 5.3% survive in FP16, 4% lie within (2⁻³², 2⁻³⁰), and a shift by 15 exponents brings back all but 0.1% of the lost. The curve through these points is a guess: ${count} gradients drawn to fit. (The guide also says that 31% become zero. Its other two shares leave 27.9%, which is what you see.)`,
  speechNote: (count: string) =>
    `Weight gradients of the FP32 run. Published: about 5% have exponents below −24. The bell around that point is ours: ${count} gradients drawn to fit.`,
  liveNote: (count: string, step: string) =>
    `${count} gradients of the FP32 run at step ${step}, by activations and by weights: what FP16 would have had to hold.`,
  liveMissing: 'The network below is being trained; its gradients follow in a moment.',
  source: ' Sources: ',
  between: '; ',
  picture: (scale: string) =>
    `Histogram of the gradients by powers of two, multiplied by ${scale}, over the zones of FP16.`,
  axis: 'magnitude after scaling, |g|·S',
  shareAxis: 'share of all gradients in each power of two',
  upToShare: (share: string) => `up to ${share}`,
  kept: 'kept if',
  lost: 'infinite if',
  countKept: (count: string) => `${count} stay above zero`,
  countLost: (count: string) => `${count} overflow`,
  accountTitle: 'Lost at each scale',
  accountPicture:
    'Share of the gradients lost to zero and to infinity at each scale from 1 to 2⁴⁰.',
  best: (scale: string) => `Smallest of the best: ${scale}`,
  losesNone: (scale: string) => `${scale} loses nothing: no gradient becomes zero or overflows.`,
  bestHere: (scale: string, share: string) =>
    `No scale loses less than ${scale}: ${share} become zero, none overflows.`,
  loses: (scale: string, share: string, best: string, bestShare: string) =>
    `${scale} loses ${share} to zero. ${best} would lose ${bestShare}.`,
  losesAll: (scale: string, share: string, best: string) =>
    `${scale} loses ${share} to zero. ${best} would lose none.`,
  tooLarge: (scale: string, count: string) =>
    `At ${scale} ${count} become infinite. One is enough: the whole step is skipped.`,
  tooLargeAtAny: (scale: string, count: string) =>
    `Even at ${scale}, the best, ${count} become infinite, and the step is skipped.`,
  whole:
    'Lost gradients are not all equal: SSD trained at S = 8 as it did in FP32, although most of the small ones were still zero.',
  tableCaption: 'gradients by power of two after scaling',
  accountCaption: 'share lost at each scale',
  magnitude: '|g|·S',
  count: 'gradients',
  share: 'share',
  zone: 'zone',
  upTo: (limit: string) => `below ${limit}`,
  from: (limit: string) => `${limit} and more`,

  // Run
  runTitle: 'Watch a network train in each format',
  runIntro:
    'A network of 1–16–16–1 units learns a curve. Each operation is rounded to the format of its run; all else, the first weights too, is the same. Its loss is divided by 2²⁴ tokens, a large model’s batch, so each gradient is about that small.',
  recipes: {
    fp32: 'FP32',
    bf16: 'BF16',
    fp16: 'FP16',
    fp16_static: 'FP16, static scale',
    fp16_dynamic: 'FP16, dynamic scale',
  } satisfies Record<Recipe, string>,
  curves: 'Curves',
  settings: 'How the 16-bit runs train',
  masters: 'FP32 master weights',
  wideSums: 'FP32 accumulation',
  staticScale: 'Static scale',
  startScale: 'Dynamic scale starts at',
  growthInterval: 'It doubles after clean steps',
  growthNote: 'PyTorch’s GradScaler, whose own interval is 2,000: the length of this run.',
  seed: 'Seed of the first weights',
  spike: (step: string) => `Inject a spike at step ${step}`,
  spikeNote:
    'One label of that step is 30,000 instead of about 1. Its gradient is huge, though finite in FP32.',
  spikesFull: (count: number) => `${count} spikes are enough`,
  removeSpike: (step: string) => `remove the spike at step ${step}`,
  atStep: (step: string) => `step ${step}`,
  step: 'Step',
  speed: 'Steps at a time',
  training: (percent: string) => `Training: ${percent} done`,
  progress: 'Training progress',
  cancel: 'Cancel',
  train: 'Train',
  cancelled: 'Cancelled. The curves are those of the settings before.',
  failed: 'This browser would not start the training. The curves are those of the settings before.',
  lossPlot: 'Loss, mean squared error',
  scalePlot: 'Loss scale',
  zeroPlot: 'Gradients that are zero',
  spikeMark: 'spike',
  skipMark: 'step skipped',
  lossPicture: (step: string) => `Loss of each run up to step ${step}, on a logarithmic axis.`,
  scalePicture: (step: string) => `Static and dynamic loss scale up to step ${step}.`,
  zeroPicture: (step: string) => `Share of zero gradients of each run up to step ${step}.`,
  run: 'Run',
  loss: 'Loss',
  against: 'of FP32’s',
  scaleNow: 'Scale',
  skipped: 'Skipped',
  zeros: 'Zero gradients',
  swamped: 'Swamped updates so far',
  swampedNote:
    'Swamped: a nonzero update left its weight as it was, being under half the spacing there. Zero gradients are those of the step itself.',
  readingAt: (step: string) => `At step ${step}`,
  tableOfLosses: 'loss at every 100th step',
  tableOfScales: (count: string) => `the dynamic scale, its first ${count} changes`,
  scaleAfter: 'Scale afterwards',
  event: 'what happened',
  start: 'start',
  grew: 'doubled after clean steps',
  halved: 'overflow: step skipped, scale halved',
  same: 'overflow: step skipped',
  fitTitle: 'What each has learned',
  fitPicture: (name: string) => `Answers of the ${name} run beside the curve to be learned`,
  diverged: 'diverged',
  formula: 'Why FP16 stops',
  formulaWhy:
    'With a typical error, the root of the loss, the scaled gradient at the output is 2 · error · S / 2²⁴. In FP16:',
  becomes: 'becomes',
  verdictStall: (ratio: string, zeros: string) =>
    `FP16 without a scale ends at ${ratio} times FP32’s loss: ${zeros} of its gradients are zero.`,
  verdictNoStall: (ratio: string) => `FP16 without a scale ends at ${ratio} times FP32’s loss.`,
  verdictScaled: (fixed: string, dynamic: string, skipped: number) =>
    `With a scale it trains: static ${fixed} times, dynamic ${dynamic} times${skipped > 0 ? `, ${skipped} ${skipped === 1 ? 'step' : 'steps'} skipped` : ''}.`,
  verdictMixed: (fixed: string, dynamic: string) =>
    `The scale decides: static ends at ${fixed} times, dynamic at ${dynamic} times.`,
  verdictUnscaled: (fixed: string, dynamic: string) =>
    `Here scaling alone does not save it: static ${fixed} times, dynamic ${dynamic} times.`,
  verdictBf16: (ratio: string) => `BF16 needs no scale: ${ratio} times.`,
  verdictBf16Bad: (ratio: string) => `BF16 has the range but not the precision: ${ratio} times.`,
  verdictSwamped:
    'Without FP32 master weights small updates vanish in the weights, whatever the scale.',
  verdictSpared: (ratio: string) =>
    `The spike overflowed under the dynamic scale, so its step was skipped. The runs that took it are thrown back: FP32 ends at ${ratio} times the loss. That is luck, not design; clipping gradients is meant for it.`,
};

const zh: typeof en = {
  scale: '损失缩放系数S',
  notPower: '请填2的幂，如1024或2^10：它只改指数，不引入舍入',
  scaleRange: (most) => `可取1到${most}`,
  notANumber: (typed) =>
    typed === '' ? '请填2的幂：1024、64K或2^10' : `“${typed}”不是数字：1024、2^10`,

  histogramTitle: '一个损失缩放系数能救回哪些梯度？',
  gradients: '梯度来自',
  presets: { ssd: 'Multibox SSD', speech: '普通话语音模型', live: '下面的网络' },
  zones: {
    zero: '本来就是零',
    underflow: '变成0',
    subnormal: '保住，但位数少（次正规数）',
    normal: '保住',
    overflow: '变成∞',
  },
  zonesShort: {
    zero: '零',
    underflow: '下溢',
    subnormal: '次正规',
    normal: '正规',
    overflow: '上溢',
  },
  ssdNote: (count) =>
    `FP32训练全程收集的激活梯度。已发表的数字：66.8%是零，5.3%在FP16里不是零，4%落在(2⁻³², 2⁻³⁰)，指数上移15位能救回丢失值里的99.9%。穿过这些点的曲线是推测的，按它生成了${count}个梯度。（指南还说31%变成零，但按它另外两个数只剩27.9%，图中取后者。）`,
  speechNote: (count) =>
    `FP32训练的权重梯度。已发表的只有一个数：约5%的指数低于−24。钟形是我们补的，按它生成了${count}个梯度。`,
  liveNote: (count, step) =>
    `FP32那条训练在第${step}步的${count}个梯度，对激活和对权重的都在内：换成FP16，要装下的就是它们。`,
  liveMissing: '下面的网络正在训练，梯度马上就到。',
  source: '出处：',
  between: '；',
  picture: (scale) => `梯度乘以${scale}之后，按2的幂分箱的直方图，底色是FP16的各个区。`,
  axis: '缩放后的大小|g|·S',
  shareAxis: '每个2的幂区间占全部梯度的比例',
  upToShare: (share) => `最高${share}`,
  kept: '保住的条件',
  lost: '溢出的条件',
  countKept: (count) => `${count}个没有变成零`,
  countLost: (count) => `${count}个溢出`,
  accountTitle: '各个系数下丢失多少',
  accountPicture: '系数从1到2⁴⁰，变成零和变成无穷的梯度比例。',
  best: (scale) => `最佳系数里最小的：${scale}`,
  losesNone: (scale) => `${scale}什么也不丢：没有梯度变成零，也没有溢出。`,
  bestHere: (scale, share) => `没有比${scale}丢得更少的系数：${share}变成零，没有溢出。`,
  loses: (scale, share, best, bestShare) =>
    `${scale}让${share}变成零；换成${best}只丢${bestShare}。`,
  losesAll: (scale, share, best) => `${scale}让${share}变成零；换成${best}一个也不丢。`,
  tooLarge: (scale, count) => `取${scale}时有${count}个变成无穷。一个就够了：整步跳过。`,
  tooLargeAtAny: (scale, count) => `最好的系数是${scale}，仍有${count}个变成无穷，这一步只能跳过。`,
  whole: '丢掉的梯度并非同等重要：SSD取S = 8时，小梯度大多仍是零，训练结果却与FP32相当。',
  tableCaption: '缩放后各个2的幂区间的梯度数',
  accountCaption: '各个系数下的丢失比例',
  magnitude: '|g|·S',
  count: '梯度数',
  share: '比例',
  zone: '区',
  upTo: (limit) => `小于${limit}`,
  from: (limit) => `${limit}及以上`,

  runTitle: '看同一个网络用各种格式训练',
  runIntro:
    '一个1–16–16–1的网络学一条曲线。每一步运算都舍入到各自的格式，其余完全相同，初始权重也一样。损失除以2²⁴个token，相当于大模型的一个批次，所以每个梯度也就小到这个量级。',
  recipes: {
    fp32: 'FP32',
    bf16: 'BF16',
    fp16: 'FP16',
    fp16_static: 'FP16＋静态缩放',
    fp16_dynamic: 'FP16＋动态缩放',
  },
  curves: '曲线',
  settings: '16位训练怎么做',
  masters: 'FP32主权重（master weights）',
  wideSums: 'FP32累加（accumulation）',
  staticScale: '静态系数',
  startScale: '动态系数的起点',
  growthInterval: '连续多少步无溢出后翻倍',
  growthNote: '规则是PyTorch的GradScaler，它自己的间隔是2000步，正好是这次训练的全长。',
  seed: '初始权重的随机种子',
  spike: (step) => `在第${step}步注入一个尖峰`,
  spikeNote: '那一步有一个标签是30000，本来约为1。梯度极大，但在FP32里仍是有限数。',
  spikesFull: (count) => `最多${count}个尖峰`,
  removeSpike: (step) => `去掉第${step}步的尖峰`,
  atStep: (step) => `第${step}步`,
  step: '步',
  speed: '每次走几步',
  training: (percent) => `训练中：已完成${percent}`,
  progress: '训练进度',
  cancel: '取消',
  train: '训练',
  cancelled: '已取消。图中仍是上一组设置的曲线。',
  failed: '这个浏览器无法启动训练。图中仍是上一组设置的曲线。',
  lossPlot: '损失（均方误差）',
  scalePlot: '损失缩放系数',
  zeroPlot: '等于零的梯度',
  spikeMark: '尖峰',
  skipMark: '跳过的步',
  lossPicture: (step) => `到第${step}步为止各条训练的损失，对数坐标。`,
  scalePicture: (step) => `到第${step}步为止的静态和动态缩放系数。`,
  zeroPicture: (step) => `到第${step}步为止各条训练中零梯度的比例。`,
  run: '训练',
  loss: '损失',
  against: '是FP32的',
  scaleNow: '系数',
  skipped: '跳过步数',
  zeros: '零梯度',
  swamped: '累计被吞的更新',
  swampedNote:
    '被吞的更新（swamping）：更新不是零，却小于权重处间隔的一半，加了等于没加。零梯度只算这一步。',
  readingAt: (step) => `第${step}步`,
  tableOfLosses: '每100步的损失',
  tableOfScales: (count) => `动态系数的前${count}次变化`,
  scaleAfter: '之后的系数',
  event: '发生了什么',
  start: '起点',
  grew: '连续无溢出，翻倍',
  halved: '溢出：跳过这一步，系数减半',
  same: '溢出：跳过这一步',
  fitTitle: '各自学到了什么',
  fitPicture: (name) => `${name}的输出与要学的曲线`,
  diverged: '已发散',
  formula: 'FP16为什么停下',
  formulaWhy: '取典型误差（损失的平方根），输出处缩放后的梯度是2 · 误差 · S / 2²⁴。存成FP16：',
  becomes: '变成',
  verdictStall: (ratio, zeros) => `FP16不缩放，最后的损失是FP32的${ratio}倍：${zeros}的梯度是零。`,
  verdictNoStall: (ratio) => `FP16不缩放，最后的损失是FP32的${ratio}倍。`,
  verdictScaled: (fixed, dynamic, skipped) =>
    `缩放之后就能训练：静态${fixed}倍，动态${dynamic}倍${skipped > 0 ? `，跳过${skipped}步` : ''}。`,
  verdictMixed: (fixed, dynamic) => `成败看系数：静态${fixed}倍，动态${dynamic}倍。`,
  verdictUnscaled: (fixed, dynamic) => `这里只靠缩放救不回来：静态${fixed}倍，动态${dynamic}倍。`,
  verdictBf16: (ratio) => `BF16不需要缩放：${ratio}倍。`,
  verdictBf16Bad: (ratio) => `BF16范围够、精度不够：${ratio}倍。`,
  verdictSwamped: '没有FP32主权重，小更新会被权重吞掉，缩放系数怎么取都没用。',
  verdictSpared: (ratio) =>
    `尖峰在动态缩放下溢出，那一步被跳过。其余训练照单全收，退了回去：FP32最后的损失是它的${ratio}倍。这是碰巧，不是设计；该由梯度裁剪（gradient clipping）来防。`,
};

export function trainingWords(locale: Locale): typeof en {
  return locale === 'zh' ? zh : en;
}
