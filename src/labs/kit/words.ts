import type { Locale } from '~/i18n/locale.ts';

const en = {
  notANumber: (text: string) => `“${text}” is not a number`,
  outside: (min: string, max: string) => `allowed: ${min} to ${max}`,
  whole: 'a whole number, please',
  slider: (label: string) => `${label}, slider`,
  step: 'Step',
  back: 'Back',
  play: 'Play',
  pause: 'Pause',
  reset: 'Start again',
  predict: 'Predict first',
  right: 'Right.',
  wrong: 'Not quite.',
  table: 'The same as a table',
  brokenAddress: 'Part of this address could not be used. Other values stand in its place:',
  failed: 'The lab could not be loaded. Check the connection.',
  retry: 'Try again',
};

const zh: typeof en = {
  notANumber: (text) => `“${text}”不是数字`,
  outside: (min, max) => `可取${min}到${max}`,
  whole: '请填整数',
  slider: (label) => `${label}，滑块`,
  step: '单步',
  back: '后退',
  play: '播放',
  pause: '暂停',
  reset: '从头开始',
  predict: '先猜一猜',
  right: '对。',
  wrong: '不太对。',
  table: '同一内容的表格',
  brokenAddress: '地址里有用不上的部分，已换成别的值：',
  failed: '实验没有加载成功，请检查网络。',
  retry: '重试',
};

/** Between two sentences: a Chinese full stop brings its own space. */
export const gap = (locale: Locale): string => (locale === 'zh' ? '' : ' ');

/** Sentences one after another; what is not a text is left out. */
export function sentences(locale: Locale, ...all: readonly (string | false | undefined)[]): string {
  return all.filter(Boolean).join(gap(locale));
}

export function kitWords(locale: Locale): typeof en {
  return locale === 'zh' ? zh : en;
}
