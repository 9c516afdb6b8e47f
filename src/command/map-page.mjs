import { openMap, orFailure, withPage } from './drive-page.mjs';

/**
 * @typedef {object} Keeping
 * @property {number} kept how many dimensions
 * @property {'pca' | 'prefix' | null} kind null: what the page suggests for the model
 */

/**
 * @typedef {object} Kept what the page measured of the choice, before it was made
 * @property {'pca' | 'prefix'} kind
 * @property {number} kept
 * @property {number} from
 * @property {number} agreement 0…1
 * @property {number} neighbors
 * @property {number} sampled papers
 */

/**
 * @typedef {object} PageOrder
 * @property {string} executablePath a Chromium
 * @property {string} url the page, with what it needs to know after `#`
 * @property {string[]} files absolute paths
 * @property {string | null} addTo absolute path of a map that takes the papers in; null: they get a map of their own
 * @property {string} mapPath where the map file goes
 * @property {string | null} jsonlPath where the papers go
 * @property {Keeping | null} keep null: all dimensions
 * @property {(line: string) => void} say
 */

const WAYS = { pca: 'principal directions', prefix: 'the first numbers' };

/**
 * Does in the page what a user does: opens files, reads what was found, makes the map, saves it.
 * Throws an Error with the page's own sentence when the page reports a failure.
 * @param {PageOrder} order
 */
export function makeMapInPage(order) {
  return withPage(order, async (page) => {
    if (order.addTo !== null) await openMap(page, order.addTo);
    await page.locator('#open-files').setInputFiles(order.files);
    const counts = await readCounts(page);
    order.say(
      `read: ${counts.records} records, ${counts.papers} papers, ${counts.merged} merged in ${counts.groups} groups, ${counts.skipped} skipped`,
    );
    await (await startButton(page, order.addTo !== null)).click();
    await followStages(page, order.say);
    const dimensions = order.keep && (await orFailure(page, keepDimensions(page, order.keep)));
    if (dimensions) order.say(dimensions.words);
    await save(page, 'Save map', order.mapPath);
    if (order.jsonlPath) await save(page, 'Export papers (JSONL)', order.jsonlPath);
    const { records, papers, merged, skipped } = counts;
    return { records, papers, merged, skipped, ...(dimensions ? { dimensions: dimensions.kept } : {}) };
  });
}

/**
 * The button that starts the run. Throws the page's words where the map cannot take papers in.
 * @param {import('@playwright/test').Page} page
 * @param {boolean} isAdding
 */
async function startButton(page, isAdding) {
  if (!isAdding) return page.getByRole('button', { name: 'Make the map' });
  const offer = page.locator('[data-can-add]');
  await orFailure(page, offer.waitFor());
  if ((await offer.getAttribute('data-can-add')) !== 'true') throw new Error((await offer.textContent()) ?? '');
  return page.locator('[data-adds]');
}

/**
 * What the import dialog says was found.
 * @param {import('@playwright/test').Page} page
 */
async function readCounts(page) {
  const summary = page.locator('[data-records]');
  await orFailure(page, summary.waitFor({ timeout: 0 }));
  /** @param {string} name */
  const count = async (name) => Number(await summary.getAttribute(`data-${name}`));
  return {
    records: await count('records'),
    papers: await count('papers'),
    merged: await count('merged'),
    groups: await count('groups'),
    skipped: await count('skipped'),
  };
}

/**
 * One line a stage, until the map is there.
 * @param {import('@playwright/test').Page} page
 * @param {(line: string) => void} say
 */
async function followStages(page, say) {
  await page.exposeFunction('portolanStage', say);
  await page.evaluate(() => {
    let last = '';
    const tell = () => {
      const stage = document.querySelector('.job')?.getAttribute('data-stage') ?? '';
      if (stage === '' || stage === last || stage === 'building') return;
      last = stage;
      // Exposed above, which the types of this page cannot know.
      /** @type {Window & { portolanStage?: (line: string) => void }} */ (window).portolanStage?.(stage);
    };
    new MutationObserver(tell).observe(document.body, { subtree: true, childList: true, attributes: true });
    tell();
  });
  await orFailure(page, page.locator('.app:not([data-runs="0"])').waitFor({ timeout: 0 }));
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} item of the menu
 * @param {string} path
 */
async function save(page, item, path) {
  await page.getByRole('button', { name: 'Menu' }).click();
  const download = page.waitForEvent('download', { timeout: 0 });
  await page.getByRole('menuitem', { name: item }).click();
  await (await download).saveAs(path);
}

/**
 * Does in the page what a user does by “Keep fewer dimensions…”, and returns what it measured, also in words. Throws an
 * Error with the numbers that there are when the page does not offer the one asked for.
 * @param {import('@playwright/test').Page} page
 * @param {Keeping} keeping
 * @returns {Promise<{ kept: Kept, words: string }>}
 */
async function keepDimensions(page, { kept, kind }) {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Keep fewer dimensions…' }).click();
  const dialog = page.locator('.dimensions');
  const table = dialog.locator('.dimension-choices');
  const refusal = dialog.locator('[data-refused]');
  await table.or(refusal).waitFor({ timeout: 0 });
  if (await refusal.isVisible()) throw new Error((await refusal.textContent()) ?? '');
  const way = kind ?? (await table.getAttribute('data-default'));
  if (way !== 'pca' && way !== 'prefix') throw new Error(`The page knows another way: ${way}.`);
  const choice = table.locator(`input[value="${way}-${kept}"]`);
  if ((await choice.count()) === 0) throw new Error(await whatThereIs(table, way, kept));
  await choice.check();
  /** @param {string} name */
  const number = async (name) => Number(await choice.getAttribute(`data-${name}`));
  /** @type {Kept} */
  const found = {
    ...{ kind: way, kept, from: Number(await table.getAttribute('data-from')) },
    ...{ agreement: await number('agreement'), neighbors: await number('neighbors'), sampled: await number('sampled') },
  };
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await dialog.waitFor({ state: 'detached', timeout: 0 });
  const share = `${(100 * found.agreement).toFixed(1)} %`;
  const words = `kept ${kept} of ${found.from} dimensions by ${WAYS[way]}: ${share} of the ${found.neighbors} nearest stay, measured among ${found.sampled} papers`;
  return { kept: found, words };
}

/**
 * @param {import('@playwright/test').Locator} table
 * @param {string} way
 * @param {number} kept
 */
async function whatThereIs(table, way, kept) {
  const inputs = await table.locator(`input[value^="${way}-"]`).all();
  const values = await Promise.all(inputs.map((input) => input.inputValue()));
  return `--dimensions takes one of ${values.map((value) => value.split('-')[1]).join(', ')} for this map, got ${kept}.`;
}
