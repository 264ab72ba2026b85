import { decimal } from '~/format/number.ts';

/** 27 → '27', 3.6 → '3.6', 10.6667 → '10.67'. */
export function plain(value: number): string {
  return decimal(value, 2).replace(/\.?0+$/, '');
}

export function percent(share: number): string {
  return `${plain(Math.round(share * 1000) / 10)}%`;
}

export function gigabytes(bytes: number): string {
  return `${decimal(bytes / 1e9, bytes < 1e11 ? 2 : 1)} GB`;
}
