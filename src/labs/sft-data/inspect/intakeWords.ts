import type { Locale } from '~/i18n/locale.ts';

/** What stands there before the rest is loaded. */
const en = {
  title: 'Your own file',
  lead: 'JSON Lines or a JSON list of up to 100 MB. This page reads it in your browser; nothing is sent anywhere.',
  failedToLoad: 'This part could not be loaded. Check the connection.',
};

const zh: typeof en = {
  title: '检查你自己的文件',
  lead: 'JSON Lines或JSON列表，最大100 MB。文件只在你的浏览器里读，不会发到任何地方。',
  failedToLoad: '这一部分没有加载成功，请检查网络。',
};

export function intakeWords(locale: Locale): typeof en {
  return locale === 'zh' ? zh : en;
}
