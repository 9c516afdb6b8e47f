import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { ROOT } from '../src/command/paths.mjs';

/** The site under test, with a slash at its end. */
export const site = (): string => process.env.PORTOLAN_URL ?? '';

export const SEEDS = join(ROOT, 'public/data');

const FIXTURES = join(import.meta.dirname, 'fixtures');
/**
 * A map of 48 papers made from another program's vectors by make-columns.py: 16 papers for each venue, pages 1 to 48,
 * one paper for each month of four years, 6 without a date.
 */
export const COLUMNS = join(FIXTURES, 'columns.parquet');
/**
 * By make-other.py: 40 of those papers rotated and mirrored, one of them (number 5) far away, and 3 others, with dates
 * in `seen`.
 */
export const OTHER = join(FIXTURES, 'other.parquet');

/** A file to drop on the page. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** The first `count` papers of the first seed page, in its own format: headers, then title and abstract lines. */
export function seedListing(count: number): string {
  const lines = readFileSync(join(SEEDS, '000_368f07c217826fee.txt'), 'utf8').split('\n');
  return lines.slice(0, 2 + 2 * count).join('\n');
}

/** The titles of the first seed page, one on each line: texts that embed quickly. */
export function seedTitles(): string {
  const lines = seedListing(241).split('\n').slice(2);
  return lines.filter((_, i) => i % 2 === 0).join('\n');
}

/** The same papers with vectors in eight groups: their map needs no model and is laid out at once. */
export const TITLES_WITH_VECTORS: TextFile = {
  name: 'vectors.jsonl',
  text: seedTitles()
    .split('\n')
    .map((title, i) => {
      const vector = Array.from({ length: 16 }, (_, j) => Math.sin((i % 8) * 7 + j) + 0.3 * Math.cos(i * 5 + j));
      return JSON.stringify({ title, embedding: vector });
    })
    .join('\n'),
};

/**
 * A page that fails its test when it sends a request to another origin, throws, or logs an error. A test lists in
 * `expected` the errors that it expects.
 */
export const test = base.extend<{ expected: RegExp[] }>({
  // Playwright reads a fixture's dependencies from this pattern; this one has none.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  expected: async ({}, use) => use([]),
  page: async ({ page, expected }, use) => {
    const strangers: string[] = [];
    const errors: string[] = [];
    page.context().on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:|^wss?:/u.test(url.protocol) && url.origin !== new URL(site()).origin) strangers.push(request.url());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await use(page);
    expect(strangers, 'requests to other origins').toEqual([]);
    const unexpected = errors.filter((text) => !expected.some((pattern) => pattern.test(text)));
    expect(unexpected, 'errors of the page').toEqual([]);
  },
});

export { expect };

/** Opens the page, of the site under test or of another server, and waits until the sample map is shown. */
export async function openSample(page: Page, hash = '', at = site()): Promise<void> {
  await page.goto(at + hash);
  await expectPapers(page, 468);
  await idle(page);
}

/** Opens the page without a map, or reloads it with all that it has stored. `hash` begins with `&`. */
export async function openEmpty(page: Page, hash = '', at = site()): Promise<void> {
  // A change only after the `#` would not reload the page.
  if (page.url() !== 'about:blank') await page.goto('about:blank');
  await page.goto(`${at}#map=none${hash}`);
  await idle(page);
}

/** Opens a map that the server has beside the page, as `name`: the file at `path`, or these bytes. */
export async function openMapBeside(
  page: Page,
  name: string,
  file: { readonly path: string } | { readonly body: Buffer },
  papers: number,
): Promise<void> {
  await page.route(`**/${name}`, (route) => route.fulfill(file));
  await page.goto(`${site()}#map=${name}`);
  await expectPapers(page, papers, 60_000);
  await idle(page);
}

/** Opens the map of 48 papers with columns. */
export function openColumns(page: Page): Promise<void> {
  return openMapBeside(page, 'columns.parquet', { path: COLUMNS }, 48);
}

/** A file as Playwright hands it to an input: its path, or its name and bytes. */
type GivenFile = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** Opens a map file on the open page; the caller has to wait until it is shown. */
export async function openMapFile(page: Page, file: GivenFile): Promise<void> {
  await page.locator('#open-map').setInputFiles(file);
}

/** Waits until a map of `count` texts is shown, whatever they are called. */
export async function expectPapers(page: Page, count: number, timeout = 15_000): Promise<void> {
  await expect(page.locator('.card-count')).toHaveText(new RegExp(`^${count.toLocaleString('en')} \\S+$`, 'u'), {
    timeout,
  });
}

