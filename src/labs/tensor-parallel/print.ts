import { bytes, decimal } from '~/format/number.ts';

/** Three significant digits with the unit that suits: '0.36 GB' becomes '359 MB'. */
export function size(value: number): string {
  const unit =
    value >= 1e15
      ? 'PB'
      : value >= 1e12
        ? 'TB'
        : value >= 1e9
          ? 'GB'
          : value >= 1e6
            ? 'MB'
            : value >= 1e3
              ? 'KB'
              : undefined;
  if (unit === undefined) return `${plain(value)} B`;
  const scaled = value / { PB: 1e15, TB: 1e12, GB: 1e9, MB: 1e6, KB: 1e3 }[unit];
  return bytes(value, unit, scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2);
}

/** A whole number whole, others with two digits at most. */
export function plain(value: number): string {
  const printed = decimal(value, Number.isInteger(value) ? 0 : 2);
  return printed.includes('.') ? printed.replace(/\.?0+$/, '') : printed;
}

/** An entry of a matrix; what rounds to zero has no sign. */
export function entry(value: number, digits: number): string {
  const rounded = Number(value.toFixed(digits));
  return rounded === 0 ? '0' : decimal(rounded, Number.isInteger(value) ? 0 : digits);
}

export function percent(share: number): string {
  return `${decimal(share * 100, 1).replace(/\.0$/, '')}%`;
}
