import { useEffect, useState } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import { kitWords } from './words.ts';

interface Props {
  locale: Locale;
  /** Place now, from 0. */
  at: number;
  /** The last place. */
  last: number;
  onAt: (at: number) => void;
  /** Places a second when playing. */
  perSecond?: number;
}

/** Goes through places one by one, by hand or by itself. */
export function Player({ locale, at, last, onAt, perSecond = 1.5 }: Props) {
  const t = kitWords(locale);
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    if (at >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => onAt(at + 1), 1000 / perSecond);
    return () => clearTimeout(timer);
  }, [playing, at, last, perSecond, onAt]);
  // Not `disabled`: at either end that would take the focus from the button just pressed.
  const unless = (isEnd: boolean, act: () => void) => ({
    'aria-disabled': isEnd ? ('true' as const) : undefined,
    onClick: isEnd ? undefined : act,
  });
  return (
    <div class="lab-player">
      <button type="button" {...unless(at <= 0, () => onAt(at - 1))}>
        {t.back}
      </button>
      <button type="button" {...unless(at >= last, () => onAt(at + 1))}>
        {t.step}
      </button>
      <button
        type="button"
        aria-pressed={playing}
        onClick={() => {
          if (!playing && at >= last) onAt(0);
          setPlaying(!playing);
        }}
      >
        {playing ? t.pause : t.play}
      </button>
      <button
        type="button"
        {...unless(at <= 0, () => {
          setPlaying(false);
          onAt(0);
        })}
      >
        {t.reset}
      </button>
      <progress max={last} value={at} aria-label={`${at} / ${last}`} />
    </div>
  );
}
