import { expect, test } from '@playwright/test';

test('the browser refuses what the policy does not allow, whatever a page is made to try', async ({
  page,
}) => {
  const answer = await page.goto(
    '/labs/zero/?x=%3Cimg%20src%3Dx%20onerror%3Ddocument.title%3D1%3E',
  );
  expect(answer?.headers()).toMatchObject({
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'x-content-type-options': 'nosniff',
  });
  await page.locator('[data-lab][data-awake]').waitFor();
  const tried = await page.evaluate(async () => {
    const outcome = (attempt: () => unknown): string => {
      try {
        attempt();
        return 'allowed';
      } catch (error) {
        return (error as Error).name;
      }
    };
    return {
      markup: outcome(() => {
        document.createElement('p').innerHTML = '<b>x</b>';
      }),
      handler: outcome(() => document.body.setAttribute('onclick', 'document.title = "1"')),
      policy: outcome(() =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy: (name: string) => void } }
        ).trustedTypes.createPolicy('another'),
      ),
      elsewhere: await fetch('https://example.org/').then(
        () => 'allowed',
        (error: Error) => error.name,
      ),
    };
  });
  expect(tried).toEqual({
    markup: 'TypeError',
    handler: 'TypeError',
    policy: 'TypeError',
    elsewhere: 'TypeError',
  });
  await expect(page).not.toHaveTitle('1');
});
