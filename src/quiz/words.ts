import type { Locale } from '../i18n/locale.ts';

const en = {
  loading: 'Loading your cards',
  failed: 'The cards could not be loaded. Check the connection and try again.',
  retry: 'Try again',

  dueTitle: 'Today',
  due: (n: number) => (n === 1 ? '1 card is due' : `${n} cards are due`),
  fresh: (n: number) => (n === 1 ? '1 new card' : `${n} new cards`),
  minutes: (n: number) => `about ${n} min`,
  nothingDue: 'Nothing is due.',
  nextDue: (when: string) => `The next card comes ${when}.`,
  start: 'Start',
  startNew: (n: number) => `Learn ${n} new`,
  progressLink: 'Progress and interview date',

  sheet: 'Question sheet',
  cheat: 'Cheat sheet',

  drillTitle: 'Drill',
  drillLede: 'Any cards you pick, due or not. Grades count.',
  topic: 'Topic',
  level: 'Level',
  kind: 'Kind',
  only: 'Only',
  all: 'All',
  levels: { 1: 'screening', 2: 'core', 3: 'senior' },
  kinds: { open: 'open', choice: 'choice', numeric: 'numeric' },
  onlyNames: { unseen: 'not seen yet', missed: 'missed last time', marked: 'marked to revisit' },
  cards: (n: number) => (n === 1 ? '1 card' : `${n} cards`),
  noCards: 'No card fits.',

  numericTitle: 'Numeric drills',
  numericLede: 'The same calculation with new numbers, as often as you like. Nothing is graded.',
  another: 'New numbers',
  seed: (n: number) => `Draw ${n}`,
  anyNumeric: 'All of them, mixed',
  pickNumeric: 'Or one calculation',
  streak: (right: number, of: number) => `${right} of ${of} right`,

  asked: (n: number) => (n === 1 ? '1 card left' : `${n} cards left`),
  undo: 'Undo',
  end: 'End',
  skip: 'Later',
  keys: 'Keys',
  clock: 'Time on this card',
  sayIt: 'Say your answer aloud, then reveal it.',
  hint: (n: number, of: number) => `Hint ${n} of ${of}`,
  reveal: 'Reveal',
  answer: 'Answer',
  keyPoints: 'Which points did you make?',
  missedLast: 'missed last time',
  pointsMet: (n: number, of: number) => `${n} of ${of}`,
  dontKnow: 'I don’t know',
  check: 'Check',
  yourAnswer: 'Your answer',
  unit: 'Unit',
  noUnit: 'number',
  days: 'days',
  hours: 'hours',
  solution: 'Worked solution',
  right: 'Right',
  wrong: 'Wrong',
  chosen: 'your choice',
  rightAnswer: (value: string) => `The answer is ${value}.`,
  within: (percent: string) => `Accepted: within ${percent}.`,
  binary: 'Right number, wrong unit: GB counts in 10⁹ bytes, GiB in 2³⁰.',
  emptyAnswer: 'Type a number first.',
  notNumber: 'This is not read as a number. Examples: 16.6 GB, 27%, 2^16, 1.2e21.',
  wrongUnit: (unit: string) => `The unit “${unit}” does not fit here.`,
  passage: 'The passage that explains it',
  ownPage: 'The question’s page',
  sources: 'Sources',
  grades: { 1: 'Again', 2: 'Hard', 3: 'Good', 4: 'Easy' },
  gradesLabel: 'How did it go?',
  suggested: 'suggested',
  in: (span: string) => `in ${span}`,
  mark: 'Revisit',

  sumTitle: 'Done',
  sumCards: (cards: number, first: number) =>
    `${cards === 1 ? '1 card' : `${cards} cards`}, ${first} at the first try.`,
  sumMissed: 'Missed at least once',
  sumNone: 'No card was graded.',
  back: 'Back to the quiz',
  again: 'Drill the missed ones',

  keysTitle: 'Keys',
  keyList: [
    ['Space', 'reveal the answer'],
    ['1 2 3 4', 'grade: again, hard, good, easy'],
    ['A–F, 0', 'pick an option, “I don’t know”'],
    ['J, K', 'next and previous option or key point'],
    ['H', 'next hint'],
    ['U', 'take the last grade back'],
    ['L', 'ask this card later'],
    ['N', 'new numbers (numeric drills)'],
    ['Esc', 'end the session'],
    ['/', 'search'],
    ['?', 'this list'],
  ],
  close: 'Close',

  problems: {
    unavailable:
      'This browser keeps nothing here (a private window, perhaps). Your reviews stay in this tab until you close it. Export them to keep them.',
    quota:
      'The browser’s storage is full. Your latest reviews are only in this tab. Export them, then free some space.',
    newer:
      'Your progress was written by a newer version of this site. Reload to get it; until then reviews stay in this tab.',
    failed:
      'Your latest reviews could not be stored and are only in this tab. Export them to be safe.',
  },
  exportNow: 'Export progress',

  now: 'now',
  span: (n: number, unit: 'min' | 'h' | 'd' | 'mo' | 'y') =>
    `${n} ${{ min: 'min', h: 'h', d: n === 1 ? 'day' : 'days', mo: 'mo', y: 'y' }[unit]}`,
};

export type QuizWords = typeof en;

