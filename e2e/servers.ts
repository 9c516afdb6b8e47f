import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { createGzip } from 'node:zlib';
import { DIST } from '../src/command/paths.mjs';

/** In which ways a file server may differ from the one that the site is tried on. */
export interface ServerHabits {
  /** Folder of the address that the site is at; default `/`. */
  readonly base?: string;
  /** Compresses everything, whatever it is. */
  readonly gzips?: boolean;
  /** Content types by ending, in place of the right ones. */
  readonly types?: Readonly<Record<string, string>>;
  /** Folder to serve in place of the built site. */
  readonly root?: string;
  /** Further files, or other contents of some, by path; null: this file is missing. May be changed while it serves. */
  readonly files?: Record<string, string | Buffer | null>;
}

/** A server that can be ended, and counts what it was asked. */
export interface SmallServer {
  /** With a slash at its end. */
  readonly url: string;
  /** Method and path of each request. */
  readonly asked: string[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves the built site as a plain file server would: no header more than a type, Range ignored. */
export async function serveFiles({
  base = '/',
  gzips = false,
  types = {},
  root = DIST,
  files = {},
}: ServerHabits = {}): Promise<SmallServer> {
  return start(base, (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const name = normalize(path.slice(base.length) || 'index.html');
    const file = join(root, name);
    const own = files[name];
    if (typeof own === 'string' || own instanceof Buffer) {
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(own);
      return;
    }
    if (
      own === null ||
      !path.startsWith(base) ||
      !file.startsWith(root) ||
      !existsSync(file) ||
      !statSync(file).isFile()
    ) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html><title>Not here</title>');
      return;
    }
    const type = types[extname(file)] ?? TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, ...(gzips ? { 'content-encoding': 'gzip' } : {}) });
    const bytes = createReadStream(file);
    (gzips ? bytes.pipe(createGzip({ level: 1 })) : bytes).pipe(response);
  });
}

/** Another site: whoever asks it for anything, by any means, has given something away. Allows every origin. */
export async function serveCanary(): Promise<SmallServer> {
  return start('/', (_request, response) => {
    response.writeHead(200, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }).end('x');
  });
}

async function start(
  base: string,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<SmallServer> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.on('upgrade', (request, socket) => {
    asked.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // Listening on a port, not on a pipe.
  return {
    url: `http://127.0.0.1:${port}${base}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
