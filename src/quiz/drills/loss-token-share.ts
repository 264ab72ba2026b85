import { CHATML_TOKENS_PER_MESSAGE, lossTokens } from '../../engines/chat/index.ts';
import type { Drill } from './drill.ts';

interface Params {
  systemTokens: number;
  turns: number;
  userTokens: number;
  answerTokens: number;
}

const pick = <T>(random: () => number, choices: readonly [T, ...T[]]): T =>
  choices[Math.floor(random() * choices.length)] ?? choices[0];

/** What share of a ChatML conversation's tokens bears loss when every assistant turn is trained on. */
const drill: Drill<Params> = {
  example: { systemTokens: 40, turns: 3, userTokens: 100, answerTokens: 250 },

  draw(random) {
    return {
      systemTokens: pick(random, [20, 40, 80, 200]),
      turns: pick(random, [2, 3, 4, 5]),
      userTokens: pick(random, [50, 100, 150, 300, 600]),
      answerTokens: pick(random, [60, 120, 200, 250, 400]),
    };
  },

  solve(params) {
    const all = lossTokens({ ...params, lossOn: 'all' });
    const last = lossTokens({ ...params, lossOn: 'last' });
    const pair = params.userTokens + params.answerTokens + 2 * CHATML_TOKENS_PER_MESSAGE;
    return {
      value: all.share,
      unit: 'ratio',
      tolerance: 0.02,
      shown: {
        system: String(params.systemTokens),
        turns: String(params.turns),
        user: String(params.userTokens),
        answer: String(params.answerTokens),
        structure: String(CHATML_TOKENS_PER_MESSAGE),
        systemTurn: String(params.systemTokens + CHATML_TOKENS_PER_MESSAGE),
        pair: String(pair),
        total: String(all.totalTokens),
        trained: String(all.lossTokens),
        trainedLast: String(last.lossTokens),
        share: all.share.toFixed(3),
        shareLast: last.share.toFixed(3),
      },
    };
  },
};

export default drill;
