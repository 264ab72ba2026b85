import { useState } from 'preact/hooks';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Player } from '../../kit/Player.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { LAST_STEP } from './state.ts';
import { trainingWords } from './words.ts';

const STRIDES = [1, 10, 50] as const;
const TICKS_A_SECOND = 12;

interface Props {
  locale: Locale;
  at: number;
  onAt: (step: number) => void;
}

/** The step looked at: dragged, walked or played. */
export function Cursor({ locale, at, onAt }: Props) {
  const t = trainingWords(locale);
  const [stride, setStride] = useState<(typeof STRIDES)[number]>(10);
  const last = Math.ceil(LAST_STEP / stride);
  return (
    <div class="lt-cursor">
      <input
        type="range"
        aria-label={t.step}
        aria-valuetext={t.atStep(decimal(at, 0))}
        min={0}
        max={LAST_STEP}
        step={1}
        value={at}
        onInput={({ currentTarget }) => onAt(currentTarget.valueAsNumber)}
      />
      <div>
        <Player
          locale={locale}
          at={at === LAST_STEP ? last : Math.floor(at / stride)}
          last={last}
          perSecond={TICKS_A_SECOND}
          onAt={(place) => onAt(Math.min(place * stride, LAST_STEP))}
        />
        <Segments
          label={t.speed}
          value={stride}
          options={STRIDES.map((value) => ({ value, label: String(value) }))}
          onChange={setStride}
        />
      </div>
    </div>
  );
}
