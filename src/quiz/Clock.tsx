import { clockWords, useClock } from './useClock.ts';

interface Props {
  label: string;
  since: number;
  until?: number;
}

/** A clock to be seen, not to be read out each second. */
export function Clock({ label, since, until }: Props) {
  const ms = useClock(since, until);
  return (
    <span class="quiz-clock" role="timer" aria-live="off" title={label}>
      <span class="visually-hidden">{label} </span>
      {clockWords(ms)}
    </span>
  );
}
