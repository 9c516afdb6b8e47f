import { type ServerHabits, serveFiles } from './servers.ts';
import { colorsOf, drop, expect, seedListing, test } from './support.ts';

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
    await page.goto(server.url);
    await expect(page.locator('.card-count')).toHaveText('468 papers');
    await expect(page.locator('.map')).toHaveAttribute('data-renderer', 'webgl');
    await expect.poll(() => colorsOf(page)).toBeGreaterThan(100);
    if (embeds) {
      await drop(page, [{ name: 'three.txt', text: seedListing(3) }]);
      await page.getByRole('button', { name: 'Make the map' }).click();
      await expect(page.locator('.app')).toHaveAttribute('data-runs', '1', { timeout: 90_000 });
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
  await page.goto(`${server.url}#seed=7`);
  await expect(page.locator('.card-count')).toHaveText('468 papers');
  await page.getByLabel('Search titles and texts').fill('wizmap');
  await expect(page).toHaveURL(/#seed=7&v=1.*q=wizmap/u);
  await page.locator('.result').first().click();
  await expect(page).toHaveURL(/sel=\d+/u);
  await expect(page).toHaveURL(/at=-?[\d.]+,-?[\d.]+,[\d.]+/u);
  const link = page.url();
  const title = await page.locator('.panel h2').textContent();

  const other = await browser.newPage();
  await other.goto(link);
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
