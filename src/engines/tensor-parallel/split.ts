import { boolean, integer, oneOf } from '../arguments.ts';
import { ringAllReduce } from '../collectives/index.ts';
import {
  columns,
  columnsOf,
  combine,
  difference,
  elements,
  joinColumns,
  joinRows,
  type Matrix,
  map,
  multiply,
  rows,
  rowsOf,
  sum,
  transpose,
} from './matrix.ts';
import {
  type Attention,
  type AttentionInput,
  attention,
  gelu,
  geluSlope,
  type Mlp,
  type MlpInput,
  mlp,
} from './unsplit.ts';

/**
 * What a rank holds of a matrix: all of it, some columns, some rows, or a summand of it. A shard of
 * tokens, under sequence parallelism, is rows.
 */
export type Share = 'whole' | 'columns' | 'rows' | 'partial';

export const COLLECTIVES = ['all-reduce', 'all-gather', 'reduce-scatter'] as const;
export type Collective = (typeof COLLECTIVES)[number];

export interface Tile {
  /** `X`, `A`, `dZ` …: the letters of arXiv:1909.08053, `d` for a gradient. */
  name: string;
  share: Share;
  matrix: Matrix;
}

export type StepId =
  | 'input'
  | 'gather'
  | 'first'
  | 'extra'
  | 'gelu'
  | 'project'
  | 'scores'
  | 'mix'
  | 'second'
  | 'output'
  | 'gradient'
  | 'gather-gradient'
  | 'back-second'
  | 'back-gelu'
  | 'back-first'
  | 'back-mix'
  | 'back-scores'
  | 'back-project'
  | 'input-gradient';

export interface Step {
  id: StepId;
  pass: 'forward' | 'backward';
  /** Absent where every rank works alone. */
  collective?: Collective;
  /** Elements each rank sends, on a ring. */
  sends: number;
  /** What each rank takes up and what it has afterwards. */
  ranks: { uses: Tile[]; makes: Tile[] }[];
}

export interface SplitRun<Whole> {
  steps: Step[];
  /** The block on one device. */
  unsplit: Whole;
  /** Gradients of the weights by name, put together from the ranks' shards; none after a cut by rows. */
  gradients: Record<string, number[][]>;
  /** Largest difference to the block on one device: output, and gradient of the input. */
  difference: { output: number; inputGradient: number };
}

/** Elements a rank sends on a ring for a buffer that is whole at one end of the collective. */
export function collectiveSends(input: {
  collective: Collective;
  ranks: number;
  elements: number;
}): number {
  const collective = oneOf('collective', input.collective, COLLECTIVES);
  const { evenSplitBytes } = ringAllReduce({
    N: input.ranks,
    elements: input.elements,
    elemBytes: 1,
  });
  return collective === 'all-reduce' ? evenSplitBytes : evenSplitBytes / 2;
}

/** Shapes, ranks and sequence parallelism of either block, once they are known to fit. */
interface Frame {
  ranks: number;
  sequence: boolean;
  x: Matrix;
  dz: Matrix;
}

interface Trace {
  steps: Step[];
  each: <T>(of: (rank: number) => T) => T[];
  /** The rank's share when `size` columns or rows are dealt out. */
  part: (rank: number, size: number) => readonly [number, number];
  add: (
    id: StepId,
    pass: Step['pass'],
    ranks: Step['ranks'],
    collective?: Collective,
    buffer?: Matrix,
  ) => void;
}

function trace({ ranks }: Frame): Trace {
  const steps: Step[] = [];
  return {
    steps,
    each: (of) => Array.from({ length: ranks }, (_, rank) => of(rank)),
    part: (rank, size) => [(rank * size) / ranks, ((rank + 1) * size) / ranks],
    add: (id, pass, own, collective, buffer) => {
      const sends =
        collective && buffer
          ? collectiveSends({ collective, ranks, elements: elements(buffer) })
          : 0;
      steps.push({ id, pass, sends, ranks: own, ...(collective ? { collective } : {}) });
    },
  };
}

const tile = (name: string, share: Share, matrix: Matrix): Tile => ({ name, share, matrix });

/** f, or g of arXiv:2205.05198: the block's input comes to every rank whole. */
function enter(t: Trace, frame: Frame, pass: Step['pass'], name: string, matrix: Matrix): void {
  const [start, gather] =
    pass === 'forward'
      ? (['input', 'gather'] as const)
      : (['gradient', 'gather-gradient'] as const);
  const own = (rank: number): Tile =>
    frame.sequence
      ? tile(name, 'rows', rows(matrix, ...t.part(rank, rowsOf(matrix))))
      : tile(name, 'whole', matrix);
  t.add(
    start,
    pass,
    t.each((rank) => ({ uses: [], makes: [own(rank)] })),
  );
  if (!frame.sequence) return;
  t.add(
    gather,
    pass,
    t.each((rank) => ({ uses: [own(rank)], makes: [tile(name, 'whole', matrix)] })),
    'all-gather',
    matrix,
  );
}

