/**
 * npm run bench:render [-- --rows 10000,100000,1000000] [--times 3] [--peer DIR] [--page 100000]
 *
 * One table: our renderer and regl-scatterplot (`--peer`: a folder in which the npm tarballs of regl-scatterplot, regl and
 * pub-sub-es are unpacked, each in a folder of its name; "not here" without it) on the same papers and canvas in the same
 * Chromium, each in a page of its own, turn by turn; medians of `--times`. CPU is time of the page's main thread: GL is
 * software here, and its own threads' time is in the columns of the clock alone. Memory is what the page holds after a
 * garbage collection beyond what it held before, JavaScript's heap and its buffers, without workers; GL is what buffers and
 * textures hold. Then the page itself with a map of `--page` papers (0 = not): panned, pointed at, circled and brushed by
 * a real pointer. That part needs a built site.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { needChromium, WHOLE_GL_ARGS } from '../../src/command/chromium.mjs';
import { loadTypeScript } from '../../src/command/load-typescript.mjs';
import { ROOT } from '../../src/command/paths.mjs';
import { measurePage } from './bench-render-page.mjs';
import { heapScale, quantile, threadClock } from './main-thread.mjs';

/** No server listens there: everything is answered from a folder. */
const ORIGIN = 'https://bench.invalid';
/** An isolated page's clock is 20 times as fine. */
const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
const PAN_FRAMES = 60;
const HOVERS = 300;
const LASSOS = 5;

/**
 * @typedef {import('./render/bench.ts').BenchDoor} BenchDoor
 * @typedef {import('./render/bench.ts').Contender} Contender
 * @typedef {{ upload: number, uploadCpu: number, pan: number, clock: number, calls: number, objects: string, gl: number,
 *   heap: number, first: number, hover: number, hoverP95: number, lasso: number, idle: number }} Figures
 */

/** @type {readonly (readonly [string, (figures: Figures) => number | string])[]} */
const COLUMNS = [
  ['upload, ms by the clock', (f) => f.upload],
  ['CPU ms', (f) => f.uploadCpu],
  ['pan, CPU ms a frame', (f) => f.pan],
  ['ms between frames', (f) => f.clock],
  ['draw calls', (f) => String(f.calls)],
  ['buffers · programs · textures', (f) => f.objects],
  ['GL MB', (f) => f.gl],
  ['heap MB', (f) => f.heap],
  ['first hover, CPU ms', (f) => f.first],
  ['hover, CPU ms', (f) => f.hover],
  ['p95 by the clock', (f) => f.hoverP95],
  ['lasso and its picture, CPU ms', (f) => f.lasso],
  ['callbacks in 60 idle frames', (f) => String(f.idle)],
];

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000,100000,1000000' },
    times: { type: 'string', default: '3' },
    peer: { type: 'string', default: '' },
    page: { type: 'string', default: '100000' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-render-'));
const browser = await chromium.launch({ executablePath: needChromium() ?? '', args: WHOLE_GL_ARGS });
try {
  const rows = values.rows.split(',').map(Number).filter(Boolean);
  if (rows.length > 0) await compareAll(rows);
  if (Number(values.page) > 0) await measurePage(browser, await mapFile(Number(values.page)));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** @param {number[]} rows */
async function compareAll(rows) {
  await buildBench();
  const peer = await buildPeer();
  console.log(`| papers | | ${COLUMNS.map(([name]) => name).join(' | ')} |`);
  console.log(`|---|---|${COLUMNS.map(() => '---').join('|')}|`);
  for (const n of rows) await compare(n, peer);
}

/** @param {number} n @param {string} peer its address, '' = not here */
async function compare(n, peer) {
  /** @type {Contender[]} */
  const contenders = peer ? ['ours', 'regl-scatterplot'] : ['ours'];
  /** @type {Map<Contender, Figures[]>} */
  const all = new Map(contenders.map((contender) => [contender, []]));
  for (let time = 0; time < Number(values.times); time++) {
    for (const contender of contenders) all.get(contender)?.push(await measure(contender, n, peer));
  }
  /** @type {(number | string)[]} */
  let own = [];
  for (const [contender, runs] of all) {
    const cells = COLUMNS.map(([, read]) => middle(runs.map(read)));
    const ratios = cells.map((cell, c) => (contender === 'ours' ? '' : ratio(cell, own[c])));
    if (contender === 'ours') own = cells;
    console.log(`| ${n} | ${contender} | ${cells.map((cell, c) => show(cell) + ratios[c]).join(' | ')} |`);
  }
  if (!peer) console.log(`| ${n} | regl-scatterplot | ${COLUMNS.map(() => 'not here').join(' | ')} |`);
}

/** @param {Contender} contender @param {number} n @param {string} peer @returns {Promise<Figures>} */
async function measure(contender, n, peer) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => console.error(`${contender}: ${error.message}`));
  await page.route(`${ORIGIN}/**`, (route) => {
    const path = join(folder, new URL(route.request().url()).pathname);
    const contentType = path.endsWith('.html') ? 'text/html' : 'text/javascript';
    return existsSync(path) ? route.fulfill({ path, contentType, headers: ISOLATION }) : route.fulfill({ status: 404 });
  });
  await page.goto(`${ORIGIN}/index.html`);
  await page.waitForFunction(() => 'benchDoor' in window);
  // Functions that are handed to the page do not bring others along.
  await page.evaluate(`globalThis.door = ${door}`);
  const heap = await heapScale(page);
  const clock = await threadClock(page);
  await page.evaluate((count) => door().prepare(count), n);
  const before = await heap();
  const cpu = { began: await clock(), loaded: 0, panned: 0, first: 0, hovered: 0, circled: 0, ended: 0 };
  const ms = await page.evaluate(([who, at]) => door().load(who, at), /** @type {const} */ ([contender, peer]));
  cpu.loaded = await clock();
  const pan = await page.evaluate((frames) => door().pan(frames), PAN_FRAMES);
  cpu.panned = await clock();
  await page.evaluate(() => door().hover(1));
  cpu.first = await clock();
  const hover = await page.evaluate((times) => door().hover(times), HOVERS);
  cpu.hovered = await clock();
  const ledger = await page.evaluate(() => door().ledger());
  const held = (await heap()) - before;
  cpu.circled = await clock();
  const { found } = await page.evaluate((times) => door().lasso(times), LASSOS);
  cpu.ended = await clock();
  const idle = await page.evaluate(() => door().idle(60));
  if (idle.drawCalls > 0) console.error(`${contender} drew ${idle.drawCalls} times while idle`);
  if (found < n / 20) console.error(`${contender} found ${found} papers in the lasso`);
  await page.close();
  return {
    upload: ms,
    uploadCpu: cpu.loaded - cpu.began,
    pan: (cpu.panned - cpu.loaded) / PAN_FRAMES,
    clock: quantile(pan.clockMs, 0.5),
    calls: pan.drawCalls,
    objects: `${ledger.buffers} · ${ledger.programs} · ${ledger.textures}`,
    gl: ledger.bytes / 1e6,
    heap: held / 1e6,
    first: cpu.first - cpu.panned,
    hover: (cpu.hovered - cpu.first) / HOVERS,
    hoverP95: quantile(hover, 0.95),
    lasso: (cpu.ended - cpu.circled) / LASSOS,
    idle: idle.callbacks,
  };
}