/** Drops papers on the page, unless its dialog shows some already, and starts making their map. */
export async function startMap(page: Page, files: readonly TextFile[] = []): Promise<void> {
  if (files.length > 0) await drop(page, files);
  await page.getByRole('button', { name: 'Make the map' }).click();
}

/** Waits until `runs` maps have been made on this page. */
export async function mapMade(page: Page, runs = 1, timeout = 120_000): Promise<void> {
  await expect(page.locator('.app')).toHaveAttribute('data-runs', String(runs), { timeout });
}

/** Makes the page's first map as `startMap` does, and waits until it is done. */
export async function makeMap(page: Page, files: readonly TextFile[] = []): Promise<void> {
  await startMap(page, files);
  await mapMade(page);
}

/** Waits until no job is running and no dialog is open. */
export async function idle(page: Page): Promise<void> {
  await expect(page.locator('.app')).toHaveAttribute('data-phase', 'idle');
}

/** Waits for the whole answer to a search: by words and, where requested, by meaning, which waits for the model. */
export async function answered(page: Page): Promise<void> {
  await expect(page.locator('.search')).toHaveAttribute('data-answered', 'true', { timeout: 60_000 });
}

/** Chooses an item of the menu. */
export async function choose(page: Page, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Saves the shown map to `path`, which it returns. */
export async function saveMap(page: Page, path: string): Promise<string> {
  const saving = page.waitForEvent('download');
  await choose(page, 'Save map');
  await (await saving).saveAs(path);
  return path;
}

/** The papers of the shown map as the menu saves them: lines of JSON with places, neighbours and topics. */
export async function paperLines(page: Page): Promise<string[]> {
  const saving = page.waitForEvent('download');
  await choose(page, /^Export \S+ \(JSONL\)$/u);
  return readFileSync(await (await saving).path(), 'utf8')
    .trim()
    .split('\n');
}

/** Expects that nothing on the page is wider than the window. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

/** Drops files on the window as a user would. */
export async function drop(page: Page, files: readonly TextFile[]): Promise<void> {
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const { name, text } of given) transfer.items.add(new File([text], name));
    const target = document.querySelector('.map') ?? document.body;
    for (const type of ['dragenter', 'dragover', 'drop']) {
      target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }
  }, files);
}

/** Where the Share dialog saves each format, and its button. */
const WAYS: Readonly<Record<string, readonly [way: string, button: string]>> = {
  'Picture (PNG)': ['Picture', 'Save PNG'],
  'Drawing (SVG)': ['Picture', 'Save SVG'],
  'Page (HTML)': ['Page', 'Save page'],
  'Map (Parquet)': ['Map file', 'Save map'],
  'Table (CSV)': ['Table', 'Save table'],
  'Lines (JSONL)': ['Table', 'Save table'],
  'Bibliography (BibTeX)': ['Table', 'Save table'],
};

/** Exports through the dialog and returns the path of the file. */
export async function exported(
  page: Page,
  format: string,
  path: string,
  also: readonly [string, string][] = [],
): Promise<string> {
  await choose(page, 'Share…');
  const [way, button] = WAYS[format] ?? [format, 'Save'];
  await page.getByRole('radio', { name: way, exact: true }).click();
  for (const [label, option] of [...(way === 'Table' || way === 'Map file' ? [['Format', format]] : []), ...also]) {
    await page.locator('.dialog .choice', { hasText: label }).getByRole('button').click();
    await page.locator('.popover').getByRole('option', { name: option }).click();
  }
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  await (await saving).saveAs(path);
  await page.locator('.dialog').getByRole('button', { name: 'Close', exact: true }).click();
  return path;
}

/**
 * The rules of WCAG and good practice that axe finds broken, each with the elements that break it. In axe's legacy
 * mode: the other one also reads frames, which the page lacks, and opens a window each time.
 */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

/** The number of different colours in a picture of the map's middle. */
export async function colorsOf(page: Page): Promise<number> {
  const box = await page.locator('.map').boundingBox();
  if (!box) return 0;
  const clip = {
    x: box.x + box.width * 0.35,
    y: box.y + box.height * 0.2,
    width: box.width * 0.5,
    height: box.height * 0.6,
  };
  const picture = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    if (!context) return 0;
    context.drawImage(image, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
  }, picture);
}

/** The number of stored vectors; −1 before the page has made the store, which nothing else may do. */
export async function storedVectors(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases();
    if (!all.some(({ name }) => name === 'portolan-vectors')) return -1;
    return new Promise<number>((resolve, reject) => {
      const request = indexedDB.open('portolan-vectors');
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const count = request.result.transaction('vectors').objectStore('vectors').count();
        count.onsuccess = () => {
          request.result.close();
          resolve(count.result);
        };
      };
    });
  });
}
