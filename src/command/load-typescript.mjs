import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';

/**
 * Bundles a TypeScript file and its packages into one JavaScript module, since Node 20 does not run TypeScript.
 * @param {string} entry path in the repository
 * @param {string} folder where the module goes; what is there stays
 * @param {Record<string, string>} [alias] replacements of packages
 * @returns {Promise<string>} the module's path
 */
export async function bundleForNode(entry, folder, alias = {}) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias },
    ssr: { noExternal: true },
    build: { ssr: entry, outDir: folder, emptyOutDir: false, target: 'node20', minify: false },
  });
  return join(folder, basename(entry).replace(/\.ts$/u, '.js'));
}

/**
 * The exports of a TypeScript file, by a temporary bundle.
 * @param {string} entry as for {@link bundleForNode}
 * @param {Record<string, string>} [alias]
 */
export async function loadTypeScript(entry, alias) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-'));
  try {
    return await import(pathToFileURL(await bundleForNode(entry, folder, alias)).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
