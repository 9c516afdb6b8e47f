import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROL, ESCAPE } from './page.mjs';

/** @typedef {import('./firefox.mjs').Driver} Driver */
/** @typedef {import('./page.mjs').Page} Page */

/**
 * What the stations share.
 * @typedef {object} Trip
 * @property {Page} page
 * @property {Driver} driver
 * @property {{ url: string, close: () => Promise<void>, open: () => Promise<void> }} site which can go and come back
 * @property {(name: string) => Promise<void>} picture
 */

/** @typedef {{ name: string, needsStorage?: boolean, visit: (trip: Trip) => Promise<string | void> }} Station */

const SEARCH = '.search input';
const CORNERS = /** @type {const} */ ([
  [360, 120],
  [800, 120],
  [800, 680],
  [360, 680],
]);
/** Making a map, in ms: the model is fetched and run on a processor that others use too. */
const LONG = 180_000;

/**
 * Through the built site as a person would go; each throws what went wrong and may return a remark. They follow each
 * other in one window.
 * @type {readonly Station[]}
 */
export const STATIONS = [
  { name: 'the sample is drawn', visit: drawn },
  { name: 'search by words', visit: words },
  { name: 'search by meaning', visit: meaning },
  { name: 'a paper by a click on the map', visit: paper },
  { name: 'topics', visit: topics },
  { name: 'lasso', visit: lasso },
  { name: 'filters and time', visit: filters },
  { name: 'palette, keys and export dialog', visit: dialogs },
  { name: 'themes', visit: themes },
  { name: 'a map file is saved', visit: save },
  { name: 'a map is made of a CSV', visit: make },
  { name: 'a map is kept and opened again', needsStorage: true, visit: keep },
  { name: 'offline, with the server gone', needsStorage: true, visit: offline },
  { name: '360 px wide', visit: narrow },
  { name: 'frame.html', visit: frame },
  { name: 'three maps in a page of docs', visit: docs },
];

/** @param {Trip} trip */
async function drawn({ page, site, picture }) {
  await page.goto(site.url);
  await page.see('.card-count', { text: '468 papers', within: 60_000 });
  await idle(page);
  const renderer = await page.ask(() => document.querySelector('[data-renderer]')?.getAttribute('data-renderer'));
  await picture('sample');
  return String(renderer);
}

/** @param {Trip} trip */
async function words({ page }) {
  await page.fill(SEARCH, 'wizmap');
  await page.see('.result-title', { text: 'WizMap' });
}

/** @param {Trip} trip */
async function meaning({ page, picture }) {
  await page.click('.mode', 'Meaning');
  await page.fill(SEARCH, 'turning a heap of documents into a picture');
  await page.see('.search[data-answered="true"]', { within: LONG });
  await page.see('.result-title');
  await picture('meaning');
  const first = await page.ask(() => document.querySelector('.result-title')?.textContent);
  await page.click('.mode', 'Hybrid');
  await page.fill(SEARCH, '');
  return String(first);
}

/** @param {Trip} trip */
async function paper({ page, picture }) {
  // Some paper is under the middle of a topic's papers: walk a grid until one is hit.
  await page.until('a paper under a click', async () => {
    for (let x = 500; x < 1000; x += 37) {
      await page.clickAt(x, 400);
      if (await page.ask(() => Boolean(document.querySelector('.panel h2')?.textContent))) return true;
    }
    return false;
  });
  await page.see('.nearest button');
  await picture('paper');
  await page.press(ESCAPE);
  await page.gone('.nearest');
}

/** @param {Trip} trip */
async function topics({ page }) {
  await page.fill(SEARCH, '');
  await page.click('[role="treeitem"]');
  await page.see('aside[aria-label="Topic"]');
  await page.press(ESCAPE);
  await page.gone('aside[aria-label="Topic"]');
}

/** @param {Trip} trip */
async function lasso({ page, picture }) {
  await page.fill(SEARCH, '');
  await page.press(ESCAPE);
  await page.click('[role="toolbar"] button', 'Show all');
  await page.click('[role="toolbar"] button', 'Lasso');
  await page.drag(CORNERS);
  await page.see('.selection-count', { text: 'papers' });
  const count = await page.ask(() => document.querySelector('.selection-count')?.textContent);
  await picture('lasso');
  for (let i = 0; i < 4; i++) await page.press(ESCAPE);
  await page.gone('.selection-count');
  return String(count);
}

/** @param {Trip} trip */
async function filters({ page, picture }) {
  await page.click('[role="radio"]', 'Filters');
  await page.click('.category-bar');
  await page.see('.filter-chip');
  await page.click('button', 'Clear all');
  await page.click('button[aria-label="Time"]');
  await page.see('section[aria-label="Time"]');
  await picture('time');
  await page.click('[aria-label="Close the time line"]');
}

/** @param {Trip} trip */
async function dialogs({ page, picture }) {
  await page.press(CONTROL, 'k');
  await page.see('.dialog input, [role="dialog"] input');
  await picture('palette');
  await page.press(ESCAPE);
  await page.press('?');
  await page.see('[role="dialog"]', { text: 'Ctrl' });
  await page.press(ESCAPE);
  await choose(page, 'Export…');
  await page.see('.dialog', { text: 'Format' });
  await page.press(ESCAPE);
  await page.gone('[role="dialog"]');
}

