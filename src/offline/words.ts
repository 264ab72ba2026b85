import type { Locale } from '../i18n/locale.ts';

const en = {
  ready: 'A new version of the site is ready.',
  reload: 'Reload',
  later: 'Later',
  busy: 'A quiz is open in another tab. Finish or close it first, so that no answer is lost.',
  keeping: 'Keeping the pages …',
  kept: 'Kept on this device.',
  failed: 'Not everything could be kept: no connection, or no space left. The next visit goes on.',
  removed:
    'Removed from this device. Your review history is kept apart from the pages and is untouched.',
  unsupported: 'This browser cannot keep the site.',
};

const zh: typeof en = {
  ready: '网站有新版本可用。',
  reload: '重新加载',
  later: '以后再说',
  busy: '另一个标签页里正在做自测。请先做完或关掉它，以免丢失作答。',
  keeping: '正在保存页面……',
  kept: '已保存在本设备上。',
  failed: '没能全部保存：没有网络，或空间不足。下次访问时会接着保存。',
  removed: '已从本设备删除。复习记录与页面分开保存，没有改动。',
  unsupported: '此浏览器不能保存本站。',
};

export const offlineWords = (locale: Locale): typeof en => ({ en, zh })[locale];
