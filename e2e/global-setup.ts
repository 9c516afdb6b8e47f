import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../src/command/paths.mjs';
import { isBuilt, needBuild } from '../src/command/prepare.mjs';
import { serveSite } from '../src/command/serve.mjs';

/** Build folder of the page for the encoder's parity test: not part of the site, and kept between runs. */
export const PARITY_DIST = join(ROOT, '.cache/parity');

/** Builds the site when it is out of date, serves it, and gives its address to the tests. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  needBuild();
  if (!isBuilt(join(PARITY_DIST, 'index.html'), ['e2e/parity'])) {
    await build({
      root: join(ROOT, 'e2e/parity'),
      configFile: join(ROOT, 'vite.config.ts'),
      publicDir: false,
      logLevel: 'warn',
      build: { outDir: PARITY_DIST, emptyOutDir: true },
    });
  }
  const { url, close } = await serveSite(4273);
  process.env.PORTOLAN_URL = url;
  return close;
}
