import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { DIST } from './paths.mjs';

/** @type {Readonly<Record<string, string>>} Content types by ending; any other is `application/octet-stream`. */
const CONTENT_TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};

/**
 * Serves the built site on this machine, on `port` or the next free one. Not with Vite's server, which takes a second
 * to start and compresses every answer again, which took a twentieth of the time of the end-to-end tests.
 * @param {number} port
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serveSite(port) {
  return startServer(port, (request, response) => {
    const file = fileAt(DIST, pathOf(request));
    if (!file) return sendMissing(response);
    // Thus the next load shows a new build.
    response.writeHead(200, { 'content-type': contentTypeOf(file), 'cache-control': 'no-cache' });
    createReadStream(file).pipe(response);
  });
}

/**
 * Listens on `port` or the next free one; 0 means any.
 * @param {number} port
 * @param {import('node:http').RequestListener} answer
 * @returns {Promise<{url: string, server: import('node:http').Server, close: () => Promise<void>}>} `url` ends with a slash
 */
export async function startServer(port, answer) {
  const server = createServer(answer);
  const taken = await listen(server, port);
  return {
    url: `http://127.0.0.1:${taken}/`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * The requested path, without the slash at its beginning.
 * @param {import('node:http').IncomingMessage} request
 */
export function pathOf({ url = '/' }) {
  const [path] = url.slice(1).split('?', 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * @param {string} root absolute path of a folder
 * @param {string} path in it; a folder stands for its `index.html`
 * @returns {string | null} absolute path of an existing file; null also for one outside `root`
 */
export function fileAt(root, path) {
  const asked = join(root, path);
  const file = asked === root || asked.endsWith(sep) ? join(asked, 'index.html') : asked;
  if (!file.startsWith(join(root, sep)) || file.includes('\0')) return null;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

/** @param {string} file */
export function contentTypeOf(file) {
  return CONTENT_TYPES[extname(file)] ?? 'application/octet-stream';
}

/** @param {import('node:http').ServerResponse} response */
export function sendMissing(response) {
  response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html><title>Not here</title>');
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<number>} the port that it has
 */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') listen(server, port + 1).then(resolve, reject);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.removeAllListeners('error');
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
