import type { Page } from '@playwright/test';
import { drop, expect, mapMade, openEmpty, openMapFile, saveMap, startMap, test } from './support.ts';

/** A vector near one of four others: maps of given vectors need no model. */
function vector(i: number): number[] {
  return Array.from({ length: 16 }, (_, j) => Math.sin((i % 4) * 7 + j) + 0.3 * Math.cos(i * 5 + j));
}

const PLACES = ['harbour', 'station', 'castle', 'garden', 'bridge', 'market'];

const REVIEWS = {
  name: 'stays.jsonl',
  text: Array.from({ length: 24 }, (_, i) =>
    JSON.stringify({
      review: `The room ${i} by the ${PLACES[i % 6]} was quiet, and breakfast came at ${i % 12} with the ${PLACES[(i * 5 + 1) % 6]} in view.`,
      rating: (i % 5) + 1,
      embedding: vector(i),
    }),
  ).join('\n'),
};

const AUTHORS = Array.from({ length: 3000 }, (_, i) => `Ana Lund${String(i).padStart(4, '0')}`).join('; ');

/** References, of which the first has the authors of a large experiment and a long abstract. */
const REFERENCES = {
  name: 'birds.jsonl',
  text: Array.from({ length: 24 }, (_, i) =>
    JSON.stringify({
      title: i === 0 ? 'Collisions of herons' : `Herons at the ${PLACES[i % 6]}, part ${i}`,
      abstract: Array.from(
        { length: i === 0 ? 120 : 2 },
        (_, j) => `At ${i}:${j} they wade by the ${PLACES[i % 6]}.`,
      ).join(' '),
      authors: i === 0 ? AUTHORS : 'Bo Ek, Cy Dahl',
      date: `20${10 + (i % 10)}-05-01`,
      journal: 'Wading Birds',
      doi: `10.1000/heron.${i}`,
      url: `https://doi.org/10.1000/heron.${i}?from=a-long-address-that-is-shown-whole`,
      embedding: vector(i),
    }),
  ).join('\n'),
};

/** Where the card stands, which follows its paper to the pixel. */
async function cardPlace(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator('.hover-card').boundingBox();
  if (!box) throw new Error('no card is shown');
  return { x: box.x, y: box.y };
}

/** Where the paper of the card is drawn: at one of the card's corners, 14 pixels away, where the pointer finds it. */
async function dotOfCard(page: Page): Promise<{ x: number; y: number; title: string }> {
  const title = page.locator('.hover-card .hover-title');
  const name = (await title.textContent()) ?? '';
  const box = await page.locator('.hover-card').boundingBox();
  if (!box) throw new Error('no card is shown');
  for (const x of [box.x - 14, box.x + box.width + 14]) {
    for (const y of [box.y - 14, box.y + box.height + 14]) {
      await page.keyboard.press('Escape');
      await page.mouse.move(0, 799);
      await expect(title).toHaveCount(0);
      await page.mouse.move(x, y);
      const isThere = await expect(title)
        .toHaveText(name, { timeout: 1000 })
        .then(() => true)
        .catch(() => false);
      if (isThere) return { x, y, title: name };
    }
  }
  throw new Error(`the pointer does not find “${name}” beside its card`);
}

