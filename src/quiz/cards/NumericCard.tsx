import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { bytes, decimal, scientific } from '../../format/number.ts';
import { withDrawn } from '../body.ts';
import type { Drill, Solution } from '../drills/drill.ts';
import {
  judge,
  type NumericVerdict,
  OFFERED_UNITS,
  readAnswer,
  suggestOutcome,
} from '../grading.ts';
import { Part } from '../Part.tsx';
import type { QuizWords } from '../words.ts';
import type { CardProps } from './card.ts';
import { solutionOf } from './drills.ts';

interface Props extends CardProps {
  drill: Drill<unknown>;
  hintsTaken: number;
  onAnswer: () => void;
}

/** A calculation with drawn numbers. */
export function NumericCard({
  t,
  body,
  seed,
  drill,
  answered,
  hintsTaken,
  onAnswer,
  onOutcome,
}: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const solution = useMemo(() => solutionOf(drill, seed), [drill, seed]);
  const offered = OFFERED_UNITS[solution.unit];
  const [typed, setTyped] = useState('');
  const [unit, setUnit] = useState(offered[0] ?? '');
  const [error, setError] = useState('');
  const [verdict, setVerdict] = useState<NumericVerdict>();
  const prompt = useMemo(
    () => body.prompt && withDrawn(body.prompt, solution.shown),
    [body, solution],
  );
  const worked = useMemo(
    () => body.answer && withDrawn(body.answer, solution.shown),
    [body, solution],
  );

  useEffect(() => {
    if (!answered) return;
    const right = verdict === 'right';
    onOutcome({ suggested: suggestOutcome(right, hintsTaken), met: [], missed: [], seed, right });
  }, [answered, verdict]);

  const check = (event: Event): void => {
    event.preventDefault();
    const read = readAnswer(typed, solution.unit, unit);
    if ('value' in read) {
      setVerdict(judge(read.value, solution));
      onAnswer();
      return;
    }
    const problems = { empty: t.emptyAnswer, number: t.notNumber, unit: '' };
    setError(read.problem === 'unit' ? t.wrongUnit(read.unit) : problems[read.problem]);
    field.current?.focus();
  };

  return (
    <>
      {prompt && <Part of={prompt} class="quiz-prompt" />}
      {answered ? (
        <>
          <p
            class="quiz-verdict"
            tabIndex={-1}
            data-result
            data-right={verdict === 'right' ? '' : undefined}
          >
            <b class={`verdict ${verdict === 'right' ? 'right' : 'wrong'}`}>
              {verdict === 'right' ? t.right : t.wrong}
            </b>
            <span>
              {t.rightAnswer(printed(solution))}{' '}
              {solution.tolerance > 0 && t.within(`${decimal(solution.tolerance * 100, 0)}%`)}
              {verdict === 'binary' && <> {t.binary}</>}
              {typed && verdict !== 'right' && (
                <small>
                  {' '}
                  {t.yourAnswer}: {typed} {/[a-z%\p{Script=Han}]/iu.test(typed) ? '' : unit}
                </small>
              )}
            </span>
          </p>
          {worked && (
            <section class="quiz-answer" aria-labelledby="quiz-answer">
              <h3 id="quiz-answer">{t.solution}</h3>
              <Part of={worked} />
            </section>
          )}
        </>
      ) : (
        <form class="quiz-number" onSubmit={check}>
          <label for={id}>{t.yourAnswer}</label>
          <div>
            <input
              ref={field}
              id={id}
              value={typed}
              inputMode="decimal"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
              onInput={({ currentTarget }) => {
                setTyped(currentTarget.value);
                setError('');
              }}
            />
            {offered.length > 0 && (
              <select
                aria-label={t.unit}
                value={unit}
                onChange={({ currentTarget }) => setUnit(currentTarget.value)}
              >
                {offered.map((one) => (
                  <option key={one} value={one} selected={one === unit}>
                    {unitName(one, solution, t)}
                  </option>
                ))}
              </select>
            )}
            <button type="submit" class="quiz-primary">
              {t.check}
            </button>
          </div>
          {error && (
            <p class="quiz-error" id={`${id}-error`} role="alert">
              {error}
            </p>
          )}
        </form>
      )}
    </>
  );
}

function unitName(unit: string, { unit: kind }: Solution, t: QuizWords): string {
  if (kind === 'days') return unit === 'hours' ? t.hours : t.days;
  if (unit === '') return t.noUnit;
  if (kind === 'bytes' || kind === 'ratio') return unit;
  return `${unit} (${{ M: '10⁶', B: '10⁹', T: '10¹²', E: '10¹⁸', Z: '10²¹' }[unit] ?? ''})`;
}

/** The exact answer, in the unit an engineer would say it in. */
export function printed({ value, unit, tolerance }: Solution): string {
  const short = (n: number): string =>
    tolerance === 0 && Number.isInteger(n) ? decimal(n, 0) : decimal(n, digitsFor(n));
  switch (unit) {
    case 'bytes':
      return value >= 1e12
        ? bytes(value, 'TB', 2)
        : bytes(value, value >= 1e9 ? 'GB' : 'MB', digitsFor(value / (value >= 1e9 ? 1e9 : 1e6)));
    case 'ratio':
      return `${decimal(value, 3)} (${decimal(value * 100, 1)}%)`;
    case 'parameters':
    case 'tokens': {
      const [name, per] =
        value >= 1e12 ? ['T', 1e12] : value >= 1e9 ? ['B', 1e9] : (['M', 1e6] as const);
      return `${short(value / Number(per))}${name}`;
    }
    case 'flops':
      return scientific(value);
    case 'days':
    case 'count':
      return value > 0 && value < 0.01 ? scientific(value) : short(value);
  }
}

/** Three significant digits below 100, whole above. */
function digitsFor(value: number): number {
  const size = Math.abs(value);
  if (size >= 100) return 0;
  return size >= 10 ? 1 : 2;
}
