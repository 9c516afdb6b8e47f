import type { Page } from '@playwright/test';
import { colorsOf, expect, openSample, test } from './support.ts';

/** The map's middle as a picture, once it stands still. */
async function pictureOf(page: Page): Promise<string> {
  await expect.poll(() => colorsOf(page)).toBeGreaterThan(200);
  const clip = { x: 450, y: 150, width: 700, height: 500 };
  return (await page.screenshot({ clip, animations: 'disabled' })).toString('base64');
}

async function withContext(page: Page, act: 'loseContext' | 'restoreContext'): Promise<void> {
  await page.evaluate((name) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.map canvas');
    const holder: { lose?: WEBGL_lose_context | null } = window as never; // A place to keep the extension between calls.
    holder.lose ??= canvas?.getContext('webgl')?.getExtension('WEBGL_lose_context') ?? null;
    holder.lose?.[name]();
  }, act);
}

test('a lost context comes back with the same picture', async ({ page, expected }) => {
  expected.push(/context lost|CONTEXT_LOST/iu);
  await openSample(page);
  const before = await pictureOf(page);
  await withContext(page, 'loseContext');
  await withContext(page, 'restoreContext');
  await expect.poll(() => pictureOf(page)).toBe(before);
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
