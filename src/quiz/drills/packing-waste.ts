import { pack } from '../../engines/packing/index.ts';
import { decimal } from '../../format/number.ts';
import type { Drill } from './drill.ts';

interface Params {
  lengths: readonly number[];
  window: number;
}

const EXAMPLES = 6;

const whole = (count: number): string => decimal(count, 0);

/** Share of padding after first-fit decreasing. */
const drill: Drill<Params> = {
  // Mean lengths of the parts of Llama 3's SFT mix (arXiv:2407.21783 Table 7), rounded, general English twice.
  example: { lengths: [974, 974, 753, 521, 298, 662], window: 2048 },

  draw(random) {
    const window = [1024, 2048, 4096][Math.floor(random() * 3)] ?? 2048;
    const steps = window / 64;
    const lengths = Array.from(
      { length: EXAMPLES },
      () => 64 * (2 + Math.floor(random() * (steps - 3))),
    );
    return { lengths, window };
  },

  solve({ lengths, window }) {
    const { windows, total, padding, waste } = pack({ strategy: 'ffd', lengths, window });
    const padded = pack({ strategy: 'padded', lengths, window });
    return {
      value: waste,
      unit: 'ratio',
      tolerance: 0.02,
      shown: {
        lengths: lengths.map(whole).join(', '),
        window: whole(window),
        packed: windows.map((pieces) => pieces.map(({ to }) => whole(to)).join(' + ')).join(' | '),
        windows: String(windows.length),
        places: whole(windows.length * window),
        total: whole(total),
        padding: whole(padding),
        waste: waste.toFixed(3),
        padded: padded.waste.toFixed(3),
      },
    };
  },
};

export default drill;
