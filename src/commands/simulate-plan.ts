/**
 * Tries the study plan against plain FSRS, fixed intervals and random order on a thousand learners, and
 * writes the table the about page prints. What is simulated stands in src/progress/simulate.ts.
 *
 *   npm run simulate:plan
 */
import { writeFileSync } from 'node:fs';
import { simulate } from '../progress/simulate.ts';

const LEARNERS = 1000;
const CARDS = 90;
const DAYS = [3, 7, 14, 30];
/** What the table shows, and two more to see whether it hangs on the minutes. */
const MINUTES = [20, 10, 40];
/** A part small enough for a test to repeat. */
const SAMPLE = 10;

const table = (learners: number, minutes: number) =>
  DAYS.map((days) => simulate({ learners, cards: CARDS, days, minutes }));

const [shown, ...others] = MINUTES.map((minutes) => {
  const rows = table(LEARNERS, minutes);
  for (const { days, methods, lead } of rows) {
    const cells = methods.map(({ method, recall }) => `${method} ${(100 * recall).toFixed(2)} %`);
    const ahead = `${(100 * lead.recall).toFixed(3)} ± ${(100 * lead.error).toFixed(3)}`;
    console.log(
      `${minutes} min, ${days} days: ${cells.join(', ')}; ahead of ${lead.over} by ${ahead}`,
    );
  }
  return { minutes, rows };
});

const file = new URL('../progress/simulation.json', import.meta.url);
const result = {
  command: 'npm run simulate:plan',
  learners: LEARNERS,
  cards: CARDS,
  ...shown,
  others,
  sample: { learners: SAMPLE, rows: table(SAMPLE, MINUTES[0] as number) },
};
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
