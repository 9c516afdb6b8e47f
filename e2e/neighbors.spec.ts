import type { Page } from '@playwright/test';
import { colorsOf, expect, idle, openSample, test, violationsOf } from './support.ts';

const NODE2VEC = 'node2vec: Scalable Feature Learning for Networks';

async function openPaper(page: Page, query: string, title: string): Promise<void> {
  await page.getByLabel('Search titles and texts').fill(query);
  await page.locator('.result').first().click();
  await expect(page.locator('.panel h2')).toHaveText(title);
  await page.getByRole('button', { name: 'Clear the search' }).click();
}

/** The numbers `2` and `15` of “has kept 2 of 15 together”. */
async function keptOf(page: Page): Promise<number[]> {
  const text = (await page.getByRole('region', { name: 'Nearest papers' }).locator('.quiet').textContent()) ?? '';
  return Array.from(text.matchAll(/\d+/gu), ([digits]) => Number(digits));
}

test('tells true neighbours that the map has torn apart, and papers that only look near', async ({ page }) => {
  await openSample(page);
  await openPaper(page, 'node2vec', NODE2VEC);
  const [kept, k] = await keptOf(page);
  expect(k).toBe(15);
  const ranks = await page.locator('.torn').allTextContents();
  // Only ten of the fifteen are listed.
  expect(ranks.length).toBeGreaterThan(0);
  expect(ranks.length).toBeLessThanOrEqual(k - kept);
  for (const text of ranks) expect(Number.parseInt(/\d+/u.exec(text)?.[0] ?? '', 10)).toBeGreaterThan(15);
  const strangers = page.getByRole('region', { name: 'Only look near' });
  await expect(strangers).toContainText(k - kept > 5 ? `5 of ${k - kept}` : 'On the map beside it');
  const title = (await strangers.locator('.nearest-title').first().textContent()) ?? '';
  const nearest = await page.locator('.neighbor .nearest-title').allTextContents();
  expect(nearest.some((other) => other.startsWith(title))).toBe(false);
  await strangers.locator('.nearest-paper').first().click();
  await expect(page.locator('.panel h2')).toHaveText(title);
});

test('draws the neighbours of the paper that the pointer rests on, and takes them away', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openSample(page);
  await openPaper(page, 'node2vec', NODE2VEC);
  await page.mouse.move(640, 780);
  await expect.poll(() => colorsOf(page)).toBeGreaterThan(50);
  const clip = { x: 430, y: 80, width: 420, height: 640 };
  const picture = async (): Promise<string> => (await page.screenshot({ clip })).toString('base64');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.locator('.map').focus();
  await page.mouse.move(640, 780);
  await expect(page.locator('.hover-card')).toHaveCount(0);
  const without = await picture();
  // By key: this sets the same state as the pointer does, and the only card in the picture is masked.
  await page.keyboard.press('n');
  await expect(page.locator('.hover-title')).toBeVisible();
  const mask = { mask: [page.locator('.hover-card')], clip };
  await expect.poll(async () => (await page.screenshot(mask)).toString('base64') !== without).toBe(true);
  await page.keyboard.press('Escape');
  await expect(page.locator('.hover-card')).toHaveCount(0);
  await expect.poll(picture).toBe(without);
});

test('colours by trust, with its legend, and counts every paper', async ({ page }) => {
  await openSample(page);
  await page.getByRole('button', { name: /Colour by/u }).click();
  await page.getByRole('option', { name: 'Trust' }).click();
  await expect(page.locator('.legend li').first()).toContainText('0–20 % kept');
  await expect(page.locator('.legend li').last()).toContainText('80–100 %');
  const counts = await page.locator('.legend-count').allTextContents();
  const own = counts.slice(0, 5).reduce((sum, text) => sum + Number(text.replace(/\D/gu, '')), 0);
  expect(own).toBe(468);
});

test('says on the card what the vectors are like', async ({ page }) => {
  await openSample(page);
  await expect(page.locator('.quality-list')).toBeHidden();
  await page.getByText('How good is this map?').click();
  const plain = page.locator('.quality-list > div');
  for (const name of ['Near means alike', 'Alike stays near', 'Closest kept', 'Between topics']) {
    const fact = plain.filter({ hasText: name });
    await expect(fact).toBeVisible();
    // A figure, a sentence on what is good, and the measure's name in small print.
    await expect(fact.locator('.quality-value')).toHaveText(/^\d+(?:\.\d)?\s%$/u);
    expect((await fact.locator('dd').last().textContent())?.length).toBeGreaterThan(60);
    await expect(fact.locator('small')).not.toBeEmpty();
  }
  expect(await violationsOf(page), 'how good the map is').toEqual([]);
  await page.getByText('How it was made').click();
  const facts = page.locator('.card .facts');
  for (const name of ['Effective rank', 'Hubness', 'Model', 'Layout']) {
    await expect(facts).toContainText(name);
    expect((await facts.getByText(name).getAttribute('title'))?.length).toBeGreaterThan(30);
  }
  await expect(facts).toContainText(/Effective rank\s*\d+ of 384/u);
});

test('explains why two papers are near: words at once, sentences when asked', async ({ page }) => {
  await openSample(page);
  await openPaper(page, 'node2vec', NODE2VEC);
  const why = page.getByRole('button', { name: /^Why is it near/u }).first();
  await why.click();
  await expect(why).toHaveAttribute('aria-expanded', 'true');
  await expect(page.locator('.why-word').first()).toBeVisible();
  await page.getByRole('button', { name: 'Which sentences carry it?' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  const ask = page.getByRole('button', { name: 'Which sentences carry it?' });
  await ask.click();
  await expect(page.locator('.why-sentences > div').first()).toBeVisible({ timeout: 90_000 });
  const value = Number(await page.locator('.neighbor .nearest-value').first().textContent());
  const drops = await page.locator('.why-drop').allTextContents();
  const pairs = drops.map((text) => text.split('→').map(Number));
  for (const [whole, without] of pairs) {
    expect(Math.abs(whole - value)).toBeLessThan(0.02);
    expect(without).toBeLessThan(whole);
  }
  const afterwards = pairs.map(([, without]) => without);
  expect(afterwards).toEqual([...afterwards].sort((a, b) => a - b));
  const text = (await page.locator('.abstract').textContent()) ?? '';
  const own = page.locator('.why-sentences > div', { hasText: 'This paper' }).locator('dd').first();
  if ((await own.count()) > 0) {
    const sentence = (await own.textContent()) ?? '';
    expect(text.includes(sentence) || sentence === NODE2VEC).toBe(true);
  }
  await why.click();
  await expect(page.locator('.why')).toHaveCount(0);
  await idle(page);
});

test('does not ask another model why two papers are near', async ({ page }) => {
  await openSample(page, '#model=someone/else');
  await openPaper(page, 'node2vec', NODE2VEC);
  await page
    .getByRole('button', { name: /^Why is it near/u })
    .first()
    .click();
  await expect(page.locator('.why-word').first()).toBeVisible();
  await expect(page.locator('.why')).toContainText('made by all-MiniLM-L6-v2');
  await expect(page.getByRole('button', { name: 'Which sentences carry it?' })).toHaveCount(0);
});
