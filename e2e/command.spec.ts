import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { folderWith, runCommand } from './command-lab.ts';
import { seedListing } from './support.ts';

/** Nine papers in three groups, with vectors in the column `v`. */
const VECTORS = Array.from({ length: 9 }, (_row, i) => {
  const v = Array.from({ length: 8 }, (_value, j) => Math.sin((i % 3) * 9 + j) + i / 100);
  return JSON.stringify({ title: `Paper ${i}`, v });
}).join('\n');

/** Runs `npm run map` in the folder `cwd`. */
const runMap = (cwd: string, args: readonly string[]) => runCommand('map.mjs', cwd, args);

test('makes a map file and its papers, the same for the same seed', async ({ browserName: _ }, info) => {
  const folder = folderWith(info, { 'papers.txt': seedListing(14) });
  const args = ['papers.txt', '--limit', '12', '--seed', '7', '--name', 'A dozen'];
  const first = await runMap(folder, [...args, '--out', 'a.parquet', '--jsonl', 'a.jsonl']);
  expect(first.err).toBe('');
  expect(first.code).toBe(0);
  const last = JSON.parse(first.out.trim().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({ records: 12, papers: 12, merged: 0, skipped: 0, out: 'a.parquet' });
  expect(typeof last.seconds).toBe('number');
  expect(first.out).toMatch(/^read: 12 records/mu);
  expect(first.out).toMatch(/^encoding$/mu);

  const rows = readFileSync(join(folder, 'a.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength(12);
  expect(Object.keys(rows[0])).toEqual(['id', 'title', 'text', 'sources', 'x', 'y', 'neighbors', 'topics']);
  for (const row of rows) {
    expect(row.sources).toEqual(['papers.txt']);
    expect(Math.abs(row.x)).toBeLessThanOrEqual(1);
    expect(row.neighbors).toHaveLength(11);
  }

  const second = await runMap(folder, [...args, '--out', 'b.parquet', '--jsonl', 'b.jsonl']);
  expect(second.code).toBe(0);
  expect(readFileSync(join(folder, 'b.jsonl'), 'utf8')).toBe(readFileSync(join(folder, 'a.jsonl'), 'utf8'));
  expect(readdirSync(folder).sort()).toEqual(['a.jsonl', 'a.parquet', 'b.jsonl', 'b.parquet', 'papers.txt']);
});

test('says without making a map what would be read, by options for all files or one, and of folders', async ({
  browserName: _,
}, info) => {
  test.slow();
  const table = `code~heading~words\n${Array.from({ length: 5 }, (__, i) => `K${i}~Reed ${i}~Slow water by the mill ${i}`).join('\n')}\n`;
  const folder = folderWith(info, { 'a.txt': table, 'b.csv': 'name,code\nHeron,one\nOrchard,two\nLantern,three\n' });
  const args = ['a.txt', 'b.csv', '--format', 'a.txt=csv', '--delimiter', 'a.txt=~', '--title', 'b.csv=code'];
  const looked = await runMap(folder, [...args, '--text', 'a.txt=words', '--merge', 'none', '--dry-run']);
  expect(looked).toMatchObject({ err: '', code: 0 });
  const { papers, files, problem } = JSON.parse(looked.out);
  expect({ papers, problem }).toEqual({ papers: 8, problem: null });
  expect(files[0]).toMatchObject({
    file: 'a.txt',
    format: 'csv',
    delimiter: '~',
    roles: { text: { column: 'words' } },
  });
  expect(files[1].roles.title).toEqual({ column: 'code', reason: null });
  const all = await runMap(folder, ['.', '--dry-run']);
  expect(JSON.parse(all.out).files).toHaveLength(2);
  const missing = await runMap(folder, ['b.csv', '--text', 'body', '--dry-run']);
  expect(missing).toMatchObject({ code: 1, err: 'text: no file has a column “body”: there are name, code\n' });
  const few = await runMap(folder, ['b.csv', '--skip', '2', '--dry-run']);
  expect(JSON.parse(few.out).problem).toMatch(/Too few texts|Which column/u);
  const wrong = await runMap(folder, ['b.csv', '--day-order', 'year-first', '--dry-run']);
  expect(wrong.code).toBe(1);
});

test('makes a map of the vectors in a column, and says when there is none', async ({ browserName: _ }, info) => {
  test.slow();
  const folder = folderWith(info, { 'v.jsonl': VECTORS });
  const made = await runMap(folder, ['v.jsonl', '--vectors', 'v', '--out', 'v.parquet', '--jsonl', 'out.jsonl']);
  expect(made.err).toBe('');
  expect(made.code).toBe(0);
  expect(made.out).not.toMatch(/^loading the model$/mu);
  const lines = readFileSync(join(folder, 'out.jsonl'), 'utf8').trim().split('\n');
  expect(
    lines.map((line) =>
      JSON.parse(line)
        .neighbors.slice(0, 2)
        .map((near: number) => near % 3),
    ),
  ).toEqual(lines.map((_line, i) => [i % 3, i % 3]));
  const refused = await runMap(folder, ['v.jsonl', '--vectors', 'w', '--out', 'w.parquet']);
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(/No column “w” holds vectors.*“v”/u);
});

test('lays out as it is told, and writes that into the map file', async ({ browserName: _ }, info) => {
  const folder = folderWith(info, { 'papers.jsonl': VECTORS });
  const layout = '--densmap --no-centre --start pca --neighbors 5 --min-dist 0.25 --topics umap5'.split(' ');
  const { code, err } = await runMap(folder, ['papers.jsonl', '--vectors', 'v', '--out', 'a.parquet', ...layout]);
  expect(err).toBe('');
  expect(code).toBe(0);
  const { project } = fileInfo(readFileSync(join(folder, 'a.parquet')));
  expect(project).toMatchObject({
    engine: 'portolan',
    start: 'pca',
    neighbors: 5,
    minDist: 0.25,
    centre: false,
    epochs: 700,
    spaceDimensions: 5,
    densMap: { lambda: 2, fraction: 0.3, varShift: 0.1 },
  });
});

/** The map file's description of itself: JSON that is stored uncompressed in the footer. */
function fileInfo(bytes: Buffer): { project: unknown } {
  const text = bytes.toString('latin1');
  const from = text.lastIndexOf('"project":');
  const to = text.indexOf(',"quality":', from);
  return JSON.parse(`{${text.slice(from, to)}}`);
}

for (const { what, args, says } of [
  { what: 'no file', args: ['--out', 'x.parquet'], says: /Name at least one file/u },
  {
    what: 'a file that is not there',
    args: ['nowhere.csv', '--out', 'x.parquet'],
    says: /There is no file or folder nowhere\.csv/u,
  },
  { what: 'no place to write to', args: ['two.txt'], says: /--out/u },
  { what: 'an option that is not there', args: ['two.txt', '--out', 'x.parquet', '--bogus'], says: /bogus/u },
  {
    what: 'a limit that is no number',
    args: ['two.txt', '--out', 'x.parquet', '--limit', 'many'],
    says: /whole number/u,
  },
  {
    what: 'more neighbours than there may be',
    args: ['two.txt', '--out', 'x.parquet', '--neighbors', '201'],
    says: /--neighbors takes a whole number from 3 to 200/u,
  },
  {
    what: 'a start that is not there',
    args: ['two.txt', '--out', 'x.parquet', '--start', 'random'],
    says: /words, pca, spectral/u,
  },
  {
    what: 'a way to keep dimensions without their number',
    args: ['two.txt', '--out', 'x.parquet', '--reduce', 'pca'],
    says: /--dimensions N/u,
  },
  {
    what: 'too few papers',
    args: ['two.txt', '--out', 'x.parquet', '--jsonl', 'x.jsonl'],
    says: /2 papers.*at least three/u,
  },
]) {
  test(`ends with 1 and a sentence on ${what}, and leaves no file`, async ({ browserName: _ }, info) => {
    const folder = folderWith(info, { 'two.txt': seedListing(2) });
    const { code, out, err } = await runMap(folder, args);
    expect(code).toBe(1);
    expect(err).toMatch(says);
    expect(out).not.toContain('{');
    expect(existsSync(join(folder, 'x.parquet'))).toBe(false);
    expect(readdirSync(folder)).toEqual(['two.txt']);
  });
}
