import { expect, expectPapers, idle, openColumns, openSample, site, test } from './support.ts';

test('colours by place, an ordered column with its bar, and print keep what colours mean', async ({ page }) => {
  await openSample(page);
  const fills = await page
    .locator('[role=treeitem] .swatch circle')
    .evaluateAll((all) => all.map((one) => one.getAttribute('fill')));
  expect(fills.length).toBeGreaterThan(10);
  expect(new Set(fills).size, 'no colour twice').toBe(fills.length);

  // A topic's parts are shades of its colour.
  await page.getByRole('treeitem').first().focus();
  await page.keyboard.press('ArrowRight');
  const parts = await page
    .locator('[role=treeitem][aria-level="2"] .swatch circle')
    .evaluateAll((all) => all.map((one) => one.getAttribute('fill')));
  expect(parts.length).toBeGreaterThan(1);
  expect(new Set(parts).size).toBe(parts.length);

  // On paper: a picture of the map, its names and the card, nothing else.
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.print-picture')).toBeVisible();
  await expect(page.locator('.card')).toBeVisible();
  await expect(page.locator('.topic-label').first()).toBeVisible();
  await expect(page.locator('.search')).toBeHidden();
  await expect(page.locator('.controls')).toBeHidden();
  const colors = await page.locator('.print-picture').evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4) seen.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    return seen.size;
  });
  expect(colors, 'the picture is not empty').toBeGreaterThan(100);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await expect(page.locator('.print-picture')).toHaveCount(0);
});

test('numbers are in their own order with a bar, and an unknown colouring in the address changes nothing', async ({
  page,
}) => {
  await openColumns(page);
  await page.getByRole('button', { name: /Colour by/u }).click();
  await page.getByRole('option', { name: 'Year' }).click();
  await expect(page.locator('.scale-bar')).toBeVisible();
  const labels = await page.locator('.legend-line .legend-label:not([data-kind=missing])').allTextContents();
  expect(labels.length).toBeGreaterThan(2);
  expect(labels).toEqual(labels.toSorted());

  await page.goto('about:blank');
  await page.goto(`${site()}#color=77`);
  await expectPapers(page, 468);
  await idle(page);
  await expect(page.getByRole('button', { name: /Colour by/u })).toContainText('Topic');
});

test('forced colours leave swatches and the map their colours, and names readable', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openSample(page);
  const adjust = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).forcedColorAdjust);
  expect(await adjust('.topic-swatch .swatch')).toBe('none');
  expect(await adjust('.map')).toBe('none');
  await expect(page.locator('.topic-label').first()).toBeVisible();
});

test('topics have the mean of the numbers that the map is coloured by, and are sorted by it', async ({ page }) => {
  await openSample(page);
  await page.locator('.choice-button').first().click();
  await page.getByRole('option', { name: 'Year' }).click();
  const means = page.locator('[role=treeitem] .topic-mean');
  await expect(means.first()).toHaveText(/^20\d\d$/u);
  await expect(means.first()).toHaveAttribute(
    'title',
    /^Mean year: 20\d\d ± [\d.]+ \(standard deviation\), of \d+ with a value$/u,
  );
  await page.getByRole('button', { name: 'By size; sort by mean year' }).click();
  const years = (await means.allTextContents()).map(Number);
  expect(years).toEqual(years.toSorted((a, b) => b - a));
  await page.getByRole('button', { name: 'By mean year; sort by size' }).click();
  const sizes = await page.locator('[role=treeitem] .legend-count').allTextContents();
  expect(sizes.map(Number)).toEqual(sizes.map(Number).toSorted((a, b) => b - a));
});
