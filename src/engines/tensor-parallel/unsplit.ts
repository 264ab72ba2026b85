/** The two blocks of a transformer layer on one device: what the split ones must give as well. */
import {
  columns,
  combine,
  joinColumns,
  type Matrix,
  map,
  multiply,
  sum,
  transpose,
} from './matrix.ts';

const ROOT = Math.sqrt(2 / Math.PI);

/** GeLU in its tanh form, as Megatron-LM computes it. Source: arXiv:1606.08415 §2. */
export function gelu(x: number): number {
  return 0.5 * x * (1 + Math.tanh(ROOT * (x + 0.044715 * x ** 3)));
}

export function geluSlope(x: number): number {
  const tanh = Math.tanh(ROOT * (x + 0.044715 * x ** 3));
  return 0.5 * (1 + tanh) + 0.5 * x * (1 - tanh ** 2) * ROOT * (1 + 3 * 0.044715 * x ** 2);
}

export interface MlpInput {
  /** Tokens × hidden. */
  x: Matrix;
  /** Hidden × width. */
  a: Matrix;
  /** Width × hidden. */
  b: Matrix;
  /** Gradient of the loss with respect to the output, tokens × hidden. */
  dz: Matrix;
}

export interface Mlp {
  h: number[][];
  y: number[][];
  z: number[][];
  dy: number[][];
  dh: number[][];
  dx: number[][];
  da: number[][];
  db: number[][];
}

/** Z = GeLU(XA)B and its gradients. */
export function mlp({ x, a, b, dz }: MlpInput): Mlp {
  const h = multiply(x, a);
  const y = map(h, gelu);
  const z = multiply(y, b);
  const dy = multiply(dz, transpose(b));
  const dh = combine(dy, map(h, geluSlope), (up, slope) => up * slope);
  return {
    h,
    y,
    z,
    dy,
    dh,
    dx: multiply(dh, transpose(a)),
    da: multiply(transpose(x), dh),
    db: multiply(transpose(y), dz),
  };
}

export interface AttentionInput {
  /** Tokens × hidden. */
  x: Matrix;
  /** Hidden × (heads · head dimension); a head is a run of columns. */
  wq: Matrix;
  wk: Matrix;
  wv: Matrix;
  /** (heads · head dimension) × hidden. */
  wo: Matrix;
  heads: number;
  /** Gradient of the loss with respect to the output, tokens × hidden. */
  dz: Matrix;
}

export interface Attention {
  q: number[][];
  k: number[][];
  v: number[][];
  /** Attention weights of the heads, side by side: tokens × (heads · tokens). */
  p: number[][];
  o: number[][];
  z: number[][];
  do: number[][];
  dp: number[][];
  dq: number[][];
  dk: number[][];
  dv: number[][];
  dx: number[][];
  dwq: number[][];
  dwk: number[][];
  dwv: number[][];
  dwo: number[][];
}

/** Z = [softmax(QKᵀ/√d)V of every head] Wo with a causal mask, and its gradients. */
export function attention({ x, wq, wk, wv, wo, heads, dz }: AttentionInput): Attention {
  const q = multiply(x, wq);
  const k = multiply(x, wk);
  const v = multiply(x, wv);
  const width = (q[0] as number[]).length / heads;
  const root = Math.sqrt(width);
  const each = <T>(of: (head: number, own: (matrix: Matrix) => number[][]) => T): T[] =>
    Array.from({ length: heads }, (_, head) =>
      of(head, (matrix) => columns(matrix, head * width, (head + 1) * width)),
    );
  const ps = each((_, own) =>
    softmaxRows(map(multiply(own(q), transpose(own(k))), (score) => score / root)),
  );
  const o = joinColumns(each((head, own) => multiply(ps[head] as Matrix, own(v))));
  const dOut = multiply(dz, transpose(wo));
  const dps = each((_, own) => multiply(own(dOut), transpose(own(v))));
  const scores = each((head) => softmaxBackward(ps[head] as Matrix, dps[head] as Matrix));
  const scaled = (matrix: Matrix): number[][] => map(matrix, (value) => value / root);
  const dq = joinColumns(each((head, own) => scaled(multiply(scores[head] as Matrix, own(k)))));
  const dk = joinColumns(
    each((head, own) => scaled(multiply(transpose(scores[head] as Matrix), own(q)))),
  );
  const dv = joinColumns(each((head, own) => multiply(transpose(ps[head] as Matrix), own(dOut))));
  const inward = transpose(x);
  return {
    q,
    k,
    v,
    p: joinColumns(ps),
    o,
    z: multiply(o, wo),
    do: dOut,
    dp: joinColumns(dps),
    dq,
    dk,
    dv,
    dx: sum([
      multiply(dq, transpose(wq)),
      multiply(dk, transpose(wk)),
      multiply(dv, transpose(wv)),
    ]),
    dwq: multiply(inward, dq),
    dwk: multiply(inward, dk),
    dwv: multiply(inward, dv),
    dwo: multiply(transpose(o), dz),
  };
}

/** Each token attends to itself and to those before it. */
function softmaxRows(scores: Matrix): number[][] {
  return scores.map((own, token) => {
    const seen = own.slice(0, token + 1);
    const most = Math.max(...seen);
    const exponentials = seen.map((score) => Math.exp(score - most));
    const total = exponentials.reduce((a, b) => a + b, 0);
    return own.map((_, at) => (exponentials[at] ?? 0) / total);
  });
}

function softmaxBackward(p: Matrix, dp: Matrix): number[][] {
  return p.map((own, token) => {
    const upward = dp[token] as readonly number[];
    const mean = own.reduce((total, weight, at) => total + weight * (upward[at] as number), 0);
    return own.map((weight, at) => weight * ((upward[at] as number) - mean));
  });
}
