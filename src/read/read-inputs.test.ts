import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../model/progress.ts';
import { readAll, readSeed, SEEDS } from './fixtures/collect.ts';
import { utf16 } from './fixtures/encode.ts';
import type { ReadOptions } from './read.api.ts';

type Bytes = string | Uint8Array<ArrayBuffer>;
const blobs = (files: Record<string, Bytes>) =>
  Object.entries(files).map(([name, content]) => ({ name, blob: new Blob([content]) }));
const read = (files: Record<string, Bytes>, options?: ReadOptions) => readAll(blobs(files), options);
const failure = async (files: Record<string, Bytes>, options?: ReadOptions) => (await read(files, options)).failure;
const zip = (text: string) => new Uint8Array(gzipSync(text));
const TEXTS = 'A first text.\nÄ second, ‘quoted’ 文 😀.\nA third one.\n';

it('counts lines from the beginning of the file when some are skipped', async () => {
  const { corpus, report, previews } = await read(
    { 'a.csv': 'x\ny\n\ntitle,text\na,b\n,\nc\n' },
    { all: { skipLines: 3 } },
  );
  expect(corpus.papers.map(({ sources }) => sources[0].line)).toEqual([5, 7]);
  expect(report.warnings.map(({ line }) => line)).toEqual([7]);
  expect(previews[0]).toMatchObject({ skipLines: 3, table: { headerRow: 1 } });
});

describe('dates of a table', () => {
  const table = (dates: readonly string[]) =>
    `title,date\n${dates.map((date, i) => `Paper number ${i},${date}`).join('\n')}\n`;
  const dated = async (dates: readonly string[], options?: ReadOptions) => {
    const { corpus, previews } = await read({ 'a.csv': table(dates) }, options);
    return { dates: corpus.papers.map(({ date }) => date), days: previews[0].table?.days };
  };

  it('are read as all of them together suggest, also by a row far below', async () => {
    const many = [...Array.from({ length: 400 }, () => '03/04/2023'), '25/04/2023'];
    const { dates, days } = await dated(many);
    expect(new Set(dates)).toEqual(new Set(['2023-04-03', '2023-04-25']));
    expect(days).toEqual({ order: 'day-first', isSure: true, ambiguous: 400, example: '03/04/2023' });
  });

  it('are read as the user says', async () => {
    const three = ['03/04/2023', '05/06/2023', 'unknown'];
    expect(await dated(three)).toMatchObject({
      dates: ['2023-03-04', '2023-05-06', null],
      days: { order: 'month-first', isSure: false },
    });
    const other = await dated(three, { all: { dayOrder: 'day-first' } });
    expect(other).toMatchObject({ dates: ['2023-04-03', '2023-06-05', null], days: { order: 'day-first' } });
  });

  it('say nothing of an order where there is none', async () => {
    const { dates, days } = await dated([
      '12/31/2020',
      '31.12.2020',
      'March 2019',
      '2 Jan 2018',
      '2019/3',
      '1577836800',
    ]);
    expect(dates).toEqual(['2020-12-31', '2020-12-31', '2019-03', '2018-01-02', '2019-03', '2020-01-01']);
    expect(days).toBeUndefined();
  });
});

