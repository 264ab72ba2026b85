import { describe, expect, it } from 'vitest';
import { mixedContent, sample, smoke } from '~/commands/smoke.ts';

describe('smoke test', () => {
  it('reports every part of a site that is not there', async () => {
    const root = new URL('https://host/lab/');
    const { passed, failed } = await smoke(root, async () => new Response('', { status: 500 }));
    expect(passed).toEqual([]);
    expect(failed.join('\n')).toContain('page /zh/quiz/: https://host/lab/zh/quiz/ answers 500');
    expect(failed.join('\n')).toContain('search index');
  });

  it('names a host that does not answer', async () => {
    const { failed } = await smoke(new URL('https://host/'), async () => {
      throw new TypeError('fetch failed', { cause: new Error('ENOTFOUND') });
    });
    expect(failed[0]).toContain('fetch failed (ENOTFOUND)');
  });

  it('finds what is loaded unencrypted and lets links and addresses be', () => {
    expect(
      mixedContent('<link rel="canonical" href="http://a/"><a href="http://b/">'),
    ).toBeUndefined();
    expect(mixedContent('<img alt="" src="http://a/x.png">')).toContain('http://a/x.png');
  });

  it('samples a list evenly', () => {
    expect(sample([1, 2, 3], 5)).toEqual([1, 2, 3]);
    expect(sample([0, 1, 2, 3, 4, 5, 6, 7], 4)).toEqual([0, 2, 4, 6]);
  });
});
