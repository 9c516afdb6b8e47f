import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build, type InlineConfig, type Plugin } from 'vite';
import type { SiteFile } from '../offline/caches.web.ts';
import { APP_PAGES, pagePolicy, reachOf } from '../offline/policy.ts';
import { checkGlCode } from './build-gl-code.mjs';
import { ROOT } from './paths.mjs';

/** What the service worker caches at once: what every visit needs, without the sample's texts (its map has them). */
const SHELL =
  /^(?:(?:index|frame)\.html|(?:portolan|frame)\.js|frame\.css|manifest\.webmanifest|icons?[./].*|assets\/.*|data\/sample\.parquet)$/u;

/**
 * Makes the bundle a self-contained site: each page gets its policy, and `sw.js` the list of what it caches, with the
 * hash of every file. Only for the site, not for the pages of tests. Fails when regl's captured code does not match the
 * commands.
 * @param heavyFiles what the page itself caches for use offline
 */
export function sitePlugin(heavyFiles: readonly SiteFile[]): Plugin {
  let out = '';
  return {
    name: 'portolan-site',
    apply: (config, { command }) => command === 'build' && config.root === undefined,
    config: () => ({ build: { rollupOptions: { input: APP_PAGES.map((page) => join(ROOT, page)) } } }),
    enforce: 'post',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    buildStart: () => checkGlCode(),
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { path }) => [
        meta({ 'http-equiv': 'Content-Security-Policy', content: pagePolicy(reachOf(path.replace(/^\//u, ''))) }),
        meta({ name: 'referrer', content: 'no-referrer' }),
      ],
    },
    async closeBundle() {
      await buildFrame(out);
      const shell = siteFiles(out).filter(({ path }) => SHELL.test(path));
      await buildServiceWorker(out, shell, heavyFiles);
    },
  };
}

/** SHA-256 and length of a file, with its path relative to `folder`. */
export function siteFile(folder: string, path: string): SiteFile {
  const bytes = readFileSync(join(folder, path));
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

/** First in the head, because a policy applies only to what follows it. */
function meta(attrs: Record<string, string>): { tag: string; attrs: Record<string, string>; injectTo: 'head-prepend' } {
  return { tag: 'meta', attrs, injectTo: 'head-prepend' };
}

function siteFiles(folder: string): SiteFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
    .map((path) => siteFile(folder, path));
}

/** Builds the frame and the element that embeds it. */
async function buildFrame(out: string): Promise<void> {
  const alias = {
    '@plotly/regl': '@plotly/regl/dist/regl.unchecked.js',
    'hyparquet-compressors': join(ROOT, 'src/frame/no-compressors.ts'),
  };
  for (const name of ['frame', 'portolan']) {
    await buildScript(out, { source: `src/frame/${name}.ts`, name: `${name}.js`, settings: { resolve: { alias } } });
  }
  const styles = ['render/labels/topic-labels.css', 'frame/frame.css'];
  writeFileSync(join(out, 'frame.css'), styles.map((path) => bareStyles(join(ROOT, 'src', path))).join(''));
  const policy = escapeAttribute(pagePolicy('maps'));
  const head = `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`;
  const page = readFileSync(join(ROOT, 'frame.html'), 'utf8').replace('<head>', head);
  writeFileSync(join(out, 'frame.html'), page);
}

/** A style sheet without its comments and indents; none of our strings contains either. */
function bareStyles(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/\/\*.*?\*\//gsu, '')
    .replace(/\n\s*/gu, '\n');
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

async function buildServiceWorker(out: string, shell: readonly SiteFile[], heavy: readonly SiteFile[]): Promise<void> {
  const hash = createHash('sha256')
    .update(JSON.stringify([shell, heavy]))
    .digest('hex')
    .slice(0, 16);
  const define = {
    BUILD_HASH: JSON.stringify(hash),
    SHELL_FILES: JSON.stringify(shell),
    HEAVY_FILES: JSON.stringify(heavy),
  };
  await buildScript(out, { source: 'src/offline/service.worker.ts', name: 'sw.js', settings: { define } });
}

interface Script {
  /** Path from the repository's root. */
  readonly source: string;
  readonly name: string;
  readonly settings: InlineConfig;
}

/** A single classic script: sandboxed frames cannot load modules, nor can service workers in every browser. */
async function buildScript(out: string, { source, name, settings }: Script): Promise<void> {
  await build({
    ...settings,
    configFile: false,
    root: ROOT,
    // Vite would warn about `import.meta` in a helper of its own that is never called here.
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: join(ROOT, source),
        output: { format: 'iife', entryFileNames: name, codeSplitting: false },
      },
    },
  });
}