/** g, or its twin under sequence parallelism: the summands become the sum, whole or by tokens. */
function leave(
  t: Trace,
  frame: Frame,
  pass: Step['pass'],
  name: string,
  parts: readonly Matrix[],
): number[][] {
  const total = sum(parts);
  t.add(
    pass === 'forward' ? 'output' : 'input-gradient',
    pass,
    t.each((rank) => ({
      uses: [tile(name, 'partial', parts[rank] as Matrix)],
      makes: [
        frame.sequence
          ? tile(name, 'rows', rows(total, ...t.part(rank, rowsOf(total))))
          : tile(name, 'whole', total),
      ],
    })),
    frame.sequence ? 'reduce-scatter' : 'all-reduce',
    total,
  );
  return total;
}

/**
 * The MLP Z = GeLU(XA)B over `ranks`, step by step, on the matrices given.
 *
 * `columns` is Megatron's cut, A by columns and B by rows: one all-reduce forward (g) and one backward
 * (f). With `sequence`, tokens are dealt out between blocks and each all-reduce becomes an all-gather at
 * one end and a reduce-scatter at the other. `rows` cuts A by rows, so that XA is a sum that must be
 * finished before GeLU: forward only, without `sequence`.
 *
 * Throws a RangeError for shapes that do not match or that `ranks` does not divide.
 * Source: arXiv:1909.08053 §3, Figure 3; arXiv:2205.05198 §4.2.2.
 */
export function splitMlp(
  input: MlpInput & { ranks: number; cut?: 'columns' | 'rows'; sequence?: boolean },
): SplitRun<Mlp> & {
  /** Only after a cut by rows: Z if every rank applied GeLU to its summand of XA. */
  wrong?: number[][];
} {
  const { x, a, b, dz } = input;
  const cut = oneOf('cut', input.cut ?? 'columns', ['columns', 'rows']);
  const frame = framed(input);
  const width = columnsOf(a);
  sameSize('x by a', columnsOf(x), rowsOf(a));
  sameSize('a by b', width, rowsOf(b));
  sameSize('dz', columnsOf(dz), columnsOf(b));
  divides('columns of a', width, frame.ranks);
  const unsplit = mlp(input);
  if (cut === 'rows') return { ...byRows(input, frame, unsplit), gradients: {} };

  const t = trace(frame);
  const { each, part, add } = t;
  const as = each((rank) => columns(a, ...part(rank, width)));
  const bs = each((rank) => rows(b, ...part(rank, width)));
  const ofA = (rank: number) => tile('A', 'columns', as[rank] as Matrix);
  const ofB = (rank: number) => tile('B', 'rows', bs[rank] as Matrix);

  enter(t, frame, 'forward', 'X', x);
  const hs = as.map((own) => multiply(x, own));
  const ofH = (rank: number) => tile('H', 'columns', hs[rank] as Matrix);
  add(
    'first',
    'forward',
    each((rank) => ({ uses: [tile('X', 'whole', x), ofA(rank)], makes: [ofH(rank)] })),
  );
  const ys = hs.map((own) => map(own, gelu));
  const ofY = (rank: number) => tile('Y', 'columns', ys[rank] as Matrix);
  add(
    'gelu',
    'forward',
    each((rank) => ({ uses: [ofH(rank)], makes: [ofY(rank)] })),
  );
  const zs = ys.map((own, rank) => multiply(own, bs[rank] as Matrix));
  add(
    'second',
    'forward',
    each((rank) => ({
      uses: [ofY(rank), ofB(rank)],
      makes: [tile('Z', 'partial', zs[rank] as Matrix)],
    })),
  );
  const z = leave(t, frame, 'forward', 'Z', zs);

  enter(t, frame, 'backward', 'dZ', dz);
  const dys = bs.map((own) => multiply(dz, transpose(own)));
  const dbs = ys.map((own) => multiply(transpose(own), dz));
  const ofDy = (rank: number) => tile('dY', 'columns', dys[rank] as Matrix);
  add(
    'back-second',
    'backward',
    each((rank) => ({
      uses: [tile('dZ', 'whole', dz), ofB(rank), ofY(rank)],
      makes: [ofDy(rank), tile('dB', 'rows', dbs[rank] as Matrix)],
    })),
  );
  const dhs = dys.map((own, rank) =>
    combine(own, map(hs[rank] as Matrix, geluSlope), (up, slope) => up * slope),
  );
  const ofDh = (rank: number) => tile('dH', 'columns', dhs[rank] as Matrix);
  add(
    'back-gelu',
    'backward',
    each((rank) => ({ uses: [ofDy(rank), ofH(rank)], makes: [ofDh(rank)] })),
  );
  const das = dhs.map((own) => multiply(transpose(x), own));
  const dxs = dhs.map((own, rank) => multiply(own, transpose(as[rank] as Matrix)));
  add(
    'back-first',
    'backward',
    each((rank) => ({
      uses: [ofDh(rank), ofA(rank), tile('X', 'whole', x)],
      makes: [
        tile('dX', 'partial', dxs[rank] as Matrix),
        tile('dA', 'columns', das[rank] as Matrix),
      ],
    })),
  );
  const dx = leave(t, frame, 'backward', 'dX', dxs);
  return {
    steps: t.steps,
    unsplit,
    gradients: { dA: joinColumns(das), dB: joinRows(dbs) },
    difference: { output: difference(z, unsplit.z), inputGradient: difference(dx, unsplit.dx) },
  };
}

