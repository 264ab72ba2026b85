import { useState } from 'preact/hooks';
import type { Locale } from '../i18n/locale.ts';
import { Card } from './Card.tsx';
import type { Deck, DeckCard } from './deck.ts';
import { useKeys } from './keys.ts';
import { newSeed } from './random.ts';
import type { QuizWords } from './words.ts';

interface Props {
  locale: Locale;
  t: QuizWords;
  deck: Deck;
  /** One calculation, or several to be mixed. */
  cards: readonly DeckCard[];
  /** The draw to begin with. */
  seed?: number;
  /** Tells which draw is shown, so that it can be shared. */
  onDraw: (card: DeckCard, seed: number) => void;
  onEnd: () => void;
}

/** The same calculations with new numbers, without end. Nothing is graded. */
export function Practice({ locale, t, deck, cards, seed: first, onDraw, onEnd }: Props) {
  const pick = (): DeckCard => cards[Math.floor(Math.random() * cards.length)] as DeckCard;
  const [{ card, seed }, setDraw] = useState(() => {
    const draw = { card: pick(), seed: first ?? newSeed() };
    onDraw(draw.card, draw.seed);
    return draw;
  });
  const [score, setScore] = useState({ right: 0, of: 0 });
  const another = (): void => {
    const draw = { card: pick(), seed: newSeed() };
    setDraw(draw);
    onDraw(draw.card, draw.seed);
  };
  useKeys({ n: another, Escape: onEnd });

  return (
    <>
      <div class="quiz-top">
        <span class="quiz-left">
          {t.seed(seed)}
          {score.of > 0 && ` · ${t.streak(score.right, score.of)}`}
        </span>
        <button type="button" class="quiz-quiet" onClick={another} aria-keyshortcuts="n">
          {t.another}
        </button>
        <button type="button" class="quiz-quiet" onClick={onEnd} aria-keyshortcuts="Escape">
          {t.end}
        </button>
      </div>
      <Card
        key={`${card.id} ${seed}`}
        locale={locale}
        t={t}
        card={card}
        topic={deck.topics.find(({ slug }) => slug === card.topic)}
        seed={seed}
        missedLast={[]}
        onOutcome={({ right }) =>
          setScore((was) => ({ right: was.right + (right ? 1 : 0), of: was.of + 1 }))
        }
      >
        <div class="quiz-bar">
          <button type="button" class="quiz-primary" onClick={another} aria-keyshortcuts="n">
            {t.another}
          </button>
        </div>
      </Card>
    </>
  );
}
