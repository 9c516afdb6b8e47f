/**
 * npm run bench:layout -- [FILE.parquet …] [--seeds 42,7] [--labels category]
 *
 * One table: how layouts of the vectors in map files (default: the sample) fill their ground, and what
 * that costs: before (spread 1, as the optimiser left them) and after. Ground: the share of a grid of 24 × 15 over a
 * canvas of 16:10 that holds papers. Kept: neighbours kept, of 15; trust: trustworthiness. Topics: the V-measure of the
 * finest topics and the column --labels, where a file has it. Means over the seeds. Both begin on principal components.
 */
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTypeScript } from '../../src/command/load-typescript.mjs';
import { ROOT } from '../../src/command/paths.mjs';

/** @typedef {typeof import('./layout/layout-entry.ts')} Entry */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string', default: '42,7' }, labels: { type: 'string', default: 'category' } },
});
const files = positionals.length > 0 ? positionals : [join(ROOT, 'public/data/sample.parquet')];
const seeds = values.seeds.split(',').map(Number);
/** @type {Entry} */
const entry = await loadTypeScript('e2e/bench/layout/layout-entry.ts');
console.log('| map | papers | layout | ground % | kept | trust | topics V | CPU s |');
console.log('|---|---|---|---|---|---|---|---|');
for (const file of files) {
  const laboratory = await entry.openVectors(file, values.labels);
  for (const isOld of [true, false]) {
    /** @type {import('./layout/layout-entry.ts').LayoutFigures[]} */
    const runs = [];
    for (const seed of seeds) runs.push(await entry.layOut(laboratory, seed, isOld));
    /** @param {(figures: typeof runs[number]) => number} of */
    const mean = (of) => runs.reduce((sum, run) => sum + of(run) / runs.length, 0);
    const topics = runs.some((run) => run.topics === null) ? '–' : mean((run) => run.topics ?? 0).toFixed(3);
    const ground = (100 * mean((run) => run.ground)).toFixed(1);
    const kept = `${mean((run) => run.kept).toFixed(4)} | ${mean((run) => run.trust).toFixed(4)}`;
    const start = `| ${basename(file, '.parquet')} | ${runs[0].papers} | ${isOld ? 'before' : 'now'}`;
    console.log(`${start} | ${ground} | ${kept} | ${topics} | ${mean((run) => run.seconds).toFixed(2)} |`);
  }
}
