import { useEffect, useMemo, useState } from 'preact/hooks';
import { optionOrder } from '../body.ts';
import { suggestOutcome } from '../grading.ts';
import { Part } from '../Part.tsx';
import type { CardProps } from './card.ts';

/** The option that is none. */
const UNKNOWN = '';

interface Props extends CardProps {
  onAnswer: () => void;
}

/** Where the focus goes once the options cannot be pressed any more. */
const RESULT = { tabIndex: -1, 'data-result': true } as const;

/** Options in a drawn order; once one is taken, each is explained. */
export function ChoiceCard({ t, body, seed, answered, onAnswer, onOutcome }: Props) {
  const [chosen, setChosen] = useState<string>();
  const options = useMemo(() => optionOrder(body, seed), [body, seed]);

  useEffect(() => {
    if (!answered) return;
    const right = options.some(({ id, correct }) => correct && id === chosen);
    const met = options.filter(({ correct }) => correct && right).map(({ id }) => id);
    const missed = right || !chosen ? [] : [chosen];
    onOutcome({ suggested: suggestOutcome(right), met, missed, right });
  }, [answered, chosen]);

  const take = (id: string): void => {
    setChosen(id);
    onAnswer();
  };
  return (
    <>
      <ul class="quiz-options">
        {options.map(({ id, correct, text, why }, index) => {
          const letter = String.fromCharCode(65 + index);
          return (
            <li
              key={id}
              data-state={answered ? (correct ? 'right' : 'wrong') : undefined}
              data-chosen={answered && id === chosen ? '' : undefined}
              {...(answered && id === chosen && RESULT)}
            >
              {answered ? (
                <div class="quiz-option">
                  <b>{letter}</b>
                  <Part of={text} />
                </div>
              ) : (
                <button
                  type="button"
                  class="quiz-option"
                  onClick={() => take(id)}
                  aria-keyshortcuts={letter.toLowerCase()}
                  data-option-key={letter.toLowerCase()}
                  data-move
                >
                  <b>{letter}</b>
                  <Part of={text} />
                </button>
              )}
              {answered && (
                <div class="quiz-why">
                  <b class={`verdict ${correct ? 'right' : 'wrong'}`}>
                    {correct ? t.right : t.wrong}
                    {id === chosen && ` · ${t.chosen}`}
                  </b>
                  {why && <Part of={why} />}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {!answered && (
        <button
          type="button"
          class="quiz-quiet"
          onClick={() => take(UNKNOWN)}
          aria-keyshortcuts="0"
          data-option-key="0"
          data-move
        >
          {t.dontKnow}
        </button>
      )}
      {answered && body.answer && (
        <section class="quiz-answer" aria-labelledby="quiz-answer">
          <h3 id="quiz-answer" {...(chosen === UNKNOWN && RESULT)}>
            {t.answer}
          </h3>
          <Part of={body.answer} />
        </section>
      )}
    </>
  );
}