const zh: QuizWords = {
  loading: '正在取题卡',
  failed: '题卡没有取到。请检查网络，再试一次。',
  retry: '再试一次',

  dueTitle: '今天',
  due: (n) => `${n}张到期`,
  fresh: (n) => `${n}张新卡`,
  minutes: (n) => `约${n}分钟`,
  nothingDue: '现在没有到期的卡。',
  nextDue: (when) => `下一张：${when}。`,
  start: '开始',
  startNew: (n) => `学${n}张新卡`,
  progressLink: '进度与面试日期',

  sheet: '题目单',
  cheat: '速记单',

  drillTitle: '专项练习',
  drillLede: '想练哪些就选哪些，不管是否到期。打分照常计入。',
  topic: '主题',
  level: '难度',
  kind: '题型',
  only: '只看',
  all: '全部',
  levels: { 1: '初筛', 2: '核心', 3: '进阶' },
  kinds: { open: '问答', choice: '选择', numeric: '计算' },
  onlyNames: { unseen: '没见过的', missed: '上次没答好的', marked: '标了重看的' },
  cards: (n) => `${n}张`,
  noCards: '没有符合条件的卡。',

  numericTitle: '计算题',
  numericLede: '同一道计算，换一组数字，想做几遍都行，不计分。',
  another: '换一组数字',
  seed: (n) => `第${n}号数字`,
  anyNumeric: '全部混合',
  pickNumeric: '或者只练一种',
  streak: (right, of) => `${of}题对${right}题`,

  asked: (n) => `还剩${n}张`,
  undo: '撤销',
  end: '结束',
  skip: '稍后',
  keys: '按键',
  clock: '这张卡的用时',
  sayIt: '先把答案说出声，再看答案。',
  hint: (n, of) => `提示${n}/${of}`,
  reveal: '看答案',
  answer: '答案',
  keyPoints: '哪几点说到了？',
  missedLast: '上次漏了',
  pointsMet: (n, of) => `${n}/${of}`,
  dontKnow: '不知道',
  check: '核对',
  yourAnswer: '你的答案',
  unit: '单位',
  noUnit: '数值',
  days: '天',
  hours: '小时',
  solution: '计算过程',
  right: '对',
  wrong: '错',
  chosen: '你选的',
  rightAnswer: (value) => `答案是${value}。`,
  within: (percent) => `误差${percent}以内都算对。`,
  binary: '数对了，单位错了：GB是10⁹字节，GiB是2³⁰字节。',
  emptyAnswer: '先填一个数。',
  notNumber: '这里读不出一个数。可以这样写：16.6 GB、27%、75亿、2^16、1.2e21。',
  wrongUnit: (unit) => `这里不用“${unit}”这个单位。`,
  passage: '讲解它的段落',
  ownPage: '这道题的页面',
  sources: '出处',
  grades: { 1: '重来', 2: '吃力', 3: '答出', 4: '轻松' },
  gradesLabel: '答得怎么样？',
  suggested: '建议',
  in: (span) => `${span}后`,
  mark: '要重看',

  sumTitle: '这一轮做完了',
  sumCards: (cards, first) => `共${cards}张，一次答出${first}张。`,
  sumMissed: '至少漏过一次',
  sumNone: '这一轮没有打分。',
  back: '回到自测',
  again: '再练没答好的',

  keysTitle: '按键',
  keyList: [
    ['空格', '看答案'],
    ['1 2 3 4', '打分：重来、吃力、答出、轻松'],
    ['A–F、0', '选一项、“不知道”'],
    ['J、K', '下一个、上一个选项或得分点'],
    ['H', '下一条提示'],
    ['U', '收回上一次打分'],
    ['L', '这张稍后再问'],
    ['N', '换一组数字（计算题）'],
    ['Esc', '结束这一轮'],
    ['/', '搜索'],
    ['?', '这份按键表'],
  ],
  close: '关闭',

  problems: {
    unavailable:
      '这个浏览器不让本站保存数据（可能是无痕窗口）。复习记录只留在这个标签页里，关掉就没有了。要留着请导出。',
    quota: '浏览器的存储空间满了，最近的复习记录只在这个标签页里。请先导出，再腾出空间。',
    newer:
      '你的进度是由本站更新的版本写下的。刷新页面就能用上新版；在那之前，复习记录只在这个标签页里。',
    failed: '最近的复习记录没能存下，只在这个标签页里。保险起见请先导出。',
  },
  exportNow: '导出进度',

  now: '现在',
  span: (n, unit) => `${n}${{ min: '分钟', h: '小时', d: '天', mo: '个月', y: '年' }[unit]}`,
};

export const quizWords = (locale: Locale): QuizWords => (locale === 'zh' ? zh : en);

/** What stands beside a question on other pages. */
const STATES = {
  en: {
    missed: 'missed',
    learning: 'learning',
    due: 'due',
    dueIn: (span: string) => `due in ${span}`,
    revisit: 'to revisit',
    read: 'read',
    readiness: (seen: number, of: number, percent: number) =>
      `${seen} of ${of} seen, recall ${percent}%`,
  },
  zh: {
    missed: '没答好',
    learning: '在学',
    due: '到期',
    dueIn: (span: string) => `${span}后到期`,
    revisit: '要重看',
    read: '已读',
    readiness: (seen: number, of: number, percent: number) =>
      `见过${seen}/${of}，记得率${percent}%`,
  },
} as const;
export const stateWords = (locale: Locale) => STATES[locale];

const MINUTE = 60_000;

/** A span of time as people say it: 600000 → '10 min', 3 days → '3 days'. */
export function spanWords(ms: number, t: QuizWords): string {
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 1) return t.now;
  if (minutes < 90) return t.span(minutes, 'min');
  const hours = minutes / 60;
  if (hours < 24) return t.span(Math.round(hours), 'h');
  const days = Math.round(hours / 24);
  if (days < 60) return t.span(days, 'd');
  if (days < 700) return t.span(Math.round(days / 30.4), 'mo');
  return t.span(Math.round(days / 365.25), 'y');
}
