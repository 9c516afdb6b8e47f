import { readFileSync } from 'node:fs';
import { expect, exported, makeMap, openEmpty, type TextFile, test } from './support.ts';

const GROUPS = 40;

/** An even spread over −1…1. */
const noise = (at: number): number => 2 * ((at * 0.6180339887 + at * at * 0.4142135623) % 1) - 1;

/** 1,200 short notes with vectors in forty groups, and an amount each, of which one is far from all others. */
const NOTES: TextFile = {
  name: 'notes.jsonl',
  text: Array.from({ length: 1200 }, (_, i) => {
    const embedding = Array.from(
      { length: 24 },
      (_, j) => Math.sin((i % GROUPS) * 7 + j * j) + 0.5 * noise(24 * i + j),
    );
    const amount = i === 7 ? 1e300 : 1 + (i % 90);
    return JSON.stringify({ title: `note ${i} about matter ${i % GROUPS}`, amount, embedding });
  }).join('\n'),
};

/** The share of a grid of 24 × 15 over a canvas of 16:10, with a margin of 6 %, that holds the places of a CSV file. */
function groundOf(csv: string): number {
  const [names, ...lines] = csv.replace('\uFEFF', '').trim().split('\r\n');
  const [atX, atY] = ['x', 'y'].map((name) => names.split(',').indexOf(name));
  const places = lines.map((line) => line.split(',')).map((cells) => [Number(cells[atX]), Number(cells[atY])]);
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  const [left, low] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - low];
  const scale = 0.88 * Math.min(24 / width, 15 / height);
  const cells = places.map(([x, y]) => {
    const column = Math.floor(12 + (x - left - width / 2) * scale);
    return `${column} ${Math.floor(7.5 + (y - low - height / 2) * scale)}`;
  });
  return new Set(cells).size / (24 * 15);
}

test('a map of many short texts fills its ground, and a far value leaves its axis readable', async ({ page }, info) => {
  await openEmpty(page);
  await makeMap(page, [NOTES]);
  const csv = readFileSync(await exported(page, 'Table (CSV)', info.outputPath('notes.csv')), 'utf8');
  expect(groundOf(csv)).toBeGreaterThanOrEqual(0.6);

  await page.getByRole('radio', { name: 'Filters' }).click();
  const amounts = page.getByRole('region', { name: 'Filter by amount' });
  await expect(amounts.locator('.histogram-ends')).toContainText('1e+300');
  const bars = await amounts.locator('.histogram-bars path').first().getAttribute('d');
  expect(bars?.match(/M/gu)?.length).toBeGreaterThanOrEqual(20);
});
