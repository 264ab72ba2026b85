/** Pages whose text comes in pieces, as on a bad network. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';

const PIECE = 400;
const PAUSE_MS = 20;

/** Passes on what the site serves, pages piece by piece. */
async function slowly(site: string): Promise<{ origin: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const answer = await fetch(new URL(request.url ?? '/', site));
    const body = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type') ?? '';
    response.writeHead(answer.status, { 'content-type': type });
    for (let at = 0; type.startsWith('text/html') && at < body.length; at += PIECE) {
      response.write(body.subarray(at, at + PIECE));
      await pause(PAUSE_MS);
    }
    response.end(type.startsWith('text/html') ? undefined : body);
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://localhost:${port}`, server };
}

for (const [name, path] of [
  ['the first page', ''],
  ['a cheat sheet', 'zh/quiz/cheat-sheet/'],
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
                sources.map(({ node }) => (node as Element)?.className ?? node?.nodeName),
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
