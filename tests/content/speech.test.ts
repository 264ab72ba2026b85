import { describe, expect, it } from 'vitest';
import { readContent } from '~/content-check/readContent.ts';

const { topics } = readContent(process.cwd());

const words = (text: string): number =>
  text.match(/[\p{L}\p{N}][\p{L}\p{N}'’./+-]*/gu)?.length ?? 0;
/** What takes time to say: each Han character, and each Latin word as two of them. */
const syllables = (text: string): number => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/[A-Za-z0-9][A-Za-z0-9.+-]*/g)?.length ?? 0;
  return han + 2 * latin;
};

describe.each(topics)('spoken answers of $key', ({ texts: { en, zh } }) => {
  const say = (text: typeof en, length: string): string =>
    text?.parsed.elements.find(
      ({ name, attributes }) => name === 'Say' && attributes['for'] === length,
    )?.text ?? '';

  it('take 30 seconds', () => {
    expect(words(say(en, '30s'))).toBeGreaterThan(40);
    expect(words(say(en, '30s'))).toBeLessThanOrEqual(80);
    expect(syllables(say(zh, '30s'))).toBeGreaterThan(60);
    expect(syllables(say(zh, '30s'))).toBeLessThanOrEqual(150);
  });

  it('take two minutes', () => {
    expect(words(say(en, '2min'))).toBeGreaterThan(120);
    expect(words(say(en, '2min'))).toBeLessThanOrEqual(300);
    expect(syllables(say(zh, '2min'))).toBeGreaterThan(200);
    expect(syllables(say(zh, '2min'))).toBeLessThanOrEqual(560);
  });
});
