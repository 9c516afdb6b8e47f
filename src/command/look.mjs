import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { needFiles, readCommandLine, withSite } from './command-line.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {(page: Page) => Promise<unknown>} Steps */

const USAGE = 'Usage: npm run look -- [MAP.parquet …] [--out FOLDER] [--only SITUATION]';
const SIZES = [
  { width: 1440, height: 900 },
  { width: 820, height: 1180 },
  { width: 360, height: 740 },
];
const THEMES = /** @type {const} */ (['light', 'dark']);

/** What is looked at on every map, each from a fresh page. @type {Readonly<Record<string, Steps>>} */
const SITUATIONS = {
  map: async () => undefined,
  filters: (page) => onCard(page, () => page.getByRole('radio', { name: 'Filters' }).click()),
  topic: async (page) => {
    await onCard(page, () => page.locator('[role="treeitem"]').first().click());
    await page.locator('.panel').waitFor();
  },
  search: async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('the');
    await page.locator('.result, .search [role="status"]').first().waitFor();
  },
  hit: async (page) => {
    await SITUATIONS.search(page);
    await page.locator('.result').first().click();
    await page.locator('.panel').waitFor();
  },
  table: async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('table of rows');
    await page.keyboard.press('Enter');
    await page.getByRole('grid').first().waitFor();
  },
  share: async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('share');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').last().waitFor();
  },
};

const { values, files } = readCommandLine({ usage: USAGE, names: ['out', 'only'], takesFiles: true });
needFiles(files);
const folder = resolve(values.out ?? 'look');
mkdirSync(folder, { recursive: true });

// `npm run look`: pictures of the built page in every size and theme, to be opened and judged. Without maps: the sample.
await withSite(async ({ url, executablePath }) => {
  const { chromium } = await import('@playwright/test');
  const { WHOLE_GL_ARGS } = await import('./chromium.mjs');
  const browser = await chromium.launch({ executablePath, args: WHOLE_GL_ARGS });
  for (const file of files.length > 0 ? files : [null]) {
    const name = file ? basename(file).replace(/\.\w+$/u, '') : 'sample';
    for (const [situation, steps] of Object.entries(SITUATIONS)) {
      if (values.only && values.only !== situation) continue;
      for (const viewport of SIZES) {
        for (const colorScheme of THEMES) {
          const page = await browser.newPage({ reducedMotion: 'reduce', viewport, colorScheme });
          await open(page, url, file);
          const picture = `${name}-${situation}-${viewport.width}-${colorScheme}.png`;
          // A situation that cannot be reached is a finding too: its picture shows why.
          await steps(page).catch((error) => console.error(`${picture}: ${String(error).split('\n', 1)[0]}`));
          await settled(page);
          await page.screenshot({ path: join(folder, picture) });
          await page.close();
        }
      }
    }
  }
  await browser.close();
});
console.log(`The pictures are in ${folder}.`);

/**
 * @param {Page} page
 * @param {string} url
 * @param {string | null} file
 */
async function open(page, url, file) {
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  await page.locator('.app[data-phase="idle"] .card').waitFor();
  if (!file) return;
  const before = await page.locator('.card-name').textContent();
  await page.locator('#open-map').setInputFiles(file);
  await page.locator(`.card-name:not(:text-is("${before}"))`).waitFor();
  await page.locator('.app[data-phase="idle"]').waitFor();
}

/**
 * Opens the map's card where it is folded.
 * @param {Page} page
 * @param {() => Promise<void>} act
 */
async function onCard(page, act) {
  const head = page.locator('.card-head[aria-expanded="false"]');
  if (await head.isVisible()) await head.click();
  await act();
}

/** After the fonts, a second for names and contours, and a last frame nothing moves any more. @param {Page} page */
async function settled(page) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(1500);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
