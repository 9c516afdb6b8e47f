import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS } from './chromium.mjs';

/** For the page to start and for its buttons to come; what takes as long as the data are large has no limit. */
const START_TIMEOUT_MS = 60_000;

/**
 * Opens the page in a browser of its own and waits until it is ready; the browser is closed afterwards.
 * @template Result
 * @param {{ executablePath: string, url: string }} where a Chromium, and the page with what it needs to know after `#`
 * @param {(page: import('@playwright/test').Page) => Promise<Result>} act
 * @returns {Promise<Result>}
 */
export async function withPage({ executablePath, url }, act) {
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    // Nothing of this visit is kept: what a page would fetch for its next one is not wanted.
    const page = await browser.newPage({ serviceWorkers: 'block' });
    page.setDefaultTimeout(START_TIMEOUT_MS);
    /** @type {Promise<never>} */
    const crashed = new Promise((_, reject) => {
      const sentence = 'The page ran out of memory or crashed. Fewer papers take less: npm run map has --limit.';
      page.on('crash', () => reject(new Error(sentence)));
    });
    crashed.catch(() => undefined);
    await page.goto(url);
    await page.locator('.app[data-phase="idle"]').waitFor();
    return await Promise.race([act(page), crashed]);
  } finally {
    await browser.close();
  }
}

/**
 * Opens a map file and waits until the map stands.
 * @param {import('@playwright/test').Page} page
 * @param {string} path
 */
export async function openMap(page, path) {
  await page.locator('#open-map').setInputFiles(path);
  await orFailure(page, page.locator('.card').waitFor({ timeout: 0 }));
}

/**
 * Waits for `wanted`, or throws an Error with what the page says went wrong, whichever comes first.
 * @template Result
 * @param {import('@playwright/test').Page} page
 * @param {Promise<Result>} wanted
 * @returns {Promise<Result>}
 */
export async function orFailure(page, wanted) {
  const notice = page.locator('.notice-failure').first();
  const failed = notice.waitFor({ timeout: 0 }).then(async () => {
    const title = await notice.locator('strong').textContent();
    throw new Error(`${title}. ${await notice.locator('p').textContent()}`);
  });
  // The page is closed while it still waits: its rejection then is no news.
  failed.catch(() => undefined);
  return Promise.race([wanted, failed]);
}
