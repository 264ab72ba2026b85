import type { Algorithm, Round } from '~/engines/collectives/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import type { Axis } from './state.ts';

const en = {
  names: {
    ring: 'Ring',
    tree: 'Binomial tree',
    server: 'One server',
  } satisfies Record<Algorithm, string>,
  // Predict
  question:
    'A ring all-reduces the gradients of one model. You go from 8 GPUs to 64. How much more does each GPU send?',
  options: { same: 'Hardly more', twice: 'Twice as much', eight: 'Eight times as much' },
  why: (eight: string, sixtyFour: string, rounds: string) =>
    `${eight} become ${sixtyFour}: 2(N−1)/N never reaches twice the buffer. What grows is the number of messages one after another, here to ${rounds}, and with it the latency.`,
  // Steps
  stepsTitle: 'An all-reduce, round by round',
  stepsLede: (ranks: number) =>
    `${ranks} ranks, each with its own numbers in ${ranks} chunks. In the end every rank has every sum.`,
  algorithm: 'Algorithm',
  ranks: 'Ranks',
  grid: 'The numbers on every rank',
  rank: (rank: number) => `rank ${rank}`,
  server: 'server',
  node: (rank: number) => String(rank),
  serverShort: 'S',
  chunk: (chunk: number) => `chunk ${chunk}`,
  start: 'Before the first round',
  roundOf: (round: number, of: number) => `Round ${round} of ${of}`,
  phases: {
    'reduce-scatter': 'reduce-scatter: receive and add',
    'all-gather': 'all-gather: receive and overwrite',
    reduce: 'reduce: receive and add',
    broadcast: 'broadcast: receive and overwrite',
  } satisfies Record<Round['phase'], string>,
  sends: (from: string, to: string, what: string) => `${from} → ${to}: ${what}`,
  whole: 'the whole buffer',
  adds: (own: number, arriving: number, sum: number) => `${own} + ${arriving} = ${sum}`,
  copies: (value: number) => `takes ${value}`,
  nothingYet: 'Nothing has been sent yet.',
  picture: (what: string) => `Who sends to whom: ${what}`,
  legend: {
    own: 'only its own',
    part: 'a partial sum',
    full: 'the sum over all ranks',
    now: 'just received',
  },
  summed: (count: number, of: number) => `${count} of ${of} ranks`,
  valuesTable: 'who sends what in every round',
  valuesHead: ['Round', 'Phase', 'Messages'],
  halfway: (rank: string, chunk: string) =>
    `The reduce-scatter is over: each rank owns one finished chunk, ${rank} has ${chunk}. An all-gather hands them round.`,
  finished: 'Every rank has every sum.',
  // Cost
  costTitle: 'What it costs at full size',
  costControls: 'Size and link',
  costTable: 'Bytes and time of the three',
  N: 'Ranks N',
  bytes: 'Buffer S',
  latency: 'Latency α of a message',
  bandwidth: 'Bandwidth β of a link, one way',
  axis: 'Draw time against',
  axes: { ranks: 'ranks', bytes: 'buffer size' } satisfies Record<Axis, string>,
  axisUnits: { ranks: 'ranks N', bytes: 'buffer S' } satisfies Record<Axis, string>,
  chart: (axis: string) => `Time of the three all-reduces against ${axis}, both axes logarithmic`,
  costHead: [
    'Algorithm',
    'Rounds',
    'Busiest node sends',
    'All nodes send',
    'Latency part',
    'Bandwidth part',
    'Time',
  ],
  curveTable: (axis: string) => `time against ${axis}`,
  formula: 'With these numbers',
  verdict: (name: string, time: string, next: string, factor: string) =>
    `Fastest here: ${name}, ${time}; ${next} takes ${factor} times as long.`,
  latencyShare: (share: string) => `Latency is ${share} of the ring’s time.`,
  treeNote:
    'This tree sends whole buffers. NCCL cuts them into pieces and keeps its trees busy at all levels, which brings them to the ring’s bandwidth.',
  // DDP
  ddpTitle: 'How DDP hides it behind backward',
  ddpLede: (N: string) =>
    `Gradients become ready from the last layer to the first. A full bucket is all-reduced at once, on a ring of ${N}, while backward goes on.`,
  ddpControls: 'Gradients and buckets',
  ddpLanes: 'Backward and all-reduce on one time axis',
  gradients: 'Gradients',
  backward: 'Backward takes',
  bucket: 'Bucket size',
  firstBucket: 'First bucket',
  tooMany: 'more than 2,000 buckets; make them larger',
  oneBucket: 'One bucket for all',
  defaultBuckets: 'PyTorch’s defaults',
  ddpChart: (buckets: string, end: string) =>
    `Backward above, ${buckets} buckets’ all-reduces below, all over at ${end}`,
  lanes: { backward: 'backward', communication: 'all-reduce' },
  ddpVerdict: (end: string, without: string, exposed: string) =>
    `Done after ${end}; one all-reduce after backward would end at ${without}. Not hidden: ${exposed}.`,
  ddpSums: (count: string, communication: string, hidden: string): string =>
    `${count === '1' ? '1 bucket' : `${count} buckets`}, ${communication} of communication, ${hidden} of it hidden.`,
  bucketTable: 'every bucket',
  bucketHead: ['Bucket', 'Size', 'Ready', 'Starts', 'Ends'],
  more: (count: string) => `… ${count} more`,
  // Address
  example: 'Back to the published example',
  exampleIs:
    'Opens on the gradients of the ZeRO paper’s Figure 1: 7.5B parameters in FP16, 64 GPUs.',
};

