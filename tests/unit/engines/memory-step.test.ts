import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  STAGES,
  stateBytes,
  zeroModelStates,
  zeroStep,
} from '../../../src/engines/memory/index.ts';

const input = fc.record({
  stage: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
  params: fc.integer({ min: 1, max: 2e12 }),
  dpDegree: fc.integer({ min: 1, max: 4096 }),
  blocks: fc.integer({ min: 1, max: 128 }),
});

describe('one training step of a rank', () => {
  test.each([
    [0, 2],
    [1, 2],
    [2, 2],
    [3, 3],
  ] as const)('stage %i sends %iΨ (arXiv:1910.02054 §7)', (stage, times) => {
    const { moments } = zeroStep({ stage, params: 7.5e9, dpDegree: 64 });
    expect(moments.at(-1)?.paperElements).toBe(times * 7.5e9);
  });

  test('never un-sends, and a ring sends (N − 1)/N of the whole', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const { moments } = zeroStep(asked);
        const sent = moments.map(({ paperElements }) => paperElements);
        expect(sent).toEqual([...sent].sort((a, b) => a - b));
        const last = moments.at(-1)!;
        const n = asked.dpDegree;
        expect(last.ringElements).toBeCloseTo((last.paperElements * (n - 1)) / n, 3);
      }),
    );
  });

  test('the peak is the first moment that holds most, and never less than the model states at rest', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const { moments, peak } = zeroStep(asked);
        const each = moments.map(({ bytes }) => bytes);
        const most = Math.max(...each);
        expect(peak).toBe(each.indexOf(most));
        const { parameters, optimizerStates } = zeroModelStates(asked);
        expect(most).toBeGreaterThanOrEqual((parameters + optimizerStates) * (1 - 1e-12));
      }),
    );
  });

  // Eight parameters in two blocks on two ranks: parameters + gradients + optimizer + activations in bytes,
  // and the elements sent so far as the paper counts them.
  const small = { params: 8, dpDegree: 2, blocks: 2, activationBytes: 100 };
  const forward = (held: string): string[] => [
    `start forward 0: ${held}+0, 0`,
    `forward forward 1: ${held}+50, 0`,
    `forward forward 2: ${held}+100, 0`,
  ];
  test.each([
    [
      0,
      [
        ...forward('16+0+96'),
        'backward backward 2: 16+8+96+50, 0',
        'reduce backward 2: 16+8+96+50, 8',
        'backward backward 1: 16+16+96+0, 8',
        'reduce backward 1: 16+16+96+0, 16',
        'update update 0: 16+16+96+0, 16',
        'end update 0: 16+0+96+0, 16',
      ],
    ],
    [
      1,
      [
        ...forward('16+0+48'),
        'backward backward 2: 16+8+48+50, 0',
        'backward backward 1: 16+16+48+0, 0',
        'reduce update 0: 16+16+48+0, 8',
        'update update 0: 16+16+48+0, 8',
        'gather-updated update 0: 16+16+48+0, 16',
        'end update 0: 16+0+48+0, 16',
      ],
    ],
    [
      2,
      [
        ...forward('16+0+48'),
        'backward backward 2: 16+8+48+50, 0',
        'reduce backward 2: 16+4+48+50, 4',
        'backward backward 1: 16+12+48+0, 4',
        'reduce backward 1: 16+8+48+0, 8',
        'update update 0: 16+8+48+0, 8',
        'gather-updated update 0: 16+8+48+0, 16',
        'end update 0: 16+0+48+0, 16',
      ],
    ],
    [
      3,
      [
        'start forward 0: 8+0+48+0, 0',
        'gather forward 1: 12+0+48+0, 4',
        'forward forward 1: 12+0+48+50, 4',
        'release forward 1: 8+0+48+50, 4',
        'gather forward 2: 12+0+48+50, 8',
        'forward forward 2: 12+0+48+100, 8',
        'release forward 2: 8+0+48+100, 8',
        'gather backward 2: 12+0+48+100, 12',
        'backward backward 2: 12+8+48+50, 12',
        'reduce backward 2: 12+4+48+50, 16',
        'release backward 2: 8+4+48+50, 16',
        'gather backward 1: 12+4+48+50, 20',
        'backward backward 1: 12+12+48+0, 20',
        'reduce backward 1: 12+8+48+0, 24',
        'release backward 1: 8+8+48+0, 24',
        'update update 0: 8+8+48+0, 24',
        'end update 0: 8+0+48+0, 24',
      ],
    ],
  ] as const)('stage %i, action by action', (stage, expected) => {
    const { moments } = zeroStep({ stage, ...small });
    expect(
      moments.map(
        (m) =>
          `${m.action} ${m.pass} ${m.block}: ${m.parameters}+${m.gradients}+${m.optimizerStates}+${m.activations}, ${m.paperElements}`,
      ),
    ).toEqual(expected);
    for (const m of moments) {
      expect(m.bytes).toBe(m.parameters + m.gradients + m.optimizerStates + m.activations);
      expect(m.ringElements).toBe(m.paperElements / 2);
      expect(m.sentBytes).toBe(m.paperElements);
    }
  });

  test('before the update holds what zeroModelStates counts, whatever the bytes per value', () => {
    const bytes = fc.constantFrom(1, 2, 4);
    fc.assert(
      fc.property(input, bytes, bytes, bytes, (asked, k, parameterBytes, gradientBytes) => {
        const each = { ...asked, k, parameterBytes, gradientBytes };
        const { moments } = zeroStep(each);
        const held = moments.find(({ action }) => action === 'update')!;
        const states = zeroModelStates(each);
        for (const kind of ['parameters', 'gradients', 'optimizerStates'] as const) {
          expect(held[kind] / states[kind]).toBeCloseTo(1, 10);
        }
      }),
    );
  });
});

