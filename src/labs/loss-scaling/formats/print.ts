/** How the formats print a code and an error. */
import { FORMATS } from '~/engines/floats/index.ts';
import type { Explored } from '../state.ts';
import { plain } from '../values.ts';
import type { Words } from '../words.ts';
import type { Rounded } from './rounding.ts';

export const hex = (format: Explored, code: number): string =>
  `0x${code.toString(16).padStart(Math.ceil(FORMATS[format].bits / 4), '0')}`;

export function errorText({ error, zone }: Rounded, t: Words): string {
  if (zone === 'zero') return t.exact;
  if (!Number.isFinite(error)) return '';
  return error === 0 ? t.exact : `${plain(Number((error * 100).toPrecision(2)))}%`;
}
