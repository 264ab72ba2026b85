import { useEffect, useMemo, useState } from 'preact/hooks';
import { suggestOpen } from '../grading.ts';
import { Part } from '../Part.tsx';
import type { CardProps } from './card.ts';

interface Props extends CardProps {
  hintsTaken: number;
}

/** Said aloud, revealed, then checked against the key points. */
export function OpenCard({ t, card, body, missedLast, answered, hintsTaken, onOutcome }: Props) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const points = useMemo(() => {
    const before = new Set(missedLast);
    const rank = ({ id }: { id: string }): number => (before.has(id) ? 0 : 1);
    return [...body.keyPoints].sort((a, b) => rank(a) - rank(b));
  }, [body, missedLast]);

  useEffect(() => {
    if (!answered) return;
    const ids = points.map(({ id }) => id);
    onOutcome({
      suggested: suggestOpen(ticked.size, ids.length, hintsTaken),
      met: ids.filter((id) => ticked.has(id)),
      missed: ids.filter((id) => !ticked.has(id)),
    });
  }, [answered, ticked]);

  if (!answered) return <p class="quiz-say">{t.sayIt}</p>;
  const toggle = (id: string): void => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };
  return (
    <>
      <section class="quiz-points" aria-labelledby="quiz-points">
        <h3 id="quiz-points" tabIndex={-1} data-result>
          {t.keyPoints} <small>{t.pointsMet(ticked.size, points.length)}</small>
        </h3>
        <ul>
          {points.map(({ id, text }) => (
            <li key={id}>
              <input
                type="checkbox"
                id={`tick-${card.id}-${id}`}
                checked={ticked.has(id)}
                onChange={() => toggle(id)}
                aria-labelledby={`point-${card.id}-${id}`}
                data-move
              />
              <label for={`tick-${card.id}-${id}`}>
                {missedLast.includes(id) && <small class="quiz-before">{t.missedLast}</small>}
                <Part of={text} id={`point-${card.id}-${id}`} />
              </label>
            </li>
          ))}
        </ul>
      </section>
      {body.answer && (
        <section class="quiz-answer" aria-labelledby="quiz-answer">
          <h3 id="quiz-answer">{t.answer}</h3>
          <Part of={body.answer} />
        </section>
      )}
    </>
  );
}
