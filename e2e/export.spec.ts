import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { parquetMetadata } from 'hyparquet';
import { choose, expect, exported, openSample, test, violationsOf } from './support.ts';

function pngSize(path: string): [number, number] {
  const bytes = readFileSync(path);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** Overlaps of the texts of the SVG on the page, as the browser has drawn them. */
async function overlapsOf(page: Page): Promise<{ texts: number; cut: number; crossed: number }> {
  return page.evaluate(() => {
    const svg = document.querySelector('svg');
    if (!svg) throw new Error('no SVG on the page');
    const boxes = Array.from(svg.querySelectorAll('text'), (text) => {
      const { x, width } = text.getBBox();
      const [y, size] = ['y', 'font-size'].map((name) => Number(text.getAttribute(name)));
      return { left: x, right: x + width, top: y - 0.76 * size, bottom: y + 0.22 * size };
    });
    const lines = Array.from(svg.querySelectorAll('.leader'), (line) =>
      (line.getAttribute('points') ?? '').split(/[ ,]/u).map(Number),
    );
    const shares = Array.from({ length: 501 }, (_, i) => i / 500);
    const { width, height } = svg.viewBox.baseVal;
    const isIn = (box: (typeof boxes)[0], x: number, y: number) =>
      x > box.left && x < box.right && y > box.top && y < box.bottom;
    return {
      texts: boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter((b) => a.left < b.right - 0.1 && b.left < a.right - 0.1 && a.top < b.bottom && b.top < a.bottom),
      ).length,
      cut: boxes.filter((box) => box.left < 0 || box.top < 0 || box.right > width || box.bottom > height).length,
      crossed: lines.flatMap(([x, y, toX, toY]) =>
        boxes.filter((box) => shares.some((share) => isIn(box, x + share * (toX - x), y + share * (toY - y)))),
      ).length,
    };
  });
}

test('pictures hold the map with names that overlap nothing, at the size asked for', async ({ page }, info) => {
  await openSample(page);
  await page.getByLabel('Search titles and texts').fill('wizmap');
  await page.locator('.result').first().click();
  expect(pngSize(await exported(page, 'Picture (PNG)', info.outputPath('1.png'), [['Size', '1×']]))).toEqual([
    1440, 810,
  ]);
  expect(pngSize(await exported(page, 'Picture (PNG)', info.outputPath('4.png'), [['Size', '4×']]))).toEqual([
    5760, 3240,
  ]);
  // Not blank: hundreds of dots do not compress to nothing.
  expect(readFileSync(info.outputPath('1.png')).length).toBeGreaterThan(20_000);
  const svg = readFileSync(await exported(page, 'Drawing (SVG)', info.outputPath('map.svg')), 'utf8');
  expect(svg.match(/h0/gu)?.length ?? 0).toBeGreaterThan(468);
  expect(svg.match(/<path fill="#/gu)?.length ?? 0).toBeGreaterThan(20);
  expect(svg).toContain('WizMap');
  expect(svg).toContain('Georgia, serif');
  // As a browser without the page's fonts draws it.
  await page.goto('about:blank');
  await page.setContent(svg);
  expect(await overlapsOf(page)).toEqual({ texts: 0, cut: 0, crossed: 0 });
});

test('one dialog shares the map: found by what people call it, with link, embed and preview', async ({ page }) => {
  await openSample(page);
  for (const word of ['send', 'publish', 'embed', 'picture', 'download']) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(word);
    await expect(page.getByRole('option', { name: 'Share…' })).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await choose(page, 'Share…');
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.locator('.share-picture')).toHaveAttribute('data-ready', 'true');
  const isPainted = () =>
    dialog.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [0] };
      return new Set(Array.from(data.filter((_, i) => i % 4 === 0))).size;
    });
  await expect.poll(isPainted).toBeGreaterThan(20);
  await dialog.getByLabel('Title', { exact: true }).fill('My own title');
  await dialog.getByRole('radio', { name: 'Link' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toHaveValue(/#map=data\/sample\.parquet/u);
  await expect(dialog.getByRole('note')).toContainText('only here');
  await dialog.getByRole('radio', { name: 'Embed' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Lines for your page' })).toHaveValue(/<portolan-map src="http/u);
  await expect(dialog.frameLocator('iframe').locator('html')).toHaveAttribute('data-papers', '468');
  expect(await violationsOf(page)).toEqual([]);
});

test('tables, lines, bibliographies and maps hold all papers, or those found', async ({ page }, info) => {
  await openSample(page);
  const csv = readFileSync(await exported(page, 'Table (CSV)', info.outputPath('all.csv')), 'utf8');
  expect(csv.split('\r\n')).toHaveLength(1 + 468 + 1);
  // Quotes search by words alone, so that no hits by meaning come a little later.
  await page.getByLabel('Search titles and texts').fill('"wizmap"');
  await expect(page.locator('.result').first()).toBeVisible();
  const found = await page.locator('.result').count();
  const some: readonly [string, string][] = [['Papers', 'found']];
  const lines = readFileSync(await exported(page, 'Lines (JSONL)', info.outputPath('some.jsonl'), some), 'utf8');
  expect(lines.trim().split('\n')).toHaveLength(found);
  expect(JSON.parse(lines.split('\n')[0]).title).toContain('WizMap');
  const bib = readFileSync(await exported(page, 'Bibliography (BibTeX)', info.outputPath('some.bib'), some), 'utf8');
  expect(bib.match(/^@misc/gmu)).toHaveLength(found);
  const map = readFileSync(await exported(page, 'Map (Parquet)', info.outputPath('some.parquet'), some));
  expect(Number(parquetMetadata(new Uint8Array(map).buffer).num_rows)).toBe(found);
});

test('a page that stands alone opens from a disk, without a server, and searches', async ({ page, browser }, info) => {
  await openSample(page);
  const path = await exported(page, 'Page (HTML)', info.outputPath('map.html'));
  const context = await browser.newContext({ offline: true });
  const alone = await context.newPage();
  const errors: string[] = [];
  const asked: string[] = [];
  alone.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  alone.on('pageerror', (error) => errors.push(String(error)));
  alone.on('request', (request) => asked.push(request.url()));
  await alone.goto(pathToFileURL(path).href);
  await expect(alone.locator('html')).toHaveAttribute('data-papers', '468');
  await expect(alone.locator('.map')).toHaveAttribute('data-renderer', 'webgl');
  await alone.getByLabel('Search titles and texts').fill('wizmap');
  await alone.locator('.hits button').first().click();
  await expect(alone.locator('.paper h2')).toContainText('WizMap');
  await alone.getByRole('button', { name: 'Close' }).click();
  await alone.getByLabel('Search titles and texts').fill('');
  // With topics: names on the map, the list, and what is under the pointer.
  await expect.poll(() => alone.locator('.topic-label').count()).toBeGreaterThan(3);
  await alone.locator('.topic-label').first().click();
  await expect(alone.locator('.count')).toContainText(/: \d+ of 468 papers$/u);
  await expect(alone.getByRole('list', { name: 'Topics' }).locator('li').first()).toBeVisible();
  await expect(alone.getByLabel('Colour by')).toHaveValue('topic');
  await alone.getByLabel('Colour by').selectOption('year');
  await expect(alone.getByRole('list', { name: 'Colours' }).locator('li').last()).toContainText('no value');
  expect(errors).toEqual([]);
  expect(asked.filter((url) => !/^(?:file|blob|data):/u.test(url))).toEqual([]);
  await context.close();
});
