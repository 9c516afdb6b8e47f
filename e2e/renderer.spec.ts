import type { Page } from '@playwright/test';
import { syntheticMapFile } from '../src/render/fixtures/synthetic-map.ts';
import { colorsOf, expect, openMapBeside, openSample, test } from './support.ts';

/** The map's middle as a picture, once the map is at rest. */
async function pictureOf(page: Page): Promise<string> {
  await expect.poll(() => colorsOf(page)).toBeGreaterThan(200);
  const clip = { x: 450, y: 150, width: 700, height: 500 };
  return (await page.screenshot({ clip, animations: 'disabled' })).toString('base64');
}

async function withContext(page: Page, act: 'loseContext' | 'restoreContext'): Promise<void> {
  await page.evaluate((name) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.map canvas');
    const holder: { lose?: WEBGL_lose_context | null } = window as never; // Keeps the extension between calls.
    holder.lose ??= canvas?.getContext('webgl')?.getExtension('WEBGL_lose_context') ?? null;
    holder.lose?.[name]();
  }, act);
}

/** Records the papers of each picture, and can slow pictures down by their number of papers. */
function watchPictures(): void {
  const watch = { papers: [] as number[], msPerPaper: 0 };
  const original = WebGLRenderingContext.prototype.drawArrays;
  WebGLRenderingContext.prototype.drawArrays = function (mode, first, count) {
    if (mode === WebGLRenderingContext.POINTS && count > 1) {
      watch.papers.push(count);
      const end = performance.now() + count * watch.msPerPaper;
      while (performance.now() < end);
    }
    original.call(this, mode, first, count);
  };
  Object.assign(window, { watch });
}

type Watching = { watch: { papers: number[]; msPerPaper: number } };

/** Papers in each picture so far. */
function pictures(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as never as Watching).watch.papers); // See watchPictures.
}

for (const state of ['', '#sel=3']) {
  test(`a lost context comes back with the same picture${state && ', also of an opened paper'}`, async ({
    page,
    expected,
  }) => {
    expected.push(/context lost|CONTEXT_LOST/iu);
    await openSample(page, state);
    // Names, contours and the flight to the paper come after the map: only then is there a picture to compare with.
    let before = '';
    const hasSettled = async (): Promise<boolean> => {
      const last = before;
      before = await pictureOf(page);
      return before === last;
    };
    await expect.poll(hasSettled, { intervals: [500] }).toBe(true);
    await withContext(page, 'loseContext');
    await withContext(page, 'restoreContext');
    await expect.poll(async () => (await pictureOf(page)) === before).toBe(true);
  });
}

test('nothing is drawn while nothing changes', async ({ page }) => {
  await page.addInitScript(watchPictures);
  await openSample(page);
  await expect.poll(() => colorsOf(page)).toBeGreaterThan(200);
  const drawnIn = (frames: number): Promise<number> =>
    page.evaluate(async (count) => {
      const { papers } = (window as never as Watching).watch; // See watchPictures.
      const before = papers.length;
      for (let frame = 0; frame < count; frame++) await new Promise((done) => requestAnimationFrame(done));
      return papers.length - before;
    }, frames);
  // Something that still settles may have requested a last picture.
  await expect.poll(() => drawnIn(30)).toBe(0);
  expect(await drawnIn(60)).toBe(0);
  await page.mouse.move(640, 300);
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await pictures(page)).length).toBeGreaterThan(1);
  await expect.poll(() => drawnIn(30)).toBe(0);
});

test('a large map is drawn in part while it moves slowly, and whole once it rests', { tag: '@alone' }, async ({
  page,
  expected,
}) => {
  expected.push(/context lost|CONTEXT_LOST/iu);
  const papers = 30_000;
  await page.addInitScript(watchPictures);
  await openMapBeside(page, 'large.parquet', { body: Buffer.from(syntheticMapFile(papers)) }, papers);
  // A place without papers, so that the pointer is over none.
  const [x, y] = [1200, 250];
  await page.mouse.move(x, y);
  await pictureOf(page);
  expect(new Set(await pictures(page))).toEqual(new Set([papers]));
  await page.evaluate((ms) => {
    (window as never as Watching).watch.msPerPaper = ms; // See watchPictures.
  }, 100 / papers);
  await page.mouse.down();
  let step = 0;
  await expect
    .poll(
      async () => {
        step++;
        await page.mouse.move(x - 40 * (step % 2), y + 10, { steps: 4 });
        return Math.min(...(await pictures(page)));
      },
      { timeout: 60_000 },
    )
    .toBeLessThan(papers);
  await page.mouse.move(x, y);
  await page.mouse.up();
  await expect.poll(async () => (await pictures(page)).at(-1)).toBe(papers);
  // The same view, drawn again from scratch.
  const rested = await pictureOf(page);
  const drawn = (await pictures(page)).length;
  await withContext(page, 'loseContext');
  await withContext(page, 'restoreContext');
  await expect.poll(async () => (await pictures(page)).length).toBeGreaterThan(drawn);
  await expect.poll(async () => (await pictureOf(page)) === rested).toBe(true);
  expect((await pictures(page)).at(-1)).toBe(papers);
});

test('without WebGL the map is drawn all the same, and the pointer finds papers', async ({ page }) => {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.includes('webgl') ? null : original.call(this, kind as '2d', ...(rest as []));
    } as typeof original;
  });
  await openSample(page);
  await expect(page.locator('.map')).toHaveAttribute('data-renderer', 'canvas2d');
  await expect.poll(() => colorsOf(page)).toBeGreaterThan(100);
  await page.getByLabel('Search titles and texts').fill('wizmap');
  await expect(page.locator('.result-title').first()).toContainText('WizMap');
  await page.keyboard.press('Enter');
  await expect(page.locator('.panel h2')).toContainText('WizMap');
  await expect(async () => {
    await page.mouse.move(0, 799);
    await page.mouse.move(424 + (1280 - 424 - 424) / 2, 400);
    await expect(page.locator('.hover-title')).toContainText('WizMap', { timeout: 500 });
  }).toPass();
});

test('pinch, drag and tap by touch', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 }, hasTouch: true });
  const page = await context.newPage();
  await openSample(page);
  await expect.poll(() => colorsOf(page)).toBeGreaterThan(100);
  const client = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: [number, number][]): Promise<unknown> =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  const before = (await page.screenshot()).toString('base64');
  await touch('touchStart', [
    [180, 380],
    [210, 380],
  ]);
  for (let step = 1; step <= 8; step++)
    await touch('touchMove', [
      [180 - 10 * step, 380],
      [210 + 10 * step, 380],
    ]);
  await touch('touchEnd', []);
  await expect.poll(async () => (await page.screenshot()).toString('base64') === before).toBe(false);
  // The page itself has not been zoomed.
  expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1);
  await context.close();
});

test('a driver whose programs list other uniforms is drawn by Canvas 2D: the policy forbids to compile for it', async ({
  page,
  expected,
}) => {
  expected.push(/TrustedScript|unsafe-eval/u);
  await page.addInitScript(() => {
    const original = WebGLRenderingContext.prototype.getActiveUniform;
    WebGLRenderingContext.prototype.getActiveUniform = function (program, index) {
      const info = original.call(this, program, index);
      return info?.name === 'opacity' ? null : info;
    };
  });
  await openSample(page);
  await expect(page.locator('.map')).toHaveAttribute('data-renderer', 'canvas2d');
  await expect.poll(() => colorsOf(page)).toBeGreaterThan(100);
});
