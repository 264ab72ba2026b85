import { useState } from 'preact/hooks';
import type { Deck } from '../deck.ts';
import type { QuizWords } from '../words.ts';
import { LENGTHS, type MockPlan } from './interview.ts';
import type { MockWords } from './words.ts';

interface Props {
  t: QuizWords;
  m: MockWords;
  deck: Deck;
  onBegin: (plan: MockPlan, record: boolean) => void;
}

export function Setup({ t, m, deck, onBegin }: Props) {
  const [minutes, setMinutes] = useState<MockPlan['minutes']>(15);
  const [level, setLevel] = useState<MockPlan['level']>(2);
  const [topics, setTopics] = useState<readonly string[]>(deck.topics.map(({ slug }) => slug));
  const [record, setRecord] = useState(false);
  const [error, setError] = useState('');
  const toggle = (slug: string): void => {
    setError('');
    const on = new Set(topics);
    if (!on.delete(slug)) on.add(slug);
    setTopics(deck.topics.map((topic) => topic.slug).filter((one) => on.has(one)));
  };
  const radio = <V extends number>(
    name: string,
    label: string,
    value: V,
    values: readonly V[],
    text: (value: V) => string,
    set: (value: V) => void,
  ) => (
    <fieldset class="mock-choice">
      <legend>{label}</legend>
      {values.map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={one === value} onChange={() => set(one)} />
          <span>{text(one)}</span>
        </label>
      ))}
    </fieldset>
  );

  return (
    <section class="mock-setup">
      <h2>{m.title}</h2>
      <p class="lede">{m.lede}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (topics.length === 0) setError(m.needTopic);
          else onBegin({ minutes, level, topics: [...topics] }, record);
        }}
      >
        {radio('minutes', m.length, minutes, LENGTHS, m.minutes, setMinutes)}
        {radio('level', m.level, level, [1, 2, 3] as const, (n) => t.levels[n], setLevel)}
        <fieldset class="mock-choice">
          <legend>{m.topics}</legend>
          {deck.topics.map(({ slug, short }) => (
            <label key={slug}>
              <input
                type="checkbox"
                checked={topics.includes(slug)}
                onChange={() => toggle(slug)}
              />
              <span>{short}</span>
            </label>
          ))}
        </fieldset>
        {typeof MediaRecorder !== 'undefined' && (
          <label class="mock-record">
            <input
              type="checkbox"
              checked={record}
              onChange={({ currentTarget }) => setRecord(currentTarget.checked)}
            />
            <span>
              {m.record} <small>{m.recordNote}</small>
            </span>
          </label>
        )}
        {error && (
          <p class="quiz-error" role="alert">
            {error}
          </p>
        )}
        <button type="submit" class="quiz-primary">
          {m.begin}
        </button>
      </form>
    </section>
  );
}
