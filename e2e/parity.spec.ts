import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ModelDtype } from '../src/encode/model-spec.ts';
import { paperSegments } from '../src/pipeline/encode-papers.ts';
import { openDoor } from './parity/open-door.ts';
import type { ParityDoor } from './parity/parity.ts';
import { seedListing } from './support.ts';

interface ReferenceItem {
  readonly text: string;
  readonly ids: number[];
  readonly vector: number[];
}

// Token ids and float32 vectors of the original model, cut at 256 pieces; made by ../shared/model/export.py.
const reference: { items: ReferenceItem[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/minilm-reference.json'), 'utf8'),
);
const texts = reference.items.map((item) => item.text);

const EMPTY_PAPER = { id: '', authors: null, date: null, url: null, sources: [{ file: '', line: 1 }] };

function cosine(a: readonly number[], b: readonly number[]): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  a.forEach((value, j) => {
    dot += value * b[j];
    aa += value * value;
    bb += b[j] * b[j];
  });
  return dot / Math.sqrt(aa * bb);
}

for (const { dtype, mean, min } of [
  { dtype: 'q8' as ModelDtype, mean: 0.99, min: 0.975 },
  { dtype: 'int8' as ModelDtype, mean: 0.998, min: 0.994 },
]) {
  test(`${dtype} keeps to the original model: ids equal, cosine mean ≥ ${mean}, min ≥ ${min}`, async ({ page }) => {
    await openDoor(page);
    const got = await page.evaluate(
      ([type, all]) => (window as unknown as { parityDoor: ParityDoor }).parityDoor.run(type, all),
      [dtype, texts] as [ModelDtype, string[]],
    );
    expect(got.ids).toEqual(reference.items.map((item) => item.ids));
    const cosines = got.vectors.map((vector, i) => cosine(vector, reference.items[i].vector));
    const average = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
    console.log(`${dtype}: cosine mean ${average.toFixed(4)}, min ${Math.min(...cosines).toFixed(4)}`);
    expect(average).toBeGreaterThanOrEqual(mean);
    expect(Math.min(...cosines)).toBeGreaterThanOrEqual(min);
  });
}

test('a long text loses nothing: all windows count, and a short one is the plain model', async ({ page }) => {
  await openDoor(page);
  const short = reference.items[19];
  const long = reference.items[17].text;
  const end = ' The weather in Lisbon was fine and the fish were fresh.';
  const got = await page.evaluate(
    (all) => (window as unknown as { parityDoor: ParityDoor }).parityDoor.whole('q8', all),
    [short.text, long, long + end.repeat(20), short.text],
  );
  expect(got.pieces[0]).toBe(short.ids.length);
  expect(cosine(got.vectors[0], short.vector)).toBeGreaterThan(0.985);
  expect(got.pieces[2]).toBeGreaterThan(256);
  // Text after the first 256 pieces changes the vector.
  expect(cosine(got.vectors[1], got.vectors[2])).toBeLessThan(0.97);
  // The bits do not depend on what was encoded in between.
  expect(got.vectors[3]).toEqual(got.vectors[0]);
});

test('the pieces of a paper’s segments are the pieces of the whole', async ({ page }) => {
  await openDoor(page);
  const lines = seedListing(80).split('\n').slice(2);
  const papers = lines
    .filter((_, i) => i % 2 === 0)
    .map((title, i) => paperSegments({ ...EMPTY_PAPER, title, text: lines[2 * i + 1] }).segments);
  const pieces = (texts: readonly string[]): Promise<number[][]> =>
    page.evaluate((all) => (window as unknown as { parityDoor: ParityDoor }).parityDoor.pieces(all), texts);
  const wholes = await pieces(papers.map((segments) => segments.join(' ')));
  const parts = await pieces(papers.flat());
  let at = 0;
  papers.forEach((segments, i) => {
    const joined = parts.slice(at, at + segments.length).flatMap((ids) => ids.slice(1, -1));
    at += segments.length;
    expect(joined, segments[0]).toEqual(wholes[i].slice(1, -1));
  });
});
