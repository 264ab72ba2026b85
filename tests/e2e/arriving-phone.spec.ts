/** Pages whose text comes in pieces, as on a bad network. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';

/** What a phone's window shows stands in these bytes. */
const FIRST = 16_000;
const PIECE = 400;
const PAUSE_MS = 20;

/** Passes on what the site serves, pages piece by piece. */
async function slowly(site: string): Promise<{ origin: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const answer = await fetch(new URL(request.url ?? '/', site));
    const body = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type') ?? '';
    response.writeHead(answer.status, { 'content-type': type });
    const slow = type.startsWith('text/html') ? Math.min(FIRST, body.length) : 0;
    for (let at = 0; at < slow; at += PIECE) {
      response.write(body.subarray(at, Math.min(slow, at + PIECE)));
      await pause(PAUSE_MS);
    }
    response.end(body.subarray(slow));
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://localhost:${port}`, server };
}

for (const [name, path] of [
  ['the first page', ''],
  ['a list', 'zh/glossary/'],
]) {
  test(`nothing moves while ${name} is still arriving`, async ({ page, baseURL }) => {
    const { origin, server } = await slowly(baseURL as string);
    await page.goto(`${origin}/${path}`);
    const moved = await page.evaluate(
      () =>
        new Promise<string[]>((done) => {
          new PerformanceObserver((list) => {
            const shifts = list.getEntries() as (PerformanceEntry & {
              sources: { node: Node | null }[];
            })[];
            done(
              shifts.flatMap(({ sources }) =>
                sources.map(
                  ({ node }) => (node as Element)?.outerHTML?.slice(0, 120) ?? node?.nodeName ?? '',
                ),
              ),
            );
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => done([]), 500);
        }),
    );
    server.close();
    expect(moved).toEqual([]);
  });
}
