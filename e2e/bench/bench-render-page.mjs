import { needBuild } from '../../src/command/prepare.mjs';
import { serveSite } from '../../src/command/serve.mjs';
import { quantile, threadClock } from './main-thread.mjs';

const PORT = 4284;
const STEPS = 60;
const PANS = 4;
const PAN_STEPS = 30;
const LASSOS = 5;
/** Where the pointer is at a step: to and fro, so that the map stays in view. */
const swing = (/** @type {number} */ step) => Math.sin((2 * Math.PI * step) / STEPS);

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ page: Page, clock: () => Promise<number> }} Lab */

/**
 * Prints what a step of the hand costs the main thread of the built page, all in all: event, state, React, filters, labels,
 * upload, draw calls. A step ends with the second frame after it; what reading the clock costs is a row of its own.
 * @param {import('@playwright/test').Browser} browser
 * @param {{ rows: number, bytes: Buffer }} map
 */
export async function measurePage(browser, { rows, bytes }) {
  needBuild();
  const { url, close } = await serveSite(PORT);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(120_000);
    page.on('pageerror', (error) => console.error(error.message));
    await page.addInitScript(countUploads);
    await page.route('**/synthetic.parquet', (route) => route.fulfill({ body: bytes }));
    const began = performance.now();
    await page.goto(`${url}#map=synthetic.parquet`);
    await page.locator('.app[data-phase="idle"] .card-count').waitFor();
    console.log(
      `\nthe page with ${rows} papers, ready ${Math.round(performance.now() - began)} ms after it was asked for`,
    );
    console.log('| step | CPU ms, p50 | p95 | bytes to the GPU, most |');
    console.log('|---|---|---|---|');
    const lab = { page, clock: await threadClock(page) };
    // The search index and whatever else waits for an idle moment.
    await page.waitForTimeout(5000);
    await row(lab, 'nothing', STEPS, async () => undefined);
    await pan(lab);
    await hover(lab);
    await brush(lab);
    await lasso(lab);
  } finally {
    await close();
  }
}

/** Runs in the page before anything else. */
function countUploads() {
  const counted = { bytes: 0, calls: 0, holds: false };
  const { setTimeout } = window;
  /** @param {TimerHandler} act @param {number} ms @param {any[]} args */
  const later = (act, ms = 0, ...args) => setTimeout(act, counted.holds && ms >= 100 ? ms + 1e6 : ms, ...args);
  window.setTimeout = /** @type {typeof setTimeout} */ (later);
  const { bufferData, drawArrays } = WebGLRenderingContext.prototype;
  /** @param {number} target @param {any} data @param {number} usage */
  WebGLRenderingContext.prototype.bufferData = function (target, data, usage) {
    counted.bytes += typeof data === 'number' ? data : (data?.byteLength ?? 0);
    bufferData.call(this, target, data, usage);
  };
  /** @param {number} mode @param {number} first @param {number} count */
  WebGLRenderingContext.prototype.drawArrays = function (mode, first, count) {
    if (mode === WebGLRenderingContext.POINTS && count > 1) counted.calls++;
    drawArrays.call(this, mode, first, count);
  };
  Object.assign(window, { counted });
}

/** @param {Page} page @returns {Promise<{ bytes: number, calls: number }>} what the GPU was given since the last call */
function twoFrames(page) {
  return page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const { counted } = /** @type {{ counted: { bytes: number, calls: number } }} */ (/** @type {unknown} */ (window));
    const given = { ...counted };
    counted.bytes = counted.calls = 0;
    return given;
  });
}

/** @param {Page} page @param {boolean} holds */
function holdTimers(page, holds) {
  return page.evaluate((value) => {
    const { counted } = /** @type {{ counted: { holds: boolean } }} */ (/** @type {unknown} */ (window));
    counted.holds = value;
  }, holds);
}

