import { finiteNumber, oneOf } from '../arguments.ts';
import { FITS, type FitName } from './published.ts';

/**
 * Predicted pretraining loss, nats per token: E + A/N^α + B/D^β (arXiv:2203.15556 Eq. 2).
 * The fit holds for its own corpus and tokenizer, so compare losses of one fit only.
 */
export function parametricLoss({
  parameters,
  tokens,
  fit = 'besiroglu',
}: {
  parameters: number;
  tokens: number;
  fit?: FitName;
}): number {
  finiteNumber('parameters', parameters, 1);
  finiteNumber('tokens', tokens, 1);
  const { E, A, B, alpha, beta } = FITS[oneOf('fit', fit, Object.keys(FITS) as FitName[])];
  return E + A / parameters ** alpha + B / tokens ** beta;
}
