/**
 * Runs the renderer's commands through regl and writes the code that regl compiles for them to
 * src/render/gl-code.generated.ts, so that the page runs it without `Function`, which its policy forbids.
 *
 * npm run build:gl   the build itself fails when the file is not what the commands give.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';

const TARGET = join(ROOT, 'src/render/gl-code.generated.ts');

if (process.argv[1] === import.meta.filename) {
  const text = await glCodeFile();
  writeFileSync(TARGET, text);
  console.log(`gl-code.generated.ts: ${text.length} characters`);
}

/** Throws with what to do when the file in the repository is not what the commands give. */
export async function checkGlCode() {
  if (readFileSync(TARGET, 'utf8') === (await glCodeFile())) return;
  throw new Error('src/render/gl-code.generated.ts is not what src/render/gl-device.ts gives: npm run build:gl');
}

async function glCodeFile() {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-gl-'));
  try {
    const { build } = await import('vite');
    await build({
      configFile: false,
      root: ROOT,
      logLevel: 'error',
      publicDir: false,
      resolve: { alias: { '@plotly/regl': '@plotly/regl/dist/regl.unchecked.js' } },
      ssr: { noExternal: true },
      build: { ssr: 'src/render/fixtures/capture-gl-code.ts', outDir: folder, target: 'node20', minify: false },
    });
    /** @type {typeof import('../render/fixtures/capture-gl-code.ts')} */
    const { captureGlCode } = await import(pathToFileURL(join(folder, 'capture-gl-code.js')).href);
    return `// @ts-nocheck: written by src/command/build-gl-code.mjs from what regl generates for gl-device.ts.
import type { GlCode } from './gl-device.ts';

export const GL_CODE: GlCode = ${captureGlCode()};
`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