const zh: typeof en = {
  names: { ring: '环', tree: '二项树', server: '单台服务器' },
  question: '用环形all-reduce归约一个模型的梯度。从8张GPU加到64张，每张卡多发多少？',
  options: { same: '几乎一样', twice: '两倍', eight: '八倍' },
  why: (eight, sixtyFour, rounds) =>
    `从${eight}变成${sixtyFour}：2(N−1)/N永远到不了缓冲区的两倍。增加的是前后相接的消息轮数，这里到了${rounds}轮，延迟随之上升。`,
  stepsTitle: '一次all-reduce，一轮一轮看',
  stepsLede: (ranks) =>
    `${ranks}个rank，各有自己的数，分成${ranks}块。最后每个rank都有每一块的总和。`,
  algorithm: '算法',
  ranks: 'rank数',
  grid: '各rank手里的数',
  rank: (rank) => `rank ${rank}`,
  server: '服务器',
  node: (rank) => String(rank),
  serverShort: 'S',
  chunk: (chunk) => `块${chunk}`,
  start: '第一轮之前',
  roundOf: (round, of) => `第${round}轮，共${of}轮`,
  phases: {
    'reduce-scatter': 'reduce-scatter：收到就累加',
    'all-gather': 'all-gather：收到就覆盖',
    reduce: '归约：收到就累加',
    broadcast: '广播：收到就覆盖',
  },
  sends: (from, to, what) => `${from} → ${to}：${what}`,
  whole: '整个缓冲区',
  adds: (own, arriving, sum) => `${own} + ${arriving} = ${sum}`,
  copies: (value) => `换成${value}`,
  nothingYet: '还没有发送任何东西。',
  picture: (what) => `谁发给谁：${what}`,
  legend: { own: '只有自己的', part: '部分和', full: '全体总和', now: '刚收到' },
  summed: (count, of) => `${of}个rank中的${count}个`,
  valuesTable: '每一轮谁发了什么',
  valuesHead: ['轮', '阶段', '消息'],
  halfway: (rank, chunk) =>
    `reduce-scatter结束：每个rank手里有一块算完了，${rank}有${chunk}。接下来用all-gather传开。`,
  finished: '每个rank都有了每一块的总和。',
  costTitle: '放大到真实尺寸要多少',
  costControls: '大小与链路',
  costTable: '三种算法的字节数与时间',
  N: 'rank数N',
  bytes: '缓冲区S',
  latency: '每条消息的延迟α',
  bandwidth: '单条链路单向带宽β',
  axis: '横轴',
  axes: { ranks: 'rank数', bytes: '缓冲区大小' },
  axisUnits: { ranks: 'rank数N', bytes: '缓冲区S' },
  chart: (axis) => `三种all-reduce的时间随${axis}变化，两轴都是对数刻度`,
  costHead: ['算法', '轮数', '最忙节点发送', '全部节点发送', '延迟部分', '带宽部分', '时间'],
  curveTable: (axis) => `时间随${axis}变化`,
  formula: '代入这里的数',
  verdict: (name, time, next, factor) =>
    `这里最快的是${name}，${time}；${next}要${factor}倍的时间。`,
  latencyShare: (share) => `环的时间里延迟占${share}。`,
  treeNote:
    '这里的树每次发整个缓冲区。NCCL把缓冲区切成小段，让树的各层同时有活干，带宽因此与环相当。',
  ddpTitle: 'DDP怎样把它藏到反向后面',
  ddpLede: (N) =>
    `梯度从最后一层往前依次算好。一个桶（bucket）装满就立刻在${N}个rank的环上all-reduce，反向同时继续。`,
  ddpControls: '梯度与桶',
  ddpLanes: '同一时间轴上的反向与all-reduce',
  gradients: '梯度',
  backward: '反向耗时',
  bucket: '桶大小',
  firstBucket: '第一个桶',
  tooMany: '超过2,000个桶，请把桶调大',
  oneBucket: '全部放一个桶',
  defaultBuckets: 'PyTorch默认值',
  ddpChart: (buckets, end) => `上面是反向，下面是${buckets}个桶的all-reduce，全部在${end}结束`,
  lanes: { backward: '反向', communication: 'all-reduce' },
  ddpVerdict: (end, without, exposed) =>
    `${end}后全部完成；若反向之后再一次性all-reduce，要到${without}。没藏住的有${exposed}。`,
  ddpSums: (count, communication, hidden) =>
    `${count}个桶，通信共${communication}，其中${hidden}被藏住。`,
  bucketTable: '每个桶',
  bucketHead: ['桶', '大小', '就绪', '开始', '结束'],
  more: (count) => `……另有${count}个`,
  example: '回到已发表的例子',
  exampleIs: '打开时是ZeRO论文图1的梯度：75亿参数，FP16，64张GPU。',
};

export type Words = typeof en;

export function collectivesWords(locale: Locale): Words {
  return locale === 'zh' ? zh : en;
}
