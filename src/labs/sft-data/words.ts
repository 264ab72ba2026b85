import type { TemplateName } from '~/engines/chat/index.ts';
import type { Locale } from '~/i18n/locale.ts';

const en = {
  chatTitle: 'Where the loss falls',
  template: 'Chat template',
  templates: {
    chatml: 'ChatML',
    'qwen2.5': 'Qwen2.5',
    'llama-3': 'Llama 3',
    'deepseek-v3': 'DeepSeek-V3',
    'deepseek-r1': 'DeepSeek-R1',
  } satisfies Record<TemplateName, string>,
  rendered: 'Training text',
};

const zh: typeof en = {
  chatTitle: '损失落在哪里',
  template: '对话模板',
  templates: en.templates,
  rendered: '训练文本',
};

export type Words = typeof en;

export function sftWords(locale: Locale): Words {
  return locale === 'zh' ? zh : en;
}
