import type { Page } from '@playwright/test';
import axe from 'axe-core';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds against WCAG 2.2 AA, one line each. Run in the page itself and asked for violations only:
 * a report of all that passed, which @axe-core/playwright fetches, takes several times as long as the check.
 */
export async function violations(
  page: Page,
  { within, rules }: { within?: string[]; rules?: string[] } = {},
): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    async ({ include, runOnly }) => {
      const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
      const found = await run(include ? { include } : document, {
        runOnly,
        resultTypes: ['violations'],
      });
      return found.violations.map(
        ({ id, nodes: [node] }) =>
          `${id}: ${node?.html.slice(0, 160)} ${node?.failureSummary ?? ''}`,
      );
    },
    {
      include: within?.map((selector) => [selector]),
      runOnly: rules
        ? ({ type: 'rule', values: rules } as const)
        : ({ type: 'tag', values: STANDARDS } as const),
    },
  );
}
