import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { ROOT } from '../src/command/paths.mjs';
import { openDoor } from './parity/open-door.ts';
import type { EncodedByPool, EncodeOptions, ParityDoor } from './parity/parity.ts';
import { makeMap, mapMade, openEmpty, paperLines, SEEDS, seedListing, startMap, storedVectors } from './support.ts';

const MODEL = join(ROOT, 'public/models/all-MiniLM-L6-v2');
const papers = seedListing(60).split('\n').slice(2);
const texts = Array.from({ length: papers.length / 2 }, (_, i) => `${papers[2 * i]}. ${papers[2 * i + 1]}`);
/** Beginnings of all lengths, for tests in which the number of texts matters and not their size. */
const short = texts.map((text, i) => text.slice(0, 60 + 20 * (i % 15)));

function encode(
  page: Page,
  workers: number,
  some: readonly string[],
  options: EncodeOptions = {},
): Promise<EncodedByPool> {
  return page.evaluate(
    ([count, all, how]) => (window as unknown as { parityDoor: ParityDoor }).parityDoor.encode(count, all, how),
    [workers, some, options] as [number, string[], EncodeOptions],
  );
}

/** Deletes the vectors and keeps the model. */
async function forgetVectors(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('portolan-vectors');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
      }),
  );
}

test('the same bits from any worker, any order and any pool', async ({ page }) => {
  test.slow();
  await openDoor(page);
  // Enough texts to make three workers worthwhile.
  const some = texts.slice(0, 36);
  const one = await encode(page, 1, some);
  expect(one).toMatchObject({ cached: 0, computed: 36, started: 1 });
  await forgetVectors(page);
  const three = await encode(page, 3, some);
  expect(three).toMatchObject({ cached: 0, computed: 36, started: 3 });
  expect(three.vectors).toEqual(one.vectors);
  expect(three.sentences).toEqual(one.sentences);
  expect(one.sentences.every((packed) => packed.length > 384 / 8)).toBe(true);
  await forgetVectors(page);
  const reversed = await encode(page, 2, some.slice(0, 24).toReversed());
  expect(reversed).toMatchObject({ cached: 0, computed: 24, started: 2 });
  expect(reversed.vectors.toReversed()).toEqual(one.vectors.slice(0, 24));
  expect(reversed.sentences.toReversed()).toEqual(one.sentences.slice(0, 24));
});

test('a worker that is gone without a word is replaced, and no text is lost', async ({ page }) => {
  test.slow();
  await openDoor(page);
  // Several batches. The time limit for a silent one depends on how long the last one took.
  const some = short.slice(0, 40);
  const whole = await encode(page, 1, some);
  await forgetVectors(page);
  const robbed = await encode(page, 1, some, { murder: true });
  expect(robbed).toMatchObject({ computed: 40, started: 2 });
  expect(robbed.vectors).toEqual(whole.vectors);
});

test('embeds only what is new, also in another visit', async ({ page }) => {
  await openDoor(page);
  const first = await encode(page, 1, short.slice(0, 6));
  expect(first).toMatchObject({ cached: 0, computed: 6 });
  await page.reload();
  await page.waitForFunction(() => 'parityDoor' in window);
  const more = await encode(page, 1, short.slice(0, 10).toReversed());
  expect(more).toMatchObject({ cached: 6, computed: 4 });
  expect(more.vectors.toReversed().slice(0, 6)).toEqual(first.vectors);
});

