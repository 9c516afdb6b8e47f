import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import packageJson from './package.json' with { type: 'json' };
import { siteFile, sitePlugin } from './src/command/site-plugin.ts';
import { DEFAULT_MODEL, modelFileOf, modelFolder } from './src/encode/model-spec.ts';
import type { SiteFile } from './src/offline/caches.web.ts';

const PUBLIC = join(import.meta.dirname, 'public');
const MODELS = join(PUBLIC, 'models');
/** The runtime without WebGPU: 14.3 MB, 3.7 MB compressed. */
const PLAIN_RUNTIME = 'ort-wasm-simd-threaded';
/** The runtime with WebGPU: 26.9 MB, 6.6 MB compressed. Only pages that use WebGPU fetch it. */
const GPU_RUNTIME = 'ort-wasm-simd-threaded.asyncify';

/** The runtime's folder in the copy that transformers.js itself resolves, so that glue and WASM match. */
function runtimeFolder(): string {
  const fromHere = createRequire(import.meta.url);
  const fromTransformers = createRequire(fromHere.resolve('@huggingface/transformers'));
  return dirname(fromTransformers.resolve('onnxruntime-web'));
}

/** A runtime's glue and WASM by their names under `ort/`. The WASM is compressed, since few static servers do that. */
function runtimeFiles(name: string): [string, Buffer][] {
  const folder = runtimeFolder();
  return [
    [`${name}.mjs`, readFileSync(join(folder, `${name}.mjs`))],
    [`${name}.wasm.gzip`, gzipSync(readFileSync(join(folder, `${name}.wasm`)), { level: 9 })],
  ];
}

/** Serves the runtime beside our own pages: the library itself would fetch it from a CDN. */
function onnxRuntime(files: ReadonlyMap<string, Buffer>): Plugin {
  let out = '';
  return {
    name: 'portolan-onnx-runtime',
    configResolved: (config) => {
      out = resolve(config.root, config.build.outDir, 'ort');
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [, name = ''] = /\/ort\/([^/?]+)/u.exec(request.url ?? '') ?? [];
        const file = files.get(name);
        if (!file) return next();
        response.setHeader('Content-Type', name.endsWith('.mjs') ? 'text/javascript' : 'application/octet-stream');
        response.end(file);
      });
    },
    writeBundle() {
      mkdirSync(out, { recursive: true });
      for (const [name, bytes] of files) writeFileSync(join(out, name), bytes);
    },
  };
}

/** What embedding a text needs besides the page; the page caches it for use offline. */
function heavyFiles(runtime: ReadonlyMap<string, Buffer>): SiteFile[] {
  const folder = modelFolder(DEFAULT_MODEL);
  const files = ['config.json', 'tokenizer.json', 'tokenizer_config.json', modelFileOf(DEFAULT_MODEL.dtype)];
  return [
    ...files.map((file) => siteFile(PUBLIC, folder + file)),
    ...Array.from(runtime, ([name, bytes]) => ({ path: `ort/${name}`, ...knownFile(bytes) })),
  ];
}

/**
 * SHA-256 and length of every file of the models and the runtime, by its path from the page. By these the page rejects
 * other files, tells stored vectors of different models apart, and knows the total of its progress.
 */
function knownFiles(runtime: ReadonlyMap<string, Buffer>): Record<string, { sha256: string; bytes: number }> {
  const paths = readdirSync(MODELS, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const all = [
    ...paths.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [`models/${relative(MODELS, path).replaceAll('\\', '/')}`, readFileSync(path)] as const;
    }),
    ...Array.from(runtime, ([name, bytes]) => [`ort/${name}`, bytes] as const),
  ];
  const known = all.filter(([path]) => /\.(?:onnx|json|gzip)$/u.test(path));
  return Object.fromEntries(known.map(([path, bytes]) => [path, knownFile(bytes)]));
}

function knownFile(bytes: Buffer): { sha256: string; bytes: number } {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

// Unit tests load no model, so they need not wait for the compression.
const plainRuntime = new Map(process.env.VITEST ? [] : runtimeFiles(PLAIN_RUNTIME));
const runtimes = new Map([...plainRuntime, ...(process.env.VITEST ? [] : runtimeFiles(GPU_RUNTIME))]);
const HEAVY_FILES = heavyFiles(plainRuntime);

const shared = {
  // `extern-wasm` keeps Vite from emitting a WASM of its own.
  resolve: {
    alias: {
      // The package's main file checks every call; this one does not and is a third of the size.
      '@plotly/regl': '@plotly/regl/dist/regl.unchecked.js',
    },
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  define: {
    MODEL_FILES: JSON.stringify(knownFiles(runtimes)),
    HEAVY_FILES: JSON.stringify(HEAVY_FILES),
    PORTOLAN_VERSION: JSON.stringify(packageJson.version),
  },
};

const TESTS = process.env.VITEST ? unitTests() : [];
const APART = TESTS.filter(needsProcess);

/** Paths of unit tests from here; only those of property tests where these are requested. */
function unitTests(): string[] {
  const tests = ['src', 'e2e/bench'].flatMap((folder) =>
    readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts'))
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
  );
  return process.env.PORTOLAN_FUZZ ? tests.filter((path) => sourceOf(path).includes("from 'fast-check'")) : tests;
}

/**
 * Whether a test replaces globals, modules or the clock and so needs its own process. The others share one: a process
 * for each file took as long as its tests.
 */
function needsProcess(path: string): boolean {
  return /\bvi\.|globalThis/u.test(sourceOf(path));
}

function sourceOf(path: string): string {
  return readFileSync(join(import.meta.dirname, path), 'utf8');
}

export default defineConfig({
  ...shared,
  base: './',
  publicDir: PUBLIC,
  plugins: [react(), onnxRuntime(runtimes), sitePlugin(HEAVY_FILES)],
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
  test: {
    environment: 'node',
    testTimeout: process.env.PORTOLAN_FUZZ ? 600_000 : 30_000,
    maxWorkers: '100%',
    setupFiles: ['src/command/property-tests.ts'],
    projects: [
      { extends: true, test: { name: 'apart', include: APART } },
      { extends: true, test: { name: 'pure', include: TESTS, exclude: APART, isolate: false } },
    ],
  },
});
