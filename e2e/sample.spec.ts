import { choose, colorsOf, expect, openSample, test } from './support.ts';

test('shows the sample map at once, drawn and named', async ({ page }) => {
  await openSample(page);
  await expect(page.locator('.map')).toHaveAttribute('data-renderer', 'webgl');
  await expect.poll(() => colorsOf(page)).toBeGreaterThan(200);
  await expect(page.getByRole('treeitem').nth(5)).toBeVisible();
  await page.getByText('How good is this map?').click();
  await expect(page.locator('.quality', { hasText: 'How good is this map?' })).toContainText('Neighbours kept');
});

test('finds a paper by words, flies to it, and the pointer finds it there', async ({ page }) => {
  await openSample(page);
  const input = page.getByLabel('Search titles and texts');
  await page.keyboard.press('/');
  await expect(input).toBeFocused();
  await page.keyboard.type('wizmap scalable');
  const title = 'WizMap: Scalable Interactive Visualization for Exploring Large Machine Learning Embeddings';
  await expect(page.locator('.result-title').first()).toHaveText(title);
  await expect(page.locator('.result mark').first()).toHaveText('WizMap');
  await page.keyboard.press('Enter');
  await expect(page.locator('.panel h2')).toHaveText(title);
  await expect(page.locator('.nearest li')).toHaveCount(10);
  // The flight ends with the paper in the middle of the part that no panel covers (`freeInsets` in src/app/page.ts).
  const middle = 424 + (1280 - 424 - 424) / 2;
  await expect(async () => {
    await page.mouse.move(0, 799);
    await page.mouse.move(middle, 400);
    await expect(page.locator('.hover-title')).toHaveText(title, { timeout: 500 });
  }).toPass();
  await expect(page.locator('.hover-text')).not.toBeEmpty();
  await page.mouse.click(middle, 400);
  await expect(page.locator('.panel h2')).toHaveText(title);
  await page.keyboard.press('Escape');
  await expect(page.locator('.panel')).toHaveCount(0);
});

test('shows raw text, exactly', async ({ page }) => {
  await openSample(page);
  const input = page.getByLabel('Search titles and texts');
  await input.fill('pokemon');
  await page.locator('.result').first().click();
  await expect(page.locator('.abstract')).toContainText('Pokémon');
  await input.fill('"Si<->En"');
  await page.locator('.result').first().click();
  await expect(page.locator('.abstract')).toContainText('Si<->En');
  await input.fill('C++ ( [ \\ *');
  await expect(page.locator('.results')).toBeVisible();
});

test('walks to a nearest paper and back to the whole map', async ({ page }) => {
  await openSample(page);
  await page.getByLabel('Search titles and texts').fill('node2vec');
  await page.locator('.result').first().click();
  const next = (await page.locator('.nearest-title').first().textContent()) ?? '';
  await page.locator('.nearest button').first().click();
  await expect(page.locator('.panel h2')).toHaveText(next);
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(() => colorsOf(page)).toBeGreaterThan(100);
});

test('follows the system to the dark, and the menu back', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openSample(page);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await choose(page, 'Light');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('colours by year where some papers have one', async ({ page }) => {
  await openSample(page);
  await page.getByRole('button', { name: /Colour by/u }).click();
  await page.getByRole('option', { name: 'Year' }).click();
  await expect(page.locator('.legend li').last()).toContainText(/missing|no |unknown/iu);
});

test('what is pressed before its part has come opens when that is there', async ({ page }) => {
  for (const { part, button, shown } of [
    { part: 'MenuList', button: '.menu-button', shown: 'menuitem' },
    { part: 'Choice', button: '.choice-button', shown: 'option' },
  ] as const) {
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route(`**/assets/${part}-*.js`, async (route) => {
      await gate;
      await route.continue();
    });
    await openSample(page);
    await page.locator(button).hover();
    await page.mouse.down();
    if (part === 'MenuList') await page.mouse.up();
    letGo();
    await expect(page.getByRole(shown, { name: /\w/u }).nth(1)).toBeVisible();
    await page.mouse.up();
    await expect(page.getByRole(shown, { name: /\w/u }).nth(1)).toBeVisible();
    await page.keyboard.press('Escape');
  }
});
