import type { Locator, Page } from '@playwright/test';
import { answered, expect, expectNoOverflow, openMapFile, openSample, saveMap, test, violationsOf } from './support.ts';

const bar = (page: Page): Locator => page.getByRole('region', { name: 'Selected papers' });
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Selection' });
const tool = (page: Page, name: string): Locator => page.getByRole('toolbar', { name: 'Map' }).getByLabel(name);

/** The number of selected papers that the bar states. */
async function selected(page: Page): Promise<number> {
  const text = (await bar(page).locator('.selection-count').textContent()) ?? '';
  return text.startsWith('Nothing') ? 0 : Number(/\d+/u.exec(text)?.[0]);
}

/** Drags the mouse through corners, in CSS pixels. */
async function drag(page: Page, corners: readonly (readonly [number, number])[]): Promise<void> {
  const [[x, y], ...others] = corners;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (const [toX, toY] of others) await page.mouse.move(toX, toY, { steps: 6 });
  await page.mouse.up();
}

const LEFT = [
  [360, 120],
  [800, 120],
  [800, 680],
  [360, 680],
] as const;
const RIGHT = [
  [700, 120],
  [1180, 120],
  [1180, 680],
  [700, 680],
] as const;

test('a lasso selects; Shift adds, Alt takes away, both keep what is in both; all of it is undone', async ({
  page,
}) => {
  await openSample(page);
  await tool(page, 'Lasso').click();
  await drag(page, LEFT);
  const left = await selected(page);
  await drag(page, RIGHT);
  const right = await selected(page);
  expect(Math.min(left, right)).toBeGreaterThan(20);

  await page.keyboard.down('Shift');
  await drag(page, LEFT);
  await page.keyboard.up('Shift');
  const union = await selected(page);
  await page.keyboard.press('Control+z');
  expect(await selected(page)).toBe(right);
  await page.keyboard.down('Shift');
  await page.keyboard.down('Alt');
  await drag(page, LEFT);
  await page.keyboard.up('Alt');
  await page.keyboard.up('Shift');
  const both = await selected(page);
  expect(both).toBeGreaterThan(0);
  expect(union).toBe(left + right - both);
  await page.keyboard.press('Control+z');
  await page.getByLabel('Take away (Alt)').click();
  await drag(page, LEFT);
  expect(await selected(page)).toBe(right - both);

  await page.getByLabel('Invert the selection').click();
  expect(await selected(page)).toBe(468 - right + both);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await selected(page)).toBe(right);
  await page.keyboard.press('Control+y');
  expect(await selected(page)).toBe(right - both);
  await expect(page.getByRole('status').filter({ hasText: `${right - both} papers selected` })).toHaveCount(1);
});

test('without a tool Shift and dragging draw a rectangle, plain dragging moves the map', async ({ page }) => {
  await openSample(page);
  await drag(page, [LEFT[0], [420, 180]]);
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press('0');
  await page.keyboard.down('Shift');
  await page.mouse.move(480, 150);
  await page.mouse.down();
  await page.mouse.move(900, 600, { steps: 5 });
  await expect(page.locator('.area-outline path')).toBeVisible();
  await page.keyboard.up('Shift');
  await page.mouse.up();
  await expect(page.locator('.area-outline')).toHaveCount(0);
  expect(await selected(page)).toBeGreaterThan(20);
});

test('Escape ends what is drawn, then the tool, then the panel, then the selection', async ({ page }) => {
  await openSample(page);
  await tool(page, 'Rectangle').click();
  await drag(page, [LEFT[0], LEFT[2]]);
  const before = await selected(page);
  await page.mouse.move(600, 300);
  await page.mouse.down();
  await page.mouse.move(900, 500, { steps: 3 });
  await page.keyboard.press('Escape');
  await expect(page.locator('.area-outline')).toHaveCount(0);
  await page.mouse.up();
  expect(await selected(page)).toBe(before);
  await tool(page, 'Selections').click();
  await page.keyboard.press('Escape');
  await expect(tool(page, 'Rectangle')).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  expect(await selected(page)).toBe(before);
  await page.keyboard.press('Escape');
  await expect(bar(page)).toHaveCount(0);
});

test('everything by keys: an area is put down, moved, grown and selected', async ({ page }) => {
  await openSample(page);
  await page.locator('.map').focus();
  await page.keyboard.press('r');
  await page.keyboard.press('Enter');
  await expect(page.locator('.area-outline path')).toBeVisible();
  const before = await page.locator('.area-outline path').boundingBox();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowUp');
  const after = await page.locator('.area-outline path').boundingBox();
  expect((after?.x ?? 0) - (before?.x ?? 0)).toBeCloseTo(24, 0);
  expect((after?.height ?? 0) - (before?.height ?? 0)).toBeCloseTo(24, 0);
  await page.keyboard.press('Enter');
  const first = await selected(page);
  expect(first).toBeGreaterThan(0);
  await page.keyboard.press('l');
  await page.keyboard.press('Enter');
  for (let i = 0; i < 3; i++) await page.keyboard.press('+');
  await page.keyboard.press('Enter');
  expect(await selected(page)).not.toBe(first);
  await page.keyboard.press('v');
  expect(await selected(page)).toBe(468);
});

