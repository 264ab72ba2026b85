import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { memo } from '../kit/memo.ts';
import { TableOf } from '../kit/TableOf.tsx';
import type { LabelledToken } from './chat.ts';
import { SIZES, type TokenizerName } from './tokenizerSizes.ts';
import type { Tokens } from './useTokens.ts';
import { sftWords } from './words.ts';

/** More than this is not read by anybody, and slow to draw. */
const MOST_SHOWN = 500;

const NAMES: Readonly<Record<TokenizerName, { name: string; licence: string }>> = {
  'qwen2.5': { name: 'Qwen2.5', licence: 'Apache-2.0' },
  'deepseek-v3': { name: 'DeepSeek', licence: 'MIT' },
};

interface Props {
  locale: Locale;
  name: TokenizerName | null;
  counting: Tokens;
  labelled: readonly LabelledToken[] | undefined;
  text: string;
}

/** The tokens of the training text with their ids and labels; counted when asked for. */
export function TokenView({ locale, name, counting, labelled, text }: Props) {
  const t = sftWords(locale);
  const { phase, progress, load, cancel } = counting;
  return (
    <div class="sft-tokens">
      <h4>{t.tokensTitle}</h4>
      {name === null ? (
        <p class="sft-hint">{t.noTokenizer}</p>
      ) : (
        <div class="sft-count">
          {phase === 'loading' ? (
            <>
              <progress value={progress} max={1} aria-label={t.loading} />
              <button type="button" onClick={cancel}>
                {t.cancel}
              </button>
            </>
          ) : (
            !labelled &&
            phase !== 'ready' && (
              <>
                <button type="button" onClick={load}>
                  {t.count(decimal(SIZES[name].sent / 1e6, 1))}
                </button>
                <p class="sft-hint">{t.countHint(NAMES[name].name, NAMES[name].licence)}</p>
              </>
            )
          )}
          <div role="status">
            {phase === 'loading' && <span class="visually-hidden">{t.loading}</span>}
            {phase === 'failed' && <p class="lab-error">{t.tokensFailed}</p>}
            {counting.unplaced && <p class="lab-error">{t.unplaced}</p>}
          </div>
        </div>
      )}
      {labelled && <Labels locale={locale} labelled={labelled} text={text} />}
    </div>
  );
}

const Labels = memo(function Labels({
  locale,
  labelled,
  text,
}: {
  locale: Locale;
  labelled: readonly LabelledToken[];
  text: string;
}) {
  const t = sftWords(locale);
  const shown = labelled.slice(0, MOST_SHOWN);
  const part = ({ start, end }: LabelledToken): string => visible(text.slice(start, end)).trim();
  const label = (value: number): string => (value < 0 ? '−100' : String(value));
  return (
    <>
      <div class="sft-chips" aria-hidden="true">
        {shown.map((token, index) => (
          <span
            key={index}
            data-loss={token.label >= 0 ? '' : undefined}
            data-special={token.added ? '' : undefined}
            data-straddles={token.straddles ? '' : undefined}
          >
            <b>{part(token) || '␣'}</b>
            <small>{label(token.label)}</small>
          </span>
        ))}
      </div>
      {labelled.length > MOST_SHOWN && (
        <p class="sft-hint">{t.firstTokens(decimal(MOST_SHOWN, 0), decimal(labelled.length, 0))}</p>
      )}
      <TableOf
        locale={locale}
        caption={t.tokenTable}
        head={t.tokenHead}
        rows={shown.map((token, index) => [
          String(index),
          <code key="token">{part(token) || '␣'}</code>,
          String(token.id),
          label(token.label),
          token.straddles ? t.straddles : '',
        ])}
      />
    </>
  );
});

/** Newlines as a sign of their own, and still as newlines. */
export function visible(text: string): string {
  return text.replaceAll('\n', '↵\n');
}