test('a run that is cut off loses a batch at most', async ({ page }) => {
  await openDoor(page);
  const cut = encode(page, 1, texts).catch(() => null);
  await expect.poll(() => storedVectors(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(12);
  await page.reload();
  await cut;
  await page.waitForFunction(() => 'parityDoor' in window);
  const rest = await encode(page, 1, texts);
  expect(rest.cached).toBeGreaterThanOrEqual(12);
  expect(rest.cached + rest.computed).toBe(60);
  expect(rest.vectors.every((vector) => vector.length === 384)).toBe(true);
});

test('the first visit costs 28 MB at most, and the second none of it', async ({ page }) => {
  await openDoor(page);
  const asked: { path: string; bytes: number }[] = [];
  page.context().on('requestfinished', async (request) => {
    const path = new URL(request.url()).pathname;
    if (!/\/(?:models|ort)\//u.test(path)) return;
    asked.push({ path, bytes: (await request.sizes()).responseBodySize });
  });
  const first = await encode(page, 2, short.slice(0, 20));
  expect(first.computed).toBe(20);
  await expect.poll(() => asked.filter(({ path }) => path.endsWith('.onnx')).length).toBe(1);
  const total = asked.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`model and runtime: ${(total / 1e6).toFixed(1)} MB in ${asked.length} requests`);
  expect(total).toBeGreaterThan(15e6);
  expect(total).toBeLessThan(28e6);
  asked.length = 0;
  await page.reload();
  await page.waitForFunction(() => 'parityDoor' in window);
  const second = await encode(page, 2, short.slice(20, 40));
  expect(second.computed).toBe(20);
  // Only the runtime's glue is left to the browser's own cache.
  expect(asked.map(({ path }) => path).filter((path) => !path.endsWith('.mjs'))).toEqual([]);
});

test('takes no other file for the model', async ({ page }) => {
  await openDoor(page);
  await page.context().route('**/model_quantized.onnx', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[1000] ^= 1;
    await route.fulfill({ response, body });
  });
  await expect(encode(page, 1, texts.slice(0, 2))).rejects.toThrow(/not the file that the page was built with/u);
});

test('a model of the hub gets the prompt that its settings name', async ({ page }) => {
  await openDoor(page);
  const asked: string[] = [];
  await page.context().route('https://huggingface.co/**', (route) => {
    const [, file = ''] = /\/owner\/model\/resolve\/main\/(.+)$/u.exec(route.request().url()) ?? [];
    asked.push(file);
    const headers = { 'access-control-allow-origin': '*' };
    if (file === 'config_sentence_transformers.json') {
      return route.fulfill({ headers, json: { prompts: { query: 'query: ', passage: 'passage: ' } } });
    }
    const path = join(MODEL, file);
    return existsSync(path) ? route.fulfill({ headers, path }) : route.fulfill({ headers, status: 404 });
  });
  // Short enough for one window with or without the prompt.
  const text = texts[0].slice(0, 300);
  const hub = await encode(page, 1, [text], { model: 'owner/model' });
  expect(asked).toContain('config_sentence_transformers.json');
  expect(asked.filter((file) => file.endsWith('.onnx'))).toHaveLength(1);
  const own = await encode(page, 1, [`passage: ${text}`, text]);
  expect(hub.vectors[0]).toEqual(own.vectors[0]);
  expect(hub.vectors[0]).not.toEqual(own.vectors[1]);
});

test('the whole corpus stands by words at once, and the page stays free while it is embedded', {
  tag: '@alone',
}, async ({ page }) => {
  test.slow();
  await page.addInitScript(() => {
    const long: number[] = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) long.push(duration);
    }).observe({ type: 'longtask' });
    Object.assign(window, { longTasks: long });
  });
  await openEmpty(page);
  await page.locator('#open-folder').setInputFiles(SEEDS);
  await expect(page.getByRole('heading', { name: /^468 \S+ found$/u })).toBeVisible();
  const began = Date.now();
  await startMap(page);
  await page.locator('.job-foot [data-shown="words"]').waitFor();
  console.log(`a map by words after ${Date.now() - began} ms`);
  // Once a fifth of the papers have vectors, a picture by meaning comes with a number, later one with another.
  const said = page.locator('.job-foot [data-agreement]');
  await expect(said).toHaveAttribute('data-shown', 'meaning', { timeout: 120_000 });
  const longTasks = (): Promise<number[]> =>
    page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks.splice(0));
  await longTasks();
  const first = Number(await said.getAttribute('data-agreement'));
  await expect
    .poll(async () => Number(await said.getAttribute('data-agreement')), { timeout: 150_000 })
    .not.toBe(first);
  const long = await longTasks();
  console.log(`long tasks while embedding: ${long.map(Math.round).join(', ') || 'none'}`);
  // Usually none; a pause of the machine may cause one. A page that redraws all panels with each picture has eight.
  expect(long.length).toBeLessThanOrEqual(1);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.job')).toHaveCount(0, { timeout: 1000 });
});

