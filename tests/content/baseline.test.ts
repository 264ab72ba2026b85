import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { features } from 'web-features';
import { builtPages } from './pages.ts';

/**
 * Features that some browser in use lacks or has had for less than two years, by their name in
 * web-features, and what a reader has without them.
 */
const WITHOUT: Readonly<Record<string, string>> = {
  'details-content': 'openForPrint.ts opens what is folded while the page prints',
  'content-visibility': 'the whole topic is laid out at once',
  highlight: 'hits are wrapped in <mark>',
  'trusted-types': 'the same checks run as plain functions (trusted.ts)',
  'network-information': 'other pages are kept whatever the connection is said to be',
  savedata: 'the site is kept as for a reader without Save-Data; the switch turns it off',
  'input-event':
    'isComposing is read as absent: only its rare lack of agreement on order is recent',
  'keyboard-events': 'there keyCode 229 tells the Enter that ends a composition',
  'interpolate-size': 'what unfolds does so at once',
  'text-autospace': 'the same text without the small gap between Han and Latin',
  'text-wrap-pretty': 'paragraphs break as ever',
  'accent-color': 'controls in the browser’s own colour',
  'forced-colors': 'forced colours paint over pictures too, whose table stands beside them',
  'font-family-ui': 'the next fonts of the list',
  'text-size-adjust': 'the prefixed property beside it',
  'overscroll-behavior': 'the page scrolls on at the end of a box',
  'scrollbar-width': 'a scroll bar under the row',
  'print-color-adjust': 'the prefixed property beside it',
  'user-select': 'the prefixed property beside it',
  autocapitalize: 'a keyboard may begin a search with a capital, which it ignores',
  resize: 'the box keeps its size and scrolls',
  cursor: 'a touch screen has none',
  marker: 'bullets in the colour of the text',
  selection: 'the system’s colour of selection',
  'page-setup': 'the printer’s own margins',
  'page-breaks': 'a heading may stand at the end of a printed page',
  'widows-orphans': 'a line may stand alone on a printed page',
  'explicit-resource-management': 'signals only name the method; nothing calls it by `using`',
};

const YEARS = 2;

/** Compatibility keys, as `css.properties.accent-color`, of what is not yet to be taken for granted. */
const recent = new Map<string, string>();
/** Names of members that are in every browser of the last two years somewhere. */
const settled = new Set<string>();
const cutoff = new Date();
cutoff.setFullYear(cutoff.getFullYear() - YEARS);
for (const [id, feature] of Object.entries(features)) {
  if (feature.kind !== 'feature') continue;
  for (const [key, status] of Object.entries(feature.status.by_compat_key ?? {})) {
    const since = status.baseline_low_date?.replace('≤', '');
    if (since && Date.parse(since) < cutoff.getTime()) settled.add(member(key));
    else if (Object.keys(status.support).length > 0) recent.set(key, id);
  }
}

const files = (ending: string): string[] =>
  readdirSync('dist/_astro')
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join('dist/_astro', name), 'utf8'));

describe('what a browser of two years ago may lack', () => {
  const used = new Set<string>();
  for (const css of files('.css')) for (const key of keysOfCss(css)) used.add(key);
  for (const { html } of builtPages('dist')) for (const key of keysOfHtml(html)) used.add(key);
  const scripts = [...files('.js'), readFileSync('dist/sw.js', 'utf8')].join('\n');
  for (const key of keysOfScript(scripts)) used.add(key);

  it('is used only where its lack was thought of', () => {
    const found = [...used].flatMap((key) => {
      const id = recent.get(key);
      return id && !(id in WITHOUT) ? [`${id}: ${key}`] : [];
    });
    expect(found).toEqual([]);
  });

  it('is still used where a fallback is named', () => {
    const unused = Object.keys(WITHOUT).filter((id) => {
      const keys = features[id]?.kind === 'feature' ? features[id].compat_features : [];
      return !keys?.some((key) => used.has(key));
    });
    expect(unused).toEqual([]);
  });
});

/** member('api.CSS.highlights_static') → 'highlights' */
function member(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1).replace(/_(?:event|static)$/, '');
}

function keysOfCss(css: string): string[] {
  const keys = [...css.matchAll(/@([a-z-]+)/g)].map(([, name]) => `css.at-rules.${name}`);
  for (const [, name] of css.matchAll(/@media[^{]*\(([a-z-]+)/g)) {
    keys.push(`css.at-rules.media.${name}`);
  }
  for (const [, selectors = ''] of css.matchAll(/(?:^|[{};])([^{};@]+)\{/g)) {
    for (const [, name] of selectors.matchAll(/::?([a-z-]+)/g)) keys.push(`css.selectors.${name}`);
    if (selectors.includes('&')) keys.push('css.selectors.nesting');
  }
  for (const [, property, value = ''] of css.matchAll(/[{;]\s*([a-z-]+)\s*:([^;{}]*)/g)) {
    keys.push(`css.properties.${property}`);
    for (const [word] of value.matchAll(/(?<![\w-])[a-z][a-z-]*/g)) {
      keys.push(
        `css.properties.${property}.${word}`,
        `css.types.${word}`,
        `css.types.color.${word}`,
      );
    }
  }
  return keys;
}

function keysOfHtml(html: string): string[] {
  return [...html.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/g)].flatMap(
    ([, element, attributes = '']) => [
      `html.elements.${element}`,
      ...[...attributes.matchAll(/\s([a-z-]+)(?:="[^"]*")?/g)].flatMap(([, name]) => [
        `html.elements.${element}.${name}`,
        `html.global_attributes.${name}`,
      ]),
    ],
  );
}

/**
 * Global names, what is read from one (`CSS.highlights`), and members with a name of several words that
 * means nothing else (`saveData`). A shorter name may be anybody's. Methods of JavaScript itself are held
 * to ES2024 by the compiler.
 */
function keysOfScript(script: string): string[] {
  const names = new Set(
    [...script.matchAll(/\b(?:new|typeof|instanceof)\s+([A-Z]\w+)/g)].map(([, name]) => name),
  );
  const read = new Set(
    [...script.matchAll(/(?<![.\w$])(CSS|navigator|document|[A-Z]\w+)\??\.(\w+)/g)].map(
      ([, object = '', name]) => `${object[0]?.toUpperCase()}${object.slice(1)}.${name}`,
    ),
  );
  const members = new Set([...script.matchAll(/\.([a-z]\w*[A-Z]\w*)/g)].map(([, name]) => name));
  return Object.values(features)
    .flatMap((feature) => (feature.kind === 'feature' ? (feature.compat_features ?? []) : []))
    .filter((key) => {
      const [room, ...path] = key.replace(/^javascript\.builtins/, 'api').split('.');
      if (room !== 'api' || path.length > 2) return false;
      const [owner = '', name] = path;
      if (name === undefined) return names.has(owner);
      return (
        read.has(`${owner}.${member(key)}`) ||
        (members.has(member(key)) && !settled.has(member(key)))
      );
    });
}
