/**
 * Compiles src/project/kernels/wasm/kernels.as.ts and epoch.as.ts to kernels.wasm.ts beside them, as base64. It is
 * checked in, so that neither a build nor a test needs the compiler. Unlike a file, a string loads from every sub-path,
 * whatever type the server gives .wasm files, in workers and Node alike, and is cached with its worker.
 *
 * npm run build:wasm [-- --check]   --check writes nothing and fails when the file does not match the source.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const folder = join(import.meta.dirname, '../project/kernels/wasm');
const target = join(folder, 'kernels.wasm.ts');
const options = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--disable', 'bulk-memory'];

const { error, stdout, stderr, binary } = await compile();
if (error || !binary) {
  console.error(`${stderr}${stdout}${error?.message ?? 'no module was written'}`);
  process.exit(1);
}
const text = `// Written by src/command/build-wasm.mjs from kernels.as.ts: ${binary.length} bytes.
/** The compiled kernels, in base64. */
export const KERNELS_WASM =
  '${Buffer.from(binary).toString('base64')}';
`;
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') === text) process.exit(0);
  console.error('src/project/kernels/wasm/kernels.wasm.ts is not what kernels.as.ts gives: npm run build:wasm');
  process.exit(1);
}
writeFileSync(target, text);
console.log(`kernels.wasm.ts: ${binary.length} bytes of WASM`);

async function compile() {
  /** @type {Uint8Array | null} */
  let binary = null;
  const { error, stdout, stderr } = await asc.main(['kernels.as.ts', '--outFile', 'out.wasm', ...options], {
    readFile: (name) => (name.endsWith('.as.ts') ? readFileSync(join(folder, name), 'utf8') : null),
    writeFile: (name, contents) => {
      if (name === 'out.wasm' && typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  return { error, stdout, stderr, binary: /** @type {Uint8Array | null} */ (binary) };
}
