import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readContent } from '~/content-check/readContent.ts';
import { splitFrontmatter } from '~/markdown/parseText.ts';

const content = readContent(process.cwd());
const texts = [...content.topics, ...content.questions, ...content.labs].flatMap(
  ({ texts: { zh } }) => (zh ? [zh.file] : []),
);

/** The author's prose: code, formulas, tags and addresses blanked, lines kept. */
function prose(source: string): string[] {
  return splitFrontmatter(source)
    .body.replace(/```[\s\S]*?```/g, (block) => block.replace(/[^\n]/g, ' '))
    .replace(/\$\$[\s\S]*?\$\$/g, (block) => block.replace(/[^\n]/g, ' '))
    .replace(/`[^`\n]*`|\$[^$\n]*\$|\]\([^)]*\)/g, '◇')
    .replace(/<[^>]+>/g, '◆')
    .split('\n');
}

function findings(pattern: RegExp): string[] {
  return texts.flatMap((file) =>
    prose(readFileSync(file, 'utf8')).flatMap((line, index) => {
      const found = pattern.exec(line);
      return found ? [`${file}:${index + 1}: ${found[0]}`] : [];
    }),
  );
}

describe('Chinese source text', () => {
  it('has no typed space between Han and Latin letters, digits, code or formulas', () => {
    expect(findings(/\p{Script=Han} [A-Za-z0-9◇◆]|[A-Za-z0-9◇] \p{Script=Han}/u)).toEqual([]);
  });

  it('uses full-width punctuation between Han characters', () => {
    expect(
      findings(
        /\p{Script=Han}[,;:!?]|[,;!?]\p{Script=Han}|\p{Script=Han}\.(?:\s|$)|\([^)]*\p{Script=Han}[^)]*\)/u,
      ),
    ).toEqual([]);
  });

  it('breaks no line inside a paragraph', () => {
    const broken = texts.flatMap((file) => {
      const lines = prose(readFileSync(file, 'utf8'));
      return lines.flatMap((line, index) => {
        const next = lines[index + 1] ?? '';
        const running = /[\p{Script=Han}，、；：]$/u.test(line) && /^\p{Script=Han}/u.test(next);
        return running ? [`${file}:${index + 1}`] : [];
      });
    });
    expect(broken).toEqual([]);
  });

  it('quotes with “”, and says 你', () => {
    expect(findings(/\p{Script=Han}"|"\p{Script=Han}|您/u)).toEqual([]);
  });
});
