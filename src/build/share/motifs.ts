/** A small true figure for each topic's preview image, 300 × 300, from the engines and in the site's colours. */
import { FORMATS } from '../../engines/floats/index.ts';
import { zeroModelStates } from '../../engines/memory/index.ts';
import { pipelineSchedule } from '../../engines/pipeline/index.ts';
import { bytes } from '../../format/number.ts';
import type { Topic } from '../../schemas/shared.ts';
import { colour } from './colours.ts';
import type { Letters } from './letters.ts';

export const MOTIF_SIZE = 300;
/** Every sign a motif may set. */
export const MOTIF_SIGNS = 'BFP0123456789., GE';
const LABEL = 21;

type Draw = (letters: Letters) => string;

export const MOTIFS: Readonly<Record<Topic, Draw>> = {
  'pretrained-models': causalMask,
  parallelism: pipeline,
  'mixed-precision': bitLayouts,
  deepspeed: zeroStages,
  'sft-data': lossMask,
};

const box = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`;

const round = (value: number): number => Math.round(value * 10) / 10;

const label = (letters: Letters, text: string, x: number, y: number): string =>
  `<g fill="${colour('ink-muted')}">${letters.paths(text, LABEL, x, y)}</g>`;

/** The ZeRO paper's Figure 1: a 7.5B model on 64 GPUs, to scale. */
function zeroStages(letters: Letters): string {
  const stages = ([0, 1, 2, 3] as const).map((stage) =>
    zeroModelStates({ stage, params: 7.5e9, dpDegree: 64, k: 12 }),
  );
  const whole = stages[0]!.bytesPerGpu;
  return stages
    .map((states, row) => {
      const top = row * 78;
      let x = 0;
      const parts = (
        [
          ['parameters', 'data-param'],
          ['gradients', 'data-grad'],
          ['optimizerStates', 'data-optim'],
        ] as const
      ).map(([part, token]) => {
        const width = (states[part] / whole) * MOTIF_SIZE;
        const drawn = box(x, top + 30, width, 32, colour(token));
        x += width;
        return drawn;
      });
      return label(letters, bytes(states.bytesPerGpu, 'GB'), 0, top + 20) + parts.join('');
    })
    .join('');
}

/** 1F1B on four stages: forward passes blue, backward passes orange and twice as long. */
function pipeline(): string {
  const { timeline, makespanB2 } = pipelineSchedule({ schedule: '1f1b', p: 4, m: 4 });
  const unit = MOTIF_SIZE / (makespanB2[0] / makespanB2[1]);
  const rows = [0, 1, 2, 3].map((rank) => box(0, 52 + rank * 52, MOTIF_SIZE, 40, colour('sunken')));
  const passes = timeline.map(({ rank, start, end, kind }) =>
    box(
      start * unit + 1,
      52 + rank * 52,
      (end - start) * unit - 2,
      40,
      colour(kind === 'F' ? 'data-param' : 'data-grad'),
    ),
  );
  return [...rows, ...passes].join('');
}

/** Sign, exponent and mantissa bits, one cell a bit. */
function bitLayouts(letters: Letters): string {
  const shown = [
    ['fp16', 'FP16'],
    ['bf16', 'BF16'],
    ['fp8_e4m3fn', 'FP8 E4M3'],
  ] as const;
  const cell = MOTIF_SIZE / 16;
  return shown
    .map(([name, words], row) => {
      const { bits, exponentBits } = FORMATS[name];
      const top = row * 100;
      const cells = Array.from({ length: bits }, (_, bit) => {
        const token = bit === 0 ? 'ink' : bit <= exponentBits ? 'data-grad' : 'data-param';
        return box(bit * cell + 1, top + 34, cell - 2, 40, colour(token));
      });
      return label(letters, words, 0, top + 22) + cells.join('');
    })
    .join('');
}

/** Which tokens a token of a decoder sees: itself and those before it. */
function causalMask(): string {
  const tokens = 8;
  const cell = MOTIF_SIZE / tokens;
  return Array.from({ length: tokens * tokens }, (_, index) => {
    const query = Math.floor(index / tokens);
    const key = index % tokens;
    const token = key === query ? 'accent' : key < query ? 'data-param' : 'sunken';
    return box(key * cell + 2, query * cell + 2, cell - 4, cell - 4, colour(token));
  }).join('');
}

/** Two turns of a chat: only what the assistant says bears loss. */
function lossMask(): string {
  const turns: [number[], boolean][] = [
    [[300, 190], false],
    [[260, 300, 130], true],
    [[230], false],
    [[300, 210], true],
  ];
  let y = 4;
  return turns
    .map(([lines, bearsLoss]) => {
      const drawn = lines.map((width) => {
        const line = box(22, y, (width / 300) * 278, 22, colour(bearsLoss ? 'data-optim' : 'rule'));
        y += 32;
        return line;
      });
      const height = lines.length * 32 - 10;
      const edge = box(
        0,
        y - lines.length * 32,
        6,
        height,
        colour(bearsLoss ? 'data-optim' : 'rule'),
      );
      y += 14;
      return edge + drawn.join('');
    })
    .join('');
}
