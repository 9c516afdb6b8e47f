import { copyFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../src/command/paths.mjs';
import { folderWith, runCommand } from './command-lab.ts';
import {
  answered,
  choose,
  expect,
  expectPapers,
  openEmpty,
  openMapFile,
  openSample,
  SEEDS,
  saveMap,
  test,
} from './support.ts';

/** Shares no word with the paper that it describes. */
const QUERY = 'bending shapes and never crossing oneself';

async function expectFoundByMeaning(page: Page): Promise<void> {
  await page.getByLabel('Search titles and texts').fill(QUERY);
  await answered(page);
  const first = page.locator('.result').first();
  await expect(first.locator('.result-title')).toContainText('TutteNet');
  await expect(first.locator('.badge')).toHaveText('meaning');
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Keep fewer dimensions' });

test('fewer dimensions are kept as measured, found by meaning, taken back, saved and opened', async ({
  page,
}, info) => {
  test.slow();
  await openSample(page);
  await choose(page, 'Keep fewer dimensions…');
  const choice = page.locator('input[value="pca-128"]');
  await choice.check({ timeout: 60_000 });
  expect(Number(await choice.getAttribute('data-agreement'))).toBeGreaterThan(0.92);
  const prefix = page.locator('input[value="prefix-128"]');
  expect(Number(await prefix.getAttribute('data-agreement'))).toBeLessThan(0.75);
  await dialog(page).getByRole('button', { name: 'Keep 128 dimensions' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expectFoundByMeaning(page);
  const path = await saveMap(page, info.outputPath('reduced.parquet'));
  expect(statSync(path).size).toBeLessThan(statSync(join(SEEDS, 'sample.parquet')).size);
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(page.locator('.facts')).toContainText('128 of 384');
  const notice = page.locator('.notice', { hasText: '128 of 384 dimensions kept' });
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.facts')).not.toContainText('128 of 384');
  await openEmpty(page);
  await openMapFile(page, path);
  await expectPapers(page, 468);
  await expect(page.locator('.facts')).toContainText('128 of 384');
  await expectFoundByMeaning(page);
  await choose(page, 'Keep fewer dimensions…');
  await expect(dialog(page)).toContainText('made shorter before: 128 of 384');
});

test('the command makes a map of the vectors in a Parquet table, and keeps some of their dimensions', async ({
  browserName: _,
}, info) => {
  test.slow();
  const folder = folderWith(info, {});
  copyFileSync(join(ROOT, 'src/read/fixtures/vectors.parquet'), join(folder, 'papers.parquet'));
  const args = ['papers.parquet', '--vectors', 'fixed', '--reduce', 'prefix', '--dimensions'];
  const made = await runCommand('map.mjs', folder, [...args, '32', '--out', 'map.parquet']);
  expect(made.err).toBe('');
  expect(made.out).toMatch(/^kept 32 of 40 dimensions by the first numbers: \d+\.\d % of the 15 nearest stay/mu);
  const last = JSON.parse(made.out.trim().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({ papers: 23, skipped: 1, out: 'map.parquet' });
  expect(last.dimensions).toEqual({
    ...{ kind: 'prefix', kept: 32, from: 40, neighbors: 15, sampled: 23 },
    agreement: expect.closeTo(0.9, 0.2),
  });
  const refused = await runCommand('map.mjs', folder, [...args, '100', '--out', 'no.parquet']);
  expect(refused).toMatchObject({ code: 1, err: '--dimensions takes one of 32 for this map, got 100.\n' });
  expect(existsSync(join(folder, 'no.parquet'))).toBe(false);
});