test('a finger held still draws a line; a second finger gives it up', async ({ browser, baseURL }) => {
  void baseURL;
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await openSample(page);
  const hand = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: (readonly [number, number])[]) =>
    hand.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  await touch('touchStart', [40, 200]);
  await expect(page.locator('.area-outline')).toBeVisible();
  for (const [x, y] of [
    [300, 200],
    [300, 500],
    [40, 500],
  ] as const) {
    await touch('touchMove', [x, y]);
  }
  await touch('touchEnd');
  const count = await selected(page);
  expect(count).toBeGreaterThan(20);
  await expectNoOverflow(page);

  await touch('touchStart', [60, 250]);
  await expect(page.locator('.area-outline')).toBeVisible();
  await touch('touchMove', [200, 300]);
  await touch('touchStart', [200, 300], [250, 400]);
  await expect(page.locator('.area-outline')).toHaveCount(0);
  await touch('touchEnd');
  expect(await selected(page)).toBe(count);
  await context.close();
});

test('a topic and search results are selected, told apart and compared', async ({ page }) => {
  await openSample(page);
  await page.getByRole('treeitem').first().click();
  const topic = page.getByRole('complementary', { name: 'Topic' });
  const size = /\d+/u.exec((await topic.locator('.meta').nth(1).textContent()) ?? '')?.[0];
  await topic.getByRole('button', { name: 'Select papers' }).click();
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(`${size} papers`);
  const terms = panel(page).getByRole('region', { name: 'What tells it apart' });
  await expect(terms.locator('li').first()).toBeVisible();
  await expect(terms).toHaveAttribute('aria-busy', 'false');
  const against = await terms.locator('li').allTextContents();
  const rows = panel(page).getByRole('region', { name: 'Distribution' }).locator('tbody tr');
  // All selected papers are in a single topic, the one that was selected.
  await expect(rows.filter({ hasText: new RegExp(`${size}0$`, 'u') })).toHaveCount(1);
  await panel(page).getByRole('button', { name: 'Keep' }).click();

  await page.getByLabel('Search titles and texts').fill('visualization');
  await answered(page);
  await page.getByLabel('Select these papers').click();
  const hits = Number(/\d+/u.exec((await page.locator('.results-head p').textContent()) ?? '')?.[0]);
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(`${hits} papers`);
  await panel(page)
    .getByRole('button', { name: /The rest/u })
    .click();
  await page.getByRole('option', { name: /Selection 1/u }).click();
  await expect(terms).toHaveAttribute('aria-busy', 'false');
  await expect(terms.locator('h4').nth(1)).toHaveText('Selection 1');
  expect(await terms.locator('li').allTextContents()).not.toEqual(against);
});

test('selections are kept: renamed, recoloured, deleted, undone, drawn, and saved with the map', async ({
  page,
}, info) => {
  await openSample(page);
  await page.locator('.map').focus();
  await page.keyboard.press('r');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const count = await selected(page);
  await bar(page).getByRole('button', { name: 'Details' }).click();
  await panel(page).getByRole('button', { name: 'Keep' }).click();
  const kept = panel(page).getByRole('region', { name: 'Kept selections' });
  await kept.getByLabel('Rename Selection 1').click();
  await page.getByLabel(`Name of this selection of ${count} papers`).fill('Mare nostrum');
  await page.keyboard.press('Enter');
  await expect(kept.locator('.kept-name')).toContainText('Mare nostrum');
  const hue = () => kept.locator('.swatch circle').first().getAttribute('fill');
  const blue = await hue();
  await kept.getByLabel('Colour of Mare nostrum').click();
  await page.getByRole('menuitem', { name: 'Red' }).click();
  await expect.poll(hue).not.toBe(blue);
  await kept.getByRole('button', { name: 'Colour the map by them' }).click();
  await expect(page.locator('.legend li').first()).toContainText(`Mare nostrum${count}`);

  await panel(page).getByRole('button', { name: 'Invert' }).click();
  await panel(page).getByRole('button', { name: 'Keep' }).click();
  await expect(page.locator('.legend li').nth(1)).toContainText(`Selection 2${468 - count}`);
  await kept.getByLabel('Delete Mare nostrum').click();
  await expect(kept.locator('li')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(kept.locator('li')).toHaveCount(2);
  await kept
    .getByRole('button', { name: /Mare nostrum/u })
    .and(page.locator('.kept-name'))
    .click();
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(`${count} papers`);

  const file = await saveMap(page, info.outputPath('kept.parquet'));
  for (let i = 0; i < 20; i++) await page.keyboard.press('Control+z');
  await expect(kept).toHaveCount(0);
  await openMapFile(page, file);
  await expect(panel(page)).toHaveCount(0);
  await tool(page, 'Selections').click();
  await expect(kept.locator('li')).toHaveCount(2);
  await expect(kept.locator('.kept-name').first()).toContainText('Mare nostrum');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a selection, ${colorScheme}; targets are 24 px`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openSample(page);
    await tool(page, 'Lasso').click();
    await drag(page, LEFT);
    expect(await violationsOf(page)).toEqual([]);
    await bar(page).getByRole('button', { name: 'Details' }).click();
    await panel(page).getByRole('button', { name: 'Keep' }).click();
    await expect(panel(page).locator('.contrast li').first()).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    const small = await page
      .locator('.selection-bar button, .selection-panel button:not(.link-button), .controls button')
      .evaluateAll((buttons) =>
        buttons
          .map((button) => ({ box: button.getBoundingClientRect(), html: button.outerHTML.slice(0, 80) }))
          .filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < 24)
          .map(({ html }) => html),
      );
    expect(small).toEqual([]);
  });
}

test('on a phone the bar and the panel fit', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openSample(page);
  await tool(page, 'Lasso').click();
  await page.locator('.map').focus();
  await page.keyboard.press('v');
  await expect(bar(page)).toBeInViewport({ ratio: 1 });
  await bar(page).getByRole('button', { name: 'Details' }).click();
  await expect(panel(page)).toBeVisible();
  await expectNoOverflow(page);
});
