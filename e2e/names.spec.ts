import type { Page } from '@playwright/test';
import {
  drop,
  expect,
  expectPapers,
  makeMap,
  openEmpty,
  openSample,
  type TextFile,
  test,
  violationsOf,
} from './support.ts';

/** Sixty short texts with vectors and places: forty of them at one place, as copies of a text are. */
const STACKED: TextFile = {
  name: 'stacked.jsonl',
  text: Array.from({ length: 60 }, (_, i) => {
    const isCopy = i % 3 !== 0;
    const embedding = Array.from({ length: 8 }, (__, j) => Math.sin(isCopy ? j : 3 * i + j) + 0.01 * Math.cos(i * j));
    const [x, y] = isCopy ? [5, 4] : [(7 * i) % 10, (3 * i) % 8];
    return JSON.stringify({ title: `Note ${i}`, x, y, embedding });
  }).join('\n'),
};

const panel = (page: Page, name: string) => page.getByRole('complementary', { name });

test('many texts at one place say so, and open as a list, by keys and by a click', async ({ page }) => {
  await openEmpty(page);
  await drop(page, [STACKED]);
  await makeMap(page);
  await expectPapers(page, 60);
  const card = page.locator('.hover-card');
  const here = card.getByText(/^40 .* here/u);
  await page.locator('.map').focus();
  await expect(async () => {
    await page.keyboard.press('n');
    await expect(here).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
  const list = page.getByRole('region', { name: /^40 .* here$/u });
  await expect(list.getByRole('option').first()).toBeFocused();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  const title = await list.getByRole('option').nth(1).textContent();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary').getByRole('heading', { name: title ?? '' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary').getByRole('heading', { name: title ?? '' })).toHaveCount(0);
  await expect(async () => {
    await page.locator('.map').focus();
    await page.keyboard.press('n');
    await expect(here).toBeVisible({ timeout: 500 });
    const box = await card.boundingBox();
    // The card is at the lower right of its dot, once the view rests.
    await page.mouse.click((box?.x ?? 0) - 14, (box?.y ?? 0) - 14);
    await expect(list).toBeVisible({ timeout: 1000 });
  }).toPass();
  await list.getByRole('button', { name: 'Close' }).click();
  await expect(list).toHaveCount(0);
});

test('a dot under a name can be pointed at and opened; keys reach the names all the same', async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1000 });
  await openSample(page);
  const names = page.locator('.topic-label');
  await expect(names.first()).toBeVisible();
  const at = await dotUnderName(page);
  await page.mouse.move(at.x, at.y);
  await expect(page.locator('.hover-card')).toBeVisible();
  // The name fades so that the dot is seen.
  await expect.poll(() => names.evaluateAll((all) => all.map((one) => getComputedStyle(one).opacity))).toContain('0.3');
  await page.mouse.click(at.x, at.y);
  await expect(panel(page, 'Paper')).toBeVisible();
  await page.keyboard.press('Escape');
  await names.first().focus();
  await page.keyboard.press('Enter');
  await expect(panel(page, 'Topic')).toBeVisible();
});

test('on a phone every name is large enough to tap, and all are in the list', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openSample(page);
  await expect(page.locator('.topic-label').first()).toBeVisible();
  const small = (selector: string): Promise<string[]> =>
    page.locator(selector).evaluateAll((all) =>
      all.flatMap((one) => {
        const { width, height } = one.getBoundingClientRect();
        return Math.min(width, height) < 24 ? [`${one.textContent}: ${width} × ${height}`] : [];
      }),
    );
  expect(await small('.topic-label')).toEqual([]);
  await page.locator('.card-head').click();
  const tops = page.locator('[role="treeitem"][aria-level="1"]');
  await expect(tops.first()).toBeVisible();
  expect(await small('[role="treeitem"], .topic-swatch, .topic-twist')).toEqual([]);
  const last = tops.last();
  await last.scrollIntoViewIfNeeded();
  await last.click();
  await expect(panel(page, 'Topic')).toBeVisible();
});

/** The middle of a dot that a name covers: found by the cards of the dots there while names are hidden. */
async function dotUnderName(page: Page): Promise<{ x: number; y: number }> {
  const boxes = await page.locator('.topic-label').evaluateAll((names) =>
    names.map((name) => {
      const { left, top, right, bottom } = name.getBoundingClientRect();
      return { left, top, right, bottom };
    }),
  );
  const layer = page.locator('.topic-labels');
  const show = (visibility: string) =>
    layer.evaluate((one: HTMLElement, to) => one.style.setProperty('visibility', to), visibility);
  await show('hidden');
  const card = page.locator('.hover-card');
  for (const { left, top, right, bottom } of boxes) {
    for (let x = left + 8; x < right; x += 12) {
      const y = (top + bottom) / 2;
      await page.mouse.move(x, y);
      // A dot is looked for in the next animation frame.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const box = (await card.count()) > 0 ? await card.boundingBox() : null;
      // The card is at the lower right of its dot where there is room for it.
      const dot = { x: (box?.x ?? 0) - 14, y: (box?.y ?? 0) - 14 };
      if (Math.hypot(dot.x - x, dot.y - y) > 12 || dot.y < top + 2 || dot.y > bottom - 2) continue;
      if (dot.x < left + 2 || dot.x > right - 2) continue;
      await show('');
      await page.mouse.move(0, 0);
      return dot;
    }
  }
  throw new Error('no name covers a dot');
}
