/**
 * npm run bench:encode [-- --texts 96] [--times 1] [--memory 5000] [--only ours,bare] [--mixed]
 *
 * One table: seed papers of one window through our pool (1 and 2 workers, the weight-only file, the budget of 128 word
 * pieces), a bare loop over onnxruntime-web, and the pipeline of transformers.js with its defaults at 32 a batch, all in
 * one Chromium; the last with the runtime that it fetches by itself, the others with the plain one. Word pieces a second by the clock and by processor time (the page's process
 * alone, so that other work on the machine counts less); the 15 nearest that agree with those of the weight-only file.
 * Two bare loops at once tell what two workers can bring on this machine at most. With `--mixed` every second text is cut
 * to its first sentence or so, in the order of the list: what padding to a batch costs. The best of `--times` rounds. Then the memory that short texts leave behind. Needs a built site.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, needChromium } from '../../src/command/chromium.mjs';
import { ROOT } from '../../src/command/paths.mjs';
import { needBuild } from '../../src/command/prepare.mjs';
import { serveSite } from '../../src/command/serve.mjs';

const WINDOW = 256;
const NEIGHBORS = 15;
const PORT = 4283;
/** Of the peer; also in peer.worker.ts. */
const BATCH = 32;
const CUT_CHARACTERS = 120;
/** A memory step that is measured after each of these. */
const STEP = 1000;

/**
 * @typedef {import('./encode/bench.ts').BenchDoor} BenchDoor
 * @typedef {import('./encode/bench.ts').Contender} Contender
 * @typedef {{ benchDoor: BenchDoor }} BenchWindow
 * @typedef {{ name: string, contender: Contender, options: { workers?: number, dtype?: 'int8', budget?: number } }} Entry
 * @typedef {{ page: import('@playwright/test').Page, cpu: () => Promise<number>, rss: () => number }} Lab
 * @typedef {{ ms: number, cpuMs: number, vectors: number[][] }} Figures
 */

/** @type {Entry[]} */
const ENTRIES = [
  { name: 'weights only, 1 worker', contender: 'ours', options: { dtype: 'int8' } },
  { name: 'ours, 1 worker', contender: 'ours', options: {} },
  { name: 'bare onnxruntime-web', contender: 'bare', options: {} },
  { name: 'ours, 2 workers', contender: 'ours', options: { workers: 2 } },
  { name: 'two bare loops', contender: 'bare', options: { workers: 2 } },
  { name: 'ours, 128 pieces', contender: 'ours', options: { budget: 128 } },
  { name: 'transformers.js, 32 a batch', contender: 'pipeline', options: {} },
];

const { values } = parseArgs({
  options: {
    texts: { type: 'string', default: '96' },
    times: { type: 'string', default: '1' },
    memory: { type: 'string', default: '5000' },
    only: { type: 'string', default: '' },
    mixed: { type: 'boolean', default: false },
  },
});

needBuild();
const out = join(tmpdir(), `portolan-bench-encode-${process.pid}`);
const { build } = await import('vite');
await build({
  root: join(ROOT, 'e2e/bench/encode'),
  configFile: join(ROOT, 'vite.config.ts'),
  publicDir: false,
  logLevel: 'error',
  build: { outDir: out, emptyOutDir: true },
});
const { url, close } = await serveSite(PORT);
const browser = await chromium.launch({ executablePath: needChromium() ?? '', args: CHROMIUM_ARGS });
try {
  const lab = await openLab();
  if (Number(values.texts) > 0) await compare(lab);
  if (Number(values.memory) > 0) await measureMemory(lab);
} finally {
  await browser.close();
  await close();
}

/** @returns {Promise<Lab>} */
async function openLab() {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  /** @type {Record<string, string>} */
  const contentTypes = { html: 'text/html', js: 'text/javascript' };
  await page.context().route('**/{bench.html,assets/**}', (route) => {
    const path = new URL(route.request().url()).pathname.replace('/bench.html', '/index.html');
    const contentType = contentTypes[path.split('.').pop() ?? ''] ?? 'application/octet-stream';
    return route.fulfill({ path: join(out, path), contentType });
  });
  await page.goto(`${url}bench.html`);
  await page.waitForFunction(() => 'benchDoor' in window);
  const session = await browser.newBrowserCDPSession();
  const renderers = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer');
  };
  const pids = (await renderers()).map(({ id }) => id);
  return {
    page,
    cpu: async () => (await renderers()).reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0),
    rss: () => pids.reduce((sum, pid) => sum + residentMb(pid), 0),
  };
}

/** Resident megabytes of a process; Linux alone. @param {number} pid */
function residentMb(pid) {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * 4096) / 1e6;
}

