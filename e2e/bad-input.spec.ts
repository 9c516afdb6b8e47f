import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  expect,
  expectPapers,
  idle,
  openEmpty,
  openMapFile,
  openSample,
  SEEDS,
  seedListing,
  site,
  test,
} from './support.ts';

const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082',
  'hex',
);
const sample = readFileSync(join(SEEDS, 'sample.parquet'));

const CASES: readonly {
  readonly what: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly says: RegExp;
}[] = [
  { what: 'an empty file', name: 'empty.csv', bytes: Buffer.alloc(0), says: /There is nothing in it/u },
  { what: 'an image named .csv', name: 'image.csv', bytes: PNG, says: /not a text file/u },
  { what: 'a truncated map file', name: 'cut.parquet', bytes: sample.subarray(0, 50_000), says: /damaged/u },
  { what: 'a map file of garbage', name: 'garbage.parquet', bytes: Buffer.alloc(4000, 7), says: /damaged/u },
];

/** What a dialog is opened for: no map can be made of it as it is read, but it could be read in another way. */
const MENDABLE = [
  { what: 'a 10 MB single line', name: 'line.txt', bytes: Buffer.alloc(10_000_000, 'word '), says: /No texts/u },
  {
    what: 'unknown columns',
    name: 'columns.csv',
    bytes: Buffer.from(`a,b\n${Array.from({ length: 9 }, (_, i) => `${i},${i * i}`).join('\n')}\n`),
    says: /Which column holds the texts/u,
  },

  { what: 'one paper', name: 'one.txt', bytes: Buffer.from(seedListing(1)), says: /one paper/u },
  { what: 'two papers', name: 'two.txt', bytes: Buffer.from(seedListing(2)), says: /2 papers/u },
  {
    what: 'all papers equal',
    name: 'equal.csv',
    bytes: Buffer.from(`title,text\n${'The same,The same words again\n'.repeat(50)}`),
    says: /one text.*merging 50 records/u,
  },
];

test('no map can be made of it as it is read: a dialog with a sentence each, and nothing to press', async ({
  page,
}) => {
  await openEmpty(page);
  for (const { what, name, bytes, says } of MENDABLE) {
    await test.step(what, async () => {
      await give(page, name, bytes);
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByRole('status')).toContainText(says, { timeout: 30_000 });
      await expect(dialog.getByRole('button', { name: 'Make the map' })).toBeDisabled();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await idle(page);
      await expect(page.locator('.notice-failure')).toHaveCount(0);
    });
  }
});

test('files that are none of papers nor maps: a sentence each, and the map that was there stays', async ({ page }) => {
  await openSample(page);
  for (const { what, name, bytes, says } of CASES) {
    await test.step(what, async () => {
      await give(page, name, bytes);
      await expectFailure(page, says);
      await expectPapers(page, 468);
      await page.getByLabel('Search titles and texts').fill('wizmap');
      await expect(page.locator('.result-title').first()).toContainText('WizMap');
      await page.getByRole('button', { name: 'Clear the search' }).click();
    });
  }
});

test('a map file with places that are no numbers opens, those papers beside the map', async ({ page }) => {
  await openEmpty(page);
  await openMapFile(page, join(import.meta.dirname, 'fixtures/nan.parquet'));
  await expectPapers(page, 5);
});

test('a damaged file among good ones costs itself alone', async ({ page }) => {
  await openSample(page);
  await page.locator('#open-files').setInputFiles([
    { name: 'image.csv', mimeType: 'text/csv', buffer: PNG },
    { name: 'ten.txt', mimeType: 'text/plain', buffer: Buffer.from(seedListing(10)) },
  ]);
  await expect(page.getByRole('heading', { name: /^10 \S+ found$/u })).toBeVisible();
  await page.getByText('Left out: 1').click();
  await expect(page.locator('.notes', { hasText: 'Left out' })).toContainText('image.csv');
});

test('a map that is not there is said in words', async ({ page, expected }) => {
  expected.push(/404/u);
  await page.goto(`${site()}#map=maps/nowhere.parquet`);
  await expect(page.locator('.notice-failure')).toContainText('could not be fetched');
  await expect(page.locator('.empty h2')).toBeVisible();
});

test('a map of another site is never fetched', async ({ page }) => {
  await page.goto(`${site()}#map=https://example.org/map.parquet`);
  await expect(page.locator('.notice-failure')).toContainText('another site');
});

/** Expects one failure message and closes it, so that the next one is a new one. */
async function expectFailure(page: Page, says: RegExp): Promise<void> {
  const notice = page.locator('.notice-failure');
  await expect(notice).toContainText(says);
  await idle(page);
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toHaveCount(0);
}

async function give(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('#open-files').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}
