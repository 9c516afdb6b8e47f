/**
 * npm run bench:project [-- --rows seeds,2000,10000,50000] [--peers ours,umap-js] [--times 3] [--umap-js-most 10000]
 *   [--python PATH] [--atlas DIR]
 *
 * One table: the whole way from vectors to positions for ours, ours with a second thread for the neighbours, umap-js (up
 * to 10,000 papers unless told), umap-learn (a Python that has it, one thread) and Embedding Atlas (a folder with its
 * unpacked npm tarball). Each peer runs in a process of its own, turn by turn, on the same vectors and epochs; medians.
 * Seconds are of processor time, all threads together, but for the column of the clock. Memory is the peak of the
 * process without what it held before it had the vectors. A peer that is not there is skipped with a line.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleForNode } from '../../src/command/load-typescript.mjs';
import { ROOT } from '../../src/command/paths.mjs';

const COLS = 384;
const READ_BYTES = 2 ** 24;
const PEERS = ['ours', 'ours-two-threads', 'umap-js', 'umap-learn', 'embedding-atlas'];

/**
 * @typedef {{ name: string, path: string, rows: number, epochs: number }} Data
 * @typedef {{ neighborSeconds: number, layoutSeconds: number, wallSeconds: number, memoryMb: number, held: number }} Figures
 * @typedef {typeof import('./project/bench-entry.ts')} Entry
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: 'seeds,2000,10000,50000' },
    peers: { type: 'string', default: PEERS.join(',') },
    times: { type: 'string', default: '3' },
    'umap-js-most': { type: 'string', default: '10000' },
    python: { type: 'string', default: 'python3' },
    atlas: { type: 'string', default: '' },
    // For the processes of the peers.
    one: { type: 'string' },
  },
});
/** Peers that are not here: said once. @type {Set<string>} */
const skipped = new Set();
if (values.one) await runOne(JSON.parse(values.one));
else await runAll();

