import { useMemo } from 'preact/hooks';
import { chatSegments, renderChat, TEMPLATE_NAMES } from '~/engines/chat/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Segments } from '../kit/Segments.tsx';
import { readMessages, type State } from './state.ts';
import { sftWords } from './words.ts';

interface Props {
  locale: Locale;
  state: State;
  set: (change: Partial<State>) => void;
}

/** A conversation, the training text a template makes of it, and what of that bears loss. */
export function Conversation({ locale, state, set }: Props) {
  const t = sftWords(locale);
  const segments = useMemo(
    () => chatSegments(state.template, renderChat(state.template, readMessages(state.chat) ?? [])),
    [state.template, state.chat],
  );
  return (
    <section class="sft-chat" aria-labelledby="sft-chat">
      <h3 id="sft-chat">{t.chatTitle}</h3>
      <Segments
        label={t.template}
        value={state.template}
        options={TEMPLATE_NAMES.map((value) => ({ value, label: t.templates[value] }))}
        onChange={(template) => set({ template })}
      />
      <pre class="sft-text">
        {segments.map(({ text, special, loss }, index) => {
          const Tag = loss ? 'mark' : 'span';
          return (
            <Tag key={index} data-special={special ? '' : undefined}>
              {text}
            </Tag>
          );
        })}
      </pre>
    </section>
  );
}
