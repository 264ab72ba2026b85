import { describe, expect, it } from 'vitest';
import { cardFields } from '~/build/anki/fields.ts';
import type { AnkiDeck } from '~/build/anki/notes.ts';
import { packageFile } from '~/build/anki/packageFile.ts';
import { textFile } from '~/build/anki/textFile.ts';

const words = {
  answer: 'Answer',
  right: 'Right',
  wrong: 'Wrong',
  hint: (n: number) => `Hint ${n}`,
  keyPoints: 'Key points',
  passage: 'Passage',
  onSite: 'Site',
};

const fields = (text: string) =>
  cardFields(
    {
      html: `<article><div class="question-text">${text}</div></article>`,
      url: 'https://host/lab/questions/t/q/',
      title: 'a < b?',
      passageUrl: 'https://host/lab/topics/t/#p',
      id: 'ds-001',
    },
    words,
  );

const deck = (front: string, modified = 1_764_000_000): AnkiDeck => ({
  id: 2,
  name: 'Deck',
  notes: [{ guid: 'g', id: 1, front, back: 'b', tags: ['one', 'two'], modified }],
});

describe('the sides of a card', () => {
  it('escape the title and turn formulas back into TeX', () => {
    const katex = (tex: string) =>
      `<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">${tex}</annotation></semantics></math></span><span class="katex-html">x</span></span>`;
    const { front, back } = fields(
      `<div class="prompt"><p>${katex('a &lt; b')}</p></div><details data-answer><summary>Answer</summary><div><p>so</p><span class="katex-display">${katex('\\frac{1}{2}\n')}</span></div></details>`,
    );
    expect(front).toBe('<p><b>a &#x3C; b?</b></p><p>\\(a &#x3C; b\\)</p>');
    expect(back).toContain('\\[\\frac{1}{2}\\]');
    expect(back).not.toContain('katex');
  });

  it('keep code with its lines and spaces, on one line of the file', () => {
    const { back } = fields(
      '<details data-answer><div><pre class="shiki" style="x"><code><span class="line">if x:</span>\n<span class="line">    y("z")</span></code></pre></div></details>',
    );
    expect(back).toContain('<pre><code>if x:<br>    y("z")</code></pre>');
  });

  it('make a citation a short link and every link absolute', () => {
    const { back } = fields(
      '<details data-answer><div><p>x<span class="cite"><label class="cite-mark">1</label><small class="cite-note"><b>1</b> <a href="https://arxiv.org/abs/1">Paper</a> 2020</small></span> <a href="/lab/glossary/#zero">ZeRO</a> <a href="#here">here</a></p></div></details>',
    );
    expect(back).toContain(
      '<sup><a href="https://arxiv.org/abs/1" title="Paper 2020">[1]</a></sup>',
    );
    expect(back).toContain('<a href="https://host/lab/glossary/#zero">');
    expect(back).toContain('<a href="https://host/lab/questions/t/q/#here">');
  });

  it('need the parts of a question', () => {
    expect(() =>
      cardFields({ html: '', url: 'u', title: '', passageUrl: '', id: '' }, words),
    ).toThrow('Anki: u has no question text');
  });
});

describe('the files', () => {
  it('are the same bytes for the same deck, others when a word changes', () => {
    expect(packageFile(deck('a'))).toEqual(packageFile(deck('a')));
    expect(packageFile(deck('a'))).not.toEqual(packageFile(deck('b')));
  });

  it('double quotes, and refuse a field over several lines', () => {
    expect(textFile(deck('<a href="x">')).split('\n').at(-2)).toBe(
      '"g"\t"Deck"\t"<a href=""x"">"\t"b"\t"one two"',
    );
    expect(() => textFile(deck('a\nb'))).toThrow('several lines');
  });
});
