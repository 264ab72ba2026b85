import type { Locale } from '~/i18n/locale.ts';
import type { Moment } from './moments.ts';
import type { Shown } from './scalers.ts';

/** Numbers of a moment, printed. */
export interface Printed {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly credit: readonly [number, number];
  readonly streak: string;
  readonly growsAt: string;
}

type Say = (p: Printed) => string;

const en = {
  title: 'The same overflows through five scalers',
  predict:
    'DeepSpeed with ZeRO and its defaults: steps 0 and 500 overflow, all others are clean. It started at 65,536. What is the scale after step 500?',
  predictWhy: (skipped: number, lowered: number) =>
    `Hysteresis 2 absorbs the first overflow. The 499 clean steps between do not give the credit back, so the second one halves. Skipped: ${skipped}. Halved: ${lowered}.`,
  examples: 'Patterns worth a look',
  example: {
    log: 'start of a real DeepSpeed run (issue 931)',
    figure: 'the topic’s figure: window 4',
    windows: 'the real windows, 250 steps a column',
    falling: 'every step overflows',
  },
  pattern: 'Press a step to make it overflow or not',
  patternHint: 'With the keyboard: arrow keys walk, space or Enter makes the step overflow.',
  step: (step: string) => `Step ${step}`,
  stepState: (step: string, overflow: boolean) =>
    `Step ${step}: ${overflow ? 'overflow' : 'clean'}`,
  scales: 'Loss scales over the steps',
  columns: 'Columns',
  perColumn: 'Steps in a column',
  overflow: 'overflow: the step is skipped',
  chosen: 'the step looked at',
  summary: (from: string, to: string, skipped: string) => `${from} → ${to} · ${skipped} skipped`,
  endedAt: (step: string) => `run ended at step ${step}`,
  chart: (name: string, from: string, to: string) =>
    `Loss scale of ${name}, powers of two, from ${from} to ${to}`,
  whatHappens: (step: string) => `What each of them does at step ${step}`,
  whatHappensIn: (from: string, to: string) => `What each of them does in steps ${from} to ${to}`,
  atStep: (step: string) => `Step ${step}: `,
  window: (low: string, high: string) => `${low} < |g| < ${high}`,
  windowIs: 'FP16 then keeps',
  log: 'prints',
  quiet: {
    pytorch: 'prints nothing; ask scaler.get_scale()',
    deepspeed: 'prints nothing',
    apex: 'prints nothing',
    megatron: 'counts it in its log: “loss scale”, “number of skipped iterations”',
    static: 'prints nothing of its own',
  } satisfies Record<Shown, string>,
  does: {
    lowered: (p) => `${p.name} lowers the scale: ${p.before} → ${p.after}. The step is skipped.`,
    absorbed: (p) =>
      `${p.name} spends hysteresis, ${p.credit[0]} → ${p.credit[1]}: the scale stays ${p.before}. The step is skipped.`,
    floor: (p) =>
      `${p.name} stays at its floor of ${p.before}. The step is skipped, and no error is raised.`,
    raised: (p) => `${p.name} is at its floor of ${p.before} already: it raises, and the run ends.`,
    fixed: (p) => `A constant scale does not react: it stays ${p.before}.`,
    grew: (p) =>
      p.credit[1] > 0
        ? `${p.name} doubles after ${p.streak} clean steps: ${p.before} → ${p.after}. Hysteresis is ${p.credit[1]} again.`
        : `${p.name} grows after its window of clean steps: ${p.before} → ${p.after}.`,
    capped: (p) => `${p.name} would grow, but ${p.before} is as far as it goes.`,
    clean: (p) =>
      `${p.name} takes the step with ${p.before}. Clean step ${p.streak}; it grows at ${p.growsAt}.`,
    ended: (p) => `${p.name}: the run has ended.`,
  } satisfies Record<Moment['kind'], Say>,
  fixedSkipped: 'The step is skipped all the same.',
  fixedTaken: 'The step is taken.',
  params: 'Parameters, under the frameworks’ own names',
  paramsHint: {
    pytorch: 'torch.amp.GradScaler(…)',
    deepspeed: '"fp16": { … } in the configuration',
    apex: 'apex.amp, removed from Apex in May 2025',
    megatron: 'command line',
    static: 'DeepSpeed’s fp16.loss_scale other than 0, Megatron’s --loss-scale',
  } satisfies Record<Shown, string>,
  defaults: 'The frameworks’ defaults',
  isDefault: 'All as the frameworks have it by default; “static” is 1, which is no scaling.',
  none: 'None',
  together: 'not together with the others: the floor would lie above the start',
  onOff: { true: 'true', false: 'false' },
  table: 'scale after each column',
  tableStep: 'After step',
  tableFlag: 'Overflow',
  yes: 'yes',
  endedCell: 'ended',
  logsTitle: 'What “OVERFLOW! … Skipping step” in a log means',
  logs: [
    'This batch’s gradients held an infinity or NaN. The weights were not touched, so nothing is broken.',
    'A handful at the start is calibration: the scale begins too high on purpose and comes down. One now and then afterwards is the scaler trying a higher scale.',
    'A scale that keeps falling is a fault: NaN in the data, too high a learning rate, or a model pretrained in BF16 whose values do not fit into FP16.',
    'Logs from before March 2023 say “reducing to 65536” when hysteresis absorbed the overflow: the number did not change because nothing was reduced.',
  ],
};

