import { readFileSync } from 'node:fs';

/** The light side of a colour in src/styles/tokens.css, as #rrggbb: what draws the cards knows no oklch(). */
export function tokenColours(css: string): (token: string) => string {
  return (token) => {
    const found = css.match(
      new RegExp(`--${token}: light-dark\\(oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\)`),
    );
    if (!found) throw new Error(`src/styles/tokens.css: no light-dark(oklch(…), …) for --${token}`);
    const [lightness = 0, chroma = 0, hue = 0] = found.slice(1).map(Number);
    return oklchToHex(lightness, chroma, hue);
  };
}

export const colour = tokenColours(readFileSync('src/styles/tokens.css', 'utf8'));

/** CSS Color 4, §10.2 and its sample code: oklch to oklab to linear sRGB, clipped, gamma-coded. */
function oklchToHex(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const coded = linear.map((value) => {
    const clipped = Math.min(1, Math.max(0, value));
    const gamma = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(gamma * 255)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${coded.join('')}`;
}
