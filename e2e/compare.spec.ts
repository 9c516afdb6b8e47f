import type { Locator, Page } from '@playwright/test';
import {
  COLUMNS,
  choose,
  expect,
  expectNoOverflow,
  OTHER,
  openColumns,
  openSample,
  test,
  violationsOf,
} from './support.ts';

async function openDialog(page: Page): Promise<void> {
  await choose(page, 'Compare with another map…');
  await expect(page.getByRole('dialog')).toContainText('Compare with another map');
}

async function compareWithOther(page: Page): Promise<void> {
  await openDialog(page);
  await page.getByLabel('Choose a file…').setInputFiles(OTHER);
  await expect(page.locator('.compare-bar')).toBeVisible();
}

const slider = (page: Page): Locator => page.getByRole('slider', { name: 'From one map to the other' });

/** A figure of the panel, by its name. */
async function figure(page: Page, name: string): Promise<string | null> {
  return page.locator('.panel dt', { hasText: name }).locator('xpath=following-sibling::dd[1]').textContent();
}

/** Where a paper of the map's list is drawn, by its title: the position of its card. */
async function placeOf(page: Page, title: string): Promise<{ x: number; y: number }> {
  await page.locator('.nearest button', { hasText: title }).first().hover();
  const card = page.locator('.hover-card', { hasText: title });
  await expect(card).toBeVisible();
  const box = await card.boundingBox();
  return { x: Math.round(box?.x ?? 0), y: Math.round(box?.y ?? 0) };
}

test('another map is aligned, gone to and left again, and everything is as before', async ({ page }) => {
  await openColumns(page);
  await page.getByRole('button', { name: /Colour by/u }).click();
  await page.getByRole('option', { name: 'venue' }).click();
  await expect.poll(() => page.url()).toContain('color=');
  const address = page.url();
  await compareWithOther(page);
  expect(await figure(page, 'Shared texts')).toBe('40');
  expect(await figure(page, 'In this map alone')).toBe('8');
  expect(await figure(page, 'In the other alone')).toBe('3');
  // One paper in forty has moved: the rest keep their places and nearly all of their neighbours.
  expect(Number.parseInt((await figure(page, 'Median drift')) ?? '', 10)).toBeLessThan(15);
  expect(Number.parseInt((await figure(page, 'Neighbours on both')) ?? '', 10)).toBeGreaterThan(85);
  await expect(page.getByRole('region', { name: 'Texts that moved most' }).getByRole('button').first()).toContainText(
    'Paper 5 ',
  );
  await expect(page.locator('.legend')).toContainText('in this map alone');
  await expect(page.locator('.compare-alone').last()).toContainText('3 texts');
  const home = await placeOf(page, 'Paper 5 ');

  await slider(page).focus();
  await page.keyboard.press('End');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'other.parquet');
  await expect.poll(async () => (await placeOf(page, 'Paper 5 ')).x === home.x).toBe(false);
  await page.keyboard.press('Home');
  // A paper of the other map alone has a place only there, so showing it moves the slider to that map.
  await page.locator('.compare-alone summary').last().click();
  await page.getByRole('button', { name: 'Newcomer 1' }).click();
  await expect(slider(page)).toHaveValue('100');
  await expect(page.locator('.hover-card')).toHaveText('Newcomer 1Only in other.parquet');
  await slider(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', '1 % of the way to other.parquet');
  await page.getByRole('button', { name: 'End the comparison' }).click();
  await expect(page.locator('.compare-bar')).toHaveCount(0);
  await expect(page.locator('.legend')).toContainText('Anchor');
  await expect(page.locator('.panel')).toHaveCount(0);
  expect(page.url()).toBe(address);
});

test('a layout with another seed is made here, played, and ended by Escape', async ({ page }) => {
  await openSample(page);
  await expect(page.locator('.topic-label').first()).toBeVisible();
  await openDialog(page);
  await expect(page.getByLabel('Seed')).toHaveValue('43');
  await page.getByLabel('Seed').fill('7');
  await page.getByLabel('Minimum distance').fill('0.3');
  await page.getByRole('button', { name: 'Lay out and compare' }).click();
  await expect(page.locator('.compare-bar')).toBeVisible({ timeout: 90_000 });
  await expect(page.locator('.panel h2')).toHaveText('Layout with seed 7, minimum distance 0.3');
  expect(await figure(page, 'Shared papers')).toBe('468');
  await page.getByRole('button', { name: 'Play' }).click();
  // In between no names are shown, since they belong to neither map; they are back at the end.
  await expect(page.locator('.topic-label')).toHaveCount(0);
  await expect(slider(page)).toHaveValue('100', { timeout: 30_000 });
  await expect(page.locator('.topic-label').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.compare-bar')).toHaveCount(0);
  await expect(page.locator('.topic-label').first()).toBeVisible();
});

test('a map of other papers is refused in words, one of the same that is kept is not', async ({ page }) => {
  await openSample(page);
  await choose(page, 'Keep in this browser');
  await expect(page.getByText('Kept in this browser').first()).toBeVisible();
  await openDialog(page);
  await page.getByLabel('Choose a file…').setInputFiles(COLUMNS);
  await expect(page.locator('.notice-warning')).toContainText(/share too few \S+/u);
  await expect(page.locator('.compare-bar')).toHaveCount(0);
  await openDialog(page);
  await page.locator('.compare-map').first().click();
  await expect(page.locator('.compare-bar')).toBeVisible();
  expect(await figure(page, 'Median drift')).toBe('0 %');
  expect(await figure(page, 'Neighbours on both')).toBe('100 %');
  // The end shows the other map's own topics, which cannot be opened here.
  await expect(page.locator('.topic-label:enabled').first()).toBeVisible();
  await slider(page).focus();
  await page.keyboard.press('End');
  await expect(page.locator('.topic-label:disabled').first()).toBeVisible();
  await expect(page.locator('.topic-label:enabled')).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(page.locator('.topic-label:enabled').first()).toBeVisible();
  await expect(page.locator('.topic-label:disabled')).toHaveCount(0);
});

test('with reduced motion the other map is there at once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openColumns(page);
  await compareWithOther(page);
  await page.getByRole('button', { name: 'Change' }).click();
  await expect(slider(page)).toHaveValue('100');
  await page.getByRole('button', { name: 'Change' }).click();
  await expect(slider(page)).toHaveValue('0');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a comparison, ${colorScheme}, and 360 px are enough`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openColumns(page);
    await openDialog(page);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Choose a file…').setInputFiles(OTHER);
    await expect(page.locator('.compare-bar')).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await expect(slider(page)).toBeInViewport();
    expect(await violationsOf(page)).toEqual([]);
    await expectNoOverflow(page);
  });
}
