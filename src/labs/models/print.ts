import { decimal, params, scientific } from '~/format/number.ts';

/** Three digits: 175e9 → '175B', 1.03e12 → '1.03T', 8.12e9 → '8.12B'. */
export function amount(value: number): string {
  return params(Number(value.toPrecision(3)), 2).replace(/(\.\d*?)0+(?=[A-Z]?$)/, (_, kept) =>
    kept === '.' ? '' : kept,
  );
}

export function flopsOf(value: number): string {
  return scientific(value);
}

/** 1.714 → '1.7', 20.3 → '20', 1875 → '1,875'. */
export function perParameter(value: number): string {
  return decimal(value, value < 10 ? 1 : 0);
}

/** 3.428 → '3.4', 12.6 → '13'. */
export function times(value: number): string {
  return decimal(value, value < 10 ? 1 : 0);
}
