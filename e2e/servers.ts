import { createReadStream } from 'node:fs';
import type { RequestListener } from 'node:http';
import { extname } from 'node:path';
import { createGzip } from 'node:zlib';
import { DIST } from '../src/command/paths.mjs';
import { contentTypeOf, fileAt, pathOf, sendMissing, startServer } from '../src/command/serve.mjs';

/** How a file server may differ from the one on which the site is usually tested. */
export interface ServerHabits {
  /** Path of the site within the address; default `/`. */
  readonly base?: string;
  /** Compresses everything, whatever it is. */
  readonly gzips?: boolean;
  /** Content types by file extension that replace the right ones. */
  readonly types?: Readonly<Record<string, string>>;
  /** Folder to serve instead of the built site. */
  readonly root?: string;
  /** Files to add or replace, by path; null: the file is missing. May change while the server runs. */
  readonly files?: Record<string, string | Buffer | null>;
}

/** A server that can be closed, and records its requests. */
export interface SmallServer {
  /** With a slash at its end. */
  readonly url: string;
  /** Method and path of each request. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Serves the built site as a plain file server would: no header but the type, and Range is ignored. */
export async function serveFiles({
  base = '/',
  gzips = false,
  types = {},
  root = DIST,
  files = {},
}: ServerHabits = {}): Promise<SmallServer> {
  return start(base, (request, response) => {
    const path = `/${pathOf(request)}`;
    const name = path.slice(base.length) || 'index.html';
    const own = files[name];
    if (typeof own === 'string' || own instanceof Buffer) {
      response.writeHead(200, { 'content-type': contentTypeOf(name) }).end(own);
      return;
    }
    const file = own === null || !path.startsWith(base) ? null : fileAt(root, name);
    if (!file) return sendMissing(response);
    const type = types[extname(file)] ?? contentTypeOf(file);
    response.writeHead(200, { 'content-type': type, ...(gzips ? { 'content-encoding': 'gzip' } : {}) });
    const bytes = createReadStream(file);
    (gzips ? bytes.pipe(createGzip({ level: 1 })) : bytes).pipe(response);
  });
}

/** Another site, which allows every origin: any request to it means that the page has leaked something. */
export async function serveCanary(): Promise<SmallServer> {
  return start('/', (_request, response) => {
    response.writeHead(200, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }).end('x');
  });
}

async function start(base: string, answer: RequestListener): Promise<SmallServer> {
  const asked: string[] = [];
  const { url, server, close } = await startServer(0, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.on('upgrade', (request, socket) => {
    asked.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  return { url: url + base.slice(1), asked, close };
}