function byRows(
  { x, a, b }: MlpInput,
  frame: Frame,
  unsplit: Mlp,
): Omit<SplitRun<Mlp>, 'gradients'> & { wrong: number[][] } {
  if (frame.sequence) throw new RangeError('sequence must be false for the cut by rows, got true');
  divides('rows of a', rowsOf(a), frame.ranks);
  const t = trace(frame);
  const { each, part, add } = t;
  const xs = each((rank) => columns(x, ...part(rank, columnsOf(x))));
  const as = each((rank) => rows(a, ...part(rank, rowsOf(a))));
  const bs = each((rank) => rows(b, ...part(rank, rowsOf(b))));
  const ofX = (rank: number) => tile('X', 'columns', xs[rank] as Matrix);
  add(
    'input',
    'forward',
    each((rank) => ({ uses: [], makes: [ofX(rank)] })),
  );
  const hs = xs.map((own, rank) => multiply(own, as[rank] as Matrix));
  const ofH = (rank: number) => tile('H', 'partial', hs[rank] as Matrix);
  add(
    'first',
    'forward',
    each((rank) => ({
      uses: [ofX(rank), tile('A', 'rows', as[rank] as Matrix)],
      makes: [ofH(rank)],
    })),
  );
  const h = sum(hs);
  add(
    'extra',
    'forward',
    each((rank) => ({ uses: [ofH(rank)], makes: [tile('H', 'whole', h)] })),
    'all-reduce',
    h,
  );
  const y = map(h, gelu);
  add(
    'gelu',
    'forward',
    each(() => ({ uses: [tile('H', 'whole', h)], makes: [tile('Y', 'whole', y)] })),
  );
  const zs = bs.map((own, rank) => multiply(columns(y, ...part(rank, columnsOf(y))), own));
  add(
    'second',
    'forward',
    each((rank) => ({
      uses: [
        tile('Y', 'columns', columns(y, ...part(rank, columnsOf(y)))),
        tile('B', 'rows', bs[rank] as Matrix),
      ],
      makes: [tile('Z', 'partial', zs[rank] as Matrix)],
    })),
  );
  const z = leave(t, frame, 'forward', 'Z', zs);
  return {
    steps: t.steps,
    unsplit,
    wrong: multiply(sum(hs.map((own) => map(own, gelu))), b),
    difference: { output: difference(z, unsplit.z), inputGradient: 0 },
  };
}

/**
 * Attention with whole heads on each rank, step by step: the projections cut by columns, the output
 * matrix by rows. The heads' weights P of a rank stand side by side.
 *
 * Throws a RangeError for shapes that do not match and for heads that `ranks` does not divide.
 * Source: arXiv:1909.08053 §3, Figure 3b; arXiv:2205.05198 §4.2.2.
 */
