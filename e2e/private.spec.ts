import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { type SmallServer, serveCanary, serveFiles } from './servers.ts';
import { choose, drop, expectPapers, exported, idle, makeMap, openSample } from './support.ts';

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');

let site: SmallServer;
let canary: SmallServer;

test.beforeEach(async () => {
  const files = { 'attack.js': fixture('attack.js'), 'attack-worker.js': fixture('attack-worker.js') };
  site = await serveFiles({ base: '/maps/', files });
  canary = await serveCanary();
});

test.afterEach(async () => {
  await site.close();
  await canary.close();
});

async function openPage(page: Page, hash = ''): Promise<void> {
  await openSample(page, hash, site.url);
}

/** Adds the script as an element, so that it runs as a script of the page, under the page's policy. */
async function attack(page: Page): Promise<string[]> {
  await page.evaluate((url) => {
    const script = document.createElement('script');
    script.dataset.canary = url;
    script.src = './attack.js';
    document.head.append(script);
  }, canary.url);
  await page.waitForFunction(() => 'attack' in window, undefined, { timeout: 30_000 });
  // Waits for late requests too.
  await page.waitForTimeout(500);
  return page.evaluate(() => (window as unknown as { attack: string[] }).attack);
}

/** Adds a hostile paper to the shown map, then compares it with the earlier map. */
async function growAndCompare(page: Page, map: string, text: string): Promise<void> {
  await drop(page, [{ name: 'more.jsonl', text: JSON.stringify({ title: `new ${text}`, abstract: text, url: text }) }]);
  await page.getByRole('button', { name: 'Add to this map' }).click();
  await expectPapers(page, 21);
  await choose(page, 'Compare with another map…');
  await page.getByLabel('Choose a file…').setInputFiles(map);
  await expect(page.locator('.compare-bar')).toBeVisible();
  await page.getByRole('slider', { name: 'From one map to the other' }).press('End');
  await expect(page.locator('.panel')).toContainText('20');
  await page.locator('.nearest button').first().hover();
}

for (const controlled of [false, true]) {
  const when = controlled ? 'once the service worker is in charge' : 'on the first visit, without a service worker';
  test(`a script in the page reaches nobody and runs no text, ${when}`, async ({ browser }) => {
    const context = await browser.newContext({ serviceWorkers: controlled ? 'allow' : 'block' });
    const page = await context.newPage();
    await openPage(page);
    if (controlled) {
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await page.reload();
      await expectPapers(page, 468);
    }
    expect(await attack(page)).toEqual([]);
    expect(canary.asked).toEqual([]);
    await context.close();
  });
}

test('the attack itself works where there is no policy', async ({ browser }) => {
  const page = await browser.newPage();
  const open = await serveFiles({
    files: {
      'index.html': '<!doctype html><body></body>',
      'attack.js': fixture('attack.js').replace("await attempt('form'", "if (false) await attempt('form'"),
      'attack-worker.js': fixture('attack-worker.js'),
    },
  });
  await page.goto(open.url);
  const succeeded = await attack(page);
  for (const way of ['eval', 'Function', 'innerHTML', 'inline script', 'fetch', 'xhr', 'fetch in a worker'])
    expect(succeeded).toContain(way);
  for (const path of ['fetch', 'xhr', 'beacon', 'img', 'script', 'css', 'frame', 'worker-fetch'])
    expect(canary.asked.join('\n')).toContain(`/${path}`);
  await page.close();
  await open.close();
});

/** Texts that try to become elements, scripts or requests wherever they are shown. */
function hostileTexts(): string[] {
  const out = canary.url;
  return [
    `<img src="${out}a" onerror="window.hacked=1">`,
    `"><script src="${out}b"></script><script>window.hacked=2</script>`,
    `<svg onload="window.hacked=3"><image href="${out}c"/></svg>`,
    `<iframe srcdoc="<script>parent.hacked=4</script>"></iframe>`,
    `</title></style></textarea></script><style>@import '${out}d'; * { background: url(${out}e) }</style>`,
    `javascript:window.hacked=5//`,
    `{{constructor.constructor('window.hacked=6')()}} \${window.hacked=7}`,
    `<a href="javascript:window.hacked=8" ping="${out}f">x</a><base href="${out}g">`,
    `\u202e<b>right to left</b>\u0000 \ud800 &lt;img src=x onerror=window.hacked=9&gt;`,
    `__proto__`,
  ];
}

const ACTIVE = 'img, script, iframe, object, embed, base, form, style, image, video, audio, a[href^="javascript"]';

async function expectHarmless(page: Page, before: number): Promise<void> {
  expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
  // The library adds up to two styles of its own, whose text the policy allows by hash.
  expect(await page.locator(ACTIVE).count()).toBeLessThanOrEqual(before + 2);
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
  expect(canary.asked).toEqual([]);
}

