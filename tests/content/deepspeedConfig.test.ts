import { readFileSync } from 'node:fs';
import { toString as plainText } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';
import { readContent } from '~/content-check/readContent.ts';
import { parseTree } from '~/markdown/parseText.ts';
import { DEEPSPEED, type Documented } from './deepspeedKeys.ts';

const content = readContent(process.cwd());
/** Topics whose JSON and key names are DeepSpeed's; the others show chat samples. */
const texts = [...content.topics, ...content.questions, ...content.labs]
  .filter(({ key, facts }) => /^(?:deepspeed|mixed-precision)/.test(Object(facts)['topic'] ?? key))
  .flatMap((entry) => Object.values(entry.texts));
const configs = texts.flatMap(({ file, parsed }) =>
  parsed.code
    .filter(({ lang }) => lang === 'json')
    .map(({ value, line }) => ({ place: `${file}:${line}`, config: JSON.parse(value) as object })),
);

const isSection = (value: unknown): value is Documented =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths of keys that the documentation does not have: `zero_optimization.stag`. */
function unknownKeys(config: object, documented: Documented, path = ''): string[] {
  return Object.entries(config).flatMap(([key, value]) => {
    if (!(key in documented)) return [path + key];
    const inner = documented[key];
    return isSection(value) && isSection(inner) ? unknownKeys(value, inner, `${path}${key}.`) : [];
  });
}

/** Every default by the last part of its name and by its path without the first: `device`, `offload_param.device`. */
function defaults(documented: Documented, path: string[] = []): [string, unknown][] {
  return Object.entries(documented).flatMap(([key, value]): [string, unknown][] => {
    if (isSection(value)) return [[key, value], ...defaults(value, [...path, key])];
    return [...new Set([key, [...path.slice(-1), key].join('.')])].map((name) => [name, value]);
  });
}
const byName = new Map(defaults(DEEPSPEED));

const rows = content.topics
  .filter(({ key }) => key === 'deepspeed')
  .flatMap(({ texts: { en, zh } }) => [en, zh])
  .flatMap((text) => {
    const file = text?.file ?? '';
    const tables = parseTree(readFileSync(file, 'utf8')).children.flatMap(function find(node): {
      children: unknown[];
    }[] {
      if (node.type === 'table') return [node];
      return 'children' in node ? (node.children as (typeof node)[]).flatMap(find) : [];
    });
    return tables.flatMap(({ children }) =>
      children.flatMap((row) => {
        const [first, second] = (row as { children: never[] }).children.map((cell) =>
          plainText(cell),
        );
        const names = (first ?? '').split(/,\s*|、/);
        return names
          .filter((name) => byName.has(name))
          .map((name) => ({ name, stated: second ?? '', place: `${file}, row ${name}` }));
      }),
    );
  });

describe('DeepSpeed configurations in the texts', () => {
  it('use documented keys only', () => {
    expect(configs.length).toBeGreaterThanOrEqual(4);
    expect(
      configs.flatMap(({ place, config }) =>
        unknownKeys(config, DEEPSPEED).map((key) => `${place}: ${key}`),
      ),
    ).toEqual([]);
  });

  it('name no key in prose that DeepSpeed does not know', () => {
    const OWN =
      /`((?:stage3|zero|offload|overlap|train|gradient|reduce|allgather|loss_scale)_\w+)`/g;
    // The documentation lists it and the code refuses it; the text says so.
    const SAID_TO_BE_WRONG = ['grad_hooks'];
    const unknown = texts.flatMap(({ file }) =>
      [...readFileSync(file, 'utf8').matchAll(OWN)]
        .map(([, name = '']) => name)
        .filter((name) => !byName.has(name) && !SAID_TO_BE_WRONG.includes(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('state defaults as the code has them', () => {
    expect(rows.length).toBeGreaterThanOrEqual(10);
    for (const { name, stated, place } of rows) {
      if (name === 'overlap_comm') {
        expect(stated, place).toMatch(/^(?:true in stage 3, else false|阶段3为true，其余false)/);
        continue;
      }
      const [printed = ''] =
        /[a-z]+|\d[\d.]*(?:e\d+)?/.exec(stated.replace(/^[\d.]+起为/, '')) ?? [];
      const value = /^(?:true|false|\d)/.test(printed) ? JSON.parse(printed) : printed;
      expect(value, place).toBe(byName.get(name));
    }
  });

  it('write out the defaults of fp16 where the text says they are the defaults', () => {
    const written = configs.filter(({ config }) => Object.keys(config).join() === 'fp16');
    expect(written).toHaveLength(2);
    for (const { place, config } of written) {
      const { enabled, ...rest } = Object(config)['fp16'] as Record<string, unknown>;
      expect(enabled, place).toBe(true);
      expect(DEEPSPEED['fp16'], place).toMatchObject(rest);
    }
  });
});
