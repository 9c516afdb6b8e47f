import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Element, hostPage, labForEach, openHost, otherSite, withMap } from './frame-lab.ts';
import { SEEDS } from './support.ts';

const lab = labForEach();

test('the example page shows three maps and drives one', async ({ page }) => {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${lab().site.url}examples/docs.html`);
  for (const id of ['plain', 'dark', 'driven']) await page.locator(`#${id}`).scrollIntoViewIfNeeded();
  const [, , dark, driven] = page.frames();
  await expect(dark.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(dark.locator('.hits li').first()).toBeVisible();
  await expect(driven.locator('html')).toHaveAttribute('data-papers', '468');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.locator('#said')).toContainText(/^[1-9]\d* papers$/u);
  await page.getByRole('button', { name: 'Select the first' }).click();
  await expect(driven.locator('.paper h2')).not.toBeEmpty();
  await expect(page.locator('#said')).toHaveText((await driven.locator('.paper h2').textContent()) ?? '');
  expect(errors).toEqual([]);
});

test('names its map, zooms by buttons, and leads to the whole page', async ({ page }) => {
  await page.goto(`${lab().site.url}frame.html#map=data/sample.parquet`);
  await expect(page.locator('html')).toHaveAttribute('data-papers', '468');
  await expect(page.getByRole('heading', { name: 'Papers on embeddings' })).toBeVisible();
  await expect(page).toHaveTitle('Papers on embeddings');
  const names = async () => (await page.locator('.topic-label').allTextContents()).sort();
  const before = await names();
  for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(names).not.toEqual(before);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect.poll(names).toEqual(before);
  const link = page.getByRole('link', { name: 'Open the whole map' });
  await page.goto((await link.evaluate((a: HTMLAnchorElement) => a.href)) ?? '');
  await expect(page.locator('.app[data-phase="idle"] .card')).toBeVisible();
});

test('in a page of another site, with its storage blocked: draws, searches, answers every call', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const frame = await openHost(lab(), page);
  await expect(frame.locator('.map')).toHaveAttribute('data-renderer', 'webgl');
  expect(await withMap(page, (map) => map.search('wizmap').then(({ total }) => total))).toBeGreaterThan(0);
  await expect(frame.locator('.hits li').first()).toContainText('WizMap');
  expect(await withMap(page, (map) => map.getPapers(0, 2).then((papers) => papers.length))).toBe(2);
  await withMap(page, (map) => map.select(3));
  await withMap(page, (map) => map.setView({ x: 0.1, y: 0.2, zoom: 4 }));
  const state = await withMap(page, (map) => map.getState());
  expect(state).toMatchObject({ papers: 468, query: 'wizmap', selected: 3, view: { zoom: 4 } });
  const sizes = await withMap(page, (map) =>
    Promise.all(['png', 'csv', 'jsonl'].map((format) => map.export(format).then((blob) => blob.size))),
  );
  for (const size of sizes) expect(size).toBeGreaterThan(5000);
  expect(await withMap(page, (map) => map.select(9999).catch((error) => error.code))).toBe('bad-call');
  expect(await withMap(page, (map) => map.export('exe').catch((error) => error.code))).toBe('bad-call');
  expect(await withMap(page, (map) => map.load({ bytes: new ArrayBuffer(9) }).catch((error) => error.code))).toBe(
    'map-corrupt',
  );
  // The map from before is still there.
  expect(await withMap(page, (map) => map.getState().then(({ papers }) => papers))).toBe(468);
  // Removed from the page during a call: the call is rejected.
  const gone = withMap(page, (map) => {
    const asked = map.search('maps').catch((error: { code: string }) => error.code);
    (map as unknown as HTMLElement).remove();
    return asked as Promise<string>;
  });
  expect(await gone).toBe('gone');
  expect(errors).toEqual([]);
});

