import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import packageJson from './package.json' with { type: 'json' };
import { siteFile, sitePlugin } from './src/command/site-plugin.ts';
import { DEFAULT_MODEL } from './src/encode/model-spec.ts';
import type { SiteFile } from './src/offline/caches.web.ts';

const MODELS = join(import.meta.dirname, 'public/models');
const FILE_OF_DTYPE = { q8: 'onnx/model_quantized.onnx', int8: 'onnx/model_int8.onnx' };

/** The plain pair (14.3 MB): the library's default, with WebGPU inside, is 26.9 MB. */
const ORT_FILES = ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];

/**
 * onnxruntime-web's WASM, beside our own pages: the library itself would fetch it from a CDN. Taken from the copy that
 * transformers.js itself resolves, since glue code and WASM must be of one version.
 */
function onnxRuntimeFiles(): Plugin {
  const from = onnxRuntimeFolder();
  let out = '';
  return {
    name: 'portolan-onnx-runtime-files',
    configResolved: (config) => {
      out = resolve(config.root, config.build.outDir, 'ort');
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = ORT_FILES.find((file) => request.url?.split('?')[0]?.endsWith(`/ort/${file}`));
        if (!name) return next();
        response.setHeader('Content-Type', name.endsWith('.mjs') ? 'text/javascript' : 'application/wasm');
        response.end(readFileSync(join(from, name)));
      });
    },
    writeBundle() {
      mkdirSync(out, { recursive: true });
      for (const file of ORT_FILES) copyFileSync(join(from, file), join(out, file));
    },
  };
}

function onnxRuntimeFolder(): string {
  const fromHere = createRequire(import.meta.url);
  const fromTransformers = createRequire(fromHere.resolve('@huggingface/transformers'));
  return dirname(fromTransformers.resolve('onnxruntime-web'));
}

/** What embedding a text needs besides the page: kept by the page for use offline. */
function heavyFiles(): SiteFile[] {
  const model = DEFAULT_MODEL.id;
  const files = ['config.json', 'tokenizer.json', 'tokenizer_config.json', FILE_OF_DTYPE.q8];
  return [
    ...files.map((file) => ({ ...siteFile(join(MODELS, model), file), path: `models/${model}/${file}` })),
    ...ORT_FILES.map((file) => ({ ...siteFile(onnxRuntimeFolder(), file), path: `ort/${file}` })),
  ];
}

/**
 * SHA-256 and length of every model file, by `id/dtype`: stored vectors are never taken for those of another file, and
 * progress knows its end.
 */
function modelFiles(): Record<string, { sha256: string; bytes: number }> {
  const files: Record<string, { sha256: string; bytes: number }> = {};
  for (const id of readdirSync(MODELS)) {
    for (const [dtype, file] of Object.entries(FILE_OF_DTYPE)) {
      const path = join(MODELS, id, file);
      if (!existsSync(path)) continue;
      const bytes = readFileSync(path);
      files[`${id}/${dtype}`] = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
    }
  }
  return files;
}

const HEAVY_FILES = heavyFiles();

const shared = {
  // The library asks for the WebGPU build of the runtime; `extern-wasm` keeps Vite from emitting a WASM of its own.
  resolve: {
    alias: {
      'onnxruntime-web/webgpu': 'onnxruntime-web/wasm',
      // The package's main file checks every call; this is the same without the checks, a third of the size.
      '@plotly/regl': '@plotly/regl/dist/regl.unchecked.js',
    },
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  define: {
    MODEL_FILES: JSON.stringify(modelFiles()),
    HEAVY_FILES: JSON.stringify(HEAVY_FILES),
    PORTOLAN_VERSION: JSON.stringify(packageJson.version),
  },
};

export default defineConfig({
  ...shared,
  base: './',
  publicDir: join(import.meta.dirname, 'public'),
  plugins: [react(), onnxRuntimeFiles(), sitePlugin(HEAVY_FILES)],
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
  },
});
