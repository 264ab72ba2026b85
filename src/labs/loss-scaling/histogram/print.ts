import { decimal } from '~/format/number.ts';

/** 0 %, 66.8 %, <0.1 %: a share that is not nothing is not printed as nothing. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return `${decimal(share * 100, share === 0 || share === 1 ? 0 : 1)}%`;
}
