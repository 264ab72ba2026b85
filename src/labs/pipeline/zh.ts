import type { Words } from './en.ts';

export const words: Words = {
  controls: '运行什么',
  first: '调度',
  second: '与谁比较',
  none: '不比较',
  names: {
    gpipe: 'GPipe',
    '1f1b': '1F1B',
    interleaved: '交错式1F1B',
    'zb-h1': 'ZB-H1',
    dualpipe: 'DualPipe',
  },
  p: '阶段数p',
  m: '微批次数m',
  v: '每卡模型块数v',
  pRule: 'DualPipe要求阶段数是偶数',
  mRule: (step, least, most) =>
    step === 1
      ? `这里最多${most}，再多就细得看不清了`
      : least > step
        ? `DualPipe在这里至少要${least}，且是${step}的倍数，最多${most}`
        : `交错式要求是${step}的倍数，这里最多${most}`,
  times: '耗时',
  timesNote: '一个微批次过一个完整阶段的时间，单位任意。',
  forward: '前向F',
  backward: '反向：输入梯度B',
  weight: '反向：权重梯度W',
  communication: '阶段间传输',
  communicationNote: '推迟送达时间，不占用GPU计算。',
  overlap: '重叠掉的时间，占F',
  overlapNote:
    'DualPipe把一个前向和一个反向放在一起跑时省下多少：0%和先后跑一样长，100%则把短的那个完全藏住。',
  memory: '用哪个模型算显存',
  kept: '为反向保留',
  keptNames: { selective: '不含注意力核', all: '全部' },
  memoryNote: (layers, stages, b, s) =>
    `${layers}层分到${stages}个阶段；每个微批次${b} × ${s}个token；张量并行与序列并行度为8。`,
  question: '4个阶段，8个微批次。把GPipe换成1F1B，空闲时间会怎样？',
  options: { less: '变短', same: '不变', more: '变长' },
  why: (bubble, ideal, gpipe, ofb) =>
    `两者都是每${ideal}份工作空闲${bubble}份：流水线填满和排空的时间一样长。1F1B省的是显存：第一个阶段手里的微批次从${gpipe}个减到${ofb}个。`,
  presets: '已发表的例子',
  presetNames: {
    zeroBubble: '零气泡论文，图2与图3',
    memory: 'GPipe与1F1B，Megatron论文图3、图4',
    interleaved: '交错式，Megatron论文图4',
    megatron: 'Megatron的145.6B训练：p 8，m 48，v 2',
    dualpipe: 'DualPipe，DeepSeek-V3报告图5',
  },
  chartTitle: '谁在什么时候计算',
  chart: (name, p, total, idle) =>
    `${name}：${p}个阶段，共${total}个时间单位，每个阶段空闲${idle}。下面的表列出每一次计算。`,
  legend: { forward: 'F，前向', backward: 'B，输入梯度', weight: 'W，权重梯度', idle: '气泡' },
  chunks: '隔一个模型块颜色加深。',
  bothEnds:
    'DualPipe下，第r行是同时持有阶段r和p − 1 − r的GPU；颜色深的是从最后一张GPU进来的微批次。一起跑的前向和反向合占一行。',
  numbers: '数字是微批次编号，和阶段一样从0数起。',
  stage: (rank) => `阶段${rank}`,
  stageShort: (rank) => `S${rank}`,
  total: (total, bubble) => `共${total}，空闲${bubble}`,
  time: '时间',
  momentTitle: (time) => `时刻${time}`,
  momentHint: '指向或点按图，也可以逐个事件单步走。',
  runs: (pass, end) => `在算${pass}，到${end}为止`,
  waitsInput: (pass, input, from, until) => `在等：${pass}需要${from}的${input}，${until}时才到`,
  waitsSending: (pass, input, from, until) =>
    `在等：${pass}要的${input}正从${from}传来，${until}时到`,
  starts: (pass, start) => `接下来是${pass}，${start}时开始`,
  done: '已算完，等优化器更新',
  chunk: (chunk) => `块${chunk}`,
  held: (held) => `手里${held}个`,
  busy: (name, busy, p) => `${name}：${p}个阶段中有${busy}个在计算`,
  join: '；',
  formulaTitle: '气泡：公式与实数',
  formulaOf: (name) => `${name}的公式`,
  ofIdeal: '占理想时间',
  ofTotal: '占整个迭代',
  counted: (bubble) => `图中数出来：${bubble}，相同。`,
  differs: (bubble, why) => `图中数出来：${bubble}。${why}`,
  becauseSending: '公式不计传输，而这里传输落在了关键路径上。',
  becauseFew: '公式假设微批次数不少于p。',
  becauseUnequal: '公式假设F、B、W大致一样长。',
  peakTitle: '每个阶段最满时手里有多少',
  peakNote:
    '从前向开始到反向结束，都算在手里。W单独跑时，之前GB数会少一点：只有B用得到的部分已经释放。',
  twoCopies: 'DualPipe还要存两份参数。',
  peakChart: (names) => `${names}下各阶段激活值的峰值`,
  microBatches: (count) => `${count}个微批次`,
  orderTable: '各阶段的执行顺序、空闲时间与峰值',
  orderHead: ['调度', '阶段', '每次计算及开始时刻', '空闲', '峰值个数', '激活值'],
  faster: (b, time, a, other, share) => `${b}用时${time}，${a}用时${other}：少${share}。`,
  slower: (b, time, a, other, share) => `${b}用时${time}，${a}用时${other}：多${share}。`,
  equal: (b, a, time) => `${b}和${a}一样长，都是${time}。`,
  peaks: (b, first, other) =>
    first === other
      ? `最满的阶段都存${first}个微批次。`
      : `最满的阶段在${b}下存${first}个微批次，另一种是${other}个。`,
  alone: (name, share) => `${name}下，每张GPU有${share}的时间空闲。`,
  exampleIs: '这是零气泡论文里的对比：4个阶段，8个微批次，F、B、W一样长。',
};