/** @param {Trip} trip */
async function themes({ page, site, picture }) {
  const ground = () => getComputedStyle(document.body).backgroundColor;
  const grounds = [];
  for (const theme of ['dark', 'light']) {
    await page.goto('about:blank');
    await page.goto(`${site.url}#theme=${theme}`);
    await page.see('.card-count', { text: '468 papers' });
    await idle(page);
    grounds.push(await page.ask(ground));
    await picture(theme);
  }
  if (grounds[0] === grounds[1]) throw new Error(`both are ${grounds[0]}`);
}

/** @param {Trip} trip */
async function save({ page, driver }) {
  const before = new Set(readdirSync(driver.downloads));
  await choose(page, 'Save map');
  const file = await page.until('a file', async () =>
    readdirSync(driver.downloads).find((name) => name.endsWith('.parquet') && !before.has(name)),
  );
  const path = join(driver.downloads, file);
  await page.until('a whole file', async () => readFileSync(path).subarray(-4).toString() === 'PAR1');
}

/** @param {Trip} trip */
async function make({ page, driver, picture }) {
  const path = join(driver.downloads, 'small.csv');
  const subjects = ['graphs', 'proteins', 'music', 'law', 'weather', 'chess'];
  const rows = Array.from(
    { length: 24 },
    (_, i) => `Vectors of ${subjects[i % 6]} ${i},We embed records about ${subjects[i % 6]} and search them.`,
  );
  writeFileSync(path, `title,text\n${rows.join('\n')}\n`);
  await page.give('#open-files', path);
  await page.see('h2', { text: '24 papers found' });
  await page.click('button', 'Make the map');
  await page.see('.app[data-runs="1"]', { within: LONG });
  await page.see('.card-count', { text: '24 papers' });
  await idle(page);
  await picture('made');
}

/** @param {Trip} trip */
async function keep({ page, site }) {
  await choose(page, 'Keep in this browser');
  await page.see('.notice', { text: 'Kept in this browser' });
  await page.goto('about:blank');
  await page.goto(`${site.url}#map=none`);
  await page.see('.empty h2');
  await choose(page, 'Kept maps…');
  await page.see('.kept', { text: '24 papers' });
  await page.click('.kept button', 'Open');
  await page.see('.card-count', { text: '24 papers' });
  return String(await page.ask(() => (navigator.storage && 'getDirectory' in navigator.storage ? 'OPFS' : 'no OPFS')));
}

/** @param {Trip} trip */
async function offline({ page, site }) {
  await page.see('.app[data-offline="ready"]', { within: LONG });
  await page.until('a service worker', () => page.ask(() => navigator.serviceWorker.controller !== null));
  await page.goto('about:blank');
  await site.close();
  try {
    await page.goto(`${site.url}?again=1`);
    await page.see('.card-count', { text: '468 papers' });
    await page.fill(SEARCH, 'pictures of document collections');
    await page.click('.mode', 'Meaning');
    await page.see('.search[data-answered="true"]', { within: LONG });
    await page.see('.result-title');
  } finally {
    await site.open();
  }
}

/**
 * In a frame, since windows do not get that narrow, of the one page that may have frames.
 * @param {Trip} trip
 */
async function narrow({ page, site, picture }) {
  await page.goto(`${site.url}examples/docs.html`);
  await page.ask(() => {
    const made = Object.assign(document.createElement('iframe'), { id: 'narrow', width: '360', height: '740' });
    made.src = '../index.html#q=wizmap';
    document.body.replaceChildren(made);
  });
  await page.enter('#narrow');
  try {
    await page.see('.result-title', { text: 'WizMap' });
    const [over, width] = await page.ask(() => [document.documentElement.scrollWidth - innerWidth, innerWidth]);
    await picture('narrow');
    if (over > 0 || width !== 360) throw new Error(`${over} px stick out of ${width}`);
  } finally {
    await page.leave();
  }
}

/** @param {Trip} trip */
async function frame({ page, site, picture }) {
  await page.goto(`${site.url}frame.html#map=data/sample.parquet&q=wizmap`);
  await page.see('html[data-papers="468"]');
  await page.see('.hits li', { text: 'WizMap' });
  await picture('frame');
}

/** @param {Trip} trip */
async function docs({ page, site, picture }) {
  await page.goto(`${site.url}examples/docs.html`);
  await page.see('#driven');
  await page.ask(() => document.querySelector('#driven')?.scrollIntoView());
  await page.see('#topics option:nth-child(2)', { shown: false });
  await page.click('#find');
  await page.see('#said', { text: ' papers' });
  await page.click('#first');
  await page.until(
    'a title',
    async () => !(await page.ask(() => document.querySelector('#said')?.textContent)).endsWith(' papers'),
  );
  await picture('docs');
  return String(await page.ask(() => document.querySelector('#said')?.textContent));
}

/** @param {Page} page */
async function idle(page) {
  await page.see('.app[data-phase="idle"]');
}

/** @param {Page} page @param {string} item */
async function choose(page, item) {
  await page.click('button[aria-label="Menu"]');
  await page.click('[role="menuitem"]', item);
}
