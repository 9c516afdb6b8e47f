import { DIST, ROOT } from './paths.mjs';

/**
 * Serves the built site on this machine, on `port` or the next free one.
 * `mpa`, since the default answers a missing file with the page itself, which a reader of models takes for a model.
 * @param {number} port
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serveSite(port) {
  const { preview } = await import('vite');
  const server = await preview({
    root: ROOT,
    configFile: false,
    appType: 'mpa',
    logLevel: 'warn',
    build: { outDir: DIST },
    preview: { host: '127.0.0.1', port, strictPort: false },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the server gave no address');
  return { url, close: () => server.close() };
}