test('data are text: cells, headers, file names, names and addresses create nothing and ask nobody', async ({
  page,
}) => {
  const texts = hostileTexts();
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const header = ['title', 'abstract', 'url', '__proto__', texts[0], texts[1]].map(quoted).join(',');
  const rows = texts.map((text, i) =>
    [`${i} ${text}`, `${text} and more words on thing ${i}`, `${canary.url}u${i}`, text, text, text]
      .map(quoted)
      .join(','),
  );
  const query = encodeURIComponent(texts[0]);
  await openPage(page, `#q=${query}&name=${query}&origin=${query}&theme=${query}&at=${query}&sel=${query}`);
  const before = await page.locator(ACTIVE).count();
  await expect(page.getByLabel('Search titles and texts')).toHaveValue(texts[0]);

  await page.locator('#open-files').setInputFiles({
    name: `${texts[0].replaceAll('/', '')}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(`${header}\n${rows.join('\n')}\n`),
  });
  await expect(page.getByRole('heading', { name: /^10 \S+ found$/u })).toBeVisible();
  await expectHarmless(page, before);
  await makeMap(page);
  await expectHarmless(page, before);

  // Coloured by the hostile column, searched for, shown in full, pointed at. The search in the address is still active.
  await page.getByLabel('Search titles and texts').fill('');
  await page.getByRole('button', { name: /Colour by/u }).click();
  await page.locator('.popover').getByRole('option', { name: texts[0] }).click();
  await page.getByLabel('Search titles and texts').fill('window hacked');
  await page.locator('.result').first().click();
  await expect(page.locator('.panel')).toContainText('window.hacked');
  await page.locator('.nearest button').first().hover();
  await expectHarmless(page, before);
  const link = page.locator('.panel a.link');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  expect(await link.getAttribute('href')).toMatch(/^https?:/u);

  await page.goto(`${site.url}#map=${encodeURIComponent(`javascript:window.hacked=1`)}`);
  await page.goto(`${site.url}#map=${query}`);
  await idle(page);
  await expectHarmless(page, before);
});

/** Everything that a user does in this program, on data that name the canary wherever they can. */
async function tour(page: Page, fileIn: (name: string) => string): Promise<void> {
  const texts = hostileTexts();
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const row = (text: string, i: number): string =>
    [`${i} ${text}`, `${text} and words on thing ${i}`, `${canary.url}u${i}`, `200${i}-05-01`, text, texts[i % 3]]
      .map(quoted)
      .join();
  const rows = [...texts, ...texts.map((text) => `again ${text}`)].map((text, i) => row(text, i % 10));
  await makeMap(page, [
    {
      name: 'hostile.csv',
      text: `title,abstract,url,date,${quoted(texts[0])},${quoted(texts[1])}\n${rows.join('\n')}\n`,
    },
  ]);

  await page.getByLabel('Search titles and texts').fill('hacked');
  await page.getByRole('radio', { name: 'Meaning' }).click();
  await page.locator('.result').first().click();
  await page.locator('.nearest button').first().hover();
  await page.locator('.nearest button').first().click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Search titles and texts').fill('');

  await page.getByRole('button', { name: /Colour by/u }).click();
  await page.locator('.popover').getByRole('option', { name: texts[0] }).click();
  await page.getByRole('radio', { name: 'Filters' }).click();
  await page.locator('.category-bar').first().click();
  await expect(page.locator('.filter-chip').first()).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('toolbar', { name: 'Map' }).getByLabel('Lasso').click();
  await page.getByRole('button', { name: 'All in view' }).click();
  await page.getByRole('button', { name: 'Details' }).click();
  await expect(page.getByRole('complementary', { name: 'Selection' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Time', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Time' })).toBeVisible();
  await page.getByRole('button', { name: 'Time', exact: true }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('img src');
  await page.keyboard.press('Escape');

  await choose(page, 'Keep in this browser');
  await expect(page.getByText('Kept in this browser').first()).toBeVisible();
  for (const format of ['Picture (PNG)', 'Drawing (SVG)', 'Table (CSV)']) await exported(page, format, fileIn(format));
  const map = await exported(page, 'Map (Parquet)', fileIn('map.parquet'));
  const alone = await page.context().newPage();
  await alone.goto(pathToFileURL(await exported(page, 'Page (HTML)', fileIn('map.html'))).href);
  await expect(alone.locator('html')).toHaveAttribute('data-papers', '20');
  await alone.getByLabel('Search titles and texts').fill('hacked');
  await alone.locator('.hits button').first().click();
  await expect(alone.locator('.paper')).toContainText('hacked');
  await expectHarmless(alone, await alone.locator('script, style').count());
  await alone.close();
  await growAndCompare(page, map, texts[0]);
}

for (const controlled of [false, true]) {
  const when = controlled ? 'once the service worker is in charge' : 'on the first visit';
  test(`a tour of everything asks no other origin for anything, ${when}`, async ({ browser }, info) => {
    test.setTimeout(300_000);
    const context = await browser.newContext({ serviceWorkers: controlled ? 'allow' : 'block' });
    const strangers: string[] = [];
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (/^(?:https?|wss?):/u.test(protocol) && origin !== new URL(site.url).origin) strangers.push(request.url());
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await openPage(page);
    if (controlled) {
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await page.reload();
      await expectPapers(page, 468);
    }
    const before = await page.locator(ACTIVE).count();
    await tour(page, (name) => info.outputPath(name));
    await expectHarmless(page, before);
    expect(strangers).toEqual([]);
    expect(canary.asked).toEqual([]);
    await context.close();
  });
}

test('a model of a hub is refused in words; only its own page may ask for it', async ({ page }) => {
  await openPage(page, '#model=owner/name');
  await page.getByRole('button', { name: /^Embed these \S+ again, here$/u }).click();
  await expect(page.locator('.notice-failure')).toContainText('huggingface.co');
  await expect(page.locator('.notice-failure')).toContainText('hub.html');
  const policyOf = (): Promise<string | null> =>
    page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(await policyOf()).toContain("connect-src 'self';");
  await page.goto(`${site.url}hub.html#model=owner/name`);
  await expect(page.locator('.reach')).toContainText('huggingface.co');
  expect(await policyOf()).toContain('https://huggingface.co');
  for (const name of ['index.html', 'hub.html', 'frame.html', 'examples/docs.html']) {
    await page.goto(`${site.url}${name}`);
    expect(await policyOf(), name).not.toMatch(/unsafe-inline|'unsafe-eval'/u);
  }
});
