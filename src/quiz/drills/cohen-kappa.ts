import { cohenKappa } from '../../engines/agreement/index.ts';
import { decimal } from '../../format/number.ts';
import type { Drill } from './drill.ts';

interface Params {
  /** Answers that both call good, that only one of the two does, and that both call bad. */
  bothGood: number;
  firstOnly: number;
  secondOnly: number;
  bothBad: number;
}

const ITEMS = 100;

/** Products of two shares of 100 end after four digits: 0.82, 0.7178. */
const exact = (share: number): string => String(Number(share.toFixed(4)));

/** Agreement of two annotators beyond chance. The example agrees on 90 % and still has κ 0.44. */
const drill: Drill<Params> = {
  example: { bothGood: 85, firstOnly: 5, secondOnly: 5, bothBad: 5 },

  draw(random) {
    const between = (least: number, most: number): number =>
      least + Math.floor(random() * (most - least + 1));
    const firstOnly = between(2, 9);
    const secondOnly = between(2, 9);
    // With these bounds κ lies between 0.3 and 0.9, far enough from 0 for a relative tolerance.
    const bothBad = between(8, 30);
    return { bothGood: ITEMS - firstOnly - secondOnly - bothBad, firstOnly, secondOnly, bothBad };
  },

  solve({ bothGood, firstOnly, secondOnly, bothBad }) {
    const items = bothGood + firstOnly + secondOnly + bothBad;
    const { observed, expected, kappa } = cohenKappa({
      table: [
        [bothGood, firstOnly],
        [secondOnly, bothBad],
      ],
    });
    const firstGood = (bothGood + firstOnly) / items;
    const secondGood = (bothGood + secondOnly) / items;
    return {
      value: kappa,
      unit: 'ratio',
      // A κ rounded to two digits counts as right.
      tolerance: 0.02,
      shown: {
        items: String(items),
        bothGood: String(bothGood),
        firstOnly: String(firstOnly),
        secondOnly: String(secondOnly),
        bothBad: String(bothBad),
        agreed: String(bothGood + bothBad),
        observed: decimal(observed, 2),
        firstGood: decimal(firstGood, 2),
        secondGood: decimal(secondGood, 2),
        chanceGood: exact(firstGood * secondGood),
        chanceBad: exact((1 - firstGood) * (1 - secondGood)),
        expected: exact(expected),
        above: exact(observed - expected),
        possible: exact(1 - expected),
        kappa: decimal(kappa, 2),
      },
    };
  },
};

export default drill;
