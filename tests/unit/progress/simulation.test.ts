import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/progress/simulate.ts';
import simulation from '../../../src/progress/simulation.json' with { type: 'json' };

describe('the simulation on the about page', () => {
  it('can be repeated: a few of its learners come out as recorded', () => {
    const { cards, sample } = simulation;
    for (const row of sample.rows) {
      const { days, minutes, methods } = row;
      const again = simulate({ learners: sample.learners, cards, days, minutes });
      for (const [i, { method, recall }] of methods.entries()) {
        expect(again.methods[i]?.method).toBe(method);
        expect(again.methods[i]?.recall).toBeCloseTo(recall, 9);
      }
    }
  });

  it('has the plan first at every horizon, with a thousand learners', () => {
    expect(simulation.learners).toBe(1000);
    expect(simulation.rows.map(({ days }) => days)).toEqual([3, 7, 14, 30]);
    for (const { methods, lead } of simulation.rows) {
      const [plan, ...others] = methods.map(({ recall }) => recall);
      expect(plan).toBeGreaterThan(Math.max(...others));
      // By more than chance.
      expect(lead.recall).toBeGreaterThan(2 * lead.error);
    }
  });
});
