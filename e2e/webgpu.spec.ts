import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { openDoor } from './parity/open-door.ts';
import type { EncodedByPool, EncodeOptions, ParityDoor } from './parity/parity.ts';
import { mapMade, openEmpty, SEEDS, startMap } from './support.ts';

const GPU_RUNTIME = /ort-wasm-simd-threaded\.asyncify/u;
const GPU_GLUE = '**/ort-wasm-simd-threaded.asyncify.mjs';

// Float32 vectors of the original model.
const reference: { items: { text: string; ids: number[]; vector: number[] }[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/minilm-reference.json'), 'utf8'),
);
/** Few and short, because software WebGPU is slow. */
const items = reference.items.filter(({ ids }) => ids.length > 4 && ids.length < 20).slice(0, 3);
const texts = items.map(({ text }) => text);

async function needAdapter(page: Page): Promise<void> {
  const has = await page.evaluate(async () => 'gpu' in navigator && (await navigator.gpu.requestAdapter()) !== null);
  test.skip(!has, 'this Chromium gives no WebGPU adapter, not even one in software');
}

async function open(page: Page): Promise<void> {
  await openDoor(page);
  await needAdapter(page);
}

function encode(page: Page, some: readonly string[], options: EncodeOptions): Promise<EncodedByPool> {
  return page.evaluate(
    ([all, how]) => (window as unknown as { parityDoor: ParityDoor }).parityDoor.encode(1, all, how),
    [some, options] as [string[], EncodeOptions],
  );
}

/** Runs this script in the encode worker before the runtime with WebGPU, the first `times` times. */
async function sabotage(page: Page, script: string, times = Number.POSITIVE_INFINITY): Promise<void> {
  let served = 0;
  await page.context().route(GPU_GLUE, async (route) => {
    const response = await route.fetch();
    const body = `${served++ < times ? script : ''}\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
}

/** Records the paths of runtimes and models that the page requests from now on. */
function asked(page: Page): string[] {
  const paths: string[] = [];
  page.context().on('request', (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

function cosine(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + value * b[j], 0);
}

function expectTrue(vectors: readonly (readonly number[])[], least: number): void {
  const cosines = vectors.map((vector, i) => cosine(vector, items[i].vector));
  console.log(`cosines with the original: ${cosines.map((value) => value.toFixed(4)).join(', ')}`);
  expect(Math.min(...cosines)).toBeGreaterThan(least);
}

test('a graphics device says what the original model says, and its vectors are kept apart', async ({ page }) => {
  test.slow();
  await open(page);
  const paths = asked(page);
  const began = Date.now();
  const got = await encode(page, texts, { device: 'webgpu' });
  console.log(`${texts.length} texts on a software device: ${Date.now() - began} ms`);
  expect(got).toMatchObject({ computed: texts.length, cached: 0, stepsDown: [] });
  expect(got.info).toMatchObject({ device: 'webgpu', dtype: 'int8' });
  expectTrue(got.vectors, 0.994);
  expect(paths.filter((path) => GPU_RUNTIME.test(path))).not.toEqual([]);
  paths.length = 0;
  expect(await encode(page, texts, { device: 'webgpu' })).toMatchObject({ computed: 0, cached: texts.length });
  const onProcessor = await encode(page, texts, { device: 'wasm' });
  expect(onProcessor).toMatchObject({ computed: texts.length, cached: 0 });
  expect(onProcessor.info).toMatchObject({ device: 'wasm', dtype: 'q8' });
  expect(paths.filter((path) => GPU_RUNTIME.test(path))).toEqual([]);
});

test('a device that computes wrongly is refused, with words, and the work is done', async ({ page }) => {
  test.slow();
  await open(page);
  // Every square root is too large, so the layers' norms are wrong, but nothing fails.
  await sabotage(
    page,
    `const make = GPUDevice.prototype.createShaderModule;
     GPUDevice.prototype.createShaderModule = function (it) {
       return make.call(this, { ...it, code: it.code.replaceAll('exp(', '0.5 * exp(0.3 * ').replaceAll('sqrt(', '3.0 + sqrt(') });
     };`,
  );
  const got = await encode(page, texts, { device: 'webgpu' });
  expect(got.stepsDown).toHaveLength(1);
  expect(got.stepsDown[0]).toMatch(/computes wrongly/u);
  expect(got.info).toMatchObject({ device: 'wasm', dtype: 'q8' });
  expectTrue(got.vectors, 0.975);
});

const LOSE = `const submit = GPUQueue.prototype.submit;
  const request = GPUAdapter.prototype.requestDevice;
  let device = null;
  let left = Number.POSITIVE_INFINITY;
  GPUAdapter.prototype.requestDevice = async function (...all) {
    device = await request.apply(this, all);
    return device;
  };
  self.addEventListener('message', (event) => {
    if (JSON.stringify(event.data)?.includes('"encode"')) left = 0;
  });
  GPUQueue.prototype.submit = function (...all) {
    if (left-- === 0) device.destroy();
    return submit.apply(this, all);
  };`;

test('a device that is lost gets a fresh worker, and the run goes on', async ({ page }) => {
  test.slow();
  await open(page);
  await sabotage(page, LOSE, 1);
  const got = await encode(page, texts.slice(0, 1), { device: 'webgpu' });
  expect(got).toMatchObject({ stepsDown: [], started: 2 });
  expect(got.info).toMatchObject({ device: 'webgpu' });
  expectTrue(got.vectors, 0.994);
});

test('a device that is lost again is given up, with words', async ({ page }) => {
  test.slow();
  await open(page);
  await sabotage(page, LOSE);
  const got = await encode(page, texts.slice(0, 1), { device: 'webgpu' });
  expect(got.stepsDown).toHaveLength(1);
  expect(got.info).toMatchObject({ device: 'wasm' });
  expectTrue(got.vectors, 0.975);
});

test('the page itself makes a map by it, under its policy, and never takes software for a device by itself', async ({
  page,
}) => {
  test.slow();
  const paths = asked(page);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await openEmpty(page);
  await needAdapter(page);
  // Enough work for a trial, but for the kind of the adapter.
  await page.locator('#open-folder').setInputFiles(SEEDS);
  await startMap(page);
  await page.locator('.job[data-stage="encoding"]').waitFor();
  await expect(page.locator('.job-foot [data-shown="meaning"]')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(paths.filter((path) => GPU_RUNTIME.test(path))).toEqual([]);
  await openEmpty(page, '&device=webgpu');
  const lines = ['whales sing songs', 'bread needs yeast', 'rivers carry sand'].join('\n');
  await page
    .locator('#open-files')
    .setInputFiles({ name: 'few.txt', mimeType: 'text/plain', buffer: Buffer.from(lines) });
  await startMap(page);
  await mapMade(page, 1, 200_000);
  await expect(page.locator('.notice-warning')).toHaveCount(0);
  expect(paths.filter((path) => GPU_RUNTIME.test(path))).not.toEqual([]);
  await expect(page.getByTitle('int8 on the graphics device, 384 dimensions', { exact: false }).first()).toBeAttached();
  expect(errors).toEqual([]);
});
