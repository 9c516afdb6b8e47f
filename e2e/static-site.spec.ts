import type { Page } from '@playwright/test';
import { type ServerHabits, serveFiles } from './servers.ts';
import { colorsOf, expect, makeMap, openSample, seedListing, test } from './support.ts';

const CASES: readonly { readonly what: string; readonly habits: ServerHabits; readonly embeds: boolean }[] = [
  { what: 'at the root', habits: {}, embeds: false },
  { what: 'in a folder', habits: { base: '/repo/' }, embeds: true },
  { what: 'deep down', habits: { base: '/a/b/c/' }, embeds: false },
  { what: 'on a server that gzips everything', habits: { base: '/z/', gzips: true }, embeds: true },
  {
    what: 'on a server that knows neither .gzip nor .parquet',
    habits: {
      types: { '.gzip': 'text/plain', '.onnx': 'text/plain', '.parquet': 'text/plain', '.json': 'text/plain' },
    },
    embeds: true,
  },
];

for (const { what, habits, embeds } of CASES) {
  test(`the same files work ${what}`, async ({ browser }) => {
    const server = await serveFiles(habits);
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await openSample(page, '', server.url);
    await expect(page.locator('.map')).toHaveAttribute('data-renderer', 'webgl');
    await expect.poll(() => colorsOf(page)).toBeGreaterThan(100);
    if (embeds) {
      await makeMap(page, [{ name: 'three.txt', text: seedListing(3) }]);
    }
    expect(errors).toEqual([]);
    expect(server.asked.filter((line) => !line.startsWith(`GET ${habits.base ?? '/'}`))).toEqual([]);
    await page.close();
    await server.close();
  });
}

test('a link holds the whole view, and the history its steps', async ({ browser }) => {
  const server = await serveFiles();
  const page = await browser.newPage();
  await openSample(page, '#seed=7', server.url);
  await page.getByLabel('Search titles and texts').fill('wizmap');
  await expect(page).toHaveURL(/#seed=7&v=1.*q=wizmap/u);
  await page.locator('.result').first().click();
  await expect(page).toHaveURL(/sel=\d+/u);
  await expect(page).toHaveURL(/at=-?[\d.]+,-?[\d.]+,[\d.]+/u);
  const link = page.url();
  const title = await page.locator('.panel h2').textContent();

  const other = await browser.newPage();
  await other.goto(link);
  await expect(other.locator('.card-count')).toBeVisible({ timeout: 60_000 });
  await expect(other.locator('.panel h2')).toHaveText(title ?? '');
  await expect(other.getByLabel('Search titles and texts')).toHaveValue('wizmap');
  await expect(other.locator('.result-title').first()).toContainText('WizMap');
  await expect(other).toHaveURL(link);
  await other.close();

  await page.goBack();
  await expect(page.locator('.panel')).toHaveCount(0);
  await expect(page.getByLabel('Search titles and texts')).toHaveValue('wizmap');
  await page.goBack();
  await expect(page.getByLabel('Search titles and texts')).toHaveValue('');
  expect(page.url()).toContain('#seed=7');
  await page.close();
  await server.close();
});

async function selectInView(page: Page): Promise<void> {
  await page.getByRole('toolbar', { name: 'Map' }).getByLabel('Lasso').click();
  await page.getByRole('button', { name: 'All in view' }).click();
}

test('a link holds filters, topic, selection, way of search, time and colour, and no word of the data', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const server = await serveFiles();
  const page = await browser.newPage();
  await openSample(page, '', server.url);
  const tree = page.getByRole('tree', { name: 'Topics' });
  await tree.locator('.topic-swatch').nth(2).click();
  await expect(page).toHaveURL(/f=topic\*without\*\d+/u);
  const steps = await page.evaluate(() => history.length);
  await selectInView(page);
  await expect(page).toHaveURL(/group=[\w.-]+/u);
  await expect.poll(() => page.evaluate(() => history.length)).toBe(steps + 1);
  await page.getByRole('button', { name: 'Time', exact: true }).click();
  await expect(page).toHaveURL(/time=date/u);
  await page.getByLabel('Search titles and texts').fill('map');
  await page.getByRole('radio', { name: 'Words' }).click();
  await expect(page).toHaveURL(/mode=words/u);
  await page.locator('.topic-label').first().click();
  await expect(page).toHaveURL(/topic=\d+/u);
  await expect(page.locator('.panel h2')).not.toBeEmpty();
  // The address is written once more after the flight.
  await expect.poll(() => page.evaluate(() => /at=/u.test(location.hash))).toBe(true);
  await expect(async () => {
    const before = page.url();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 400)));
    expect(page.url()).toBe(before);
  }).toPass();
  const link = page.url();
  const hash = new URL(link).hash;
  expect(hash.length).toBeLessThanOrEqual(2000);
  expect(hash).toMatch(/^#[\w=&*,./-]+$/u);
  const shown = async (of: typeof page): Promise<unknown> => ({
    name: await of.locator('.panel h2').textContent(),
    selected: await of.locator('.selection-bar').getAttribute('data-count'),
    count: await of.locator('.card-count').textContent(),
    mode: await of.getByRole('radio', { name: 'Words' }).isChecked(),
  });
  const before = await shown(page);

  const other = await browser.newPage();
  await other.goto(link);
  await expect(other.locator('.card-count')).toBeVisible({ timeout: 60_000 });
  await expect(other.locator('.panel h2')).toHaveText((await page.locator('.panel h2').textContent()) ?? '');
  await expect.poll(() => shown(other)).toEqual(before);
  await expect(other).toHaveURL(link);
  await other.close();

  // Back closes the topic, and forward opens it again.
  await page.goBack();
  await expect(page.locator('.panel')).toHaveCount(0);
  await page.goForward();
  await expect(page.locator('.panel h2')).not.toBeEmpty();
  expect(await shown(page)).toEqual(before);

  // Values that no map has change nothing.
  const hostile =
    '#v=9&f=topic*only*999,c7*only*1,year*in*9/1&topic=999&sel=9999999&group=zzzzz&like=77777&mode=x&time=c3';
  await openSample(page, hostile, server.url);
  await expect(page.locator('.panel')).toHaveCount(0);
  await expect(page.locator('.selection-bar')).toHaveAttribute('data-count', '0');
  await page.close();
  await server.close();
});

test('a selection that no link can hold is left out, and the page says so', async ({ browser }) => {
  const server = await serveFiles();
  const page = await browser.newPage();
  const long = 'x'.repeat(1965);
  await openSample(page, `#later=${long}`, server.url);
  await selectInView(page);
  await expect(page.locator('.selection-bar')).toBeVisible();
  await page.getByRole('tree', { name: 'Topics' }).locator('.topic-swatch').nth(1).click();
  await expect(page.locator('.notice')).toContainText('The link leaves out the selection');
  expect(new URL(page.url()).hash.length).toBeLessThanOrEqual(2000);
  expect(page.url()).toContain(long);
  await page.close();
  await server.close();
});
