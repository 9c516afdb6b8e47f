import { drop, expect, expectNoOverflow, openSample, seedListing, test, violationsOf } from './support.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openSample(page);
    expect(await violationsOf(page), 'the map').toEqual([]);
    await page.getByLabel('Search titles and texts').fill('embedding');
    await page.locator('.result').first().click();
    await expect(page.locator('.panel')).toBeVisible();
    await page.getByRole('button', { name: 'More like this' }).click();
    await expect(page.locator('.example')).toBeVisible();
    expect(await violationsOf(page), 'hits, an example and a paper').toEqual([]);
    await page
      .getByRole('button', { name: /^Why is it near/u })
      .first()
      .click();
    await expect(page.locator('.why-words').first()).toBeVisible();
    await page.locator('.only-near').scrollIntoViewIfNeeded();
    expect(await violationsOf(page), 'why a paper is near, and which only look near').toEqual([]);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('embed');
    await expect(page.locator('.palette-row', { hasText: /Paper$/u }).first()).toBeVisible();
    expect(await violationsOf(page), 'the command palette').toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('.map').focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    expect(await violationsOf(page), 'the sheet of shortcuts').toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('.in-view [role="option"]').first().focus();
    expect(await violationsOf(page), 'the list of what is in view').toEqual([]);
    await page.locator('.map').focus();
    await page.getByRole('button', { name: 'Menu' }).click();
    await expect(page.getByRole('menuitem', { name: 'Save map' })).toBeVisible();
    expect(await violationsOf(page), 'the menu').toEqual([]);
    await page.keyboard.press('Escape');
    await drop(page, [{ name: 'ten.txt', text: seedListing(10) }]);
    await expect(page.getByRole('heading', { name: /^10 \S+ found$/u })).toBeVisible();
    expect(await violationsOf(page), 'the import dialog').toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await drop(page, [{ name: 'empty.txt', text: '' }]);
    await expect(page.locator('.notice-failure')).toBeVisible();
    expect(await violationsOf(page), 'a failure').toEqual([]);
  });
}

test('everything at hand by keyboard: search, open, move, close', async ({ page }) => {
  await openSample(page);
  await page.keyboard.press('/');
  await page.keyboard.type('node2vec');
  await expect(page.locator('.result-title').first()).toContainText('node2vec');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('.panel h2')).toContainText('node2vec');
  await page.locator('.map').focus();
  for (const key of ['ArrowLeft', 'ArrowUp', '+', '-', '0', 'Escape']) await page.keyboard.press(key);
  await expect(page.locator('.panel')).toHaveCount(0);
});

test('fits a narrow phone: nothing is wider than the page', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openSample(page);
  await page.getByLabel('Search titles and texts').fill('whitening');
  await page.locator('.result').first().click();
  await expect(page.locator('.panel')).toBeVisible();
  await expectNoOverflow(page);
});