/** @param {Lab} lab */
async function compare(lab) {
  const papers = seedTexts();
  const lengths = await lab.page.evaluate(
    (all) => /** @type {BenchWindow} */ (/** @type {unknown} */ (window)).benchDoor.pieces(all),
    papers,
  );
  const fitting = papers.filter((_, i) => lengths[i] <= WINDOW).slice(0, Number(values.texts));
  const pieces = fitting.reduce((sum, text) => sum + lengths[papers.indexOf(text)], 0);
  const counts = fitting.map((text) => lengths[papers.indexOf(text)]);
  console.log(`${fitting.length} texts, ${pieces} word pieces, ${padded(counts)} when padded to batches of ${BATCH}`);
  console.log('| | pieces a second | a second of processor time | agreement at 15 |');
  console.log('|---|---|---|---|');
  const only = values.only.split(',').filter(Boolean);
  /** @type {number[][] | null} */
  let reference = null;
  for (const entry of ENTRIES.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)))) {
    const best = await measure(lab, entry, fitting);
    reference ??= best.vectors;
    const rates = [best.ms, best.cpuMs].map((ms) => Math.round((1000 * pieces) / ms));
    console.log(`| ${entry.name} | ${rates.join(' | ')} | ${agreement(best.vectors, reference).toFixed(3)} |`);
  }
}

/** Word pieces with the padding of batches as they come. @param {number[]} counts */
function padded(counts) {
  let sum = 0;
  for (let from = 0; from < counts.length; from += BATCH) {
    const batch = counts.slice(from, from + BATCH);
    sum += batch.length * Math.max(...batch);
  }
  return sum;
}

/** @param {Lab} lab @param {Entry} entry @param {string[]} texts @returns {Promise<Figures>} */
async function measure({ page, cpu }, { contender, options }, texts) {
  /** @type {Figures[]} */
  const rounds = [];
  for (let time = 0; time < Number(values.times); time++) {
    await ready(page, contender, options);
    const before = await cpu();
    const { ms, vectors } = await run(page, texts);
    rounds.push({ ms, cpuMs: (await cpu()) - before, vectors });
    await end(page);
  }
  const least = (/** @type {'ms' | 'cpuMs'} */ key) => Math.min(...rounds.map((round) => round[key]));
  return { ms: least('ms'), cpuMs: least('cpuMs'), vectors: rounds[0].vectors };
}

/** @param {Lab} lab */
async function measureMemory({ page, rss }) {
  await ready(page, 'ours', {});
  console.log('memory of the page and one worker after so many short texts:');
  const count = Number(values.memory);
  let first = Number.NaN;
  for (let from = 0; from < count; from += STEP) {
    const texts = Array.from({ length: STEP }, (_, i) => `Text ${from + i} on a matter of its own.`);
    await run(page, texts);
    const mb = rss();
    if (from === 0) first = mb;
    console.log(`${from + STEP}: ${mb.toFixed(1)} MB`);
    if (from + STEP >= count && from > 0) console.log(`${(((mb - first) * STEP) / from).toFixed(2)} MB a thousand`);
  }
  await end(page);
}

/** @param {import('@playwright/test').Page} page @param {Contender} contender @param {Entry['options']} options */
async function ready(page, contender, options) {
  await page.evaluate(
    ([who, how]) => /** @type {BenchWindow} */ (/** @type {unknown} */ (window)).benchDoor.ready(who, how),
    /** @type {[Contender, Entry['options']]} */ ([contender, options]),
  );
}

/** @param {import('@playwright/test').Page} page @param {string[]} texts */
function run(page, texts) {
  return page.evaluate((all) => /** @type {BenchWindow} */ (/** @type {unknown} */ (window)).benchDoor.run(all), texts);
}

/** @param {import('@playwright/test').Page} page */
async function end(page) {
  await page.evaluate(() => /** @type {BenchWindow} */ (/** @type {unknown} */ (window)).benchDoor.end());
}

/** The seed listings' papers as the page embeds them, but for the cleaning. */
function seedTexts() {
  const folder = join(ROOT, 'public/data');
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  const lines = names.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(2));
  const texts = lines.flatMap((line, i) => (i % 2 === 0 && lines[i + 1] ? [`${line}. ${lines[i + 1]}`] : []));
  const some = [...new Set(texts)].slice(0, 2 * Number(values.texts));
  return values.mixed ? some.map((text, i) => (i % 2 === 0 ? text : text.slice(0, CUT_CHARACTERS))) : some;
}

/** Share of the 15 nearest that two sets of vectors have in common. @param {number[][]} a @param {number[][]} b */
function agreement(a, b) {
  const [one, other] = [nearest(a), nearest(b)];
  const common = one.map((row, i) => row.filter((j) => other[i].includes(j)).length);
  return common.reduce((sum, count) => sum + count, 0) / (a.length * NEIGHBORS);
}

/** @param {number[][]} vectors @returns {number[][]} */
function nearest(vectors) {
  return vectors.map((vector, i) => {
    const near = vectors.map((other, j) => ({ j, dot: vector.reduce((sum, value, d) => sum + value * other[d], 0) }));
    near.sort((a, b) => b.dot - a.dot);
    return near
      .filter(({ j }) => j !== i)
      .slice(0, NEIGHBORS)
      .map(({ j }) => j);
  });
}
