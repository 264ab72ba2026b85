import { formatNumber, NUMBER_FORMATS, type NumberFormat } from '../format/number.ts';

/** What `<Engine …>` accepts: which engine's function, its one argument, which part of the result, how to print it. */
export interface EngineProps {
  call?: unknown;
  with?: unknown;
  pick?: unknown;
  as?: unknown;
  digits?: unknown;
}

export type EngineModules = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Every engine's face under its camel-case name: src/engines/loss-scaling/index.ts → lossScaling. */
export function engineName(path: string): string {
  const folder = path.split('/').at(-2) ?? '';
  return folder.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * The number an engine computes and its printed form.
 * Throws an Error that says which attribute is wrong and what is allowed.
 */
export function engineNumber(
  modules: EngineModules,
  props: EngineProps,
): { value: unknown; printed: string } {
  const { call, pick, as = 'decimal', digits } = props;
  if (typeof call !== 'string') throw new Error('call: missing; allowed: engine.function');
  const [engine = '', name = ''] = call.split('.');
  const module = modules[engine];
  if (!module) {
    throw new Error(`call: no engine "${engine}"; allowed: ${Object.keys(modules).join(', ')}`);
  }
  if (!(name in module)) {
    throw new Error(`call: no "${name}" in ${engine}; allowed: ${Object.keys(module).join(', ')}`);
  }
  if (!NUMBER_FORMATS.includes(as as NumberFormat)) {
    throw new Error(`as: "${String(as)}" is no format; allowed: ${NUMBER_FORMATS.join(', ')}`);
  }
  if (digits !== undefined && !(Number.isInteger(digits) && Number(digits) >= 0)) {
    throw new Error(`digits: allowed: a whole number from 0 on, got ${String(digits)}`);
  }
  const result = run(call, module[name], props.with);
  const value = pick === undefined ? result : picked(result, String(pick));
  return { value, printed: formatNumber(value, as as NumberFormat, digits as number | undefined) };
}

function run(call: string, exported: unknown, argument: unknown): unknown {
  if (typeof exported !== 'function') return exported;
  try {
    return exported(argument);
  } catch (error) {
    throw new Error(`with: ${call} refuses it: ${(error as Error).message}`);
  }
}

function picked(result: unknown, path: string): unknown {
  let value = result;
  for (const key of path.split('.')) {
    const keys = Object.keys(Object(value));
    if (!keys.includes(key)) {
      throw new Error(
        `pick: nothing at "${path}" ("${key}"); allowed: ${keys.slice(0, 20).join(', ')}`,
      );
    }
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
