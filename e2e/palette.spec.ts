import { choose, expect, expectPapers, openSample, test } from './support.ts';

test('finds and runs commands, colours, topics and papers by typing', async ({ page }) => {
  await openSample(page);
  const input = page.getByRole('combobox', { name: 'Commands, topics and papers' });
  await page.keyboard.press('Control+k');
  await expect(input).toBeFocused();
  await page.keyboard.type('year');
  await expect(page.locator('.palette-row').first()).toContainText('Colour by');
  await page.keyboard.press('Enter');
  await expect(input).toHaveCount(0);
  await expect(page.locator('.choice-button')).toContainText('Year');
  await page.keyboard.press('Control+k');
  // The last command used comes first.
  await expect(page.locator('.palette-row').first()).toContainText('Year');
  await page.keyboard.type('wizmap');
  await page.locator('.palette-row', { hasText: /^WizMap/u }).click();
  await expect(page.locator('.panel h2')).toContainText('WizMap');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const topic = (await page.getByRole('treeitem').first().locator('.legend-label').textContent()) ?? '';
  await page.keyboard.press('Control+k');
  await page.keyboard.type(topic);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Topic' })).toContainText(topic);
});

test('takes the focus and every letter before its list has come, and returns the focus', async ({ page }) => {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/assets\/(?:PaletteRows|Dialogs)-.*\.js$/u, async (route) => {
    await gate;
    await route.continue();
  });
  await openSample(page);
  const search = page.getByLabel('Search titles and texts');
  await search.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zoom in');
  const input = page.getByRole('combobox', { name: 'Commands, topics and papers' });
  await expect(input).toBeFocused();
  await expect(input).toHaveValue('zoom in');
  await expect(page.getByText('Loading the commands…')).toBeVisible();
  await page.keyboard.type('!');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Escape');
  await expect(search).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('year');
  await page.keyboard.press('Enter');
  letGo();
  // What was typed and entered is done once the list is there.
  await expect(page.locator('.choice-button')).toContainText('Year');
  await expect(input).toHaveCount(0);
  await expect(search).toBeFocused();
});