test('orders of others, malformed, huge and repeated ones change nothing', async ({ page }) => {
  lab().files['index.html'] = '<!doctype html><title>host</title>';
  await page.goto(otherSite(lab().host.url));
  const result = await page.evaluate(
    async ({ src, map }) => {
      const until = async (isSo: () => boolean): Promise<void> => {
        while (!isSo()) await new Promise((done) => setTimeout(done, 50));
      };
      const frameFor = async (named: string): Promise<HTMLIFrameElement> => {
        const made = document.createElement('iframe');
        made.src = `${src}#host=${encodeURIComponent(named)}&map=${encodeURIComponent(map)}`;
        const loaded = new Promise((done) => made.addEventListener('load', done));
        document.body.append(made);
        await loaded;
        return made;
      };
      const connect = (to: Window | null): { heard: unknown[]; port: MessagePort } => {
        const { port1, port2 } = new MessageChannel();
        const heard: unknown[] = [];
        port1.onmessage = ({ data }) => heard.push(data);
        to?.postMessage({ portolan: 1, type: 'connect' }, '*', [port2]);
        return { heard, port: port1 };
      };
      // A frame that names another page as its host receives nothing from this one.
      const stranger = connect((await frameFor('https://elsewhere.example')).contentWindow);
      stranger.port.postMessage({ id: 1, method: 'getState' });
      const own = await frameFor(location.origin);
      own.contentWindow?.postMessage({ id: 1, method: 'select', args: 5 }, '*');
      own.contentWindow?.postMessage({ portolan: 2, type: 'connect' }, '*');
      const first = connect(own.contentWindow);
      await until(() => first.heard.some((data) => JSON.stringify(data).includes('"event":"loaded"')));
      // A second hand-over is ignored.
      const second = connect(own.contentWindow);
      second.port.postMessage({ id: 1, method: 'getState' });
      for (const message of [
        null,
        'select',
        [1],
        { method: 'select', args: 7 },
        { id: 1, method: 'select', args: '7' },
        { id: 2, method: 'search', args: 'x'.repeat(1_000_000) },
        { id: 3, method: 'constructor' },
        { id: 4, method: 'select', args: 4 },
        { id: 4, method: 'select', args: 9 },
        { id: 2, method: 'select', args: 9 },
        { id: 5, method: 'getState' },
      ])
        first.port.postMessage(message);
      const answersOf = (heard: unknown[]): unknown[] =>
        heard.filter((data) => typeof data === 'object' && data !== null && 'id' in data);
      await until(() => answersOf(first.heard).length >= 5);
      const answers = answersOf(first.heard);
      return { stranger: stranger.heard, second: second.heard, answers };
    },
    { src: `${lab().site.url}frame.html`, map: `${lab().site.url}data/sample.parquet` },
  );
  expect(result.stranger).toEqual([]);
  expect(result.second).toEqual([]);
  expect(result.answers).toMatchObject([
    { id: 1, code: 'bad-call' },
    { id: 2, code: 'bad-call' },
    { id: 3, code: 'bad-call' },
    { id: 4, value: null },
    { id: 5, value: { selected: 4, query: '' } },
  ]);
});

test('in a sandbox without an origin: the host brings the map, and it is drawn', async ({ page }) => {
  lab().files['index.html'] =
    `<!doctype html><meta charset="utf-8"><script src="${lab().site.url}portolan.js"></script><portolan-map src="sample.parquet" height="400" sandbox="allow-scripts"></portolan-map>`;
  (lab().files as Record<string, unknown>)['sample.parquet'] = readFileSync(join(SEEDS, 'sample.parquet'));
  const frame = await openHost(lab(), page);
  await expect(frame.locator('.map')).toHaveAttribute('data-renderer', 'webgl');
  expect(await frame.evaluate(() => self.origin)).toBe('null');
  await expect.poll(() => frame.locator('.topic-label').count()).toBeGreaterThan(2);
  await frame.locator('input').fill('wizmap');
  await expect(frame.locator('.hits li').first()).toContainText('WizMap');
});

test('in docs without HTTPS: the map beside the page is shown, no failure is told, and the theme is the page’s', async ({
  page,
}) => {
  lab().files['index.html'] = `<!doctype html><meta charset="utf-8"><style>:root { color-scheme: dark }</style>
    <script src="${lab().site.url}portolan.js"></script><script>
    var told = [];
    addEventListener('DOMContentLoaded', () => document.querySelector('portolan-map')
      .addEventListener('portolan-error', ({ detail }) => told.push(detail)));
    </script><portolan-map src="sample.parquet" height="400"></portolan-map>`;
  (lab().files as Record<string, unknown>)['sample.parquet'] = readFileSync(join(SEEDS, 'sample.parquet'));
  const frame = await openHost(lab(), page);
  await expect(frame.locator('.says')).toBeEmpty();
  expect(await page.evaluate('told')).toEqual([]);
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.evaluate(() => document.documentElement.style.setProperty('color-scheme', 'light'));
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
  // Where there is no map, the reader is told.
  await page.evaluate(() => {
    document.querySelector('portolan-map')?.remove();
    const lost = document.createElement('portolan-map');
    lost.setAttribute('src', 'nothing.parquet');
    document.body.prepend(lost);
  });
  await expect(page.frameLocator('portolan-map iframe').locator('.says')).toContainText('The map could not be shown');
});

