import { useMemo, useState } from 'preact/hooks';
import { createOverlapFinder, type Inspection } from '~/engines/sft-data/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { NumberField } from '../../kit/NumberField.tsx';
import { Predict } from '../../kit/Predict.tsx';
import { ReadOut } from '../../kit/ReadOut.tsx';
import { sentences } from '../../kit/words.ts';
import type { InspectProps } from './OwnFile.tsx';
import { percent, whole } from './print.ts';
import { inspectWords } from './words.ts';

interface Props extends InspectProps {
  inspection: Inspection;
  evaluation: string;
  onEvaluation: (pasted: string) => void;
}

const PRESETS = {
  tulu: { n: 8, coverage: 50 },
  gpt3: { n: 13, coverage: 0 },
} as const;
const MOST_PASTED = 5_000_000;

/** Shared runs of words with a pasted evaluation set. */
export function Overlap({ locale, state, set, inspection, evaluation, onEvaluation }: Props) {
  const t = inspectWords(locale);
  const [tooMany, setTooMany] = useState(false);
  const { overlap } = inspection;
  return (
    <div class="insp-part insp-overlap">
      <h4>{t.overlapTitle}</h4>
      <Question locale={locale} />
      <div class="insp-presets">
        <span>{t.presets}</span>
        {(Object.keys(PRESETS) as (keyof typeof PRESETS)[]).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={PRESETS[name].n === state.n && PRESETS[name].coverage === state.coverage}
            onClick={() => set(PRESETS[name])}
          >
            {t.overlapPresets[name]}
          </button>
        ))}
      </div>
      <div class="insp-two">
        <div class="insp-view">
          <label class="insp-paste">
            {t.evaluation}
            <textarea
              rows={6}
              spellcheck={false}
              value={evaluation}
              onInput={({ currentTarget }) => {
                const most = currentTarget.value.length > MOST_PASTED;
                setTooMany(most);
                if (most) currentTarget.value = evaluation;
                else onEvaluation(currentTarget.value);
              }}
            />
          </label>
          <p class="lab-error" role="status">
            {tooMany && t.tooManyItems}
          </p>
          <ReadOut>
            {sentences(
              locale,
              overlap
                ? t.overlapVerdict(
                    whole(overlap.matched),
                    whole(overlap.items),
                    percent(overlap.matched / overlap.items, 1),
                    whole(overlap.total),
                  )
                : t.noItems,
              overlap && overlap.tooShort > 0 && t.itemsTooShort(whole(overlap.tooShort)),
            )}
          </ReadOut>
          <p class="insp-note">{t.tulu}</p>
        </div>
        <div class="lab-panel">
          <NumberField
            locale={locale}
            label={t.n}
            value={state.n}
            min={2}
            max={50}
            sliderMax={20}
            whole
            onChange={(n) => set({ n })}
          />
          <NumberField
            locale={locale}
            label={t.coverage}
            value={state.coverage}
            min={0}
            max={95}
            step={5}
            whole
            unit="%"
            onChange={(coverage) => set({ coverage })}
          />
          <p class="insp-note">{t.overlapNote}</p>
        </div>
      </div>
    </div>
  );
}

/** Asked about one made-up item, whatever the lab shows now. */
function Question({ locale }: { locale: Locale }) {
  const t = inspectWords(locale);
  const eight = useMemo(() => {
    const words = Array.from({ length: 100 }, (_, index) => `w${index}`);
    const copy = words.map((word, index) => (index % 10 === 9 ? 'other' : word)).join(' ');
    const finder = createOverlapFinder({ items: [words.join(' ')], n: 8, coverage: 0.5 });
    return finder.match(copy)[0]?.coverage ?? 0;
  }, []);
  return (
    <Predict
      locale={locale}
      question={t.question}
      options={(['thirteen', 'eight', 'both', 'neither'] as const).map((value) => ({
        value,
        label: t.options[value],
      }))}
      correct="eight"
    >
      {t.why(percent(eight))}
    </Predict>
  );
}