test('moves in the list by keys, around its ends, and says which row is meant', async ({ page }) => {
  await openSample(page);
  await choose(page, 'Find a command');
  const input = page.getByRole('combobox');
  const options = page.locator('.palette-row');
  await expect(input).toBeFocused();
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await expect(options.last()).toBeInViewport();
  expect(await input.getAttribute('aria-activedescendant')).toBe(await options.last().getAttribute('id'));
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.type('no such thing at all');
  await expect(options).toHaveCount(0);
  await expect(page.getByText('Nothing has that name.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(input).toHaveCount(0);
});

test('lists the shortcuts, and lets single characters be switched off', async ({ page }) => {
  await openSample(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Walk on to the nearest text');
  await sheet.getByText('Single letters and signs are shortcuts').click();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(page.getByLabel('Search titles and texts')).not.toBeFocused();
  await page.reload();
  await expectPapers(page, 468);
  await page.keyboard.press('?');
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('keyboard');
  await page.keyboard.press('Enter');
  await sheet.getByText('Single letters and signs are shortcuts').click();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('/');
  await expect(page.getByLabel('Search titles and texts')).toBeFocused();
});

test('walks from paper to paper by N and P, and pins one by Enter', async ({ page }) => {
  await openSample(page);
  await page.locator('.map').focus();
  const title = page.locator('.hover-title');
  const walked: string[] = [];
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('n');
    await expect(title).not.toHaveText(walked.at(-1) ?? '');
    walked.push((await title.textContent()) ?? '');
  }
  expect(new Set(walked).size).toBe(3);
  await page.keyboard.press('p');
  await expect(title).toHaveText(walked[1]);
  await page.keyboard.press('n');
  await expect(title).toHaveText(walked[2]);
  await page.keyboard.press('Enter');
  await expect(page.locator('.panel h2')).toHaveText(walked[2]);
  await page.keyboard.press('Escape');
  await expect(page.locator('.panel')).toHaveCount(0);
});

test('has a list of what is in view beside the map, and counts it', async ({ page }) => {
  await openSample(page);
  const list = page.getByRole('listbox', { name: 'Papers in view' });
  const count = page.locator('.in-view [role="status"]');
  await expect(count).toHaveText('468 of 468 papers in view, the 50 in the middle are listed');
  await expect(list.getByRole('option')).toHaveCount(50);
  for (let i = 0; i < 2; i++) await page.keyboard.press('+');
  await expect(count).not.toContainText('468 of');
  // The fourth Tab stop of the page, after the menu, the search box and the way in for own texts.
  for (let i = 0; i < 2; i++) await page.keyboard.press('Tab');
  await expect(page.getByLabel('Search titles and texts')).toBeFocused();
  for (let i = 0; i < 2; i++) await page.keyboard.press('Tab');
  await expect(list.getByRole('option').first()).toBeFocused();
  await expect(page.locator('.in-view')).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('ArrowDown');
  const second = (await list.getByRole('option').nth(1).textContent()) ?? '';
  await expect(page.locator('.hover-title')).toHaveText(second);
  await page.keyboard.press('Enter');
  await expect(page.locator('.panel h2')).toHaveText(second);
});

test.describe('by touch', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('a tap on a paper opens its sheet, a tap beside closes it', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openSample(page);
    // A paper opened by its title moves to the middle of the free part, which gives its place.
    await page.getByLabel('Search titles and texts').fill('wizmap');
    await page.locator('.result').first().tap();
    await expect(page.locator('.panel h2')).toContainText('WizMap');
    const sheet = (await page.locator('.panel').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    expect(sheet.y).toBeGreaterThan(250);
    expect(sheet.width).toBe(360);
    const middle = { x: 180, y: (62 + 740 * 0.42) / 2 };
    await page.getByRole('button', { name: 'Close' }).tap();
    await expect(page.locator('.panel')).toHaveCount(0);
    await page.getByRole('button', { name: 'Clear the search' }).tap();
    await page.touchscreen.tap(middle.x, middle.y);
    await expect(page.locator('.panel h2')).toContainText('WizMap');
    // Late enough not to count as a double tap, which would zoom.
    await page.waitForTimeout(400);
    await page.touchscreen.tap(20, 120);
    await expect(page.locator('.panel')).toHaveCount(0);
  });
});

test.describe('by fingers', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('two fingers zoom, one moves the map', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openSample(page);
    const count = page.locator('.in-view [role="status"]');
    await expect(count).toContainText('468 of 468');
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((point, id) => ({ ...point, id })) });
    const fingers = (apart: number) => [180 - apart, 180 + apart].map((x) => ({ x, y: 350 }));
    await touch('touchStart', fingers(20));
    for (const apart of [30, 60, 90, 120]) await touch('touchMove', fingers(apart));
    await touch('touchEnd', []);
    await expect(count).not.toContainText('468 of');
    const zoomed = (await count.textContent()) ?? '';
    await touch('touchStart', [{ x: 180, y: 300 }]);
    for (const y of [340, 400, 460, 520]) await touch('touchMove', [{ x: 180, y }]);
    await touch('touchEnd', []);
    await expect(count).not.toHaveText(zoomed);
    await expect(page.locator('.panel')).toHaveCount(0);
  });
});

test.describe('at 400 % zoom', () => {
  test.use({ viewport: { width: 320, height: 256 } });

  test('everything reflows: nothing is wider than the page, and all can be scrolled to', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openSample(page);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    const reach = async (selector: string): Promise<void> => {
      const target = page.locator(selector).last();
      // Content that arrives above it meanwhile moves it away again.
      await expect(async () => {
        await target.scrollIntoViewIfNeeded();
        await expect(target).toBeInViewport({ ratio: 0.5, timeout: 1000 });
      }).toPass();
      expect(await overflow()).toBeLessThanOrEqual(0);
    };
    const searchBox = await page.locator('.search').boundingBox();
    const controls = await page.locator('.controls').boundingBox();
    expect(controls?.y).toBeGreaterThanOrEqual((searchBox?.y ?? 0) + (searchBox?.height ?? 0));
    await page.locator('.card-head').click();
    await reach('.again');
    await reach('.promise');
    await page.locator('.card-head').click();
    await page.getByLabel('Search titles and texts').fill('learning');
    await expect(page.locator('.results')).toBeVisible();
    await expect(page.locator('.result').first()).toBeInViewport();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.locator('.result').first().click();
    await reach('.abstract + p, .example-buttons');
    await page
      .getByRole('button', { name: /^Why is it near/u })
      .first()
      .click();
    await reach('.why');
    await reach('.sources');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox')).toBeFocused();
    await reach('.palette-row');
    await page.keyboard.press('Escape');
    await page.locator('.map').focus();
    await page.keyboard.press('?');
    await reach('.dialog .switch');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Menu' }).click();
    await reach('[role="menuitem"]');
  });
});