test('every call is answered once, also of a frame that is far below, gone, or never there', async ({ page }) => {
  lab().files['index.html'] =
    `${hostPage(lab(), '')}<div style="height:5000px"></div><portolan-map src="${lab().site.url}data/sample.parquet"></portolan-map>`;
  await page.goto(otherSite(lab().host.url));
  // Nobody has scrolled to the map, but calls need not wait for that.
  expect(await withMap(page, (map) => map.getState().then(({ query }) => query))).toBe('');
  const codes = await withMap(page, async (map) => {
    const code = (error: { code: string }): string => error.code;
    await map.destroy();
    const methods = ['load', 'setView', 'search', 'select', 'highlight', 'filter', 'setColor', 'setTheme', 'getState'];
    const all = [...methods, 'getTopics', 'getPapers', 'export', 'destroy'];
    const calls = map as unknown as Record<string, (args: string) => Promise<unknown>>;
    const after = await Promise.all(all.map((method) => calls[method]('x').catch(code)));
    // Removed before its frame has loaded.
    const early = document.createElement('portolan-map') as unknown as Element & HTMLElement;
    document.body.append(early);
    const asked = early.getState().catch(code);
    early.remove();
    return [...after, await asked] as string[];
  });
  // `destroy` alone succeeds on a map that is gone.
  expect(codes.map((code) => code ?? 'done')).toEqual([...Array(12).fill('gone'), 'done', 'gone']);
});

test('the wheel scrolls the page unless Ctrl is held; Tab goes in and out; small frames work', async ({ page }) => {
  lab().files['index.html'] = hostPage(
    lab(),
    `<button>before</button><portolan-map src="${lab().site.url}data/sample.parquet" height="240" style="display:block;width:320px"></portolan-map><button>after</button>`,
  );
  const frame = await openHost(lab(), page);
  await expect(frame.locator('.map')).toHaveAttribute('data-renderer', 'webgl');
  await page.mouse.move(200, 480);
  await page.mouse.wheel(0, 120);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(50);
  const before = await page.evaluate(() => scrollY);
  await page.mouse.move(200, 400);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -240);
  await page.keyboard.up('Control');
  await expect
    .poll(() => withMap(page, (map) => map.getState().then(({ view }) => view?.zoom ?? 0)))
    .toBeGreaterThan(1.2);
  expect(await page.evaluate(() => scrollY)).toBe(before);
  await page.getByRole('button', { name: 'before' }).focus();
  const inside = (): Promise<boolean> => page.evaluate(() => document.activeElement?.tagName === 'IFRAME');
  await page.keyboard.press('Tab');
  await expect.poll(inside).toBe(true);
  // The map, its search and topics, and the names on the map.
  for (let step = 0; step < 20 && (await inside()); step++) await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'after' })).toBeFocused();
});

test('six on one page: drawn while seen, a picture otherwise', async ({ page }) => {
  const maps = Array.from(
    { length: 6 },
    () => `<portolan-map src="${lab().site.url}data/sample.parquet" height="500"></portolan-map>`,
  );
  lab().files['index.html'] = hostPage(lab(), maps.join('<div style="height:900px"></div>'));
  await page.goto(otherSite(lab().host.url));
  const frames = page.frames().slice(1);
  expect(frames).toHaveLength(6);
  for (const [i, map] of (await page.locator('portolan-map').all()).entries()) {
    await map.scrollIntoViewIfNeeded();
    await expect(frames[i].locator('html')).toHaveAttribute('data-papers', '468');
    await expect(frames[i].locator('.map')).toHaveAttribute('data-renderer', 'webgl');
  }
  for (const frame of frames.slice(0, 4)) {
    await expect(frame.locator('.map')).toHaveAttribute('data-renderer', 'picture');
    expect(await frame.locator('canvas').count()).toBe(0);
    expect(await frame.locator('.map > img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
      100,
    );
  }
  await page.evaluate(() => scrollTo(0, 200));
  await expect(frames[0].locator('.map')).toHaveAttribute('data-renderer', 'webgl');
  await expect(frames[5].locator('.map')).toHaveAttribute('data-renderer', 'picture');
});

test('without scripts the link inside the element stands', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${lab().site.url}examples/docs.html`);
  await expect(page.getByRole('link', { name: 'The map of 468 papers' }).first()).toBeVisible();
  await context.close();
});
