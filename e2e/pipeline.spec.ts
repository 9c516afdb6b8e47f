import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { decodeMapFile } from '../src/model/map-file/decode-map-file.ts';
import {
  choose,
  drop,
  expect,
  expectPapers,
  idle,
  makeMap,
  mapMade,
  openEmpty,
  openMapFile,
  openSample,
  SEEDS,
  saveMap,
  seedListing,
  startMap,
  TITLES_WITH_VECTORS,
  test,
} from './support.ts';

const FORTY = { name: 'forty.txt', text: seedListing(40) };

test('makes a map of dropped papers, live, and keeps it', async ({ page }, info) => {
  await openSample(page);
  await drop(page, [FORTY]);
  await expect(page.getByRole('heading', { name: /^40 \S+ found$/u })).toBeVisible();
  await startMap(page);

  // A map by words is shown before any vector, moves as vectors arrive, and can be searched meanwhile.
  await expect(page.locator('.job-foot')).toContainText('a map by shared words · 40 papers');
  // It has names and colours of topics from the beginning, and the tab says how far it is.
  await expect(page.locator('.app[data-phase="building"] .topic-label').first()).toBeVisible();
  await expect(page.locator('.app[data-phase="building"] .legend .choice-button')).toContainText('Topic');
  await expect(page).toHaveTitle(/^\d+ % · forty\.txt — Portolan$/u);
  await expect(page.locator('.job')).toContainText('Embedding');
  await expect(page.locator('.job')).toContainText('left');
  await expect(page.locator('.job-foot')).toContainText(
    /by meaning, [1-9]\d* of 40 papers · \d+ % of neighbours kept/u,
  );
  await page.getByLabel('Search titles and texts').fill('siamese');
  await expect(page.locator('.result-title').first()).toContainText('Siamese');
  // A hit that is opened meanwhile is still in view when the map has taken its shape.
  await page.locator('.result-title').first().click();
  const title = (await page.locator('.panel h2').textContent()) ?? '';

  await mapMade(page);
  await expect(page).toHaveTitle('Portolan');
  await expect(page.getByRole('listbox', { name: 'Papers in view' })).toContainText(title.slice(0, 30));
  await expectPapers(page, 40);
  // The search from before is still there.
  await expect(page.locator('.result-title').first()).toContainText('Siamese');

  const path = await saveMap(page, info.outputPath('forty.parquet'));
  const bytes = readFileSync(path);
  const { sentences } = await decodeMapFile(new Uint8Array(bytes).buffer);
  expect(sentences).toMatchObject({ cols: 384, starts: { length: 41 } });

  // A second run of the same papers embeds nothing: the model is not even fetched.
  await page.reload();
  await expectPapers(page, 468);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await openMapFile(page, path);
  await expectPapers(page, 40);
  await page.getByRole('button', { name: /^Embed these \S+ again, here$/u }).click();
  await mapMade(page);
  expect(asked.filter((url) => url.endsWith('.onnx'))).toEqual([]);
  // With the vectors of its sentences, from storage.
  await saveMap(page, path);
  const again = await decodeMapFile(new Uint8Array(readFileSync(path)).buffer);
  expect(again.sentences).toEqual(sentences);
});

test('lays out as the dialog says, by two threads, and keeps that in the address', async ({ page }) => {
  await openEmpty(page, '&threads=2');
  await drop(page, [{ name: 'twelve.txt', text: seedListing(12) }]);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Layout', { exact: true }).click();
  await dialog.getByText('Keep dense groups dense').click();
  await dialog.getByLabel('Neighbours').fill('5');
  await expect(page).toHaveURL(/neighbors=5.*densmap=on|densmap=on.*neighbors=5/u);
  await dialog.getByLabel('Neighbours').fill('500');
  await expect(page).toHaveURL(/neighbors=5(?!\d)/u);
  await makeMap(page);
  await expect(page.locator('.facts')).toContainText('densMAP, seed 42, 5 neighbours');
});