/** @param {Lab} lab @param {string} name @param {number} steps @param {(step: number) => Promise<unknown>} act */
async function row({ page, clock }, name, steps, act) {
  /** @type {number[]} */
  const spent = [];
  let most = 0;
  await twoFrames(page);
  for (let step = 0; step < steps; step++) {
    const before = await clock();
    await act(step);
    const { bytes } = await twoFrames(page);
    spent.push((await clock()) - before);
    most = Math.max(most, bytes);
  }
  const [p50, p95] = [0.5, 0.95].map((share) => quantile(spent, share).toFixed(1));
  console.log(`| ${name} | ${p50} | ${p95} | ${most} |`);
}

/**
 * By the frames that the pan was drawn in. Software GL takes longer for one than the page waits until it takes the view to
 * be at rest: that timer is held back, and what the page does then is a row of its own.
 * @param {Lab} lab
 */
async function pan({ page, clock }) {
  const { mouse } = page;
  await mouse.move(640, 400);
  await mouse.down();
  await holdTimers(page, true);
  /** @type {number[]} */
  const spent = [];
  for (let round = 0; round < PANS; round++) {
    await twoFrames(page);
    const before = await clock();
    await mouse.move(640 + (round % 2 === 0 ? 150 : -150), 400, { steps: PAN_STEPS });
    const { calls } = await twoFrames(page);
    spent.push(((await clock()) - before) / calls);
  }
  const [p50, p95] = [0.5, 0.95].map((share) => quantile(spent, share).toFixed(1));
  console.log(`| pan, a frame | ${p50} | ${p95} | 0 |`);
  await holdTimers(page, false);
  await row({ page, clock }, 'the pan rests', 1, async () => {
    await mouse.move(640, 400);
    await mouse.up();
    // Long enough for all that waits until the view rests.
    await page.waitForTimeout(3000);
  });
}

/** @param {Lab} lab */
async function hover(lab) {
  const { mouse } = lab.page;
  // The first one indexes the places.
  await row(lab, 'first hover', 1, () => mouse.move(500, 300));
  await row(lab, 'hover', STEPS, (step) => mouse.move(640 + 200 * swing(step), 200 + 6 * step));
}

/** @param {Lab} lab */
async function brush(lab) {
  const { page } = lab;
  await page.getByRole('radio', { name: 'Filters' }).click();
  const plot = page.getByRole('region', { name: 'Filter by weight' }).locator('[data-plot]');
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error('no histogram');
  const y = box.y + box.height / 2;
  const at = (/** @type {number} */ share) => box.x + share * box.width;
  await page.mouse.move(at(0.35), y);
  await page.mouse.down();
  await page.mouse.move(at(0.65), y, { steps: 4 });
  await page.mouse.up();
  // The range itself is dragged to and fro.
  await page.mouse.move(at(0.5), y);
  await page.mouse.down();
  await row(lab, 'brush', STEPS, (step) => page.mouse.move(at(0.5 + 0.3 * swing(step + 1)), y));
  await page.mouse.up();
  await page.getByRole('button', { name: 'Clear all' }).click();
}

/** @param {Lab} lab */
async function lasso(lab) {
  const { page } = lab;
  await page.getByRole('toolbar', { name: 'Map' }).getByLabel('Lasso').click();
  for (let time = 0; time < LASSOS; time++) {
    const corner = (/** @type {number} */ step) => {
      const [far, turn] = [150 + 20 * time, (2 * Math.PI * step) / STEPS];
      return /** @type {const} */ ([640 + far * Math.cos(turn), 400 + far * Math.sin(turn)]);
    };
    await page.mouse.move(...corner(0));
    await page.mouse.down();
    if (time === 0) await row(lab, 'a line is drawn on', STEPS, (step) => page.mouse.move(...corner(step)));
    else for (let step = 0; step < STEPS; step++) await page.mouse.move(...corner(step));
    await row(lab, `lasso ${time + 1}, from its end`, 1, () => page.mouse.up());
  }
  console.log(await page.locator('.selection-count').textContent());
}
