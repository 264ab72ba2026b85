import { integer, oneOf } from '../arguments.ts';

/**
 * - `padded`: one example a window, the rest of it padding
 * - `wrapped`: all examples in one stream, cut every `window` tokens (TRL's `wrapped`)
 * - `ffd`: first-fit decreasing: longest first, each into the first window with room. Filling window
 *   after window with the longest example that still fits (LLaMA-Factory's `greedy_knapsack`) gives
 *   windows of the same lengths
 * - `bfd`: best-fit decreasing: longest first, each into the fullest window with room (TRL's `bfd`)
 */
export const STRATEGIES = ['padded', 'wrapped', 'ffd', 'bfd'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/**
 * What happens to an example longer than a window; `wrapped` cuts it in any case.
 *
 * - `truncate`: its end is lost (TRL's `bfd`)
 * - `split`: it goes on as an example of its own (TRL's `bfd_split`)
 * - `drop`: it is left out (LLaMA-Factory)
 */
export const OVERLONG = ['truncate', 'split', 'drop'] as const;
export type Overlong = (typeof OVERLONG)[number];

/** Tokens [from, to) of an example. */
export interface Piece {
  example: number;
  from: number;
  to: number;
}

export interface PackingInput {
  strategy: Strategy;
  /** Tokens of each example, at least 1. */
  lengths: readonly number[];
  /** Tokens of a window. */
  window: number;
  overlong?: Overlong;
}

export interface Packing {
  /** The pieces of each window, in their order. */
  windows: Piece[][];
  /** Tokens of all examples. */
  total: number;
  /** Tokens that stand in a window, and those of truncated or dropped examples that do not. */
  kept: number;
  lost: number;
  /** Places of all windows that hold no token, and their share of all places. */
  padding: number;
  waste: number;
  /** No packing of what is kept needs fewer windows: kept/window, rounded up. */
  fewest: number;
  /** Examples that stand in more than one piece, or in a piece that is not all of them. */
  cut: number;
}

/**
 * Lays examples into windows.
 *
 * @throws RangeError if there is no example, a length or the window is not an integer ≥ 1, or a name is unknown.
 */
export function pack({ strategy, lengths, window, overlong = 'truncate' }: PackingInput): Packing {
  oneOf('strategy', strategy, STRATEGIES);
  oneOf('overlong', overlong, OVERLONG);
  integer('window', window, 1);
  if (lengths.length === 0) throw new RangeError('lengths must hold at least one length, got 0');
  lengths.forEach((length, index) => {
    integer(`lengths[${index}]`, length, 1);
  });

  const windows =
    strategy === 'wrapped'
      ? wrap(lengths, window)
      : place(strategy, fitting(lengths, window, overlong), window);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const kept = windows.flat().reduce((sum, { from, to }) => sum + to - from, 0);
  const places = windows.length * window;
  const whole = new Set(
    windows
      .flat()
      .filter(({ example, from, to }) => from === 0 && to === lengths[example])
      .map(({ example }) => example),
  );
  const shown = new Set(windows.flat().map(({ example }) => example));
  return {
    windows,
    total,
    kept,
    lost: total - kept,
    padding: places - kept,
    waste: places === 0 ? 0 : (places - kept) / places,
    fewest: Math.ceil(kept / window),
    cut: shown.size - whole.size,
  };
}

function wrap(lengths: readonly number[], window: number): Piece[][] {
  const windows: Piece[][] = [];
  let room = 0;
  lengths.forEach((length, example) => {
    for (let from = 0; from < length; ) {
      if (room === 0) {
        windows.push([]);
        room = window;
      }
      const to = Math.min(length, from + room);
      windows.at(-1)?.push({ example, from, to });
      room -= to - from;
      from = to;
    }
  });
  return windows;
}

/** Pieces of at most a window each, in the order of the examples. */
function fitting(lengths: readonly number[], window: number, overlong: Overlong): Piece[] {
  return lengths.flatMap((length, example) => {
    if (length <= window) return [{ example, from: 0, to: length }];
    if (overlong === 'drop') return [];
    if (overlong === 'truncate') return [{ example, from: 0, to: window }];
    return Array.from({ length: Math.ceil(length / window) }, (_, part) => ({
      example,
      from: part * window,
      to: Math.min(length, (part + 1) * window),
    }));
  });
}

const size = ({ from, to }: Piece): number => to - from;

function place(strategy: 'padded' | 'ffd' | 'bfd', pieces: Piece[], window: number): Piece[][] {
  if (strategy === 'padded') return pieces.map((piece) => [piece]);
  const windows: { pieces: Piece[]; room: number }[] = [];
  // Equal lengths keep their order, as in TRL.
  for (const piece of [...pieces].sort((a, b) => size(b) - size(a))) {
    const open = windows.filter(({ room }) => room >= size(piece));
    let into = open[0];
    if (strategy === 'bfd') {
      for (const candidate of open) if (into && candidate.room < into.room) into = candidate;
    }
    if (into === undefined) {
      into = { pieces: [], room: window };
      windows.push(into);
    }
    into.pieces.push(piece);
    into.room -= size(piece);
  }
  return windows.map((one) => one.pieces);
}
