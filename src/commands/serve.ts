/**
 * Serves a built folder as a static host would: pages and files, compressed, with the headers that the
 * build wrote for hosts, and 404.html for the rest.
 *
 *   node src/commands/serve.ts [folder] [--port N] [--base /path/]
 *
 * Without --port it starts at 4321 and takes the next one that is free.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import compression from 'compression';
import sirv from 'sirv';
import { FILE_HEADERS, headersOf, readHeaders } from '../security/headers.ts';

export interface Served {
  origin: string;
  stop: () => Promise<void>;
}

/** Starts the server. Rejects when the folder was not built or a wished port is taken. */
export async function serve(
  folder: string,
  { port, base = '/' }: { port?: number; base?: string } = {},
): Promise<Served> {
  const notFound = join(folder, '404.html');
  if (!existsSync(notFound)) throw new Error(`${folder} holds no site: run npm run build first`);
  const page = readFileSync(notFound);
  const rules = readHeaders(readFileSync(join(folder, FILE_HEADERS), 'utf8'));
  const files = sirv(folder, { dev: true });
  const compress = compression();
  const server = createServer((request, response) => {
    const missing = (): void => {
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
    };
    if (!request.url?.startsWith(base)) return missing();
    for (const header of headersOf(rules, request.url)) response.setHeader(...header);
    request.url = `/${request.url.slice(base.length)}`;
    compress(request as never, response as never, () => files(request, response, missing));
  });
  const listening = await listen(server, port ?? 4321, port === undefined ? 20 : 1);
  return {
    origin: `http://localhost:${listening}`,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function listen(server: Server, port: number, tries: number): Promise<number> {
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail).listen(port, () => {
        server.off('error', fail);
        done();
      });
    });
    return port;
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!taken || tries <= 1) throw error;
    return listen(server, port + 1, tries - 1);
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, base: { type: 'string', default: '/' } },
  });
  const base = values.base;
  const port = values.port ?? process.env['PORT'];
  const { origin } = await serve(resolve(positionals[0] ?? 'dist'), {
    base,
    ...(port ? { port: Number(port) } : {}),
  });
  console.log(`\n  LLM Interview Lab is at ${origin}${base}  (Ctrl-C stops it)\n`);
}
