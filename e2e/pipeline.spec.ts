import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { decodeMapFile } from '../src/model/map-file/decode-map-file.ts';
import { choose, drop, expect, idle, openSample, SEEDS, seedListing, seedTitles, test } from './support.ts';

const FORTY = { name: 'forty.txt', text: seedListing(40) };

test('makes a map of dropped papers, live, and keeps it', async ({ page }, info) => {
  await openSample(page);
  await drop(page, [FORTY]);
  await expect(page.getByRole('heading', { name: '40 papers found' })).toBeVisible();
  await page.getByRole('button', { name: 'Make the map' }).click();

  // A map by words is there before any vector, moves as vectors arrive, and searching works meanwhile.
  await expect(page.locator('.job-foot')).toContainText('a map by shared words · 40 papers');
  await expect(page.locator('.job')).toContainText('Embedding');
  await expect(page.locator('.job')).toContainText('left');
  await expect(page.locator('.job-foot')).toContainText(
    /by meaning, [1-9]\d* of 40 papers · \d+ % of neighbours kept/u,
  );
  await page.getByLabel('Search titles and texts').fill('siamese');
  await expect(page.locator('.result-title').first()).toContainText('Siamese');

  await expect(page.locator('.app')).toHaveAttribute('data-runs', '1', { timeout: 90_000 });
  await expect(page.locator('.card-count')).toHaveText('40 papers');
  // What was searched for meanwhile is still there.
  await expect(page.locator('.result-title').first()).toContainText('Siamese');

  await page.getByRole('button', { name: 'Menu' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save map' }).click();
  const path = info.outputPath('forty.parquet');
  await (await saving).saveAs(path);
  const bytes = readFileSync(path);
  const { sentences } = await decodeMapFile(new Uint8Array(bytes).buffer);
  expect(sentences).toMatchObject({ cols: 384, starts: { length: 41 } });

  // A second run of the same papers embeds nothing: the model is never fetched.
  await page.reload();
  await expect(page.locator('.card-count')).toHaveText('468 papers');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.locator('#open-map').setInputFiles(path);
  await expect(page.locator('.card-count')).toHaveText('40 papers');
  await page.getByRole('button', { name: 'Embed these papers again, here' }).click();
  await expect(page.locator('.app')).toHaveAttribute('data-runs', '1', { timeout: 60_000 });
  expect(asked.filter((url) => url.endsWith('.onnx'))).toEqual([]);
  // With the vectors of its sentences, out of storage.
  const savingAgain = page.waitForEvent('download');
  await choose(page, 'Save map');
  const again = await decodeMapFile(new Uint8Array(readFileSync(await (await savingAgain).path())).buffer);
  expect(again.sentences).toEqual(sentences);
});

test('lays out as the dialog says, by two threads, and keeps that in the address', async ({ page }) => {
  await page.goto(`${process.env.PORTOLAN_URL}#map=none&threads=2`);
  await drop(page, [{ name: 'twelve.txt', text: seedListing(12) }]);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Layout', { exact: true }).click();
  await dialog.getByText('Keep dense groups dense').click();
  await dialog.getByLabel('Neighbours').fill('5');
  await expect(page).toHaveURL(/neighbors=5.*densmap=on|densmap=on.*neighbors=5/u);
  await dialog.getByLabel('Neighbours').fill('500');
  await expect(page).toHaveURL(/neighbors=5(?!\d)/u);
  await page.getByRole('button', { name: 'Make the map' }).click();
  await expect(page.locator('.app')).toHaveAttribute('data-runs', '1', { timeout: 90_000 });
  await expect(page.locator('.facts')).toContainText('densMAP, seed 42, 5 neighbours');
});

test('cancels within a second, and the map that was there is back', async ({ page }) => {
  await openSample(page);
  await drop(page, [{ name: 'sixty.txt', text: seedListing(60) }]);
  await page.getByRole('button', { name: 'Make the map' }).click();
  await expect(page.locator('.job-foot')).toContainText(/by meaning, [1-9]\d* of 60 papers/u);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.job')).toHaveCount(0, { timeout: 1000 });
  await expect(page.locator('.card-count')).toHaveText('468 papers');
  await expect(page.locator('.notice')).toHaveCount(0);
  // Nothing is left behind that stands in the way of the next run.
  await drop(page, [{ name: 'four.txt', text: seedListing(4) }]);
  await page.getByRole('button', { name: 'Make the map' }).click();
  await expect(page.locator('.app')).toHaveAttribute('data-runs', '1', { timeout: 60_000 });
  await expect(page.locator('.card-count')).toHaveText('4 papers');
});

test('cancels while laying out too', async ({ page }) => {
  await openSample(page);
  await drop(page, [{ name: 'titles.txt', text: seedTitles() }]);
  // The layout of a few hundred takes a second: the click comes from inside, as soon as there is something to stop.
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      const job = document.querySelector('.job[data-stage="laying out"]');
      if (!job) return;
      observer.disconnect();
      document.body.dataset.cancelled = 'yes';
      for (const button of job.querySelectorAll('button')) if (button.textContent === 'Cancel') button.click();
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await page.getByRole('button', { name: 'Make the map' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-cancelled', 'yes', { timeout: 90_000 });
  await expect(page.locator('.job')).toHaveCount(0, { timeout: 1000 });
  await expect(page.locator('.card-count')).toHaveText('468 papers');
  await expect(page.locator('.app')).toHaveAttribute('data-runs', '0');
});

/** Presses Pause as soon as there is something to hold up, from inside: the layout of a few hundred takes a second. */
async function pauseLayout(page: Page): Promise<void> {
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      for (const button of document.querySelectorAll<HTMLButtonElement>('.job[data-stage="laying out"] button')) {
        if (button.textContent !== 'Pause') continue;
        observer.disconnect();
        button.focus();
        button.click();
      }
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}

test('pauses the layout, stands still, and goes on to the end', async ({ page }) => {
  await openSample(page);
  await drop(page, [{ name: 'titles.txt', text: seedTitles() }]);
  await pauseLayout(page);
  await page.getByRole('button', { name: 'Make the map' }).click();
  const job = page.getByRole('region', { name: 'Work under way' });
  await expect(job).toContainText('The layout is paused', { timeout: 90_000 });
  const words = await page.locator('.job-amount').textContent();
  expect(words).toMatch(/^\d+ of 500 epochs$/u);
  await page.waitForTimeout(1500);
  expect(await page.locator('.job-amount').textContent()).toBe(words);
  await expect(page.locator('.app')).toHaveAttribute('data-runs', '0');
  // The keyboard is where it was, on what the button has become.
  await expect(job.getByRole('button', { name: 'Resume' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.app')).toHaveAttribute('data-runs', '1', { timeout: 30_000 });
  await expect(job).toHaveCount(0);
});

test('cancels while paused', async ({ page }) => {
  await openSample(page);
  await drop(page, [{ name: 'titles.txt', text: seedTitles() }]);
  await pauseLayout(page);
  await page.getByRole('button', { name: 'Make the map' }).click();
  await expect(page.locator('.job')).toContainText('The layout is paused', { timeout: 90_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.job')).toHaveCount(0, { timeout: 1000 });
  await expect(page.locator('.card-count')).toHaveText('468 papers');
});

test('reads a table, lets the columns be chosen, and colours by one', async ({ page }) => {
  await openSample(page);
  const rows = Array.from(
    { length: 6 },
    (_, i) => `${i},"Topic ${i % 2}, part ${i}","Words about thing ${i}",kind ${i % 2}`,
  );
  await drop(page, [{ name: 'table.csv', text: `nr,heading,body,kind\n${rows.join('\n')}\n` }]);
  await expect(page.getByRole('heading', { name: '6 papers found' })).toBeVisible();
  await page.locator('.columns summary').click();
  await page.getByRole('button', { name: /Title/u }).click();
  await page.getByRole('option', { name: 'kind' }).click();
  // Two kinds as titles: six records become two papers, which is no map, and that is said.
  await expect(page.getByRole('heading', { name: '2 papers found' })).toBeVisible();
  await expect(page.locator('.dialog')).toContainText('A map of their own would need at least 3 papers');
  await expect(page.locator('.card-count')).toHaveText('468 papers');
});

test('reads a folder, and says what it left out', async ({ page }) => {
  await openSample(page);
  await page.locator('#open-folder').setInputFiles(SEEDS);
  await expect(page.getByRole('heading', { name: '468 papers found' })).toBeVisible();
  await expect(page.locator('[data-records]')).toHaveAttribute('data-records', '542');
  await expect(page.locator('[data-records]')).toHaveAttribute('data-groups', '63');
  await expect(page.locator('.files tbody tr')).toHaveCount(5);
  await page.getByText('Left out: 2').click();
  await expect(page.locator('.notes', { hasText: 'Left out' })).toContainText('README.md');
});

test('takes pasted text', async ({ page }) => {
  await openSample(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Paste texts…' }).click();
  await page
    .getByRole('textbox', { name: 'Texts', exact: true })
    .fill('The first text.\nA second one.\nAnd a third text.\n');
  await page.getByRole('button', { name: 'Read' }).click();
  await expect(page.getByRole('heading', { name: '3 papers found' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await idle(page);
});
