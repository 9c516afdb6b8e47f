import type { Page } from '@playwright/test';
import {
  choose,
  expect,
  expectNoOverflow,
  makeMap,
  mapMade,
  openSample,
  TITLES_WITH_VECTORS,
  test,
  violationsOf,
} from './support.ts';

const WAY_IN = 'Make a map of your texts';

test('the first screen says how to bring own texts, and that it shows a sample', async ({ page }) => {
  await openSample(page);
  const door = page.getByRole('region', { name: 'Your own texts' });
  await expect(door.getByRole('button', { name: WAY_IN })).toBeInViewport({ ratio: 1 });
  await expect(door).toContainText('Sample: 468 research papers');
  await expect(page.locator('.card-head')).toContainText('Sample map');
  await expect(page.getByRole('heading', { level: 1, name: 'Portolan' })).toBeVisible();
  // All of it is seen without scrolling; how good the map is waits behind its question.
  for (const text of ['How good is this map?', 'Runs on this device.']) {
    await expect(page.getByText(text)).toBeInViewport({ ratio: 1 });
  }
  await expect(page.getByText('Near means alike')).toBeHidden();

  await door.getByRole('button', { name: WAY_IN }).click();
  const dialog = page.getByRole('dialog', { name: WAY_IN });
  for (const name of ['Choose files…', 'Choose a folder…', 'Paste texts…']) {
    await expect(dialog.getByRole('button', { name })).toBeVisible();
  }
  await expect(dialog).toContainText('drop files or a folder');
  expect(await violationsOf(page), 'the ways to bring texts').toEqual([]);
  const choosing = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Choose files…' }).click();
  const { name, text } = TITLES_WITH_VECTORS;
  await (await choosing).setFiles({ name, mimeType: 'application/jsonl', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Make the map' }).click();
  await mapMade(page);

  // On a map of own texts the way in is less prominent, but there: on the card and in the menu.
  await expect(door).toHaveCount(0);
  await expect(page.locator('.card-head')).not.toContainText('Sample');
  await page.locator('.card').getByRole('button', { name: WAY_IN }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.card').getByRole('button', { name: WAY_IN })).toBeFocused();
  await choose(page, `${WAY_IN}…`);
  await dialog.getByRole('button', { name: 'Paste texts…' }).click();
  await expect(page.getByRole('dialog', { name: 'Paste texts' })).toBeVisible();
  await expect(dialog).toHaveCount(0);
});

test('the menu says what it is, and the focus returns where it came from', async ({ page }) => {
  await openSample(page);
  const menu = page.getByRole('button', { name: 'Menu' });
  await expect(menu).toHaveText('Menu');
  for (let i = 0; i < 2; i++) await page.keyboard.press('Tab');
  await expect(page.getByLabel('Search titles and texts')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(menu).toBeFocused();
  // The first time, when the list is fetched, as later.
  for (let i = 0; i < 2; i++) {
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: WAY_IN })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeFocused();
  const door = page.getByRole('button', { name: WAY_IN });
  await door.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: WAY_IN })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(door).toBeFocused();
});

/** The boxes of what lies over the map. */
const OVER_THE_MAP = ['.search', '.door', '.card', '.controls', '.panel'];

function showOverTheMap(page: Page, isShown: boolean): Promise<void> {
  return page.evaluate(
    ([names, visibility]) => {
      for (const element of document.querySelectorAll<HTMLElement>(names)) element.style.visibility = visibility;
    },
    [OVER_THE_MAP.join(), isShown ? '' : 'hidden'] as const,
  );
}

/**
 * How many pixels of a dot's colour lie behind each of `boxes`, and on the whole page. The boxes are hidden, and the map
 * is drawn again for the other theme, for a picture that shows what is behind them.
 */
async function dotsBehind(page: Page): Promise<{ behind: Record<string, number>; all: number }> {
  const boxes: Record<string, { x: number; y: number; width: number; height: number }> = {};
  for (const name of OVER_THE_MAP) {
    const box = (await page.locator(name).isVisible()) ? await page.locator(name).boundingBox() : null;
    if (box) boxes[name] = box;
  }
  await showOverTheMap(page, false);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const picture = (await page.screenshot()).toString('base64');
  await page.emulateMedia({ colorScheme: 'light' });
  await showOverTheMap(page, true);
  return page.evaluate(
    async ([data, places]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      // Dots are vivid; ground, tints and names are not.
      const vivid = (x: number, y: number, width: number, height: number): number => {
        const { data: bytes } = context.getImageData(Math.floor(x), Math.floor(y), Math.ceil(width), Math.ceil(height));
        let count = 0;
        for (let at = 0; at < bytes.length; at += 4) {
          const [r, g, b] = bytes.subarray(at, at + 3);
          if (Math.max(r, g, b) - Math.min(r, g, b) > 90) count++;
        }
        return count;
      };
      const behind = Object.entries(places).map(([name, { x, y, width, height }]) => [
        name,
        vivid(x, y, width, height),
      ]);
      return { behind: Object.fromEntries(behind), all: vivid(0, 0, image.width, image.height) };
    },
    [picture, boxes] as const,
  );
}

for (const [width, height] of [
  [820, 1180],
  [900, 640],
  [740, 360],
  [360, 740],
]) {
  test(`the first picture lies beside what covers it, ${width} × ${height}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    await page.setViewportSize({ width, height });
    await openSample(page);
    await expect(page.getByRole('button', { name: WAY_IN })).toBeInViewport({ ratio: 1 });
    const expectFree = async (when: string): Promise<void> => {
      const { behind, all } = await dotsBehind(page);
      expect(all, `dots are seen, ${when}`).toBeGreaterThan(1000);
      expect(
        Object.entries(behind).filter(([, count]) => count > 0),
        when,
      ).toEqual([]);
      await expectNoOverflow(page);
    };
    await expectFree('at first');
    await page.setViewportSize({ width: height, height: width });
    await expect(page.locator('.card')).toBeVisible();
    await expectFree('turned');
    await page.setViewportSize({ width, height });
    await page.getByLabel('Search titles and texts').fill('embedding');
    await expect(page.locator('.result').first()).toBeVisible();
    await expectFree('with hits');
    expect(await violationsOf(page)).toEqual([]);
  });
}

test('own texts are mapped beside the card too', async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await openSample(page);
  await makeMap(page, [TITLES_WITH_VECTORS]);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  expect((await dotsBehind(page)).behind).toEqual({ '.search': 0, '.card': 0, '.controls': 0 });
  await page.locator('.card-head').click();
  await expect(page.locator('.card-body')).toBeVisible();
  expect((await dotsBehind(page)).behind).toEqual({ '.search': 0, '.card': 0, '.controls': 0 });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('after Escape the map shows the hits, and every topic can be tapped', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openSample(page);
    const input = page.getByLabel('Search titles and texts');
    const results = page.locator('.results');
    await input.fill('recommendation');
    await expect(page.locator('.result').first()).toBeVisible();
    const before = await page.locator('.search').boundingBox();
    expect(before?.height).toBeGreaterThan(300);
    await page.keyboard.press('Escape');
    await expect(results).toHaveCount(0);
    await expect(input).toHaveValue('recommendation');
    expect((await page.locator('.search').boundingBox())?.height).toBeLessThan(120);
    // None of the hits is beyond the part of the map that is left free.
    await expect(page.locator('.outside')).toHaveCount(0);
    await expect(page.locator('.search [role="status"]').filter({ hasText: /\d+ .* match/u })).toHaveCount(1);
    await page.getByRole('button', { name: 'List' }).tap();
    await expect(results).toBeVisible();
    await page.getByRole('button', { name: 'On the map' }).tap();
    await expect(results).toHaveCount(0);
    await input.focus();
    await page.keyboard.press('Escape');
    await expect(input).toHaveValue('');

    await page.locator('.card-head').tap();
    const topics = page.getByRole('treeitem');
    await expect(topics.first()).toBeVisible();
    for (const topic of await topics.all()) {
      await topic.scrollIntoViewIfNeeded();
      await expect(topic).toBeInViewport({ ratio: 0.9 });
      expect((await topic.boundingBox())?.height).toBeGreaterThanOrEqual(24);
    }
    expect(await violationsOf(page)).toEqual([]);
  });
});