export function splitAttention(
  input: AttentionInput & { ranks: number; sequence?: boolean },
): SplitRun<Attention> {
  const { x, wq, wk, wv, wo, dz } = input;
  const frame = framed(input);
  const heads = integer('heads', input.heads, 1);
  const width = columnsOf(wq);
  for (const [name, matrix] of Object.entries({ wq, wk, wv })) {
    sameSize(`x by ${name}`, columnsOf(x), rowsOf(matrix));
    sameSize(name, columnsOf(matrix), width);
  }
  sameSize('wo', rowsOf(wo), width);
  sameSize('dz', columnsOf(dz), columnsOf(wo));
  divides('heads', heads, frame.ranks);
  divides('columns of wq', width, heads);
  const unsplit = attention(input);

  const t = trace(frame);
  const { each, part, add } = t;
  const own = each((rank) => {
    const cut = part(rank, width);
    const mine = {
      wq: columns(wq, ...cut),
      wk: columns(wk, ...cut),
      wv: columns(wv, ...cut),
      wo: rows(wo, ...cut),
    };
    return { ...mine, ...attention({ ...mine, x, dz, heads: heads / frame.ranks }) };
  });
  type Own = (typeof own)[number];
  const tiles = (uses: (mine: Own) => Tile[], makes: (mine: Own) => Tile[]): Step['ranks'] =>
    own.map((mine) => ({ uses: uses(mine), makes: makes(mine) }));
  const cols = (name: string, matrix: Matrix) => tile(name, 'columns', matrix);

  enter(t, frame, 'forward', 'X', x);
  add(
    'project',
    'forward',
    tiles(
      (m) => [tile('X', 'whole', x), cols('Wq', m.wq), cols('Wk', m.wk), cols('Wv', m.wv)],
      (m) => [cols('Q', m.q), cols('K', m.k), cols('V', m.v)],
    ),
  );
  add(
    'scores',
    'forward',
    tiles(
      (m) => [cols('Q', m.q), cols('K', m.k)],
      (m) => [cols('P', m.p)],
    ),
  );
  add(
    'mix',
    'forward',
    tiles(
      (m) => [cols('P', m.p), cols('V', m.v)],
      (m) => [cols('O', m.o)],
    ),
  );
  add(
    'second',
    'forward',
    tiles(
      (m) => [cols('O', m.o), tile('Wo', 'rows', m.wo)],
      (m) => [tile('Z', 'partial', m.z)],
    ),
  );
  const z = leave(
    t,
    frame,
    'forward',
    'Z',
    own.map((m) => m.z),
  );
  enter(t, frame, 'backward', 'dZ', dz);
  add(
    'back-second',
    'backward',
    tiles(
      (m) => [tile('dZ', 'whole', dz), tile('Wo', 'rows', m.wo), cols('O', m.o)],
      (m) => [cols('dO', m.do), tile('dWo', 'rows', m.dwo)],
    ),
  );
  add(
    'back-mix',
    'backward',
    tiles(
      (m) => [cols('dO', m.do), cols('P', m.p), cols('V', m.v)],
      (m) => [cols('dP', m.dp), cols('dV', m.dv)],
    ),
  );
  add(
    'back-scores',
    'backward',
    tiles(
      (m) => [cols('dP', m.dp), cols('P', m.p), cols('Q', m.q), cols('K', m.k)],
      (m) => [cols('dQ', m.dq), cols('dK', m.dk)],
    ),
  );
  add(
    'back-project',
    'backward',
    tiles(
      (m) => [cols('dQ', m.dq), cols('dK', m.dk), cols('dV', m.dv), tile('X', 'whole', x)],
      (m) => [
        tile('dX', 'partial', m.dx),
        cols('dWq', m.dwq),
        cols('dWk', m.dwk),
        cols('dWv', m.dwv),
      ],
    ),
  );
  const dx = leave(
    t,
    frame,
    'backward',
    'dX',
    own.map((m) => m.dx),
  );
  return {
    steps: t.steps,
    unsplit,
    gradients: {
      dWq: joinColumns(own.map((m) => m.dwq)),
      dWk: joinColumns(own.map((m) => m.dwk)),
      dWv: joinColumns(own.map((m) => m.dwv)),
      dWo: joinRows(own.map((m) => m.dwo)),
    },
    difference: { output: difference(z, unsplit.z), inputGradient: difference(dx, unsplit.dx) },
  };
}

function framed(input: {
  x: Matrix;
  dz: Matrix;
  ranks: number;
  sequence?: boolean | undefined;
}): Frame {
  const { x, dz } = input;
  const ranks = integer('ranks', input.ranks, 1);
  const sequence = boolean('sequence', input.sequence ?? false);
  sameSize('rows of x and dz', rowsOf(x), rowsOf(dz));
  if (sequence) divides('rows of x', rowsOf(x), ranks);
  return { x, dz, ranks, sequence };
}

function sameSize(name: string, one: number, other: number): void {
  if (one !== other) throw new RangeError(`${name} must match, got ${one} and ${other}`);
}

function divides(name: string, size: number, by: number): void {
  if (size % by !== 0) throw new RangeError(`${name} must be a multiple of ${by}, got ${size}`);
}
