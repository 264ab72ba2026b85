import { useMemo } from 'preact/hooks';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import type { PartProps } from '../kit/lab.ts';
import { ReadOut } from '../kit/ReadOut.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { Segments } from '../kit/Segments.tsx';
import { kitWords } from '../kit/words.ts';
import {
  BOUNDARIES,
  chatSegments,
  LOSS_ON,
  labelTokens,
  TEMPLATE_NAMES,
  TEMPLATES,
  TRAPS,
  type Trap,
} from './chat.ts';
import { Editor } from './Editor.tsx';
import { EXAMPLE, outgrown, readMessages, type State, writeMessages } from './state.ts';
import { TokenView, visible } from './TokenView.tsx';
import { TOKENIZER_OF } from './tokenizers.ts';
import { useMade } from './useMade.ts';
import { useTokens } from './useTokens.ts';
import { sftWords } from './words.ts';

/** A conversation, the training text a template makes of it, and what of that bears loss. */
export function Conversation({ locale, state, set }: PartProps<State>) {
  const t = sftWords(locale);
  const messages = readMessages(state.chat) ?? EXAMPLE;
  const { template } = state;
  const { made: text, template: drawn, failed, retry } = useMade(state);
  const segments = useMemo(() => chatSegments(drawn, text), [drawn, text]);
  const counting = useTokens(TOKENIZER_OF[drawn], text.rendered);
  const labelled = useMemo(
    () => counting.tokens && labelTokens(counting.tokens, text.lossSpans),
    [counting.tokens, text],
  );
  const flag = (field: 'endOfTurn' | 'generationPrompt' | 'secondBos', off = false) => (
    <label class="sft-check">
      <input
        type="checkbox"
        checked={state[field]}
        disabled={off}
        onChange={({ currentTarget }) => set({ [field]: currentTarget.checked })}
      />
      {t[field]}
    </label>
  );

  return (
    <section class="sft-chat" aria-labelledby="sft-chat">
      <h3 id="sft-chat">{t.chatTitle}</h3>
      <Segments
        label={t.template}
        value={template}
        options={TEMPLATE_NAMES.map((value) => ({ value, label: t.templates[value] }))}
        onChange={(next) => set({ template: next })}
      />
      <div class="sft-two">
        <Editor
          locale={locale}
          messages={messages}
          onMessages={(next) => set({ chat: writeMessages(next) })}
        />
        <div class="sft-view">
          {failed && (
            <p class="lab-notice" role="alert">
              {kitWords(locale).failed}{' '}
              <button type="button" onClick={retry}>
                {kitWords(locale).retry}
              </button>
            </p>
          )}
          <div class="sft-head">
            <h4>{t.rendered}</h4>
            <ul class="lab-legend">
              <li>
                <mark>{t.loss}</mark>
              </li>
              <li>
                <span>{t.masked}</span>
              </li>
              <li>
                <span data-special>{t.special}</span>
              </li>
            </ul>
          </div>
          <Scroll label={t.rendered}>
            <pre class="sft-text">
              {segments.map((segment, index) => {
                const Tag = segment.loss ? 'mark' : 'span';
                return (
                  <Tag key={index} data-special={segment.special ? '' : undefined}>
                    {visible(segment.text)}
                  </Tag>
                );
              })}
            </pre>
          </Scroll>
          <Share locale={locale} text={text} labels={labelled?.map(({ label }) => label)} />
          <Traps locale={locale} here={text.traps} />
        </div>
        <div class="lab-panel sft-conventions">
          <div>
            <Segments
              label={t.lossOn}
              value={state.lossOn}
              options={LOSS_ON.map((value) => ({ value, label: t.lossOnNames[value] }))}
              onChange={(lossOn) => set({ lossOn })}
            />
            <p class="sft-hint">{t.lossOnWho[state.lossOn]}</p>
          </div>
          <div>
            <Segments
              label={t.boundary}
              value={state.boundary}
              options={BOUNDARIES.map((value) => ({ value, label: t.boundaryNames[value] }))}
              onChange={(boundary) => set({ boundary })}
            />
            {TEMPLATES[template].trlBlock === null && <p class="sft-hint">{t.noBlock}</p>}
          </div>
          <div>
            {flag('endOfTurn')}
            {flag('generationPrompt')}
            {flag('secondBos', TEMPLATES[template].bosToken === null)}
          </div>
        </div>
      </div>
      <p class="sft-hint" role="status">
        {outgrown(state) && t.outgrown}
      </p>
      <TokenView
        locale={locale}
        name={TOKENIZER_OF[template]}
        counting={counting}
        labelled={labelled}
        text={text.rendered}
      />
    </section>
  );
}

/** How much of the sample is trained, and the loss with its numbers. */
function Share({
  locale,
  text,
  labels,
}: {
  locale: Locale;
  text: { rendered: string; lossSpans: readonly { start: number; end: number }[] };
  labels: readonly number[] | undefined;
}) {
  const t = sftWords(locale);
  const whole = (count: number): string => decimal(count, 0);
  if (!labels) {
    const loss = text.lossSpans.reduce((sum, { start, end }) => sum + end - start, 0);
    return <p class="sft-share">{t.shareCharacters(whole(loss), whole(text.rendered.length))}</p>;
  }
  const loss = labels.filter((label) => label >= 0).length;
  return (
    <ReadOut as="div" class="sft-share">
      <p>
        <b>
          {t.share(
            whole(loss),
            whole(labels.length),
            `${decimal((100 * loss) / labels.length, 1)}%`,
          )}
        </b>
      </p>
      {loss > 0 && (
        <p class="sft-formula" title={t.formula}>
          L = −(1/{whole(loss)}) · Σ log p(xₜ | x₁ … xₜ₋₁)
        </p>
      )}
    </ReadOut>
  );
}

function Traps({ locale, here }: { locale: Locale; here: readonly Trap[] }) {
  const t = sftWords(locale);
  const list = (traps: readonly Trap[]) => (
    <ul class="sft-traps">
      {traps.map((trap) => (
        <li key={trap}>
          <b>{t.traps[trap][0]}</b> {t.traps[trap][1]}
        </li>
      ))}
    </ul>
  );
  return (
    <div class="sft-trapped">
      <h4>{t.trapsHere(here.length)}</h4>
      {list(here)}
      <details>
        <summary>{t.trapsElsewhere}</summary>
        {list(TRAPS.filter((trap) => !here.includes(trap)))}
      </details>
    </div>
  );
}
