import type { Zone } from '~/engines/floats/index.ts';
import type { Locale } from '~/i18n/locale.ts';

const en = {
  broken: 'Part of this address could not be read. In its place stands the example’s value:',
  example:
    'The example: 2⁻²⁷, the smallest gradient that Multibox SSD needed (Mixed Precision Training §3.2), and a DeepSpeed run whose first six steps overflow (issue 931).',
  backToExample: 'Back to the published example',
  notANumber: (typed: string) =>
    typed === ''
      ? 'type a number: 0.1, 6e-8 or 2^-24'
      : `“${typed}” is not a number: 0.1, 6e-8, 2^-24`,
  outside: (min: string, max: string) => `allowed: ${min} to ${max}`,
  wholeOutside: (min: string, max: string) => `allowed: whole numbers from ${min} to ${max}`,

  predictQuestion:
    'A gradient of 2⁻²⁷ is cast to FP16. Which is the smallest loss scale with which it does not become zero?',
  right: 'Right.',
  wrong: 'Not quite.',
  predictWhy: (tie: string, scale: string, scaled: string, half: string) =>
    `FP16 rounds everything up to ${tie} to zero, the tie included. Times ${scale} the gradient is ${scaled}; times ${half} it would lie on the tie exactly. It is the factor the authors used.`,

  // Format explorer
  formatsTitle: 'What becomes of one number in six formats',
  number: 'The number x',
  tries: 'Numbers with a story',
  tryWhy: {
    ssd: 'smallest gradient SSD needs',
    eps: 'Adam’s ε',
    primer: 'NVIDIA’s FP8 primer',
    square: '255², fits FP16 in spite of a popular claim',
    top: 'first number FP16 turns into ∞',
    e4m3: 'past the top of E4M3',
  },
  times: (factor: string) => `x × ${factor}`,
  negate: 'change the sign',
  zoom: 'Axis',
  zooms: { all: 'all of FP32', half: 'around FP16 and FP8' },
  axis: 'Magnitude of x, as a power of two; drag, or use the arrow keys',
  zones: {
    zero: 'zero',
    underflow: 'underflow to 0',
    subnormal: 'subnormal',
    normal: 'normal',
    overflow: 'overflow',
    nan: 'not a number',
  } satisfies Record<Zone | 'nan', string>,
  rowsLabel: 'Format whose bits are shown',
  error: 'relative error',
  exact: 'exact',
  bitsTitle: (format: string) => `${format} bit by bit`,
  bitsHint: 'Press a bit to flip it: x becomes the number it then encodes.',
  fields: { sign: 'sign', exponent: 'exponent', mantissa: 'mantissa' },
  bit: (field: string, weight: number, value: number) => `${field} bit ${weight}: ${value}`,
  encoding: 'Encoding',
  stored: 'Stored',
  formulaInfinity: 'exponent all ones, mantissa 0: infinity',
  formulaNan: 'the code for “not a number”',
  below: 'next below',
  above: 'next above',
  middle: 'middle',
  placeLabel: (low: string, x: string, high: string) => `x = ${x} between ${low} and ${high}`,
  says: {
    zero: () => 'Zero is zero in every format.',
    nan: () => 'Not a number stays not a number in every format.',
    infinite: (becomes: string) => `Infinity becomes ${becomes}.`,
    underflow: (tie: string, smallest: string) =>
      `|x| ≤ ${tie}, at most half of the smallest number ${smallest}: it rounds to zero. The gradient is gone.`,
    subnormal: (minNormal: string, gap: string, bits: number, full: number) =>
      `|x| lies below the smallest normal number ${minNormal}. The spacing no longer shrinks, it stays ${gap}: ${bits} of ${full} significant bits are left.`,
    normal: (gap: string, roundoff: string) =>
      `Neighbours are ${gap} apart here. Rounding errs by at most ${roundoff} of the value.`,
    overflow: (tie: string, max: string, becomes: string) =>
      `|x| is past ${tie}, the middle above the largest number ${max}: it becomes ${becomes}.`,
    atMax: (tie: string, becomes: string) =>
      `This is as large as it gets: from ${tie} on it becomes ${becomes}.`,
  },
  formatsTable: 'x in six formats',
  tableHead: ['Format', 'Stored', 'Zone', 'Relative error', 'Next below', 'Next above', 'Code'],

  // Swamping
  swampTitle: 'Why weights are kept in FP32: an update under half the gap vanishes',
  weight: 'Weight w',
  update: 'Update Δw',
  additions: 'Additions',
  kept: 'Kept in',
  swampLost: (w: string, dw: string, format: string, half: string) =>
    `${w} + ${dw} = ${w} in ${format}: the update is under half the gap, ${half}. It is lost, every time.`,
  swampArrives: (w: string, dw: string, sum: string, format: string, half: string) =>
    `${w} + ${dw} = ${sum} in ${format}: half the gap is ${half}, so the update arrives.`,
  swampOverflow: (w: string, format: string) => `${w} does not fit into ${format} at all.`,
  swampZero: (dw: string, format: string) =>
    `${dw} is already zero in ${format}, before it is added.`,
  half: 'half the gap',
  swampFormula: 'Δw against half the gap next to w',
  lineOwn: (format: string) => `kept in ${format}`,
  lineMaster: 'FP32 master weight',
  lineCopy: (format: string) => `its ${format} copy`,
  swampResult: (n: string, own: string, arrived: string, master: string, copy: string) =>
    `After ${n} additions: ${own} without a master weight, ${arrived} of them arrived; ${master} in FP32, which the forward pass sees as ${copy}.`,
  firstMove: (steps: string, to: string) =>
    `The copy first moves after ${steps} additions, to ${to}.`,
  swampTable: 'the running value',
  swampHead: ['Additions', 'Without master', 'FP32 master', 'Copy of the master'],
  swampChart: 'Running value over the additions, without and with an FP32 master weight',
};