describe('bytes per parameter by account', () => {
  // Parameters + gradients + optimizer states per parameter with Adam, as `stateBytes` cites them for each
  // stage; what ends in /N is divided over the ranks.
  test.each([
    ['zero-paper', '2 + 2 + 12', '2 + 2 + 12/N', '2 + 2/N + 12/N', '2/N + 2/N + 12/N'],
    ['fp32-gradients', '2 + 4 + 12', '2 + 4 + 12/N', '2 + 4/N + 12/N', '2/N + 4/N + 12/N'],
    ['two-gradients', '2 + 6 + 12', '2 + 6 + 12/N', '2 + 6/N + 12/N', '2/N + 6/N + 12/N'],
    ['deepspeed', '2 + 2 4 + 12', '2 + 2 4/N + 12/N', '2 + 6/N + 12/N', '2/N + 4/N + 12/N'],
    ['deepspeed-docs', '2 + 2 4 + 12', '2 + 2 4/N + 12/N', '2 + 2 4/N + 12/N', '2/N + 4/N + 12/N'],
    ['megatron', '2 + 4 + 12', '2 + 4 + 12/N', '2 + 4 + 12/N', '2 + 4 + 12/N'],
    ['fsdp2', '4 + 4 + 8', '4 + 4 + 8/N', '2 4/N + 4/N + 8/N', '4/N + 4/N + 8/N'],
  ] as const)('%s', (account, ...expected) => {
    const kinds = ['parameters', 'gradients', 'optimizerStates'] as const;
    const each = STAGES.map((stage) => {
      const pieces = stateBytes({ account, stage, k: 12 });
      const of = (kind: (typeof kinds)[number]): string =>
        pieces
          .filter((piece) => piece.kind === kind)
          .map(({ bytes, divided }) => `${bytes}${divided ? '/N' : ''}`)
          .join(' ');
      return kinds.map(of).join(' + ');
    });
    expect(each).toEqual(expected);
  });

  test('FSDP2 has no master copy to leave out where the optimizer keeps none', () => {
    const [, , optimizer] = stateBytes({ account: 'fsdp2', stage: 3, k: 2 });
    expect(optimizer).toEqual({ kind: 'optimizerStates', bytes: 0, divided: true });
  });
});