test('cancels within a second, and the map that was there is back', async ({ page }) => {
  await openSample(page);
  await startMap(page, [{ name: 'sixty.txt', text: seedListing(60) }]);
  // The model comes first, which takes long on a busy machine.
  await expect(page.locator('.job-foot')).toContainText(/by meaning, [1-9]\d* of 60 papers/u, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.job')).toHaveCount(0, { timeout: 1000 });
  await expectPapers(page, 468);
  await expect(page.locator('.notice')).toHaveCount(0);
  // Nothing is left that blocks the next run.
  await makeMap(page, [{ name: 'four.txt', text: seedListing(4) }]);
  await expectPapers(page, 4);
});

test('cancels while laying out too', async ({ page }) => {
  await openSample(page);
  await drop(page, [TITLES_WITH_VECTORS]);
  // The layout of a few hundred takes a second, so the page itself clicks as soon as there is something to stop.
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
  await startMap(page);
  await expect(page.locator('body')).toHaveAttribute('data-cancelled', 'yes', { timeout: 90_000 });
  await expect(page.locator('.job')).toHaveCount(0, { timeout: 1000 });
  await expectPapers(page, 468);
  await mapMade(page, 0);
});

/** Presses Pause from within the page once epochs are counted: the layout of a few hundred takes only a second. */
async function pauseLayout(page: Page): Promise<void> {
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      for (const button of document.querySelectorAll<HTMLButtonElement>('.job[data-stage="laying out"] button')) {
        if (button.textContent !== 'Pause' || !document.querySelector('.job-amount')?.textContent) continue;
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
  await drop(page, [TITLES_WITH_VECTORS]);
  await pauseLayout(page);
  await startMap(page);
  const job = page.getByRole('region', { name: 'Work under way' });
  await expect(job).toContainText('The layout is paused', { timeout: 90_000 });
  await expect(page.locator('.job-amount')).toHaveText(/^\d+ of 500 epochs$/u);
  const words = await page.locator('.job-amount').textContent();
  await page.waitForTimeout(1500);
  expect(await page.locator('.job-amount').textContent()).toBe(words);
  await mapMade(page, 0);
  // The keyboard focus is still on the button, which has changed.
  await expect(job.getByRole('button', { name: 'Resume' })).toBeFocused();
  await page.keyboard.press('Enter');
  await mapMade(page);
  await expect(job).toHaveCount(0);
});

test('cancels while paused', async ({ page }) => {
  await openSample(page);
  await drop(page, [TITLES_WITH_VECTORS]);
  await pauseLayout(page);
  await startMap(page);
  await expect(page.locator('.job')).toContainText('The layout is paused', { timeout: 90_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.job')).toHaveCount(0, { timeout: 1000 });
  await expectPapers(page, 468);
});

test('reads a table, lets the columns be chosen, and colours by one', async ({ page }) => {
  await openSample(page);
  const rows = Array.from(
    { length: 6 },
    (_, i) => `${i},"Topic ${i % 2}, part ${i}","Words about thing ${i}",kind ${i % 2}`,
  );
  await drop(page, [{ name: 'table.csv', text: `nr,heading,body,kind\n${rows.join('\n')}\n` }]);
  await expect(page.getByRole('heading', { name: /^6 \S+ found$/u })).toBeVisible();
  await page.getByText('Columns of table.csv').click();
  await page.getByRole('button', { name: /Title/u }).click();
  await page.getByRole('option', { name: 'kind' }).click();
  await page.getByRole('button', { name: /Merge/u }).click();
  await page.getByRole('option', { name: 'the same title, whatever else differs' }).click();
  // Titles of two kinds: six records become two papers, which are too few for a map, and the page says so.
  await expect(page.getByRole('heading', { name: /^2 \S+ found$/u })).toBeVisible();
  await expect(page.locator('.dialog')).toContainText(/A map of their own would need at least 3 \S+\./u);
  await expect(page.getByRole('button', { name: 'Make the map' })).toBeDisabled();
  await expectPapers(page, 468);
});

test('reads a folder, and says what it left out', async ({ page }) => {
  await openSample(page);
  await page.locator('#open-folder').setInputFiles(SEEDS);
  await expect(page.getByRole('heading', { name: /^468 \S+ found$/u })).toBeVisible();
  await expect(page.locator('[data-records]')).toHaveAttribute('data-records', '542');
  await expect(page.locator('[data-records]')).toHaveAttribute('data-groups', '63');
  // The two listings stand in one row.
  await expect(page.locator('.files tbody tr')).toHaveCount(3);
  await page.getByText('Left out: 2').click();
  await expect(page.locator('.notes', { hasText: 'Left out' })).toContainText('README.md');
});

test('takes pasted text', async ({ page }) => {
  await openSample(page);
  await choose(page, 'Paste texts…');
  await page
    .getByRole('textbox', { name: 'Texts', exact: true })
    .fill('The first text.\nA second one.\nAnd a third text.\n');
  await page.getByRole('button', { name: 'Read' }).click();
  await expect(page.getByRole('heading', { name: /^3 \S+ found$/u })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await idle(page);
});
