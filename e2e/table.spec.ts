import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import { expect, expectNoOverflow, openColumns, openMapBeside, test, violationsOf } from './support.ts';

const says = (page: Page) => page.locator('.rows-says');
const rows = (page: Page) => page.locator('.rows-row');

async function openTable(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(rows(page).first()).toBeVisible();
}

async function sortBy(page: Page, name: string): Promise<void> {
  await page.getByRole('columnheader', { name }).getByRole('button').click();
}

test('a table of rows follows the map, orders them, and is saved as it is listed', async ({ page }) => {
  await openColumns(page);
  await openTable(page);
  await expect(says(page)).toHaveText('48 texts in view, in the order they were read');
  // A table of rows, ordered by numbers as numbers.
  await sortBy(page, 'pages');
  await sortBy(page, 'pages');
  await expect(says(page)).toHaveText('48 texts in view, by pages, highest first');
  await expect(rows(page).first()).toContainText('Paper 47 on');
  await expect(page.getByRole('columnheader', { name: 'pages' })).toHaveAttribute('aria-sort', 'descending');
  // Filters and the search narrow it, which it says.
  await page.getByLabel('Search titles and texts').fill('proteins');
  await expect(says(page)).toHaveText('12 found texts in view, by pages, highest first');
  await page.getByRole('button', { name: 'Found', exact: true }).click();
  await expect(says(page)).toHaveText('48 texts in view, by pages, highest first');
  await page.getByRole('button', { name: 'Found', exact: true }).click();
  await expect(rows(page)).toHaveCount(12);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save these rows (CSV)' }).click();
  const lines = readFileSync(await (await saving).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(13);
  expect(lines[1]).toContain('Paper 47 on');
  expect(lines[12]).toContain('Paper 3 on');
  // Selecting the rows makes a selection that the table follows.
  await page.getByRole('button', { name: 'Select these rows' }).click();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  // The panel of the selection covers some of them, since it does not move the map.
  await expect(says(page)).toHaveText(/^(?:[1-9]|1[0-2]) selected texts in view, by pages, highest first$/u);
});

test('a row shows its dot, a dot its row, and keys walk and open', async ({ page }) => {
  await openColumns(page);
  await page.keyboard.press('t');
  const grid = page.getByRole('grid', { name: 'Rows' });
  await expect(grid).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.rows-row[data-reached="true"]')).toContainText('Paper 1 on');
  await page.keyboard.press('End');
  await expect(page.locator('.rows-row[data-reached="true"]')).toContainText('Paper 47 on');
  await page.keyboard.press('Enter');
  await expect(page.locator('.panel h2')).toContainText('Paper 47 on');
  await page.keyboard.press('Escape');
  await expect(page.locator('.panel')).toHaveCount(0);
  // A row under the pointer marks its dot, and a click opens its paper where the map is.
  await page.keyboard.press('Home');
  await rows(page).nth(2).hover();
  await expect(rows(page).nth(2)).toHaveAttribute('data-hovered', 'true');
  await rows(page).nth(2).click();
  await expect(page.locator('.panel h2')).toContainText('Paper 2 on');
  // A dot that is marked on the map marks its row, and brings it into sight.
  await page.mouse.move(5, 5);
  await page.locator('.map').focus();
  await page.keyboard.press('n');
  const walked = page.locator('.hover-card strong');
  await expect(walked).toBeVisible();
  const row = page.locator('.rows-row[data-hovered="true"]');
  await expect(row).toContainText((await walked.textContent()) ?? '?');
  await expect(row).toBeInViewport();
  // Zooming in leaves fewer in view.
  await page.keyboard.press('Escape');
  for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(says(page)).not.toHaveText(/^48/u);
});

test('columns are chosen, and the height stays for the next visit', async ({ page }) => {
  await openColumns(page);
  await openTable(page);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'venue' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Text' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader')).toHaveText(['Title', 'Text', 'Topic', 'Date', 'pages']);
  const grip = page.getByRole('separator', { name: 'Height of the table' });
  await grip.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  const before = Number(await grip.getAttribute('aria-valuenow'));
  await page.reload();
  await openTable(page);
  await expect(grip).toHaveAttribute('aria-valuenow', String(before));
  // Nothing lies under it: the search box and the card end above.
  const top = (await page.locator('.rows').boundingBox())?.y ?? 0;
  const card = await page.locator('.card').boundingBox();
  const search = await page.locator('.search').boundingBox();
  expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThan(top);
  expect(search?.height).toBeGreaterThan(40);
});

test('a hundred thousand rows are listed, ordered and walked to their end', async ({ page }) => {
  const n = 100_000;
  const of = <Value>(make: (i: number) => Value): Value[] => Array.from({ length: n }, (_, i) => make(i));
  const writer = new ByteWriter();
  parquetWrite({
    writer,
    columnData: [
      { name: 'title', data: of((i) => `note ${(i * 7919) % n}`), type: 'STRING' },
      { name: 'score', data: of((i) => i), type: 'INT32' },
      { name: 'x', data: of((i) => (i % 97) / 97), type: 'DOUBLE' },
      { name: 'y', data: of((i) => (i % 89) / 89), type: 'DOUBLE' },
    ],
  });
  await openMapBeside(page, 'many.parquet', { body: Buffer.from(writer.getBuffer()) }, n);
  await openTable(page);
  await sortBy(page, 'Title');
  await expect(says(page)).toHaveText('100,000 texts in view, by Title, A to Z');
  await expect(rows(page).first()).toContainText('note 0');
  await page.getByRole('grid').press('End');
  await expect(page.locator('.rows-row[data-reached="true"]')).toContainText('note 99999');
  await expect(page.locator('.rows-row[data-reached="true"]')).toBeInViewport();
  expect(await rows(page).count()).toBeLessThan(60);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the table, ${colorScheme}, and 360 px are enough`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openColumns(page);
    await openTable(page);
    expect(await violationsOf(page), 'the table').toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoOverflow(page);
    await expect(rows(page).first()).toBeVisible();
    expect(await violationsOf(page), 'the table on a phone').toEqual([]);
    await page.getByRole('button', { name: 'Close the table' }).click();
    await expect(page.locator('.rows')).toHaveCount(0);
  });
}
