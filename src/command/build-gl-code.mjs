/**
 * Runs the renderer's commands through regl and writes the code that regl compiles for them to
 * src/render/gl-code.generated.ts, so that the page runs it without `Function`, which its policy forbids.
 *
 * npm run build:gl   The site's build fails when the file does not match the commands.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTypeScript } from './load-typescript.mjs';
import { ROOT } from './paths.mjs';

const TARGET = join(ROOT, 'src/render/gl-code.generated.ts');

if (process.argv[1] === import.meta.filename) {
  const text = await glCodeFile();
  writeFileSync(TARGET, text);
  console.log(`gl-code.generated.ts: ${text.length} characters`);
}

/** Throws with what to do when the file in the repository does not match the commands. */
export async function checkGlCode() {
  if (readFileSync(TARGET, 'utf8') === (await glCodeFile())) return;
  throw new Error('src/render/gl-code.generated.ts is not what src/render/gl-device.ts gives: npm run build:gl');
}

async function glCodeFile() {
  /** @type {typeof import('../render/fixtures/capture-gl-code.ts')} */
  const { captureGlCode } = await loadTypeScript('src/render/fixtures/capture-gl-code.ts', {
    '@plotly/regl': '@plotly/regl/dist/regl.unchecked.js',
  });
  return `// @ts-nocheck: written by src/command/build-gl-code.mjs from what regl generates for gl-device.ts.
import type { GlCode } from './gl-device.ts';

export const GL_CODE: GlCode = ${captureGlCode()};
`;
}
