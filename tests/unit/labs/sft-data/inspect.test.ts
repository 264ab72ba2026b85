import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createInspector } from '../../../../src/engines/sft-data/index.ts';
import { printAddress, readAddress } from '../../../../src/labs/kit/address.ts';
import { reportJson, reportMarkdown } from '../../../../src/labs/sft-data/inspect/report.ts';
import {
  INSPECT_ADDRESS,
  INSPECT_DEFAULTS,
  itemsOf,
  MOST_HASHES,
  settingsOf,
  settleInspect,
} from '../../../../src/labs/sft-data/inspect/state.ts';
import { ready } from '../../../../src/labs/sft-data/inspect/words.ts';

describe('settings in the address', () => {
  it('come back as they were', () => {
    const [b, r, n, coverage] = (['b', 'r', 'n', 'coverage'] as const).map((field) => {
      const [min, max] = INSPECT_ADDRESS.ranges[field];
      return fc.integer({ min, max });
    });
    fc.assert(
      fc.property(
        b!,
        r!,
        n!,
        coverage!,
        fc.integer({ min: 30, max: 100 }),
        (b, r, n, coverage, percent) => {
          const state = settleInspect({
            ...INSPECT_DEFAULTS,
            b,
            r,
            n,
            coverage,
            threshold: percent / 100,
          });
          expect(state.b * state.r).toBeLessThanOrEqual(MOST_HASHES);
          expect(readAddress(INSPECT_ADDRESS, printAddress(INSPECT_ADDRESS, state))).toEqual({
            state,
            problems: [],
          });
        },
      ),
    );
  });

  it('that cannot be meant give way and are named', () => {
    const { state, problems } = readAddress(
      INSPECT_ADDRESS,
      'bands=0&rows=8.5&similar=2&unit=word5&part=prompt',
    );
    expect(state).toEqual({ ...INSPECT_DEFAULTS, part: 'prompt' });
    expect(problems.map(({ key }) => key)).toEqual(['unit', 'bands', 'rows', 'similar']);
  });
});

it('pasted items are the lines that say something', () => {
  expect(itemsOf(' \na b\r\n\r\nc\n')).toEqual(['a b', 'c']);
});

describe('the report', () => {
  beforeAll(() => Promise.all([ready('en'), ready('zh')]));

  const settings = settingsOf(INSPECT_DEFAULTS, ['a pasted question nobody needs to see again']);
  const inspector = createInspector(settings);
  const text = [
    '{"messages":[{"role":"`<img src=x>|","content":""}]}',
    '{"messages":[{"role":"user","content":"mail ada@mail.example.com"},{"role":"assistant","content":""}]}',
  ].join('\n');
  inspector.push(new TextEncoder().encode(text));
  const report = {
    file: new File([text], 'a*b|<i>.jsonl'),
    settings,
    pairs: [],
    ...inspector.finish(),
  };

  it.each(['en', 'zh'] as const)(
    'in Markdown (%s) holds hostile text as text, and no address',
    (locale) => {
      const markdown = reportMarkdown(locale, report, ['schema']);
      expect(markdown).toContain('a\\*b\\|\\<i\\>.jsonl');
      expect(markdown).not.toMatch(/(?<!\\)<img/);
      expect(markdown).not.toContain('ada@mail');
      expect(markdown).toContain('`a•••@m•••.com`');
    },
  );

  it('in JSON has counts, places and settings, and neither texts nor items', () => {
    const json = reportJson(report, ['schema']);
    expect(JSON.parse(json)).toMatchObject({
      file: { name: 'a*b|<i>.jsonl' },
      settings: { b: 14, r: 8, overlap: { items: 1, n: 8, coverage: 0.5 } },
      removed: ['schema'],
      kept: 1,
      records: 2,
      schema: { total: 1, first: [{ number: 1, code: 'unknownRole', at: 'messages[0].role' }] },
    });
    expect(json).not.toContain('pasted');
    expect(json).not.toContain('ada@mail');
  });
});
