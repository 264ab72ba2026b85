import { fromHtml } from 'hast-util-from-html';
import { describe, expect, it } from 'vitest';
import { plainText } from '~/markdown/builtHtml.ts';

const plain = (html: string): string => {
  const [part] = fromHtml(html, { fragment: true }).children;
  if (part?.type !== 'element') throw new Error('no element');
  return plainText(part);
};
const formula = (tex: string): string =>
  `<span class="katex"><math><annotation encoding="application/x-tex">${tex}</annotation></math><span>set</span></span>`;

describe('the plain text of a part', () => {
  it('has a line for each paragraph, item and row', () => {
    expect(
      plain('<div><p>One\ntwo.</p><ul>\n<li>a</li>\n<li><p>b</p></li></ul><p>Three.</p></div>'),
    ).toBe('One two.\n- a\n- b\nThree.');
    expect(
      plain('<div><table><tr><th>K</th><th>V</th></tr><tr><td>1</td><td>2</td></tr></table></div>'),
    ).toBe('K | V\n1 | 2');
  });

  it('keeps formulas as their TeX and code as it stands', () => {
    expect(plain(`<p>so ${formula('x^2')} holds</p>`)).toBe('so $x^2$ holds');
    expect(plain(`<div>so<span class="katex-display">${formula('y')}</span></div>`)).toBe(
      'so\n$$y$$',
    );
    expect(plain('<div><pre><code>a = 1\n  b &lt; 2</code></pre></div>')).toBe('a = 1\nb < 2');
    expect(plain('<li><p>an item alone</p></li>')).toBe('an item alone');
    expect(() => plain('<p><span class="katex">lost</span></p>')).toThrow('without its TeX');
  });

  it('leaves out what stands beside the text', () => {
    expect(
      plain(
        '<details><summary>Answer</summary><p>ZeRO <span class="cite">\u2060<label>1</label></span>, from <a>DeepSpeed</a><span class="term-note">a library</span>.</p><figure>pic</figure></details>',
      ),
    ).toBe('ZeRO, from DeepSpeed.');
  });

  it('joins broken lines of Chinese without a space', () => {
    expect(plain('<p>数据并行\n每张GPU</p>')).toBe('数据并行每张GPU');
  });
});