describe('the seed files together', () => {
  it('give 542 records, 468 papers and 63 groups', async () => {
    const { corpus, report } = await read(Object.fromEntries(SEEDS.map((name, i) => [name, readSeed(i)])));
    expect(report).toMatchObject({ records: 542, papers: 468, merged: 74, skipped: [], warnings: [] });
    expect(report.groups).toHaveLength(63);
    expect(report.files.map(({ records }) => records)).toEqual([241, 26, 119, 37, 119]);
    expect(report.files.every(({ format, encoding }) => format === 'listing' && encoding === 'utf-8')).toBe(true);
    expect(corpus.papers.filter((paper) => paper.authors !== null && paper.date !== null)).toHaveLength(26);
    expect(corpus.columns).toEqual([]);
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['CR', (text: string) => text.replaceAll('\n', '\r')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['UTF-16 LE', (text: string) => utf16(`\ufeff${text}`, false)],
    ['UTF-16 BE', (text: string) => utf16(`\ufeff${text}`, true)],
    ['gzip', zip],
  ])('are the same with %s', async (_name, change) => {
    for (const i of [1, 2]) {
      const name = SEEDS[i];
      const plain = await read({ [name]: readSeed(i) });
      const changed = await read({ [name]: change(readSeed(i)) });
      expect(changed.corpus).toEqual(plain.corpus);
      expect(changed.report.warnings).toEqual([]);
    }
  });
});

describe('bad input', () => {
  it.each([
    ['no file', {}, 'empty-input', ''],
    ['an empty file', { a: '' }, 'empty-input', 'empty'],
    ['blanks alone', { a: '\ufeff \r\n\n' }, 'empty-input', 'empty'],
    ['two empty files', { a: '', b: '' }, 'empty-input', '2 files'],
    ['headers alone', { a: 'Get trending papers in your email inbox!\n' }, 'no-papers', 'only headers'],
    ['a CSV without rows', { 'a.csv': 'title,text\n' }, 'no-papers', 'only headers'],
    [
      'an image named .csv',
      { 'a.csv': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]) },
      'not-text',
      'a PNG image',
    ],
    ['a zip', { 'a.txt': new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0]) }, 'not-text', 'a ZIP archive'],
    ['a damaged PDF', { 'a.txt': '%PDF-1.4\nabc' }, 'bad-format', 'this PDF document is damaged'],
    ['zeros', { a: new Uint8Array(1000) }, 'not-text', 'binary data'],
    ['a packed image', { 'a.gz': zip('\u0089PNG\0\0\0\0\0\0\0\0') }, 'not-text', 'binary data'],
    ['a line of 10 MB', { a: 'x'.repeat(10_000_000) }, 'no-papers', 'longer than 4,000,000 characters'],
    ['a text of 2 MB', { a: 'x '.repeat(1_000_000) }, 'no-papers', '1000000'],
    ['numbers', { 'a.csv': 'a,b\n1,2\n' }, 'no-text-column', '“a”, “b”'],
    ['bad JSON', { 'a.json': '{"a": nope}' }, 'bad-format', 'JSON'],
    ['bad JSON lines', { 'a.jsonl': 'nope\nnope' }, 'no-papers', 'line 1'],
    ['two bad files', { a: '', 'b.json': '{' }, 'no-papers', '2 files'],
  ])('%s', async (_name, files, code, words) => {
    const found = await failure(files as Record<string, Bytes>); // The union of the rows above has no index.
    expect(found).toMatchObject({ code, stage: 'read' });
    expect(found?.message).toContain(words);
  });

  it('keeps the good files when one is bad', async () => {
    const { corpus, report } = await read({ 'bad.csv': new Uint8Array(500), 'good.txt': TEXTS });
    expect(corpus.papers).toHaveLength(3);
    expect(report.skipped).toEqual([{ file: 'bad.csv', line: 0, reason: expect.stringContaining('binary data') }]);
  });

  it('returns one paper, and equal papers as one', async () => {
    expect((await read({ a: 'one text' })).corpus.papers).toHaveLength(1);
    expect((await read({ a: 'one text\n'.repeat(50) })).report).toMatchObject({ records: 50, papers: 1, merged: 49 });
  });

  it('keeps what can be read of gzip that breaks off', async () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => `text number ${Math.imul(i, 2654435761) >>> 0}`);
    const whole = zip(lines.join('\n'));
    const { corpus, report } = await read({ 'a.txt.gz': whole.slice(0, whole.length / 2) });
    expect(corpus.papers.length).toBeGreaterThan(15_000);
    expect(report.warnings.map(({ reason }) => reason).join()).toContain('break off');
  });

  it('stops a gzip bomb early', async () => {
    const bomb = zip('x'.repeat(100_000_000));
    expect(await failure({ 'a.gz': bomb })).toMatchObject({ code: 'too-large' });
  }, 20_000);

  it('leaves a line of a gigabyte out, and keeps those before it', async () => {
    const piece = new Uint8Array(1024 * 1024).fill('x'.charCodeAt(0));
    const line = new Blob(['title,text\nA,one text\nB,another\nC,']);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (sent === 0) controller.enqueue(new Uint8Array(await line.arrayBuffer()));
        if (sent++ < 1024) controller.enqueue(piece);
        else controller.close();
      },
    });
    Object.defineProperty(line, 'stream', { value: () => endless });
    Object.defineProperty(line, 'size', { value: 1024 ** 3 });
    const { report } = await readAll([{ name: 'a.csv', blob: line }]);
    expect(sent).toBeGreaterThan(1024);
    expect(report).toMatchObject({ papers: 2, skipped: [{ line: 4, reason: expect.stringContaining('longer than') }] });
  }, 30_000);

  it('says so when a file cannot be read any more', async () => {
    const blob = new Blob(['abc']);
    Object.defineProperty(blob, 'stream', {
      value: () => new ReadableStream({ start: (controller) => controller.error(new Error('gone')) }),
    });
    expect(await readAll([{ name: 'a', blob }])).toMatchObject({ failure: { code: 'bad-format' } });
  });

  it('gives papers or a typed failure for any bytes', async () => {
    const names = fc.constantFrom('a', 'a.csv', 'a.json', 'a.jsonl', 'a.bib', 'a.ris', 'a.gz');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), names, async (bytes, name) => {
        const { failure, corpus } = await read({ [name]: new Uint8Array(bytes) });
        expect(failure === null).toBe(corpus.papers.length > 0);
        expect(failure?.code).not.toBe('internal');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('options and progress', () => {
  it('stops at a limit and says so', async () => {
    const { corpus, report } = await read({ a: TEXTS, b: 'more\n' }, { limit: 2 });
    expect(corpus.papers).toHaveLength(2);
    expect(report.warnings[0].reason).toContain('stopped');
  });

  it('shows tables for the import dialog', async () => {
    const { previews } = await read({ 'a.csv': 'Title;Text\nx;y\n', 'b.jsonl': '{"text":"z"}' });
    expect(previews).toMatchObject([
      {
        file: 'a.csv',
        lines: ['Title;Text', 'x;y', ''],
        records: [{ title: 'x', text: 'y' }],
        table: {
          headers: ['Title', 'Text'],
          roles: { title: 'Title', text: 'Text' },
          rows: [['x', 'y']],
          delimiter: ';',
        },
      },
      { file: 'b.jsonl', table: { headers: ['text'], delimiter: null } },
    ]);
  });

  it('offers the one list of a JSON file where it is not what was read', async () => {
    const record = {
      title: 'A quay',
      abstract: 'The quay is long, and the ferry is late again.',
      references: [{ title: 'B' }],
    };
    const files = { 'a.json': JSON.stringify(record) };
    const { previews, corpus } = await read(files);
    expect(corpus.papers.map(({ title }) => title)).toEqual(['A quay']);
    expect(previews[0]).toMatchObject({ lists: ['references'], part: null });
    const chosen = await read(files, { files: { 'a.json': { list: 'references' } } });
    expect(chosen.corpus.papers.map(({ title }) => title)).toEqual(['B']);
    const top = await read(files, { files: { 'a.json': { list: '' } } });
    expect(top.corpus.papers.map(({ title }) => title)).toEqual(['A quay']);
  });

  it('unites the columns of several files by name', async () => {
    const { corpus } = await read({ 'a.csv': 'text,year,k\na,x,1\n', 'b.csv': 'k,text\n2,b\n' });
    expect(corpus.columns).toEqual([
      { name: 'k', values: [1, 2] },
      { name: 'year', values: ['x', null] },
    ]);
  });

  it('tells of bytes up to all of them', async () => {
    const steps: Progress[] = [];
    await readAll(blobs({ a: 'text one\n'.repeat(300_000), b: TEXTS }), {}, (step) => void steps.push(step));
    const total = 2_700_000 + new TextEncoder().encode(TEXTS).length;
    expect(steps.at(-1)).toEqual({ stage: 'reading', done: total, total, unit: 'bytes', leftMs: null });
    expect(steps.length).toBeLessThan(20);
    expect(steps.every((step, i) => i === 0 || step.done >= steps[i - 1].done)).toBe(true);
  });
});
