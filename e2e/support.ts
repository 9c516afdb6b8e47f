import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { ROOT } from '../src/command/paths.mjs';

/** The site under test, with a slash at its end. */
const site = (): string => process.env.PORTOLAN_URL ?? '';

export const SEEDS = join(ROOT, 'public/data');

/** The first `count` papers of the first seed page, as the page stands: headers, then title and abstract lines. */
export function seedListing(count: number): string {
  const lines = readFileSync(join(SEEDS, '000_368f07c217826fee.txt'), 'utf8').split('\n');
  return lines.slice(0, 2 + 2 * count).join('\n');
}

/** The titles of the first seed page, one a line: texts that take little time to embed. */
export function seedTitles(): string {
  const lines = seedListing(241).split('\n').slice(2);
  return lines.filter((_, i) => i % 2 === 0).join('\n');
}

/**
 * A page that fails its test when it asks another origin for anything, throws, or logs an error. What a test expects
 * to be logged it names in `expected`.
 */
export const test = base.extend<{ expected: RegExp[] }>({
  // Playwright reads what a fixture needs off this very pattern: this one needs nothing.
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

/** Opens the page and waits until the sample map stands. */
export async function openSample(page: Page, hash = ''): Promise<void> {
  await page.goto(`${site()}${hash}`);
  await expect(page.locator('.card-count')).toHaveText('468 papers');
  await idle(page);
}

/** Waits until no job is under way and no dialog is open. */
export async function idle(page: Page): Promise<void> {
  await expect(page.locator('.app')).toHaveAttribute('data-phase', 'idle');
}

/** Chooses an item of the menu. */
export async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Drops files on the window as a user would. */
export async function drop(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const { name, text } of given) transfer.items.add(new File([text], name));
    const target = document.querySelector('.map') ?? document.body;
    for (const type of ['dragenter', 'dragover', 'drop']) {
      target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }
  }, files);
}

/** Exports by the dialog and returns where the file is. */
export async function exported(
  page: Page,
  format: string,
  path: string,
  also: readonly [string, string][] = [],
): Promise<string> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  for (const [label, option] of [['Format', format], ...also]) {
    await page.locator('.dialog .choice', { hasText: label }).getByRole('button').click();
    await page.locator('.popover').getByRole('option', { name: option }).click();
  }
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await (await saving).saveAs(path);
  return path;
}

/**
 * The rules that axe finds broken, WCAG and good practice, each with what breaks it. By its older way, which asks the
 * page itself: the other reads frames too, of which the page has none, and opens a window for every answer.
 */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

/** How many different colours a picture of the map's middle holds. */
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

/** How many vectors are in storage; −1 before the page has made the store, which nobody else may. */
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