async function runAll() {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    const entry = await buildEntry(folder);
    console.log(
      '| papers | epochs | peer | kNN s | layout s | total s | clock s | ×ours | memory MB | recall | kept | trust |',
    );
    console.log('|---|---|---|---|---|---|---|---|---|---|---|---|');
    for (const name of values.rows.split(',')) await compare(await makeData(entry, name, folder), entry, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder @returns {Promise<Entry>} */
async function buildEntry(folder) {
  return import(pathToFileURL(await bundleForNode('e2e/bench/project/bench-entry.ts', folder)).href);
}

/** @param {Entry} entry @param {string} name @param {string} folder @returns {Promise<Data>} */
async function makeData(entry, name, folder) {
  const vectors =
    name === 'seeds'
      ? await entry.sampleVectors(join(ROOT, 'public/data/sample.parquet'))
      : entry.clusteredMatrix(Number(name), COLS, 100);
  const path = join(folder, `${name}.f32`);
  writeFileSync(path, new Uint8Array(vectors.data.buffer));
  return { name, path, rows: vectors.rows, epochs: vectors.rows <= 10_000 ? 500 : 200 };
}

/** @param {Data} data @param {Entry} entry @param {string} folder */
async function compare(data, entry, folder) {
  const peers = values.peers
    .split(',')
    .filter((peer) => peer !== 'umap-js' || data.rows <= Number(values['umap-js-most']));
  /** @type {Map<string, Figures[]>} */
  const all = new Map(peers.map((peer) => [peer, []]));
  for (let time = 0; time < Number(values.times); time++) {
    for (const peer of peers) {
      const figures = startPeer(peer, data, join(folder, `${peer}.out`), folder);
      if (figures) all.get(peer)?.push(figures);
    }
  }
  const vectors = readVectors(data);
  const exact = await entry.exactNeighbors(vectors);
  let ours = Number.NaN;
  for (const [peer, runs] of all) {
    if (runs.length === 0) continue;
    const [neighbors, layout, total, wall] = [
      median(runs.map((run) => run.neighborSeconds)),
      median(runs.map((run) => run.layoutSeconds)),
      median(runs.map((run) => run.neighborSeconds + run.layoutSeconds)),
      median(runs.map((run) => run.wallSeconds)),
    ];
    if (peer === 'ours') ours = total;
    const out = join(folder, `${peer}.out`);
    const quality = entry.qualityOf(vectors, floatsOf(out));
    const held = runs[0].held;
    const recall = held > 0 ? recallOf(readFileSync(`${out}.neighbors`), exact, held).toFixed(4) : '–';
    const memory = Math.round(median(runs.map((run) => run.memoryMb)));
    const times = [neighbors, layout, total, wall].map((seconds) => seconds.toFixed(2)).join(' | ');
    const kept = `${quality?.neighborPreservation.toFixed(3)} | ${quality?.trustworthiness.toFixed(3)}`;
    const ratio = (total / ours).toFixed(1);
    console.log(`| ${data.rows} | ${data.epochs} | ${peer} | ${times} | ${ratio} | ${memory} | ${recall} | ${kept} |`);
  }
}

/** @param {string} peer @param {Data} data @param {string} out @param {string} folder @returns {Figures | null} */
function startPeer(peer, data, out, folder) {
  const { path, rows, epochs } = data;
  if (peer === 'embedding-atlas' && !values.atlas) return skip(peer, 'no --atlas folder with its unpacked tarball');
  const order = JSON.stringify({
    peer,
    path,
    rows,
    cols: cols(data),
    epochs,
    out,
    folder,
    atlas: resolve(values.atlas),
  });
  const [command, parts] =
    peer === 'umap-learn'
      ? [values.python, ['bench-umap-learn.py', path, rows, cols(data), epochs, 1, 1, out]]
      : [process.execPath, ['bench-project.mjs', '--one', order]];
  const [file, ...rest] = parts.map(String);
  const { status, stdout, stderr } = spawnSync(command, [join(import.meta.dirname, file), ...rest], {
    encoding: 'utf8',
  });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  return skip(peer, (stderr ?? '').trim().split('\n').at(-1) || `${command} could not be started`);
}

/** @param {string} peer @param {string} why @returns {null} */
function skip(peer, why) {
  if (!skipped.has(peer)) console.error(`${peer} is skipped: ${why}`);
  skipped.add(peer);
  return null;
}

/** @param {{ peer: string, path: string, rows: number, cols: number, epochs: number, out: string, folder: string, atlas: string }} order */
async function runOne({ peer, path, rows, cols, epochs, out, folder, atlas }) {
  /** @type {Entry} */
  const entry = await import(pathToFileURL(join(folder, 'bench-entry.js')).href);
  const before = peakMb();
  const vectors = { data: floatsOf(path), rows, cols };
  /** @type {Record<string, () => ReturnType<Entry['runOurs']>>} */
  const runs = {
    ours: () => entry.runOurs(vectors, epochs, 1),
    'ours-two-threads': () => entry.runOurs(vectors, epochs, 1, 2),
    'umap-js': () => entry.runUmapJs(vectors, epochs, 1),
    'embedding-atlas': () => runAtlas(vectors, epochs, atlas),
  };
  const run = await runs[peer]();
  writeFileSync(out, new Uint8Array(run.positions.buffer));
  if (run.neighbors) writeFileSync(`${out}.neighbors`, new Uint8Array(run.neighbors.buffer));
  const memoryMb = peakMb() - before;
  const { neighborSeconds, layoutSeconds, wallSeconds } = run;
  console.log(JSON.stringify({ neighborSeconds, layoutSeconds, wallSeconds, memoryMb, held: run.neighbors ? 15 : 0 }));
  process.exit(0);
}

/** The peak of this process's memory. Linux's `maxRSS` begins at that of the process which started this one. */
function peakMb() {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s*(\d+) kB$/mu.exec(status)?.[1];
  return kilobytes ? Number(kilobytes) / 1024 : process.resourceUsage().maxRSS / 1024;
}

/** @param {Data} data */
function readVectors(data) {
  return { data: floatsOf(data.path), rows: data.rows, cols: cols(data) };
}

/** @param {Data} data */
function cols({ path, rows }) {
  return statSync(path).size / 4 / rows;
}

/** @param {string} path */
function floatsOf(path) {
  // Straight into its place: a second copy would count as the memory of the peer.
  const bytes = new Uint8Array(statSync(path).size);
  const file = openSync(path, 'r');
  for (let at = 0; at < bytes.length; ) at += readSync(file, bytes, at, Math.min(READ_BYTES, bytes.length - at), at);
  closeSync(file);
  return new Float32Array(bytes.buffer);
}

/** @param {Uint8Array} bytes @param {Int32Array} exact 15 a row @param {number} held @returns {number} */
function recallOf(bytes, exact, held) {
  const found = new Int32Array(new Uint8Array(bytes).buffer);
  const n = exact.length / 15;
  let hits = 0;
  for (let i = 0; i < n; i++) {
    const nearest = new Set(exact.subarray(i * 15, i * 15 + held));
    for (const j of found.subarray(i * held, (i + 1) * held)) if (nearest.has(j)) hits++;
  }
  return hits / (n * held);
}

/** @param {number[]} numbers */
function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

/**
 * Embedding Atlas's own neighbours, start and optimiser.
 * @param {{ data: Float32Array, rows: number, cols: number }} vectors @param {number} epochs @param {string} folder
 */
async function runAtlas({ data, rows, cols }, epochs, folder) {
  const { createUMAP } = await import(pathToFileURL(join(folder, 'dist/umap.js')).href);
  const seconds = () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;
  const [began, beganMs] = [seconds(), performance.now()];
  const umap = await createUMAP(rows, cols, 2, data, { metric: 'cosine', nNeighbors: 15, nEpochs: epochs, seed: 1 });
  const between = seconds();
  await umap.run();
  const layoutSeconds = seconds() - between;
  const positions = Float32Array.from(await umap.embedding);
  const wallSeconds = (performance.now() - beganMs) / 1000;
  return { neighborSeconds: between - began, layoutSeconds, wallSeconds, positions, neighbors: null };
}
