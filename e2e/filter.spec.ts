import type { Locator, Page } from '@playwright/test';
import {
  drop,
  expect,
  expectNoOverflow,
  expectPapers,
  OTHER,
  openColumns,
  openMapBeside,
  openSample,
  test,
  violationsOf,
} from './support.ts';

const COUNT = 48;

async function openFilters(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Filters' }).click();
  await expect(page.locator('.filters')).toBeVisible();
}

function facet(page: Page, name: string): Locator {
  return page.getByRole('region', { name: `Filter by ${name}` });
}

async function kept(page: Page): Promise<number> {
  return Number(await page.locator('[data-kept]').getAttribute('data-kept'));
}

/** Drags from one share of a histogram's width to another. */
async function brush(page: Page, plot: Locator, from: number, to: number): Promise<void> {
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error('no histogram');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + from * box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + to * box.width, y, { steps: 6 });
  await page.mouse.up();
}

async function barsOf(section: Locator): Promise<Record<string, number>> {
  const texts = await section.locator('.category-bar').allTextContents();
  return Object.fromEntries(
    texts.map((text) => /^(.*?)(\d+)$/u.exec(text)?.slice(1) ?? []).map(([k, v]) => [k, Number(v)]),
  );
}

test('filters by every column, counts under the other filters, and undoes', async ({ page }) => {
  await openColumns(page);
  await openFilters(page);
  const venues = facet(page, 'venue');
  expect(await barsOf(venues)).toEqual({ Anchor: 16, Beacon: 16, Compass: 16 });
  await venues.locator('.category-bar', { hasText: 'Beacon' }).click();
  await expect(page.locator('.card-count')).toHaveText(`16 of ${COUNT} texts`);
  // A filter does not change the counts of its own column.
  expect(await barsOf(venues)).toEqual({ Anchor: 16, Beacon: 16, Compass: 16 });
  await expect(page.locator('.filter-chip')).toHaveText('venue: Beacon');
  await expect(page.locator('[data-kept]')).toContainText(`16 of ${COUNT} texts`);
  // Selecting what is in view leaves out the papers that the filters exclude.
  await page.locator('.map').focus();
  await page.keyboard.press('v');
  await expect(page.locator('.selection-count')).toHaveText('16 texts selected');
  await page.getByRole('button', { name: 'Invert the selection' }).click();
  await expect(page.locator('.selection-count')).toHaveCount(0);
  const pages = facet(page, 'pages').getByRole('slider', { name: 'pages, to' });
  await pages.focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('PageDown');
  const counts = await barsOf(venues);
  expect(await kept(page)).toBe(counts.Beacon);
  expect(counts.Anchor + counts.Beacon + counts.Compass).toBeLessThan(30);
  await page.locator('.filter-chip', { hasText: 'venue' }).click();
  await expect.poll(() => kept(page)).toBe(counts.Anchor + counts.Beacon + counts.Compass);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expectPapers(page, COUNT);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.locator('.filter-chip')).toHaveCount(2);
  await page.keyboard.press('Control+Shift+z');
  await expect(page.locator('.filter-chip')).toHaveCount(1);
});