test('reviews are called reviews, or what the user calls them, also from a file', async ({ page }, info) => {
  await openEmpty(page);
  await drop(page, [REVIEWS]);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: '24 reviews found' })).toBeVisible();
  const one = dialog.getByLabel('One is called');
  await one.fill('guest story');
  await expect(dialog.getByLabel('Many are called')).toHaveValue('guest stories');
  await one.press('Enter');
  await expect(dialog.getByRole('heading', { name: '24 guest stories found' })).toBeVisible();
  await expect(dialog.getByRole('heading', { name: 'The first guest stories' })).toBeVisible();
  // The choice outlives another reading.
  await dialog.getByRole('button', { name: /^Merge|copies/u }).click();
  await page.getByRole('option', { name: 'nothing' }).click();
  await expect(dialog.getByRole('heading', { name: '24 guest stories found' })).toBeVisible();
  await startMap(page);
  await mapMade(page);
  const count = page.locator('.card-count');
  await expect(count).toHaveText('24 guest stories');
  await expect(page.locator('.notice')).toContainText('24 guest stories in');
  await page.getByLabel('Search titles and texts').fill('harbour');
  await expect(page.getByRole('button', { name: /^Select these guest stories$/u })).toBeVisible();
  const file = await saveMap(page, info.outputPath('stories.parquet'));
  await openEmpty(page);
  await openMapFile(page, file);
  await expect(count).toHaveText('24 guest stories');
  await expect(page.getByRole('application').or(page.locator('.map')).first()).toHaveAttribute(
    'aria-label',
    /^Map of 24 guest stories\./u,
  );
  // It can be changed on the map, too.
  await page.getByText('Its texts are called “guest stories”').click();
  await page.getByLabel('One is called').fill('opinion');
  await page.getByLabel('One is called').press('Enter');
  await expect(count).toHaveText('24 opinions');
});

test('a paper of 3,000 authors keeps within its card, its row and its panel', async ({
  page,
  context,
  browserName,
}) => {
  if (browserName === 'chromium') await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openEmpty(page);
  await drop(page, [REFERENCES]);
  await expect(page.getByRole('heading', { name: '24 papers found' })).toBeVisible();
  await startMap(page);
  await mapMade(page);
  await page.getByLabel('Search titles and texts').fill('collisions');
  const row = page.locator('.result').first();
  await expect(row.locator('.result-about')).toHaveText(
    'Ana Lund0000, Ana Lund0001, Ana Lund0002 and 2,997 more · 2010',
  );
  await row.hover();
  const card = page.locator('.hover-card');
  await expect(card).toContainText('Collisions of herons');
  await expect(card).toContainText('1 May 2010');
  await expect(card).not.toContainText('birds.jsonl');
  const height = page.viewportSize()?.height ?? 0;
  expect((await card.boundingBox())?.height).toBeLessThanOrEqual(0.4 * height);

  await row.click();
  const panel = page.locator('.panel');
  await expect(panel.locator('h2')).toHaveText('Collisions of herons');
  await expect(panel.getByText('Ana Lund2999')).toHaveCount(0);
  await expect(panel.getByRole('link', { name: /^https:.*a-long-address-that-is-shown-whole/u })).toBeVisible();
  await panel.getByRole('button', { name: 'Copy citation (APA)' }).click();
  const copied = page.locator('.notice', { hasText: 'Copied' });
  await expect(copied).toContainText('Lund0000, A., Lund0001, A.');
  if (browserName === 'chromium') {
    const citation = await page.evaluate(() => navigator.clipboard.readText());
    expect(citation).toContain('Lund0018, A., … Lund2999, A. (2010). Collisions of herons. Wading Birds.');
    expect(citation).toMatch(/https:\/\/doi\.org\/10\.1000\/heron\.0/u);
  }
  await panel.getByRole('button', { name: 'Show all 3,000 authors' }).click();
  await expect(panel.getByText('Ana Lund2999')).toBeVisible();
  // However far it is read, its head stays, with what closes it.
  await panel.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(panel.getByText('Read from')).toBeInViewport();
  await expect(panel.getByRole('button', { name: 'Close' })).toBeInViewport();
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear the search' }).click();

  // A click on a dot opens it, and it stays under the pointer: the map is not fitted anew beside the panel.
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.locator('.map').focus();
  await page.keyboard.press('n');
  await expect(card).toBeVisible();
  const { x, y, title } = await dotOfCard(page);
  const before = await cardPlace(page);
  await page.mouse.click(x, y);
  await expect(panel.locator('h2')).toHaveText(title);
  await page.mouse.move(x, y + 1);
  // The card may change sides, to keep clear of the panel.
  await expect(card.locator('.hover-title')).toHaveText(title);
  await panel.getByRole('button', { name: 'Close' }).click();
  await page.mouse.move(x, y);
  await expect(card.locator('.hover-title')).toHaveText(title);
  expect(await cardPlace(page)).toEqual(before);
});
