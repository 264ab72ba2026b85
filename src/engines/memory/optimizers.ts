import { finiteNumber, oneOf } from '../arguments.ts';

/**
 * Bytes of optimizer state per parameter besides the fp32 master copy, for matrices of hidden layers and
 * for everything else (embeddings, output layer, norms).
 *
 * 8-bit Adam stores both moments in one byte each; its block scales, 8 bytes per 256 parameters, are
 * left out. Muon keeps one fp32 momentum for hidden matrices and leaves the rest to AdamW. Adafactor
 * without momentum keeps a row and a column per matrix, a few thousandths of a byte, counted as nothing;
 * where ZeRO hands it a flat partition it has no rows and keeps 4 bytes instead, as torch's does for vectors.
 * Sources: arXiv:1910.02054 §3.1 (Adam), DeepSpeed blogs/muon-optimizer, torch.optim.Adafactor.
 */
export const OPTIMIZERS = {
  adam: { matrices: 8, rest: 8 },
  'adam-8bit': { matrices: 2, rest: 2 },
  'sgd-momentum': { matrices: 4, rest: 4 },
  sgd: { matrices: 0, rest: 0 },
  muon: { matrices: 4, rest: 8 },
  adafactor: { matrices: 0, rest: 0 },
} as const;

export type Optimizer = keyof typeof OPTIMIZERS;
export const OPTIMIZER_NAMES = Object.keys(OPTIMIZERS) as Optimizer[];

/**
 * K of the ZeRO paper for a named optimizer: master copy plus states, in bytes per parameter.
 *
 * @example optimizerBytes({ optimizer: 'adam' }).k // 12
 */
export function optimizerBytes(input: {
  optimizer: Optimizer;
  /** Share of the parameters in hidden matrices, which only Muon treats apart; 1 unless given. */
  matrixShare?: number;
  /** Bytes of the master copy; 0 where the parameters themselves are fp32. */
  masterBytes?: number;
}): { k: number; masterBytes: number; stateBytes: number } {
  const { matrices, rest } = OPTIMIZERS[oneOf('optimizer', input.optimizer, OPTIMIZER_NAMES)];
  const matrixShare = finiteNumber('matrixShare', input.matrixShare ?? 1, 0, 1);
  const masterBytes = finiteNumber('masterBytes', input.masterBytes ?? 4);
  const stateBytes = matrices * matrixShare + rest * (1 - matrixShare);
  return { k: masterBytes + stateBytes, masterBytes, stateBytes };
}
