import { readFileSync } from 'node:fs';
import { openMap, orFailure, withPage } from './drive-page.mjs';

/**
 * @typedef {object} Hit
 * @property {string} id
 * @property {string} title
 * @property {number} score
 * @property {'words' | 'meaning' | 'both'} why
 */

/**
 * @typedef {object} PageSearch
 * @property {string} executablePath a Chromium
 * @property {string} url the page, without a map
 * @property {string} map absolute path of a map file
 * @property {readonly string[]} queries
 * @property {string} mode `hybrid`, `words` or `meaning`
 * @property {number} limit most hits of a query
 * @property {(query: string, hits: Hit[]) => void} found
 */

/** The first answer waits for the model; an index of a large map takes its time too. */
const ANSWER_TIMEOUT_MS = 5 * 60_000;

/**
 * Does in the page what a user does: opens the map, types each query, saves the hits.
 * Throws an Error with the page's own sentence when the page reports a failure, or cannot search by meaning as asked.
 * @param {PageSearch} order
 */
export function searchInPage({ executablePath, url, map, queries, mode, limit, found }) {
  return withPage({ executablePath, url }, async (page) => {
    await openMap(page, map);
    await orFailure(page, page.locator('.search[data-indexed="true"]').waitFor({ timeout: ANSWER_TIMEOUT_MS }));
    const input = page.getByLabel('Search titles and texts');
    await input.fill(queries[0]);
    await page.getByRole('radio', { name: mode, exact: false }).click();
    for (const query of queries) {
      await input.fill(query);
      await orFailure(page, page.locator('.search[data-answered="true"]').waitFor({ timeout: ANSWER_TIMEOUT_MS }));
      if (mode !== 'words') await expectMeaning(page);
      found(query, (await hitsOf(page)).slice(0, limit));
    }
  });
}

/**
 * The hits as the page saves them; none when it lists none.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<Hit[]>}
 */
async function hitsOf(page) {
  const button = page.getByRole('button', { name: 'Save hits (JSONL)' });
  if (!(await button.isVisible())) return [];
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const lines = readFileSync(await download.path(), 'utf8').trim();
  return lines.split('\n').map((line) => JSON.parse(line));
}

/**
 * Hits by words alone must not pass for what was asked.
 * @param {import('@playwright/test').Page} page
 */
async function expectMeaning(page) {
  const off = page.locator('.meaning-status[data-off="true"]');
  if (await off.isVisible()) throw new Error(`${await off.textContent()} Try --mode words.`);
}
