import { describe, expect, it, vi } from 'vitest';

vi.mock('astro:content', () => ({ getCollection: async () => [] }));
const { citedSources, place } = await import('~/catalog/references.ts');
const { parseText } = await import('~/markdown/parseText.ts');

const code = {
  id: 'github-pytorch-pytorch',
  kind: 'code' as const,
  title: 'pytorch/pytorch',
  authors: 'PyTorch',
  year: 2026,
  venue: 'GitHub',
  url: 'https://github.com/pytorch/pytorch',
};
const paper = { ...code, id: 'p', kind: 'paper' as const, url: 'https://arxiv.org/abs/1910.02054' };

describe('where a citation points', () => {
  it('opens the file of a repository at its commit, and names the symbol', () => {
    expect(place(code, 'torch/amp/grad_scaler.py@0202916b#GradScaler.update')).toEqual({
      label: 'torch/amp/grad_scaler.py, GradScaler.update',
      url: 'https://github.com/pytorch/pytorch/blob/0202916b/torch/amp/grad_scaler.py',
    });
    expect(place({ ...code, commit: 'abcdef1' }, 'README.md').url).toMatch(
      '/blob/abcdef1/README.md',
    );
    expect(place(code, 'README.md').url).toMatch('/blob/HEAD/README.md');
  });

  it('keeps words as words', () => {
    expect(place(paper, '§3.2, Table 1')).toEqual({ label: '§3.2, Table 1', url: paper.url });
    expect(place(code, 'release notes of v0.14')).toEqual({
      label: 'release notes of v0.14',
      url: code.url,
    });
    expect(place(paper, undefined).label).toBe('');
  });

  it('lists each source once, with every place, in order of first use', () => {
    const parsed = parseText(
      'a <Cite ref="q" at="§1" /> <Cite ref="p" at="§2" /> <Cite ref="q" at="§3" /> <Cite ref="q" at="§1" />',
    );
    const sources = citedSources(
      parsed,
      new Map([
        ['p', paper],
        ['q', { ...paper, id: 'q' }],
      ]),
    );
    expect(
      sources.map(({ reference, places }) => [reference.id, places.map(({ label }) => label)]),
    ).toEqual([
      ['q', ['§1', '§3']],
      ['p', ['§2']],
    ]);
  });
});