export type ScalerWords = typeof en;

const zh: ScalerWords = {
  title: '同样的溢出，五种缩放器各怎么走',
  predict:
    'DeepSpeed ZeRO用默认参数，从65,536开始：第0步和第500步溢出，其余都正常。第500步之后，缩放系数是多少？',
  predictWhy: (skipped, lowered) =>
    `hysteresis为2，第一次溢出被吸收。中间499个正常步不会把额度补回来，所以第二次溢出就减半。跳过${skipped}步，减半${lowered}次。`,
  examples: '值得一看的溢出序列',
  example: {
    log: '一次真实DeepSpeed训练的开头（issue 931）',
    figure: '主题页的图：窗口为4',
    windows: '真实窗口，每列250步',
    falling: '每一步都溢出',
  },
  pattern: '按一下某步，让它溢出或恢复正常',
  patternHint: '用键盘：方向键移动，空格或回车切换溢出。',
  step: (step) => `第${step}步`,
  stepState: (step, overflow) => `第${step}步：${overflow ? '溢出' : '正常'}`,
  scales: '各步的缩放系数',
  columns: '列数',
  perColumn: '每列步数',
  overflow: '溢出：跳过这一步',
  chosen: '正在看的一步',
  summary: (from, to, skipped) => `${from} → ${to} · 跳过${skipped}步`,
  endedAt: (step) => `训练在第${step}步终止`,
  chart: (name, from, to) => `${name}的缩放系数，以2的幂表示，从${from}到${to}`,
  whatHappens: (step) => `第${step}步，它们各做了什么`,
  whatHappensIn: (from, to) => `第${from}到${to}步，它们各做了什么`,
  atStep: (step) => `第${step}步：`,
  window: (low, high) => `${low} < |g| < ${high}`,
  windowIs: '此后FP16能留住',
  log: '日志',
  quiet: {
    pytorch: '不打印任何内容，可查看scaler.get_scale()',
    deepspeed: '不打印任何内容',
    apex: '不打印任何内容',
    megatron: '计入训练日志的“loss scale”与“number of skipped iterations”',
    static: '自己不打印任何内容',
  },
  does: {
    lowered: (p) => `${p.name}降低系数：${p.before} → ${p.after}，跳过这一步。`,
    absorbed: (p) =>
      `${p.name}消耗hysteresis额度（${p.credit[0]} → ${p.credit[1]}）：系数仍是${p.before}，跳过这一步。`,
    floor: (p) => `${p.name}停在下限${p.before}，跳过这一步，不报错。`,
    raised: (p) => `${p.name}已在下限${p.before}：抛出异常，训练终止。`,
    fixed: (p) => `固定系数不作反应，仍是${p.before}。`,
    grew: (p) =>
      p.credit[1] > 0
        ? `${p.name}连续${p.streak}个正常步之后翻倍：${p.before} → ${p.after}，hysteresis额度恢复为${p.credit[1]}。`
        : `${p.name}攒满一个窗口的正常步，增大系数：${p.before} → ${p.after}。`,
    capped: (p) => `${p.name}本该增大，但${p.before}已到上限。`,
    clean: (p) =>
      `${p.name}以${p.before}完成这一步。连续第${p.streak}个正常步，到第${p.growsAt}个时增大。`,
    ended: (p) => `${p.name}：训练已终止。`,
  },
  fixedSkipped: '这一步照样跳过。',
  fixedTaken: '这一步照常更新。',
  params: '参数，用各框架自己的名字',
  paramsHint: {
    pytorch: 'torch.amp.GradScaler(…)',
    deepspeed: '配置里的"fp16": { … }',
    apex: 'apex.amp，2025年5月已从Apex移除',
    megatron: '命令行参数',
    static: 'DeepSpeed中fp16.loss_scale不为0，或Megatron的--loss-scale',
  },
  defaults: '各框架的默认值',
  isDefault: '都是各框架的默认值；“Static”为1，等于不缩放。',
  none: 'None',
  together: '与其他参数冲突：下限高于初始值',
  onOff: { true: 'true', false: 'false' },
  table: '每列之后的缩放系数',
  tableStep: '步',
  tableFlag: '溢出',
  yes: '是',
  endedCell: '已终止',
  logsTitle: '日志里的“OVERFLOW! … Skipping step”是什么意思',
  logs: [
    '这一批的梯度里出现了无穷或NaN。权重没有动过，什么也没坏。',
    '开头出现几次是在校准：系数有意从偏高处起步，再降下来。之后偶尔一次，是缩放器在试探更大的系数。',
    '系数一路下降才是故障：数据里有NaN、学习率太大，或者模型是用BF16预训练的，数值放不进FP16。',
    '2023年3月之前的日志在hysteresis吸收溢出时会写“reducing to 65536”：数字没变，因为什么也没有降低。',
  ],
};

export function scalerWords(locale: Locale): ScalerWords {
  return locale === 'zh' ? zh : en;
}
