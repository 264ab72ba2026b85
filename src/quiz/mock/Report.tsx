import { useEffect, useState } from 'preact/hooks';
import type { Locale } from '../../i18n/locale.ts';
import { href } from '../../i18n/routes.ts';
import type { MockAnswer, MockEvent } from '../../progress/events.ts';
import { type CardBody, cardBody } from '../body.ts';
import type { Deck, DeckCard } from '../deck.ts';
import { Part } from '../Part.tsx';
import { clockWords } from '../useClock.ts';
import type { QuizWords } from '../words.ts';
import { coverage } from './interview.ts';
import type { MockWords } from './words.ts';

interface Props {
  locale: Locale;
  t: QuizWords;
  m: MockWords;
  deck: Deck;
  mock: MockEvent | undefined;
  /** What was recorded of each answer, while this tab is open. */
  voices?: readonly (string | undefined)[];
  onEnd: () => void;
}

export function Report({ locale, t, m, deck, mock, voices = [], onEnd }: Props) {
  const back = (
    <p class="quiz-actions">
      <button type="button" class="quiz-primary" onClick={onEnd}>
        {t.back}
      </button>
      {mock && (
        <button type="button" onClick={() => print()}>
          {m.print}
        </button>
      )}
    </p>
  );
  if (!mock) {
    return (
      <section class="quiz-summary">
        <p>{m.unknown}</p>
        {back}
      </section>
    );
  }
  const spent = mock.answers.reduce((sum, { ms }) => sum + ms, 0);
  const short = (topic: string): string =>
    deck.topics.find(({ slug }) => slug === topic)?.short ?? topic;
  return (
    <section class="quiz-summary mock-report">
      <h2 tabIndex={-1} ref={(heading) => heading?.focus()}>
        {m.report}
      </h2>
      <p class="lede">
        {new Date(mock.at).toLocaleString(locale === 'zh' ? 'zh-CN' : 'en-GB', {
          dateStyle: 'long',
          timeStyle: 'short',
        })}
        {' · '}
        {m.facts(mock.minutes, mock.answers.length, clockWords(spent))}
        {' · '}
        {t.levels[mock.level]}
      </p>
      <h3>{m.coverage}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.topic}</th>
            <th scope="col">{m.asked}</th>
            <th scope="col">{m.pointsMet}</th>
          </tr>
        </thead>
        <tbody>
          {coverage(deck.cards, mock.answers).map(({ topic, asked, met, of }) => (
            <tr key={topic}>
              <th scope="row">{short(topic)}</th>
              <td>{asked}</td>
              <td>
                {met} / {of} ({Math.round((met / of) * 100)}%)
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{m.answers}</h3>
      <ol class="mock-answers prose">
        {mock.answers.map((answer, index) => {
          const card = deck.cards.find(({ id }) => id === answer.card);
          return (
            card && (
              <Answered key={answer.card} {...{ locale, m, card, answer }} voice={voices[index]} />
            )
          );
        })}
      </ol>
      {back}
    </section>
  );
}

interface AnsweredProps {
  locale: Locale;
  m: MockWords;
  card: DeckCard;
  answer: MockAnswer;
  voice: string | undefined;
}

function Answered({ locale, m, card, answer, voice }: AnsweredProps) {
  const [body, setBody] = useState<CardBody>();
  useEffect(() => {
    if (answer.missed.length > 0) cardBody(locale, card.key).then(setBody, () => {});
  }, [card.key]);
  const points = body?.keyPoints.filter(({ id }) => answer.missed.includes(id)) ?? [];
  const of = answer.met.length + answer.missed.length;
  return (
    <li data-follow-up={answer.followsUp ? '' : undefined}>
      <p>
        <a href={href(locale, `questions/${card.key}/`)}>{card.title}</a>{' '}
        <small>
          {answer.followsUp && `${m.followUp} · `}
          {clockWords(answer.ms)} ·{' '}
          {of > 0 ? `${answer.met.length} / ${of}` : answer.grade > 1 ? m.right : m.wrong}
        </small>
      </p>
      {voice && (
        // biome-ignore lint/a11y/useMediaCaption: one's own words, just spoken
        <audio controls src={voice} aria-label={m.yourVoice} class="mock-voice" />
      )}
      {points.length > 0 && (
        <ul class="mock-missed" aria-label={m.missed}>
          {points.map(({ id, text }) => (
            <li key={id}>
              <Part of={text} />
            </li>
          ))}
        </ul>
      )}
      {(answer.missed.length > 0 || answer.grade === 1) && (
        <p>
          <a href={href(locale, `topics/${card.topic}/#${card.passage}`)}>{m.passage}</a>
        </p>
      )}
    </li>
  );
}
