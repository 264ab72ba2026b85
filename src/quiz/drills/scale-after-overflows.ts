import { DEFAULTS, type Replay, replay } from '../../engines/loss-scaling/index.ts';
import { decimal, powerOfTwo } from '../../format/number.ts';
import type { Drill } from './drill.ts';

/** The three scalers a reader will meet, each with its own defaults. */
const FRAMEWORKS = {
  pytorch: {
    name: 'PyTorch GradScaler',
    window: DEFAULTS.pytorch.growthInterval,
    // No hysteresis: the first overflow halves, as a hysteresis of 1 would.
    hysteresis: 1,
  },
  deepspeed: {
    name: 'DeepSpeed (ZeRO)',
    window: DEFAULTS.deepspeed.scaleWindow,
    hysteresis: DEFAULTS.deepspeed.hysteresis,
  },
  megatron: {
    name: 'Megatron-LM',
    window: DEFAULTS.megatron.growthInterval,
    hysteresis: DEFAULTS.megatron.hysteresis,
  },
} as const;

interface Params {
  readonly framework: keyof typeof FRAMEWORKS;
  /** Steps, from 0, whose gradients overflow. */
  readonly overflowsAt: readonly number[];
  /** The step after which the scale is asked for. */
  readonly lastStep: number;
}

const whole = (value: number): string => decimal(value, 0);
/** '65,536 = 2¹⁶' */
const withPower = (scale: number): string => `${whole(scale)} = ${powerOfTwo(scale)}`;

/** '0: 2¹⁶ → 2¹⁶ · 500: 2¹⁶ → 2¹⁵': every overflow, and every step that changed the scale. */
function trace({ initialScale, scales }: Replay, overflowsAt: readonly number[]): string {
  const lines = scales.flatMap((scale, step) => {
    const before = scales[step - 1] ?? initialScale;
    const told = scale !== before || overflowsAt.includes(step);
    return told ? [`${whole(step)}: ${powerOfTwo(before)} → ${powerOfTwo(scale)}`] : [];
  });
  return lines.join(' · ');
}

const scaleAfterOverflows: Drill<Params> = {
  // The case that separates DeepSpeed's rule from the one people expect.
  example: { framework: 'deepspeed', overflowsAt: [0, 500], lastStep: 500 },

  draw(random) {
    const upTo = (n: number): number => Math.floor(random() * n);
    const names = Object.keys(FRAMEWORKS) as (keyof typeof FRAMEWORKS)[];
    const framework = names[upTo(names.length)] ?? 'pytorch';
    const { window } = FRAMEWORKS[framework];
    // Neighbouring overflows, overflows within a window, and gaps long enough for a growth or two.
    const gap = (): number => {
      const kind = upTo(3);
      if (kind === 0) return 1 + upTo(3);
      return kind === 1 ? 100 + upTo(window / 2) : window + 50 + upTo(window);
    };
    const overflowsAt = [upTo(10)];
    for (let more = 1 + upTo(3); more > 0; more -= 1) {
      overflowsAt.push((overflowsAt.at(-1) ?? 0) + gap());
    }
    const lastOverflow = overflowsAt.at(-1) ?? 0;
    return { framework, overflowsAt, lastStep: lastOverflow + (upTo(2) === 0 ? 0 : gap()) };
  },

  solve({ framework, overflowsAt, lastStep }) {
    const run = replay({
      policy: framework,
      overflows: { at: overflowsAt, steps: lastStep + 1 },
    });
    const { name, window, hysteresis } = FRAMEWORKS[framework];
    return {
      value: run.finalScale,
      unit: 'count',
      tolerance: 0,
      shown: {
        framework: name,
        initialScale: withPower(run.initialScale),
        window: whole(window),
        hysteresis: whole(hysteresis),
        overflowsAt: overflowsAt.map(whole).join(' · '),
        lastStep: whole(lastStep),
        trace: trace(run, overflowsAt),
        skipped: whole(run.skipped),
        lowered: whole(run.lowered),
        raised: whole(run.raised),
        finalScale: withPower(run.finalScale),
      },
    };
  },
};

export default scaleAfterOverflows;
