/**
 * npm run names -- FILE.parquet…
 *
 * Whether the names of maps stand where their topics are, over a sweep of zooms and middles in three windows: names more
 * than 24 px from their nearest paper, names at a piece that holds less than a third of their topic, and the dots under
 * names. Ends with 1 if there is a fault.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadTypeScript } from '../../src/command/load-typescript.mjs';
import { ROOT } from '../../src/command/paths.mjs';

/** @typedef {typeof import('./names/names-entry.ts')} Entry */

const files = process.argv.slice(2);
const { checkNames } = /** @type {Entry} */ (await loadTypeScript('e2e/bench/names/names-entry.ts'));
let faults = 0;
for (const path of files.length > 0 ? files : [join(ROOT, 'public/data/sample.parquet')]) {
  for (const found of await checkNames(new Uint8Array(readFileSync(path)).buffer)) {
    const { widthPx, views, names, far, onSpecks, overviewNames, overviewCovered, covering, covered } = found;
    faults += far + onSpecks;
    console.log(
      `${basename(path)} ${widthPx} px: ${names} names in ${views} views, ${far} far, ${onSpecks} on specks; ` +
        `at the overview ${overviewNames} names over ${overviewCovered} dots; in all ${covering} names over ${covered} dots`,
    );
    for (const line of found.lines) console.log(`  ${line}`);
  }
}
process.exitCode = faults > 0 ? 1 : 0;
