import { useEffect, useRef } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import { type Message, ROLES, type Role } from './chat.ts';
import { MOST_MESSAGES, MOST_TEXT } from './state.ts';
import { sftWords } from './words.ts';

interface Props {
  locale: Locale;
  messages: readonly Message[];
  onMessages: (messages: readonly Message[]) => void;
}

const NEXT: Readonly<Record<Role, Role>> = {
  system: 'user',
  user: 'assistant',
  assistant: 'user',
  tool: 'assistant',
};

/** Messages to add, take away, move and write. */
export function Editor({ locale, messages, onMessages }: Props) {
  const t = sftWords(locale);
  const list = useRef<HTMLOListElement>(null);
  const focused = useRef<{ index: number; part: string }>();
  useEffect(() => {
    if (!focused.current) return;
    const { index, part } = focused.current;
    focused.current = undefined;
    const message = list.current?.children[index];
    const wished = message?.querySelector<HTMLElement>(`[data-part="${part}"]:not(:disabled)`);
    (wished ?? message?.querySelector<HTMLElement>('textarea'))?.focus();
  });

  const change = (index: number, part: Partial<Message>): void =>
    onMessages(messages.map((message, at) => (at === index ? { ...message, ...part } : message)));
  const move = (index: number, by: -1 | 1): void => {
    const next = [...messages];
    next.splice(index + by, 0, ...next.splice(index, 1));
    focused.current = { index: index + by, part: by < 0 ? 'up' : 'down' };
    onMessages(next);
  };
  const full = messages.length >= MOST_MESSAGES;

  return (
    <div class="sft-editor">
      <h4>{t.editor}</h4>
      <ol ref={list}>
        {messages.map(({ role, content }, index) => {
          const button = (part: string, label: string, off: boolean, act: () => void) => (
            <button
              type="button"
              data-part={part}
              aria-label={t.moved(label, index + 1)}
              disabled={off}
              onClick={act}
            >
              {label}
            </button>
          );
          return (
            <li key={index} data-role={role}>
              <div>
                <select
                  aria-label={t.role(index + 1)}
                  value={role}
                  onChange={({ currentTarget }) =>
                    change(index, { role: currentTarget.value as Role })
                  }
                >
                  {ROLES.map((name) => (
                    <option key={name} value={name} selected={name === role}>
                      {t.roles[name]}
                    </option>
                  ))}
                </select>
                {button('up', t.up, index === 0, () => move(index, -1))}
                {button('down', t.down, index === messages.length - 1, () => move(index, 1))}
                {button('remove', t.remove, messages.length === 1, () => {
                  focused.current = { index: Math.max(0, index - 1), part: 'remove' };
                  onMessages(messages.filter((_, at) => at !== index));
                })}
              </div>
              <textarea
                aria-label={t.text(index + 1)}
                rows={Math.min(8, Math.max(1, content.split('\n').length))}
                maxLength={MOST_TEXT}
                spellcheck={false}
                value={content}
                onInput={({ currentTarget }) => change(index, { content: currentTarget.value })}
              />
            </li>
          );
        })}
      </ol>
      <button
        type="button"
        disabled={full}
        onClick={() => {
          const role = NEXT[messages.at(-1)?.role ?? 'system'];
          focused.current = { index: messages.length, part: 'text' };
          onMessages([...messages, { role, content: '' }]);
        }}
      >
        {t.add}
      </button>
      {full && <p class="sft-hint">{t.most(MOST_MESSAGES)}</p>}
    </div>
  );
}
