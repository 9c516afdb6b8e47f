import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withSite } from './command-line.mjs';
import { ROOT } from './paths.mjs';

/** @typedef {import('@playwright/test').Page} Page */

const FOLDER = join(ROOT, 'e2e/screenshots');
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 };

/** @type {readonly { name: string, options: import('@playwright/test').BrowserContextOptions, query?: string }[]} */
const PICTURES = [
  { name: 'light', options: { ...DESKTOP, colorScheme: 'light' } },
  { name: 'dark', options: { ...DESKTOP, colorScheme: 'dark' }, query: 'sparse autoencoder' },
  { name: 'narrow', options: { ...PHONE, colorScheme: 'light' }, query: 'wizmap' },
];

// `npm run screenshots`: takes the README's pictures of the built page.
await withSite(async ({ url, executablePath }) => {
  const { chromium } = await import('@playwright/test');
  const { WHOLE_GL_ARGS } = await import('./chromium.mjs');
  mkdirSync(FOLDER, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: WHOLE_GL_ARGS });
  for (const { name, options, query } of PICTURES) {
    const page = await browser.newPage({ reducedMotion: 'reduce', ...options });
    await page.goto(url);
    await page.locator('.app[data-phase="idle"] .card').waitFor();
    if (query !== undefined) await searchAndOpen(page, query);
    // After the fonts and the last frame of the map nothing moves any more.
    await page.evaluate(() => document.fonts.ready);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    await page.close();
  }
  await browser.close();
});

/**
 * @param {Page} page
 * @param {string} query
 */
async function searchAndOpen(page, query) {
  await page.getByLabel('Search titles and texts').fill(query);
  // Searching by meaning too, which waits for the model.
  await page.locator('.search[data-answered="true"]').waitFor({ timeout: 120_000 });
  await page.locator('.result').first().click();
  await page.locator('.panel').waitFor();
  await page.mouse.move(0, 0);
}
