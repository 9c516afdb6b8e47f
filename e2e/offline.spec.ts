import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { DIST } from '../src/command/paths.mjs';
import { type SmallServer, serveFiles } from './servers.ts';
import { choose, expectPapers, makeMap, openSample, SEEDS, seedListing, startMap } from './support.ts';

const MODEL = 'models/all-MiniLM-L6-v2/onnx/model_quantized.onnx';

let context: BrowserContext;
let site: SmallServer;
/** Read at every request, so that a test can change what the server has. */
let files: Record<string, string | Buffer | null>;

test.beforeEach(async ({ browser }) => {
  files = {};
  site = await serveFiles({ base: '/app/', files });
  context = await browser.newContext({ serviceWorkers: 'allow', viewport: { width: 1280, height: 800 } });
});

test.afterEach(async () => {
  await context.close();
  await site.close();
});

/** Opens the page and waits until everything that it needs offline is stored. */
async function visit(page: Page, state: 'ready' | 'stopped' = 'ready'): Promise<void> {
  await openSample(page, '', site.url);
  await expect(page.locator('.app')).toHaveAttribute('data-offline', state, { timeout: 60_000 });
}

test('after one visit, with the server gone: the app opens, shows the sample, and embeds new texts', async () => {
  const page = await context.newPage();
  await visit(page);
  await page.close();
  await site.close();
  const again = await context.newPage();
  await again.goto(`${site.url}?utm_source=somewhere#sel=3`);
  await expectPapers(again, 468);
  await expect(again.locator('.panel h2')).not.toBeEmpty();
  await makeMap(again, [{ name: 'four.txt', text: seedListing(4) }]);
  await expectPapers(again, 4);
});

test('what a run has fetched is kept for use offline, and asked for by nobody again', async () => {
  const page = await context.newPage();
  // With this setting nothing is stored before the user agrees.
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  await visit(page, 'stopped');
  await makeMap(page, [{ name: 'four.txt', text: seedListing(4) }]);
  await choose(page, /Keep for use offline/u);
  await expect(page.locator('.app')).toHaveAttribute('data-offline', 'ready', { timeout: 60_000 });
  const asked = site.asked.filter((line) => /\/models\/|\.gzip/u.test(line)).sort();
  expect(asked.filter((line) => line.endsWith('.gzip') || line.endsWith('.onnx'))).toHaveLength(2);
  expect(asked).toEqual([...new Set(asked)]);
  const names = await page.evaluate(() => caches.keys());
  expect(names.filter((name) => /models|heavy/u.test(name))).toEqual(['portolan /app/ heavy']);
});

test('a map beside the page opens without the server once it has been seen', async () => {
  files['maps/mine.parquet'] = readFileSync(join(SEEDS, 'sample.parquet'));
  const page = await context.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.goto(`${site.url}?x=1#map=maps/mine.parquet`);
  await expectPapers(page, 468);
  await site.close();
  await page.reload();
  await expectPapers(page, 468);
});

for (const [what, body] of [
  ['a page of HTML', '<!doctype html><title>Not found</title>'],
  ['a file that breaks off', readFileSync(join(DIST, MODEL)).subarray(0, 1_000_000)],
  ['nothing', null],
] as const) {
  test(`${what} in place of the model is refused in words, and the next try works`, async () => {
    files[MODEL] = body;
    const page = await context.newPage();
    await visit(page, 'stopped');
    await expect(page.locator('.notice-failure')).toContainText('Not kept for use offline', { timeout: 30_000 });
    const kept = await page.evaluate(async () => {
      const name = (await caches.keys()).find((key) => key.endsWith(' heavy'));
      return name ? (await (await caches.open(name)).keys()).map(({ url }) => url) : [];
    });
    expect(kept.filter((url) => url.includes('.onnx'))).toEqual([]);
    delete files[MODEL];
    await choose(page, /Keep for use offline/u);
    await expect(page.locator('.app')).toHaveAttribute('data-offline', 'ready', { timeout: 60_000 });
  });
}

/** Deploys the next build: the same site with another title. */
function deployNext(): void {
  const old = readFileSync(join(DIST, 'index.html'), 'utf8');
  const index = old.replace('<title>Portolan</title>', '<title>Portolan, next</title>');
  const worker = readFileSync(join(DIST, 'sw.js'), 'utf8');
  const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
  expect(worker).toContain(hashOf(old));
  files['index.html'] = index;
  files['sw.js'] = worker
    .replace(hashOf(old), hashOf(index))
    .replace(/[`"']([0-9a-f]{16})[`"']/u, (quoted) => quoted.replace(/[0-9a-f]{16}/u, '0123456789abcdef'));
}

test('a new build is offered, the old one goes on, and one reload brings it with the map that was open', async () => {
  const page = await context.newPage();
  const other = await context.newPage();
  await visit(page);
  await visit(other);
  await makeMap(page, [{ name: 'three.txt', text: seedListing(3) }]);
  deployNext();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(page.getByText('New version')).toBeVisible();
  // Postponed: a reload still shows the old one.
  await other.reload();
  await expect(other).toHaveTitle('Portolan');
  let loads = 0;
  page.on('load', () => loads++);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page).toHaveTitle('Portolan, next');
  await expectPapers(page, 3);
  expect(loads).toBe(1);
  // The other tab shows a notice and is not reloaded.
  await expect(other.getByText('New version')).toBeVisible();
  await expectPapers(other, 468);
  const shells = await page.evaluate(async () => (await caches.keys()).filter((key) => key.includes(' shell ')));
  expect(shells).toHaveLength(1);
});

test('it can be installed, opens files, and takes what is shared', async () => {
  const page = await context.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const devtools = await context.newCDPSession(page);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // A window without a profile cannot install anything.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  // As the system posts it, since the page's own policy allows no form.
  await page.evaluate(async (text) => {
    const form = new FormData();
    form.append('files', new File([text], 'shared.txt', { type: 'text/plain' }));
    await fetch('./share', { method: 'POST', body: form, redirect: 'manual' });
  }, seedListing(5));
  await page.goto(`${site.url}?shared#shared`);
  await expect(page.getByRole('heading', { name: /^5 \S+ found$/u })).toBeVisible();
});

test('two tabs: one makes a map, the other says so and loses nothing', async () => {
  const one = await context.newPage();
  const two = await context.newPage();
  for (const page of [one, two]) {
    await openSample(page, '', site.url);
  }
  await startMap(one, [{ name: 'sixty.txt', text: seedListing(60) }]);
  await expect(one.locator('.job')).toContainText('Embedding');
  await startMap(two, [{ name: 'three.txt', text: seedListing(3) }]);
  await expect(two.locator('.notice-failure')).toContainText('Another tab is making a map');
  await expectPapers(two, 468);
  await one.getByRole('button', { name: 'Cancel' }).click();
  await makeMap(two, [{ name: 'three.txt', text: seedListing(3) }]);
});
