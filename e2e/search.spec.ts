import type { Page } from '@playwright/test';
import { answered, expect, openSample, test } from './support.ts';

const TUTTE = 'TutteNet: Injective 3D Deformations by Composition of 2D Mesh Deformations';
/** Shares no word with the paper that it describes. */
const MEANS_TUTTE = 'bending shapes and never crossing oneself';

/** Types a query and waits for the whole answer: by words and, where requested, by meaning. */
async function ask(page: Page, query: string): Promise<void> {
  await page.getByLabel('Search titles and texts').fill(query);
  await answered(page);
}

/** The number of papers that the list states. */
async function total(page: Page): Promise<number> {
  return Number.parseInt((await page.locator('.results-head p').textContent()) ?? '', 10);
}

test('finds by meaning what shares no word, says why, and marks the query on the map', async ({ page }) => {
  await openSample(page);
  await ask(page, MEANS_TUTTE);
  const first = page.locator('.result').first();
  await expect(first.locator('.result-title')).toHaveText(TUTTE);
  await expect(first.locator('.badge')).toHaveText('meaning');
  await expect(first.locator('mark')).toHaveCount(0);
  await expect(page.locator('.query-mark')).toBeVisible();
  await ask(page, 'wizmap');
  await expect(first.locator('.badge')).toHaveText('both');
  await expect(first.locator('mark').first()).toHaveText('WizMap');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(page.locator('.query-mark')).toHaveCount(0);
  await expect(page.locator('.results')).toHaveCount(0);
});

test('answers by words while the model loads, and says that it does', async ({ page }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.context().route('**/models/**/*.onnx', async (route) => {
    await held;
    await route.continue();
  });
  await openSample(page);
  await page.getByLabel('Search titles and texts').fill('matryoshka');
  await expect(page.locator('.result .badge').first()).toHaveText('words');
  await expect(page.locator('.meaning-status')).toContainText('Loading the model');
  await expect(page.locator('.search')).toHaveAttribute('data-answered', 'false');
  // A question does not ring every paper that has one of its small words.
  await page.getByLabel('Search titles and texts').fill('smileys and grins in the quarrels of folk');
  await expect(page.locator('.no-hits')).toHaveText('Nothing yet; still searching …');
  await page.getByLabel('Search titles and texts').fill('matryoshka');
  release();
  await answered(page);
  await expect(page.locator('.meaning-status')).toHaveCount(0);
  await expect(page.locator('.result .badge').first()).toHaveText('both');
});

test.describe('without the model', () => {
  test.use({ expected: [/404|Failed to load resource/u] });
  test('goes on by words and says so', async ({ page }) => {
    await page.context().route('**/models/**/*.onnx', (route) => route.fulfill({ status: 404 }));
    await openSample(page);
    await ask(page, 'matryoshka');
    await expect(page.locator('.meaning-status')).toContainText('By words only');
    await expect(page.locator('.result .badge').first()).toHaveText('words');
    await expect(page.locator('.notice')).toHaveCount(0);
  });
});

test('does not compare vectors of two models', async ({ page }) => {
  await openSample(page, '#model=someone/else');
  await ask(page, 'matryoshka');
  await expect(page.locator('.meaning-status')).toContainText('made by all-MiniLM-L6-v2');
  await expect(page.locator('.result .badge').first()).toHaveText('words');
});

test('switches between hybrid, words and meaning by keyboard', async ({ page }) => {
  await openSample(page);
  await ask(page, MEANS_TUTTE);
  await page.getByRole('radio', { name: 'Hybrid' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'Words' })).toBeChecked();
  await answered(page);
  await expect(page.locator('.result .badge').first()).toHaveText('words');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'Meaning' })).toBeChecked();
  await answered(page);
  await expect(page.locator('.result-title').first()).toHaveText(TUTTE);
});

test('walks the hits with the arrow keys, the map following, and opens one', async ({ page }) => {
  await openSample(page);
  await ask(page, 'matryoshka');
  const input = page.getByLabel('Search titles and texts');
  const titles = await page.locator('.result-title').allTextContents();
  await input.press('ArrowDown');
  await expect(page.locator('.hover-title')).toHaveText(titles[0]);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.hover-title')).toHaveText(titles[1]);
  await expect(page.locator('.panel')).toHaveCount(0);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(input).toBeFocused();
  await input.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('.panel h2')).toHaveText(titles[0]);
});

