import { describe, expect, it } from 'vitest';
import { fingerprint, staleLocale } from '~/catalog/stale.ts';

const agreed = { en: fingerprint('one'), zh: fingerprint('一') };

describe('which language lags behind', () => {
  it('is the one that did not change', () => {
    expect(staleLocale('x', agreed, { ...agreed, en: fingerprint('two') })).toBe('zh');
    expect(staleLocale('x', agreed, { ...agreed, zh: fingerprint('二') })).toBe('en');
  });

  it('is none when neither or both changed, or nothing was recorded', () => {
    expect(staleLocale('x', agreed, agreed)).toBeNull();
    expect(staleLocale('x', agreed, { en: fingerprint('two'), zh: fingerprint('二') })).toBeNull();
    expect(staleLocale('x', undefined, agreed)).toBeNull();
  });

  it('does not depend on line endings', () => {
    expect(fingerprint('a\r\nb')).toBe(fingerprint('a\nb'));
  });
});