test('brushes time, counts what has no date, plays, and is one step to undo', async ({ page }) => {
  await openColumns(page);
  await page.getByRole('button', { name: 'Time', exact: true }).click();
  const time = page.getByRole('region', { name: 'Time' });
  await expect(time).toContainText('6 without a date');
  await brush(page, time.locator('[data-plot]'), 0.01, 0.24);
  const first = await kept(page);
  expect(first).toBeGreaterThan(5);
  expect(first).toBeLessThan(14);
  await expect(time).toContainText('left out');
  await time.getByRole('button', { name: /Keep texts/u }).click();
  await expect.poll(() => kept(page)).toBe(first + 6);
  await time.getByRole('button', { name: /Leave out texts/u }).click();
  // Drags the middle of the range, which moves the whole range.
  const from = time.getByRole('slider', { name: 'Date, from' });
  const before = Number(await from.getAttribute('aria-valuenow'));
  await brush(page, time.locator('[data-plot]'), 0.1, 0.35);
  expect(Number(await from.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
  await from.focus();
  await page.keyboard.press('Shift+Home');
  await expect(from).toHaveAttribute('aria-valuenow', '0');
  await time.getByRole('button', { name: 'Play' }).click();
  await expect.poll(async () => Number(await from.getAttribute('aria-valuenow'))).toBeGreaterThan(2);
  await time.getByRole('button', { name: 'Pause' }).click();
  await page.keyboard.press('Control+z');
  await expect(from).toHaveAttribute('aria-valuenow', '0');
  // Its filter does not go on unseen.
  await page.keyboard.press('Control+Shift+z');
  await expect(page.locator('.filter-chip')).toHaveCount(1);
  await time.getByRole('button', { name: 'Close the time line' }).click();
  await expect(time).toHaveCount(0);
  await expect(page.locator('.filter-chip')).toHaveCount(0);
  await page.getByRole('button', { name: 'Keep the filter' }).click();
  await expect(page.locator('.filter-chip')).toHaveCount(1);
});

test.describe('with reduced motion', () => {
  test('time goes on step by step', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openColumns(page);
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    const to = page.getByRole('slider', { name: 'Date, to' });
    await page.getByRole('button', { name: 'Next' }).click();
    const width = Number(await to.getAttribute('aria-valuenow'));
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(to).toHaveAttribute('aria-valuenow', String(2 * width));
  });
});

test('the legend filters: a click takes a value away, Shift and click leaves it alone', async ({ page }) => {
  await openColumns(page);
  await page.getByRole('button', { name: /Colour by/u }).click();
  await page.getByRole('option', { name: 'venue' }).click();
  const line = (name: string): Locator => page.locator('.legend-line', { hasText: name });
  await line('Anchor').click();
  await expect(page.locator('.filter-chip')).toHaveText('venue: not Anchor');
  await expect(line('Anchor')).toHaveAttribute('aria-pressed', 'false');
  expect(await kept(page)).toBe(32);
  await line('Anchor').focus();
  await page.keyboard.press('Enter');
  expect(await kept(page)).toBe(COUNT);
  await line('Compass').click({ modifiers: ['Shift'] });
  await expect(page.locator('.filter-chip')).toHaveText('venue: Compass');
  await line('Compass').click({ modifiers: ['Alt'] });
  expect(await kept(page)).toBe(COUNT);
});

test('topics are a legend too, and a search keeps to what the filters leave', async ({ page }) => {
  await openSample(page);
  const row = page.getByRole('treeitem').first();
  await expect(row).toBeVisible({ timeout: 30_000 });
  await row.click({ modifiers: ['Shift'] });
  const left = await kept(page);
  expect(left).toBeGreaterThan(5);
  expect(left).toBeLessThan(300);
  await page.getByLabel('Search titles and texts').fill('learning');
  await page.getByRole('radio', { name: 'Words' }).click();
  const head = page.locator('.results-head p');
  await expect(head).toBeVisible();
  const within = Number.parseInt((await head.textContent()) ?? '', 10);
  expect(within).toBeLessThanOrEqual(left);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect.poll(async () => Number.parseInt((await head.textContent()) ?? '', 10)).toBeGreaterThan(within);
});

test('a part of a topic is a filter too, in the tree, in the list and in its panel', async ({ page }) => {
  await openSample(page);
  const tree = page.getByRole('tree', { name: 'Topics' });
  await expect(tree.getByRole('treeitem').first()).toBeVisible({ timeout: 30_000 });
  const row = (level: number, nth: number): Locator => tree.locator(`[aria-level="${level}"]`).nth(nth);
  const sizeOf = async (of: Locator): Promise<number> =>
    Number.parseInt((await of.locator('.legend-count').textContent()) ?? '', 10);
  const parent = row(1, 0);
  const whole = await sizeOf(parent);
  await parent.focus();
  await page.keyboard.press('ArrowRight');
  const part = row(2, 0);
  const size = await sizeOf(part);
  expect(size).toBeGreaterThan(2);
  expect(size).toBeLessThan(whole);

  await part.locator('.topic-swatch').click();
  await expect.poll(() => kept(page)).toBe(468 - size);
  // A filter does not change its own counts; a parent with a part hidden can be shown again as a whole.
  await parent.locator('.topic-swatch').click();
  await expect(page.locator('.filter-chip')).toHaveCount(0);
  await part.click({ modifiers: ['Shift'] });
  await expect.poll(() => kept(page)).toBe(size);

  await openFilters(page);
  const topics = facet(page, 'Topic');
  await topics
    .getByRole('button', { name: /^Parts of/u })
    .first()
    .click();
  const bar = topics.locator('.topic-bar-parts .category-bar').first();
  await expect(bar).toHaveAttribute('aria-pressed', 'true');
  expect(await sizeOf(bar)).toBe(size);
  await topics.locator('.topic-bar-parts .category-bar').nth(1).click();
  await expect.poll(() => kept(page)).toBeGreaterThan(size);
  await page.getByRole('button', { name: 'Clear all' }).click();

  await page.getByRole('radio', { name: 'Map', exact: true }).click();
  await row(1, 1).click();
  await page.getByRole('button', { name: 'Only this' }).click();
  await expect(page.getByRole('button', { name: 'Only this' })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => kept(page)).toBe(await sizeOf(row(1, 1)));
  await page.getByRole('button', { name: 'Only this' }).click();
  await expect(page.locator('.filter-chip')).toHaveCount(0);
});

test('dates that can be read in two ways say so, and can be read in the other', async ({ page }) => {
  await openMapBeside(page, 'other.parquet', { path: OTHER }, 43);
  await openFilters(page);
  const seen = facet(page, 'seen');
  await expect(seen).toContainText('37 dates can be read in two ways, and nothing in the column tells which.');
  await expect(seen.locator('.histogram-ends')).toContainText('Mar 2020');
  await seen.getByRole('button', { name: /Read \d/u }).click();
  await page.getByRole('option', { name: 'day first' }).click();
  await expect(seen.locator('.histogram-ends')).toContainText('Nov 2020');
});

test('the import dialog asks how dates are read that can be read in two ways', async ({ page }) => {
  await openColumns(page);
  const rows = ['03/04/2020', '05/06/2020', '07/08/2020'].map((date, i) => `Paper number ${i},${date}`);
  await drop(page, [{ name: 'dated.csv', text: ['title,date', ...rows].join('\n') }]);
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('.day-order')).toContainText('3 dates can be read in two ways');
  await dialog.getByRole('button', { name: /Read 03\/04\/2020/u }).click();
  await page.getByRole('option', { name: 'day first' }).click();
  await expect(dialog.getByRole('button', { name: /Read \d/u })).toContainText('day first');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in filters and time, ${colorScheme}, and 360 px are enough`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openColumns(page);
    await openFilters(page);
    await facet(page, 'venue').locator('.category-bar').first().click();
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Time' })).toBeVisible();
    expect(await violationsOf(page), 'filters and time').toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await violationsOf(page), 'filters and time on a phone').toEqual([]);
    await expectNoOverflow(page);
  });
}