test('holds only the hits in view in the page, however many there are', async ({ page }) => {
  await openSample(page);
  await page.getByLabel('Search titles and texts').fill('learning');
  await page.getByRole('radio', { name: 'Words' }).click();
  await answered(page);
  const found = await total(page);
  expect(found).toBeGreaterThan(200);
  expect(await page.locator('.result').count()).toBeLessThan(40);
  const first = await page.locator('.result-title').first().textContent();
  await page.locator('.result-list').evaluate((list) => list.scrollTo({ top: 1e6 }));
  await expect(page.locator('.result-title').filter({ hasText: first ?? '' })).toHaveCount(0);
  await ask(page, 'representation');
  expect(await page.locator('.result-list').evaluate((list) => list.scrollTop)).toBe(0);
});

test('says how many hits lie outside the view, and brings them back', async ({ page }) => {
  await openSample(page);
  await ask(page, 'learning');
  await expect(page.locator('.outside')).toHaveCount(0);
  for (let i = 0; i < 5; i++) await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(page.locator('.outside').first()).toContainText('outside the view');
  const before = await outsideCount(page);
  await page.locator('.outside').first().click();
  await expect.poll(() => outsideCount(page)).toBeLessThan(before);
  await page.getByRole('button', { name: 'Fit to results' }).click();
  await expect(page.locator('.outside')).toHaveCount(0);
});

async function outsideCount(page: Page): Promise<number> {
  const texts = await page.locator('.outside').allTextContents();
  return texts.reduce((sum, text) => sum + Number.parseInt(text, 10), 0);
}

test('finds more like one paper and less like another', async ({ page }) => {
  await openSample(page);
  await ask(page, 'matryoshka');
  const title = (await page.locator('.result-title').first().textContent()) ?? '';
  await page.locator('.result').first().click();
  await page.getByRole('button', { name: 'More like this' }).click();
  await page.getByLabel('Search titles and texts').fill('');
  await answered(page);
  await expect(page.locator('.example')).toContainText(title);
  await expect(page.locator('.result-title').filter({ hasText: title })).toHaveCount(0);
  await expect(page.locator('.result .badge').first()).toHaveText('meaning');
  const before = await page.locator('.result-title').allTextContents();
  await page.locator('.result').first().click();
  await page.getByRole('button', { name: 'Less like this' }).click();
  await expect(page.locator('.example')).toHaveCount(2);
  await answered(page);
  await expect(page.locator('.result-title').first()).not.toHaveText(before[0]);
  for (const remove of ['less like', 'more like']) {
    await page.getByRole('button', { name: new RegExp(`Remove: ${remove}`, 'u') }).click();
  }
  await expect(page.locator('.results')).toHaveCount(0);
});

test('counts the hits by what the map is coloured by, and keeps to one value', async ({ page }) => {
  await openSample(page);
  await page.getByRole('button', { name: /Colour by/u }).click();
  await page.getByRole('option', { name: 'File' }).click();
  await ask(page, 'learning');
  const facet = page.locator('.facet').nth(1);
  const name = (await facet.locator('.facet-name').textContent()) ?? '';
  await facet.click();
  await answered(page);
  await expect(page.locator('.facet-chosen')).toContainText(name);
  await page.locator('.result').first().click();
  await expect(page.locator('.sources')).toContainText(name);
  const filtered = await total(page);
  await page.locator('.facet-chosen').click();
  await answered(page);
  expect(await total(page)).toBeGreaterThan(filtered);
});

test('takes a text drawn into the search box for the query', async ({ page }) => {
  await openSample(page);
  await page.getByLabel('Search titles and texts').evaluate((input) => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', ' Injective deformations\n of 3D space ');
    input.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await expect(page.getByLabel('Search titles and texts')).toHaveValue('Injective deformations of 3D space');
  await answered(page);
  await expect(page.locator('.result-title').first()).toHaveText(TUTTE);
});

test('finds nothing where there is nothing, and ends hits by meaning at chance', async ({ page }) => {
  await openSample(page);
  for (const nonsense of ['zzqqxx', 'vbnm qwrtz plokij']) {
    await ask(page, nonsense);
    await expect(page.locator('.no-hits')).toContainText(`No paper holds ${nonsense}, and none is nearer to it`);
    await expect(page.locator('.result')).toHaveCount(0);
    await expect(page.locator('.query-mark')).toHaveCount(0);
  }
  await ask(page, 'smileys in the quarrels of folk');
  await expect(page.locator('.result').first()).toBeVisible();
  await expect(page.locator('.results-end')).toHaveText('Nothing else is nearer in meaning than chance.');
  await page.getByRole('radio', { name: 'Meaning' }).click();
  await ask(page, 'zzqqxx');
  await expect(page.locator('.no-hits')).toContainText('No paper is nearer to zzqqxx in meaning than chance');
});
