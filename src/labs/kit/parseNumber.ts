const SUFFIXES: Record<string, number> = { k: 1e3, m: 1e6, b: 1e9, g: 1e9, t: 1e12 };

/** A number as people type it: "4096", "4,096", "7.5e9", "7.5B", "2^16", full-width digits. Undefined for anything else. */
export function parseNumber(typed: string): number | undefined {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replaceAll('−', '-')
    .replace(/(?<=\d)[,_ ](?=\d{3})/g, '');
  const power = /^2\^(-?\d{1,4})$/.exec(text);
  if (power) return finite(2 ** Number(power[1]));
  const [, digits, suffix] =
    /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([kmbgt])?$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return finite(Number(digits) * (suffix ? (SUFFIXES[suffix.toLowerCase()] ?? 1) : 1));
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
