import type { Page } from '@playwright/test';
import {
  drop,
  expect,
  expectPapers,
  idle,
  mapMade,
  openEmpty,
  openSample,
  paperLines,
  seedListing,
  startMap,
  storedVectors,
  test,
} from './support.ts';

/** Texts cut to a few sentences: their run is long enough to be interrupted. */
const SIXTY = { name: 'sixty.txt', text: seedListing(60).replace(/^(.{500}).+$/gmu, '$1') };

/** Waits for the map that is being made, and returns its papers with places, neighbours and topics. */
async function linesOf(page: Page): Promise<string[]> {
  await mapMade(page);
  return paperLines(page);
}

/** Ends the page as a system out of memory does: without any event in the page. */
async function kill(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const gone = page.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => undefined);
  await gone;
  await page.close();
}

/** Expects no offer to resume; storage forgets a run a moment after the page has. */
async function expectNothingOffered(page: Page): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(page.locator('.app')).toHaveAttribute('data-unfinished', 'none', { timeout: 3000 });
  }).toPass();
}

test('a run whose tab was killed goes on in the next visit, and ends in the same map', async ({ page, browser }) => {
  test.slow();
  await openEmpty(page);
  await startMap(page, [SIXTY]);
  await expect(page.locator('.job-foot')).toContainText(/by meaning, (?:\d|[1-5]\d) of 60 \S+/u, {
    timeout: 90_000,
  });
  await kill(page);

  const next = await page.context().newPage();
  await openEmpty(next);
  const offer = next.locator('.notice', { hasText: 'Go on with “sixty.txt”?' });
  await expect(offer).toContainText(/A map of 60 \S+ was being made/u);
  const read = Number(/\((\d+) read\)/u.exec((await offer.textContent()) ?? '')?.[1]);
  expect(read).toBeGreaterThan(0);
  // At most a batch is lost, and a batch is 64 texts at most.
  expect(await storedVectors(next)).toBeGreaterThan(read - 64);
  const other = await page.context().newPage();
  await openEmpty(other);
  await offer.getByRole('button', { name: 'Go on' }).click();
  await expect(offer).toHaveCount(0);
  const resumed = await linesOf(next);

  // Another tab that made the same offer learns that the run is done.
  await other.locator('.notice').getByRole('button', { name: 'Go on' }).click();
  await expect(other.locator('.notice')).toContainText('Nothing to go on with');
  await other.reload();
  await idle(other);
  await expect(other.locator('.notice')).toHaveCount(0);

  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const undisturbed = await context.newPage();
  await openEmpty(undisturbed);
  await startMap(undisturbed, [SIXTY]);
  expect(await linesOf(undisturbed)).toEqual(resumed);
  await context.close();
});

test('nothing is offered while another tab is at it, nor after a run was cancelled or given up', async ({ page }) => {
  await openEmpty(page);
  await startMap(page, [SIXTY]);
  await expect(page.locator('.job-foot')).toContainText(/by meaning, [1-9]\d* of 60 papers/u, { timeout: 90_000 });
  const other = await page.context().newPage();
  await openEmpty(other);
  await expect(other.locator('.app')).toHaveAttribute('data-unfinished', 'none');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await idle(page);
  await expectNothingOffered(other);

  await startMap(page, [SIXTY]);
  await expect(page.locator('.job-foot')).toContainText(/by meaning, [1-9]\d* of 60 papers/u, { timeout: 90_000 });
  await page.reload();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.locator('.notice')).toHaveCount(0);
  await page.reload();
  await expect(page.locator('.app')).toHaveAttribute('data-unfinished', 'none');
});

test('papers that were being added when the tab was killed join the map in the next visit', async ({ page }) => {
  test.slow();
  await openSample(page);
  // Texts of the sample under other titles, so that the map does not have them yet.
  const abstracts = seedListing(24).split('\n').slice(2);
  const rows = abstracts
    .filter((_, i) => i % 2 === 1)
    .map((text, i) => ({ title: `Anew ${i}`, text: text.slice(0, 500) }));
  await drop(page, [{ name: 'anew.jsonl', text: rows.map((row) => JSON.stringify(row)).join('\n') }]);
  await page.getByRole('button', { name: 'Add to this map' }).click();
  const begun = await storedVectors(page);
  await expect.poll(() => storedVectors(page), { timeout: 90_000 }).toBeGreaterThan(Math.max(begun, 0));
  await kill(page);

  const next = await page.context().newPage();
  await openEmpty(next);
  const offer = next.locator('.notice', { hasText: 'Go on with “anew.jsonl”?' });
  await expect(offer).toContainText(/24 \S+ were being added to “Papers on embeddings”/u);
  await offer.getByRole('button', { name: 'Go on' }).click();
  await expectPapers(next, 492, 90_000);
  await expect(next.locator('.notice', { hasText: '24 papers added' })).toContainText('Nothing else moved.');
  await expectNothingOffered(next);
});

test('where storage is denied a run ends in a map all the same, and nothing is said', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('no', 'SecurityError');
    };
  });
  await openEmpty(page);
  await startMap(page, [{ name: 'four.txt', text: seedListing(4) }]);
  await mapMade(page);
  await expect(page.locator('.notice-failure')).toHaveCount(0);
  await expect(page.locator('.app')).toHaveAttribute('data-unfinished', 'none');
});
