import { callPort, callPortWithFiles, exportFromPage, withPage } from './drive-page.mjs';

/** @typedef {import('../../public/portolan.d.ts').PortolanDimensions} Dimensions */
/** @typedef {import('../../public/portolan.d.ts').PortolanReadOptions} ReadOptions */

/**
 * @typedef {object} Keeping
 * @property {number} kept how many dimensions
 * @property {Dimensions['kind'] | null} kind null: the kind that suits the model
 */

/**
 * @typedef {object} PageOrder
 * @property {string} executablePath a Chromium
 * @property {string} url the page, with its settings after `#`
 * @property {string[]} files absolute paths
 * @property {string[]} folders absolute paths
 * @property {ReadOptions} reading how the files are read
 * @property {string | null} addTo absolute path of a map to which the papers are added; null: they get a new map
 * @property {string} mapPath where the map file goes
 * @property {string | null} jsonlPath where the papers go
 * @property {Keeping | null} keep null: all dimensions
 * @property {(line: string) => void} say reports progress
 * @property {(line: string) => void} warn
 */

const WAYS = { pca: 'principal directions', prefix: 'the first numbers' };

/**
 * Reads the files, makes the map or adds to one, and saves it. Throws an Error with the page's own sentence when the
 * page reports a failure.
 * @param {PageOrder} order
 */
export function makeMapInPage(order) {
  return withPage(order, async (page) => {
    await page.exposeFunction('portolanWarning', order.warn);
    await page.evaluate(tellWarnings);
    if (order.addTo !== null) await callPortWithFiles(page, 'open', [order.addTo]);
    const found = await callPortWithFiles(page, 'read', order.files, order);
    const { records, papers, merged, noun } = found;
    const skipped = found.skipped.length;
    order.say(
      `read: ${records} records, ${papers} ${noun.many}, ${merged} merged in ${found.groups} groups, ${skipped} skipped`,
    );
    await page.exposeFunction('portolanStage', order.say);
    await page.evaluate(tellStages);
    await callPort(page, order.addTo === null ? 'make' : 'add');
    const dimensions = order.keep && (await keepDimensions(page, order.keep));
    if (dimensions) order.say(inWords(dimensions));
    await exportFromPage(page, 'parquet', order.mapPath);
    if (order.jsonlPath) await exportFromPage(page, 'jsonl', order.jsonlPath);
    return { records, papers, merged, skipped, ...(dimensions ? { dimensions } : {}) };
  });
}

/**
 * Reads the files and says what was found, without making a map. A file that cannot be read is told of like the others.
 * @param {Pick<PageOrder, 'executablePath' | 'url' | 'files' | 'folders' | 'reading'>} order
 */
export function lookInPage(order) {
  return withPage(order, async (page) => {
    try {
      return await callPortWithFiles(page, 'read', order.files, order);
    } catch (error) {
      // Where the page shows a dialog with the problem, what it shows is the answer.
      const { found } = await callPort(page, 'state');
      if (!found?.problem) throw error;
      return found;
    }
  });
}

/** @typedef {Window & { portolanWarning: (line: string) => void, portolanStage: (line: string) => void }} Told */

/** Runs in the page. */
async function tellWarnings() {
  // Exposed before; this page's types do not know it.
  const { portolanWarning } = /** @type {Told} */ (/** @type {unknown} */ (window));
  await window.portolan.on('notice', ({ kind, title, text }) => {
    if (kind === 'warning') portolanWarning(`${title}. ${text}`);
  });
}

/** Runs in the page: reports one line for each stage. */
async function tellStages() {
  // Exposed before; this page's types do not know it.
  const { portolanStage } = /** @type {Told} */ (/** @type {unknown} */ (window));
  let last = 'building';
  await window.portolan.on('progress', ({ stage }) => {
    if (stage === last || stage === 'building') return;
    last = stage;
    portolanStage(stage);
  });
}

/**
 * Throws an Error with the numbers on offer when the page does not offer the one asked for.
 * @param {import('@playwright/test').Page} page
 * @param {Keeping} keeping
 * @returns what the page measured for the choice before it was made
 */
async function keepDimensions(page, { kept, kind }) {
  const all = await callPort(page, 'dimensions');
  const way = kind ?? all.find(({ isSuggested }) => isSuggested)?.kind;
  const own = all.filter((choice) => choice.kind === way);
  const choice = own.find((one) => one.kept === kept);
  if (!choice) {
    const numbers = own.map((one) => one.kept).join(', ');
    throw new Error(`--dimensions takes one of ${numbers} for this map, got ${kept}.`);
  }
  await callPort(page, 'keepDimensions', choice);
  const { isSuggested: _, ...measured } = choice;
  return measured;
}

/** @param {Omit<Dimensions, 'isSuggested'>} measured */
function inWords({ kind, kept, from, agreement, neighbors, sampled }) {
  const share = `${(100 * agreement).toFixed(1)} %`;
  return `kept ${kept} of ${from} dimensions by ${WAYS[kind]}: ${share} of the ${neighbors} nearest stay, measured among ${sampled} papers`;
}
