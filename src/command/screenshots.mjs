import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { needBuild, needNode, needPackages } from './prepare.mjs';

// `npm run screenshots`: the pictures of the README, from the built page.
needNode();
needPackages();
needBuild();
const { chromium } = await import('@playwright/test');
const { needChromium, NO_CHROMIUM, WHOLE_GL_ARGS } = await import('./chromium.mjs');
const { serveSite } = await import('./serve.mjs');
const executablePath = needChromium();
if (!executablePath) throw new Error(NO_CHROMIUM);
const folder = join(ROOT, 'e2e/screenshots');
mkdirSync(folder, { recursive: true });
const site = await serveSite(4173);
const browser = await chromium.launch({ executablePath, args: WHOLE_GL_ARGS });

/**
 * @param {string} name of the file
 * @param {import('@playwright/test').BrowserContextOptions} options
 * @param {(page: import('@playwright/test').Page) => Promise<void>} act
 */
async function take(name, options, act) {
  const page = await browser.newPage({ reducedMotion: 'reduce', ...options });
  await page.goto(site.url);
  await page.locator('.app[data-phase="idle"] .card').waitFor();
  await act(page);
  // Fonts and the last frame of the map: nothing moves any more after that.
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}

/** @param {string} query */
const searchAndOpen = (query) => async (/** @type {import('@playwright/test').Page} */ page) => {
  await page.getByLabel('Search titles and texts').fill(query);
  // By meaning too: that waits for the model.
  await page.locator('.search[data-answered="true"]').waitFor({ timeout: 120_000 });
  await page.locator('.result').first().click();
  await page.locator('.panel').waitFor();
  await page.mouse.move(0, 0);
};

const desktop = { viewport: { width: 1280, height: 800 } };
await take('light', { ...desktop, colorScheme: 'light' }, async (page) => {
  await page.locator('.card').waitFor();
});
await take('dark', { ...desktop, colorScheme: 'dark' }, searchAndOpen('sparse autoencoder'));
await take(
  'narrow',
  { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, colorScheme: 'light' },
  searchAndOpen('wizmap'),
);
await browser.close();
await site.close();
process.exit(0);
