import { bytes, decimal } from '~/format/number.ts';

/** Seconds as people say them: '0.62 s', '12.6 ms', '40 µs'. */
export function duration(seconds: number): string {
  // Differences of times leave a rounding error behind.
  if (seconds < 1e-12) return '0 s';
  const [unit, per] = seconds >= 1 ? ['s', 1] : seconds >= 1e-3 ? ['ms', 1e-3] : ['µs', 1e-6];
  return `${short(seconds / per)} ${unit}`;
}

export function size(value: number): string {
  if (value >= 1e12) return bytes(value, 'TB', 2).replace(/\.?0+ /, ' ');
  const unit = value >= 1e9 ? 'GB' : value >= 1e6 ? 'MB' : value >= 1e3 ? 'KB' : undefined;
  if (unit === undefined) return `${short(value)} B`;
  return bytes(value, unit, 2).replace(/\.?0+ /, ' ');
}

/** Three significant digits, whole numbers whole. */
export function short(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const printed = decimal(value, Math.min(6, digits));
  return printed.includes('.') ? printed.replace(/\.?0+$/, '') : printed;
}

/** As the field reads it back: '15G', '1.36G', '250k'. */
export function compact(value: number): string {
  if (value >= 1e9) return `${short(value / 1e9)}G`;
  if (value >= 1e6) return `${short(value / 1e6)}M`;
  return value >= 1e4 ? `${short(value / 1e3)}k` : String(value);
}