/** Runs in the page, where a script of Playwright's finds it as a global. @returns {BenchDoor} */
function door() {
  return /** @type {{ benchDoor: BenchDoor }} */ (/** @type {unknown} */ (window)).benchDoor;
}

async function buildBench() {
  const { build } = await import('vite');
  await build({
    root: join(ROOT, 'e2e/bench/render'),
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    resolve: { alias: { '@plotly/regl': '@plotly/regl/dist/regl.unchecked.js' } },
    build: { outDir: folder, emptyOutDir: false, target: 'es2022' },
  });
}

/** The peer as one module. @returns {Promise<string>} its address; '' when it is not here */
async function buildPeer() {
  const from = values.peer && resolve(values.peer);
  const known = ['regl-scatterplot', 'regl', 'pub-sub-es'];
  if (!from || !known.every((name) => existsSync(join(from, name, 'package.json')))) return '';
  const { build } = await import('vite');
  const alias = Object.fromEntries(known.map((name) => [name, mainOf(join(from, name))]));
  const entry = join(folder, 'peer-entry.mjs');
  writeFileSync(entry, `export { default } from ${JSON.stringify(alias['regl-scatterplot'])};\n`);
  await build({
    root: folder,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    resolve: { alias },
    build: { outDir: folder, emptyOutDir: false, lib: { entry, formats: ['es'], fileName: () => 'peer.js' } },
  });
  return `${ORIGIN}/peer.js`;
}

/** @param {string} folderOfPackage @returns {string} */
function mainOf(folderOfPackage) {
  const { module, main } = JSON.parse(readFileSync(join(folderOfPackage, 'package.json'), 'utf8'));
  return join(folderOfPackage, module ?? main);
}

/** @param {number} n @returns {Promise<{ rows: number, bytes: Buffer }>} */
async function mapFile(n) {
  /** @type {typeof import('../../src/render/fixtures/synthetic-map.ts')} */
  const { syntheticMapFile } = await loadTypeScript('src/render/fixtures/synthetic-map.ts');
  return { rows: n, bytes: Buffer.from(syntheticMapFile(n)) };
}

/** @param {(number | string)[]} cells of the same column */
function middle(cells) {
  const numbers = cells.filter((cell) => typeof cell === 'number');
  return numbers.length > 0 ? quantile(numbers, 0.5) : cells[0];
}

/** @param {number | string} cell */
function show(cell) {
  if (typeof cell === 'string') return cell;
  return cell >= 100 ? cell.toFixed(0) : cell >= 1 ? cell.toFixed(1) : cell.toFixed(3);
}

/** @param {number | string} cell @param {number | string} own */
function ratio(cell, own) {
  if (typeof cell === 'string' || typeof own === 'string' || !(own > 0)) return '';
  return ` (${(cell / own).toFixed(cell / own < 10 ? 1 : 0)} ×)`;
}
