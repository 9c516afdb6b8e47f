/**
 * npm run bench:read [-- --times 3] [--only csv,vectors] [--scale 1]
 *
 * What reading costs in Node: processor seconds (all threads) from the first byte to the last part handed over, seconds
 * by the clock, and the highest resident memory of the process, of which the bare process has some 60 MB. Makes its
 * files in a temporary folder. Each reading has a process of its own, joins the parts as the page does, and is repeated
 * `--times` times, all files in turn; the medians are printed. `--scale .1` reads a tenth of the rows.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, openAsBlob, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleForNode } from '../../src/command/load-typescript.mjs';
import { writeCsv, writeParquet } from './read/test-files.mjs';

/**
 * @typedef {{ name: string, file: string, make: (path: string, scale: number) => Promise<void> }} Subject
 * @typedef {{ papers: number, vectors: number[], processor: number, clock: number, peak: number }} Figures
 */

/** @type {Subject[]} */
const SUBJECTS = [
  {
    name: 'csv: 50,000 rows of 8 columns',
    file: 'rows.csv',
    make: (path, scale) => writeCsv(path, 50_000 * scale),
  },
  {
    name: 'vectors: 100,000 × 384 with title and text, Parquet',
    file: 'vectors.parquet',
    make: (path, scale) => writeParquet(path, { rows: 100_000 * scale, dimensions: 384, hasText: true }),
  },
  {
    name: 'million: 1,000,000 titles × 64, Parquet',
    file: 'million.parquet',
    make: (path, scale) => writeParquet(path, { rows: 1_000_000 * scale, dimensions: 64, hasText: false }),
  },
];

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    scale: { type: 'string', default: '1' },
    // Used by the processes that this one starts.
    read: { type: 'string', default: '' },
    entry: { type: 'string', default: '' },
  },
});

if (values.read !== '') console.log(JSON.stringify(await measure(values.read, values.entry)));
else await compare();

/**
 * Reads one file in this process.
 * @param {string} path
 * @param {string} entry the bundled reader
 * @returns {Promise<Figures>}
 */
async function measure(path, entry) {
  const { readInputs, makePartCollector } = await import(pathToFileURL(entry).href);
  const blob = await openAsBlob(path);
  const collector = makePartCollector();
  const began = performance.now();
  const before = process.cpuUsage();
  const { failure } = await readInputs([{ name: path, blob }], {}, collector.receive, () => undefined);
  const { user, system } = process.cpuUsage(before);
  if (failure) throw new Error(failure.message);
  return {
    papers: collector.corpus().papers.length,
    vectors: collector.vectors().map((/** @type {{ dimensions: number }} */ { dimensions }) => dimensions),
    processor: (user + system) / 1e6,
    clock: (performance.now() - began) / 1000,
    peak: process.resourceUsage().maxRSS / 1024,
  };
}

async function compare() {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-read-'));
  try {
    const wanted = values.only.split(',').filter(Boolean);
    const subjects = SUBJECTS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
    for (const { file, make } of subjects) await make(join(folder, file), Number(values.scale));
    const entry = await bundleForNode('e2e/bench/read/bench-entry.ts', folder);
    const figures = subjects.map(() => /** @type {Figures[]} */ ([]));
    for (let round = 0; round < Number(values.times); round++) {
      for (const [i, { file }] of subjects.entries()) figures[i].push(measureApart(join(folder, file), entry));
    }
    console.log('| | file, MB | papers | processor s | clock s | peak MB |');
    console.log('|---|---|---|---|---|---|');
    for (const [i, { name, file }] of subjects.entries()) {
      const size = statSync(join(folder, file)).size / 1024 ** 2;
      const of = (/** @type {'processor' | 'clock' | 'peak'} */ key) => median(figures[i].map((each) => each[key]));
      const [{ papers }] = figures[i];
      console.log(
        `| ${name} | ${size.toFixed(0)} | ${papers} | ${of('processor').toFixed(1)} | ${of('clock').toFixed(1)} | ${of('peak').toFixed(0)} |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} path @param {string} entry @returns {Figures} */
function measureApart(path, entry) {
  const args = [fileURLToPath(import.meta.url), '--read', path, '--entry', entry];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`reading ${path} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** @param {number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
}
