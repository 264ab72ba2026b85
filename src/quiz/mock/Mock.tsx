import { useEffect, useRef, useState } from 'preact/hooks';
import type { Locale } from '../../i18n/locale.ts';
import type { MockAnswer } from '../../progress/events.ts';
import { Card } from '../Card.tsx';
import type { Outcome } from '../cards/card.ts';
import type { Deck } from '../deck.ts';
import type { Journal } from '../journal.ts';
import { useKeys } from '../keys.ts';
import { newSeed } from '../random.ts';
import { clockWords, useClock } from '../useClock.ts';
import { useSession } from '../useSession.ts';
import type { QuizWords } from '../words.ts';
import { type Asked, LEAST_MS, type MockPlan, nextQuestion } from './interview.ts';
import { Report } from './Report.tsx';
import { Setup } from './Setup.tsx';
import { useRecorder } from './useRecorder.ts';
import { mockWords } from './words.ts';

interface Props {
  locale: Locale;
  t: QuizWords;
  deck: Deck;
  journal: Journal;
  onEnd: () => void;
}

interface Running {
  plan: MockPlan;
  ends: number;
  asked: Asked;
  seed: number;
}

/** An interview against the clock: questions, follow-ups, and a report that stays in the history. */
export function Mock({ locale, t, deck, journal, onEnd }: Props) {
  const m = mockWords(locale);
  const recorder = useRecorder();
  const [running, setRunning] = useState<Running>();
  const [answers, setAnswers] = useState<readonly MockAnswer[]>([]);
  const [outcome, setOutcome] = useState<{ outcome: Outcome; ms: number }>();
  const [voices, setVoices] = useState<readonly (string | undefined)[]>([]);
  const [voice, setVoice] = useState<string>();
  const [report, setReport] = useState<string>();
  const busy = useRef(false);
  useSession(running !== undefined && report === undefined);

  const ask = (plan: MockPlan, ends: number, given: readonly MockAnswer[]): boolean => {
    const asked = nextQuestion(deck.cards, plan, given, Math.random);
    if (!asked) return false;
    setOutcome(undefined);
    setVoice(undefined);
    setRunning({ plan, ends, asked, seed: newSeed() });
    return true;
  };
  const begin = async (plan: MockPlan, record: boolean): Promise<void> => {
    if (record) await recorder.ask();
    ask(plan, Date.now() + plan.minutes * 60_000, []);
  };
  // Each question is recorded from when it shows until its answer does.
  useEffect(() => {
    if (running && recorder.on) recorder.start();
  }, [running, recorder.on]);
  useEffect(() => {
    if (outcome) recorder.stop().then((address) => address && setVoice(address));
  }, [outcome === undefined]);

  const finish = async (given: readonly MockAnswer[]): Promise<void> => {
    if (!running) return;
    await recorder.stop();
    if (given.length === 0) return onEnd();
    const { minutes, topics, level } = running.plan;
    const prefixes = deck.topics
      .filter(({ slug }) => topics.includes(slug))
      .map(({ prefix }) => prefix);
    setReport(await journal.mock({ minutes, topics: prefixes, level, answers: [...given] }));
  };
  const next = async (): Promise<void> => {
    if (!running || !outcome || busy.current) return;
    busy.current = true;
    const { card, followsUp } = running.asked;
    const { suggested, met, missed, seed } = outcome.outcome;
    const answer: MockAnswer = {
      card: card.id,
      ms: outcome.ms,
      grade: suggested,
      met,
      missed,
      ...(followsUp && { followsUp }),
    };
    await journal.review(card.id, {
      grade: suggested,
      ms: outcome.ms,
      ...(missed.length > 0 && { missed }),
      ...(seed !== undefined && { seed }),
    });
    const given = [...answers, answer];
    setAnswers(given);
    setVoices([...voices, voice]);
    const over = running.ends - Date.now() < LEAST_MS;
    if (over || !ask(running.plan, running.ends, given)) await finish(given);
    busy.current = false;
  };
  const stop = (): void => {
    if (!running || report) onEnd();
    else finish(answers);
  };
  useKeys({ n: report ? undefined : next, Escape: stop });

  if (report) {
    const event = journal.progress().mocks.find(({ id }) => id === report);
    return <Report {...{ locale, t, m, deck, onEnd }} mock={event} voices={voices} />;
  }
  if (!running) return <Setup t={t} m={m} deck={deck} onBegin={begin} />;
  const { asked, ends, seed } = running;
  return (
    <>
      <div class="quiz-top">
        <span class="quiz-left">
          {m.question(answers.length + 1)}
          {asked.followsUp && ` · ${m.followUp}`}
          {recorder.on && !outcome && <span class="mock-recording"> · {m.recording}</span>}
        </span>
        <Countdown label={m.left} ends={ends} over={m.timeUp} />
        <button type="button" class="quiz-quiet" onClick={stop} aria-keyshortcuts="Escape">
          {m.stop}
        </button>
      </div>
      {recorder.refused && answers.length === 0 && (
        <p class="notice" role="status">
          {m.recordRefused}
        </p>
      )}
      <Card
        key={`${asked.card.id} ${seed}`}
        locale={locale}
        t={t}
        card={asked.card}
        topic={deck.topics.find(({ slug }) => slug === asked.card.topic)}
        seed={seed}
        missedLast={[]}
        onOutcome={(what, ms) => setOutcome({ outcome: what, ms })}
        beside={
          voice && (
            // biome-ignore lint/a11y/useMediaCaption: one's own words, just spoken
            <audio controls src={voice} aria-label={m.yourVoice} class="mock-voice" />
          )
        }
      >
        <div class="quiz-bar">
          <button type="button" class="quiz-primary" onClick={next} aria-keyshortcuts="n">
            {ends - Date.now() < LEAST_MS ? m.finish : m.next}
          </button>
        </div>
      </Card>
    </>
  );
}

function Countdown({ label, ends, over }: { label: string; ends: number; over: string }) {
  const [since] = useState(() => Date.now());
  const left = ends - since - useClock(since);
  return (
    <span class="quiz-clock" role="timer" aria-live="off" title={label}>
      <span class="visually-hidden">{label} </span>
      {left > 0 ? clockWords(left) : over}
    </span>
  );
}