/** The places of the papers on the map, as the page exports them. */
async function exportedPlaces(page: Page): Promise<{ x: number; y: number; neighbors: number[] }[]> {
  return (await paperLines(page)).map((line) => {
    const { x, y, neighbors } = JSON.parse(line);
    return { x, y, neighbors };
  });
}

test('a model from a folder makes the same map as the same model of the page', async ({ page }) => {
  test.slow();
  const folder = join(mkdtempSync(join(tmpdir(), 'portolan-model-')), 'my model');
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  for (const file of ['config.json', 'tokenizer.json', 'onnx/model_quantized.onnx']) {
    copyFileSync(join(MODEL, file), join(folder, file));
  }
  writeFileSync(join(folder, 'sentence_bert_config.json'), JSON.stringify({ max_seq_length: 256 }));
  const buffer = Buffer.from(
    texts
      .slice(0, 6)
      .map((text) => text.slice(0, 200))
      .join('\n'),
  );
  const makeNext = async (runs: number): Promise<unknown[]> => {
    await page.locator('#open-files').setInputFiles({ name: 'six.txt', mimeType: 'text/plain', buffer });
    await startMap(page);
    await mapMade(page, runs);
    return exportedPlaces(page);
  };
  await openEmpty(page);
  const own = await makeNext(1);
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  await page.locator('#open-folder').setInputFiles(folder);
  await expect(page.getByText('The next map is made by my-model')).toBeVisible();
  expect(await makeNext(2)).toEqual(own);
  await expect(page.getByText(/^local\/my-model-[0-9a-f]{12}$/u).first()).toBeAttached();
  expect(asked.filter((url) => /model_quantized|tokenizer/u.test(url))).toEqual([]);
  rmSync(join(folder, 'tokenizer.json'));
  await page.locator('#open-folder').setInputFiles(folder);
  await expect(page.locator('.notice-failure p')).toContainText('no tokenizer.json');
});

test('vectors of a column make the map, and no model is fetched', async ({ page }) => {
  const paths: string[] = [];
  page.context().on('request', (request) => paths.push(new URL(request.url()).pathname));
  const words = ['whales', 'ships', 'bread', 'ovens', 'stars', 'moons', 'rivers', 'sand'];
  const lines = words.map((word, i) => {
    const embedding = Array.from({ length: 16 }, (_, j) => Math.sin((i >> 1) * 7 + j) + 0.1 * Math.cos(i * 5 + j));
    return JSON.stringify({ title: `On ${word}`, embedding: i === 7 ? embedding.slice(1) : embedding });
  });
  lines.push(...['a', 'b', 'c'].map((word, i) => lines[i].replace('On ', `More ${word} on `)));
  const buffer = Buffer.from(lines.join('\n'));
  await openEmpty(page);
  await page.locator('#open-files').setInputFiles({ name: 'v.jsonl', mimeType: 'application/json', buffer });
  await expect(page.getByText('These texts bring vectors of 16 numbers')).toBeVisible();
  await page.getByText('Kept with changes: 1').click();
  await expect(page.getByText('column “embedding”: 15 numbers, not 16')).toBeVisible();
  await makeMap(page);
  await expect(page.locator('.notice-warning')).toContainText('1 text without a usable vector');
  const places = await exportedPlaces(page);
  expect(places).toHaveLength(11);
  // The papers of a pair, and the copy, are nearest to each other.
  expect(places[8].neighbors[0]).toBe(0);
  expect(places[2].neighbors[0]).toBe(10);
  expect(places[4].neighbors[0]).toBe(5);
  expect(paths.filter((path) => /\.onnx|tokenizer\.json|\.wasm\.gzip/u.test(path))).toEqual([]);
  await page.getByLabel('Search titles and texts').fill('sea');
  await expect(page.locator('.meaning-status')).toContainText('the vectors came with the file (column “embedding”)');
});
