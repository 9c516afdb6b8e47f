import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, runCommand } from './command-lab.ts';
import {
  COLUMNS,
  drop,
  expect,
  expectPapers,
  idle,
  mapMade,
  openEmpty,
  openMapFile,
  openSample,
  paperLines,
  SEEDS,
  saveMap,
  type TextFile,
  test,
} from './support.ts';

const SUBJECTS = ['graph', 'protein', 'music', 'legal', 'weather', 'chess', 'retail', 'speech', 'soil', 'traffic'];

/** `count` papers that the sample lacks and, last, one that it has. */
function fresh(count: number): TextFile {
  const rows = Array.from({ length: count }, (_, i) => {
    const subject = SUBJECTS[i % SUBJECTS.length];
    return `Embeddings for ${subject} data ${i},We learn dense vectors of ${subject} records and search them.`;
  });
  return { name: 'new.csv', text: `title,text\n${rows.join('\n')}\n${known()}\n` };
}

/** A row of a table with a paper that the sample has: the same title, and the beginning of its abstract. */
function known(): string {
  const [title, abstract] = readFileSync(join(SEEDS, '000_368f07c217826fee.txt'), 'utf8').split('\n').slice(4, 6);
  return [title, abstract.slice(0, 400)].map((cell) => `"${cell.replaceAll('"', '""')}"`).join();
}

const placeOf = (line: string): unknown => {
  const { id, title, x, y, topics } = JSON.parse(line);
  return { id, title, x, y, topics };
};

test('papers join the map that is open, nothing on it moves, and all of it can be taken back or saved', async ({
  page,
}, info) => {
  await openSample(page);
  const before = await paperLines(page);
  await page.getByLabel('Search titles and texts').fill('siamese');
  await expect(page.locator('.result-title').first()).toContainText('Siamese');
  const give = async (): Promise<void> => {
    await drop(page, [fresh(12)]);
    await expect(page.getByRole('heading', { name: /^13 \S+ found$/u })).toBeVisible();
    await expect(page.locator('.dialog')).toContainText('12 of them are new to it');
    await page.getByRole('button', { name: 'Add to this map' }).click();
  };
  await give();
  await mapMade(page);
  await expectPapers(page, 480);
  const notice = page.locator('.notice', { hasText: '12 papers added' });
  await expect(notice).toContainText('Nothing else moved. 1 other was there already.');
  // The search is still there, and finds the new papers.
  await expect(page.locator('.result-title').first()).toContainText('Siamese');
  await page.getByLabel('Search titles and texts').fill('"chess data"');
  await expect(page.locator('.result-title').first()).toContainText('Embeddings for chess data');
  const after = await paperLines(page);
  expect(after).toHaveLength(480);
  expect(after.slice(0, 468).map(placeOf)).toEqual(before.map(placeOf));

  await notice.getByRole('button', { name: 'Undo' }).click();
  await expectPapers(page, 468);
  expect(await paperLines(page)).toEqual(before);

  await give();
  await mapMade(page, 2);
  const path = await saveMap(page, info.outputPath('grown.parquet'));
  await openEmpty(page);
  await openMapFile(page, path);
  await expectPapers(page, 480);
  expect(await paperLines(page)).toEqual(after);
});

test('a single paper can join, and cannot be a map', async ({ page }) => {
  await openSample(page);
  await drop(page, [{ name: 'one.csv', text: 'title,text\nOne of its own,It says a little about itself.\n' }]);
  await expect(page.getByRole('heading', { name: /^1 \S+ found$/u })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Make the map' })).toBeDisabled();
  await page.getByRole('button', { name: 'Add to this map' }).click();
  await expectPapers(page, 469, 90_000);
  await expect(page.locator('.notice')).toContainText('1 paper added');
});

test('papers that are all on the map are not offered as new', async ({ page }) => {
  await openSample(page);
  await drop(page, [{ name: 'known.csv', text: `title,text\n${known()}\n` }]);
  await expect(page.locator('[data-can-add]')).toContainText('No paper is new');
  await expect(page.getByRole('button', { name: 'Add to this map' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Complete this map' }).click();
  await expect(page.locator('.notice')).toContainText('No paper is new');
  await expectPapers(page, 468);
});

test('a map whose vectors nobody here can make says why it takes none in', async ({ page }) => {
  await openEmpty(page);
  await openMapFile(page, COLUMNS);
  await expectPapers(page, 48);
  await idle(page);
  await drop(page, [fresh(5)]);
  await expect(page.locator('[data-can-add="false"]')).toContainText('cannot be added');
  await expect(page.getByRole('button', { name: 'Add to this map' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Make the map' })).toBeVisible();
});

test('the command adds papers to a map file', async ({ browserName: _ }, info) => {
  const folder = folderWith(info, { 'new.csv': fresh(4).text });
  const sample = join(SEEDS, 'sample.parquet');
  const args = ['new.csv', '--add-to', sample, '--out', 'grown.parquet', '--jsonl', 'grown.jsonl'];
  const ended = await runCommand('map.mjs', folder, args);
  expect(ended.err).toBe('');
  expect(ended.code).toBe(0);
  expect(readFileSync(join(folder, 'grown.jsonl'), 'utf8').trim().split('\n')).toHaveLength(472);
  const missing = await runCommand('map.mjs', folder, ['new.csv', '--add-to', 'no.parquet', '--out', 'x.parquet']);
  expect(missing).toMatchObject({ code: 1, err: 'There is no file no.parquet.\n' });
  const refused = await runCommand('map.mjs', folder, ['new.csv', '--add-to', COLUMNS, '--out', 'x.parquet']);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('cannot be added');
});