export type Words = typeof en;

const zh: Words = {
  broken: '地址里有一部分读不出来，已换成示例的值：',
  example:
    '示例：2⁻²⁷，Multibox SSD必须保住的最小梯度（Mixed Precision Training §3.2）；以及一次前六步全部溢出的DeepSpeed训练（issue 931）。',
  backToExample: '回到已发表的示例',
  notANumber: (typed) =>
    typed === '' ? '请填一个数：0.1、6e-8或2^-24' : `“${typed}”不是数字，可以写0.1、6e-8、2^-24`,
  outside: (min, max) => `可取${min}到${max}`,
  wholeOutside: (min, max) => `可取${min}到${max}的整数`,

  predictQuestion: '把一个2⁻²⁷的梯度转成FP16。损失缩放系数最小取多少，它才不会变成零？',
  right: '对。',
  wrong: '不对。',
  predictWhy: (tie, scale, scaled, half) =>
    `FP16会把不超过${tie}的数全部舍入为零，恰好等于也算。乘以${scale}，梯度变成${scaled}；乘以${half}则正好落在临界点上。论文作者用的就是这个系数。`,

  formatsTitle: '同一个数，在六种格式里变成什么',
  number: '数x',
  tries: '有来历的数',
  tryWhy: {
    ssd: 'SSD需要的最小梯度',
    eps: 'Adam的ε',
    primer: 'NVIDIA FP8入门里的例子',
    square: '255²：流传的说法有误，FP16放得下',
    top: 'FP16从这个数起变成∞',
    e4m3: '超出E4M3的上限',
  },
  times: (factor) => `x × ${factor}`,
  negate: '变号',
  zoom: '坐标轴',
  zooms: { all: 'FP32全部范围', half: 'FP16与FP8附近' },
  axis: 'x的绝对值，以2的幂表示；可拖动，也可用方向键',
  zones: {
    zero: '零',
    underflow: '下溢为0',
    subnormal: '次正规数',
    normal: '正规数',
    overflow: '上溢',
    nan: '非数',
  },
  rowsLabel: '逐位查看哪种格式',
  error: '相对误差',
  exact: '精确',
  bitsTitle: (format) => `逐位看${format}`,
  bitsHint: '按一下某一位就翻转它：x变成新编码表示的数。',
  fields: { sign: '符号', exponent: '指数', mantissa: '尾数' },
  bit: (field, weight, value) => `${field}第${weight}位：${value}`,
  encoding: '编码',
  stored: '存成',
  formulaInfinity: '指数全1、尾数为0：无穷',
  formulaNan: '“非数”（NaN）的编码',
  below: '下一个较小的数',
  above: '下一个较大的数',
  middle: '中点',
  placeLabel: (low, x, high) => `x = ${x}，位于${low}与${high}之间`,
  says: {
    zero: () => '零在每种格式里都是零。',
    nan: () => '非数（NaN）在每种格式里仍是非数。',
    infinite: (becomes) => `无穷变成${becomes}。`,
    underflow: (tie, smallest) =>
      `|x| ≤ ${tie}，不超过最小数${smallest}的一半，舍入为零。这个梯度就此消失。`,
    subnormal: (minNormal, gap, bits, full) =>
      `|x|小于最小正规数${minNormal}。间隔不再缩小，一直是${gap}：${full}位有效位只剩${bits}位。`,
    normal: (gap, roundoff) => `这里相邻两数相差${gap}，舍入的相对误差不超过${roundoff}。`,
    overflow: (tie, max, becomes) =>
      `|x|越过了${tie}，也就是最大数${max}之上的中点，变成${becomes}。`,
    atMax: (tie, becomes) => `这已是最大的数：从${tie}起变成${becomes}。`,
  },
  formatsTable: 'x在六种格式里',
  tableHead: ['格式', '存成', '区间', '相对误差', '较小的邻居', '较大的邻居', '编码'],

  swampTitle: '为什么权重要存FP32：小于半个间隔的更新会消失',
  weight: '权重w',
  update: '更新量Δw',
  additions: '累加次数',
  kept: '存储格式',
  swampLost: (w, dw, format, half) =>
    `在${format}里，${w} + ${dw} = ${w}：更新量不到半个间隔（${half}），每一次都被吞掉。`,
  swampArrives: (w, dw, sum, format, half) =>
    `在${format}里，${w} + ${dw} = ${sum}：半个间隔是${half}，这次更新进得去。`,
  swampOverflow: (w, format) => `${format}根本放不下${w}。`,
  swampZero: (dw, format) => `${dw}在${format}里还没相加就已经是零。`,
  half: '半个间隔',
  swampFormula: 'Δw与w旁边的半个间隔',
  lineOwn: (format) => `直接存${format}`,
  lineMaster: 'FP32主权重',
  lineCopy: (format) => `它的${format}副本`,
  swampResult: (n, own, arrived, master, copy) =>
    `累加${n}次之后：没有主权重时是${own}，其中${arrived}次生效；FP32里是${master}，前向计算看到的是${copy}。`,
  firstMove: (steps, to) => `副本在第${steps}次累加后第一次移动，变成${to}。`,
  swampTable: '累加过程',
  swampHead: ['累加次数', '没有主权重', 'FP32主权重', '主权重的副本'],
  swampChart: '累加过程中的值：没有FP32主权重与有FP32主权重',
};

export function labWords(locale: Locale): Words {
  return locale === 'zh' ? zh : en;
}
