import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { makeCollector, readAll } from '../fixtures/collect.ts';
import type { FileOptions } from '../read.api.ts';
import { readArrow } from './arrow.ts';
import { unpackLz4 } from './lz4.ts';

type Value = string | number | boolean | null | { readonly day: number };

function zipOf(parts: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const files = Object.entries(parts).map(([name, text]) => [
    name,
    [strToU8(text), { level: name === 'mimetype' ? 0 : 6 }],
  ]);
  return new Uint8Array(zipSync(Object.fromEntries(files)));
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** An Excel workbook whose text cells are shared strings, as Excel writes them. */
function workbookOf(
  sheets: Readonly<Record<string, readonly (readonly Value[])[]>>,
  more = '',
): Uint8Array<ArrayBuffer> {
  const strings: string[] = [];
  const cell = (value: Value, at: string): string => {
    if (value === null) return '';
    if (typeof value === 'object') return `<c r="${at}" s="1"><v>${value.day}</v></c>`;
    if (typeof value === 'string') return `<c r="${at}" t="s"><v>${strings.push(value) - 1}</v></c>`;
    return typeof value === 'boolean'
      ? `<c r="${at}" t="b"><v>${Number(value)}</v></c>`
      : `<c r="${at}"><v>${value}</v></c>`;
  };
  const names = Object.keys(sheets);
  const data = Object.values(sheets).map((rows) => {
    const lines = rows.map(
      (row, i) =>
        `<row r="${i + 1}">${row.map((value, k) => cell(value, `${String.fromCharCode(65 + k)}${i + 1}`)).join('')}</row>`,
    );
    return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${lines.join('')}${more}</sheetData></worksheet>`;
  });
  const base = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${base}/${type}" Target="${target}"/>`;
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="${base}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="r${i}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names.map((_, i) => relation(`r${i}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${relation('s', 'styles', 'styles.xml')}${relation('t', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    ...Object.fromEntries(data.map((xml, i) => [`xl/worksheets/sheet${i + 1}.xml`, xml])),
  });
}

const ROWS: readonly (readonly Value[])[] = [
  ['Name', 'Abstract', 'Published', 'Stars', 'Open'],
  ['Salt pans', 'How salt is made from sea water & sun, in long flat pans by the shore.', { day: 43_500 }, 4.5, true],
  ['Tide mills', 'Mills that turn with the tide stood in many harbours of the coast.', { day: 43_501 }, 3, false],
];

const read = (name: string, bytes: Uint8Array<ArrayBuffer>, options: FileOptions = {}) =>
  readAll([{ name, blob: new Blob([bytes]) }], { all: options });

const columnsOf = (corpus: Awaited<ReturnType<typeof read>>['corpus']) =>
  Object.fromEntries(corpus.columns.map(({ name, values }) => [name, values[0]]));

describe('an Excel workbook', () => {
  it('is the rows of its sheet with most texts; the others are offered', async () => {
    const book = workbookOf({
      About: [['This workbook lists salt works.']],
      Works: ROWS,
      Codes: [
        ['a', 1],
        ['b', 2],
        ['c', 3],
        ['d', 4],
      ],
    });
    const { corpus, previews, report } = await read('works.xlsx', book);
    expect(corpus.papers.map(({ title, text, date }) => [title, text.slice(0, 12), date])).toEqual([
      ['Salt pans', 'How salt is ', '2019-02-04'],
      ['Tide mills', 'Mills that t', '2019-02-05'],
    ]);
    expect(columnsOf(corpus)).toEqual({ Stars: 4.5, Open: true });
    expect(previews[0]).toMatchObject({
      format: 'excel',
      sheets: ['About', 'Works', 'Codes'],
      part: 'Works',
      table: { headerRow: 1 },
    });
    expect(report.warnings[0].reason).toContain('sheet “Works” is read, and not “About” (1 rows), “Codes” (4 rows)');
    expect((await read('works.xlsx', book, { sheet: 'About' })).corpus.papers[0].text).toContain('lists salt works');
  });

  it('may have its table below and beside a title', async () => {
    const moved = [['Register of works', null, null], [null], ...ROWS.map((row) => [null, ...row])];
    const { corpus, report } = await read('works.xlsx', workbookOf({ Works: moved }));
    expect(corpus.papers.map(({ title, sources }) => [title, sources[0].line])).toEqual([
      ['Salt pans', 4],
      ['Tide mills', 5],
    ]);
    expect(report.warnings).toEqual([
      { file: 'works.xlsx', line: 1, reason: expect.stringContaining('Register of works') },
    ]);
  });

  it('with a stray cell far away says so, and does not fill what is between', async () => {
    const stray = workbookOf({ Works: ROWS }, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>');
    expect((await read('a.xlsx', stray)).failure?.message).toMatch(
      /1,048,576 rows and 16,384 columns.*delete what is outside/u,
    );
  });

  it('that is damaged or empty says what to do', async () => {
    const whole = workbookOf({ Works: ROWS });
    expect((await read('a.xlsx', whole.slice().fill(1, 80, 300))).failure?.message).toMatch(/save/u);
    expect((await read('a.xlsx', workbookOf({ Works: [] }))).failure).toMatchObject({ code: 'empty-input' });
  });
});

describe('an OpenDocument spreadsheet', () => {
  const cell = (text: string): string =>
    `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`;
  const row = (...cells: readonly string[]): string => `<table:table-row>${cells.join('')}</table:table-row>`;
  const calcOf = (rows: string): Uint8Array<ArrayBuffer> =>
    zipOf({
      mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
      'content.xml': `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Works">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`,
    });

  it('is its rows, without the empty ones that are written as repeated', async () => {
    const empty =
      '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>';
    const value =
      '<table:table-cell office:value-type="float" office:value="7"><text:p>7,0</text:p></table:table-cell>';
    const day =
      '<table:table-cell office:value-type="date" office:date-value="2017-03-02T00:00:00"><text:p>2.3.17</text:p></table:table-cell>';
    const rows =
      row(cell('title'), cell('text'), cell('date'), cell('n')) +
      row(cell('Salt'), cell('Salt of the sea<text:s/>and more.'), day, value) +
      empty;
    const { corpus } = await read('a.ods', calcOf(rows));
    expect(corpus.papers).toMatchObject([{ title: 'Salt', text: 'Salt of the sea and more.', date: '2017-03-02' }]);
    expect(columnsOf(corpus)).toEqual({ n: 7 });
  });

  it('takes linear time and bounded memory whatever is repeated', async () => {
    const many = `<table:table-row table:number-rows-repeated="1048576">${cell('x').replace('<table:table-cell', '<table:table-cell table:number-columns-repeated="16384"')}</table:table-row>`;
    const { report } = await readAll([{ name: 'a.ods', blob: new Blob([calcOf(many.repeat(50))]) }], { limit: 5 });
    expect(report.papers).toBeLessThanOrEqual(5);
  });

  it('is a table or a sentence, whatever is in it', async () => {
    const part = fc.constantFrom(
      cell('Words of a text.'),
      cell('title'),
      cell(''),
      '<table:table-row>',
      '</table:table-row>',
      '<text:p>',
      '</text:p>',
      'x',
      '<table:table table:name="B">',
      '</table:table>',
      '&',
      '<!--',
      '<table:table-cell table:number-columns-repeated="9999"/>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
        const { corpus, report, failure } = await read('a.ods', calcOf(parts.join('')));
        expect(corpus.papers.length > 0 || failure !== null || report.skipped.length > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

const FIXTURES = join(import.meta.dirname, '../fixtures');
const fixture = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(FIXTURES, name)));

describe('an Arrow file', () => {
  it.each([
    ['lz4.feather', 200],
    ['zstd.arrow', 12],
  ])('packed as %s is its rows', async (name, rows) => {
    const { corpus, vectors } = await read(name, fixture(name));
    expect(corpus.papers).toHaveLength(rows);
    expect(corpus.papers[11]).toMatchObject({ title: 'Report 11: harbour', date: '2019-04-25' });
    expect(corpus.papers[11].text.split(' ')).toHaveLength(120);
    expect(columnsOf(corpus)).toMatchObject({ labels: 'kelp; glaze', kind: 'kelp' });
    expect(vectors).toMatchObject([{ column: 'vector', dimensions: 8 }]);
  });

  it('plain, of any kind of column', async () => {
    const table = tableFromArrays({
      title: ['One', 'Two'],
      text: ['Some words of one.', null],
      nested: [{ a: 1 }, { a: 2 }],
      big: [1n, 2n],
      flag: [true, false],
    });
    const bytes = new Uint8Array(tableToIPC(table, { format: 'stream' }) ?? []);
    const { corpus } = await read('plain.arrow', bytes);
    expect(corpus.papers.map(({ title, text }) => [title, text])).toEqual([
      ['One', 'Some words of one.'],
      ['Two', ''],
    ]);
    expect(columnsOf(corpus)).toMatchObject({ flag: true });
  });

  it('with changed bytes is a table or a sentence', async () => {
    const whole = fixture('zstd.arrow');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        async (changes) => {
          const changed = whole.slice();
          for (const [at, value] of changes) changed[at] = value;
          const sink = makeCollector();
          const failed = await readArrow(changed.buffer, sink, {}, () => sink.records.length >= 50).catch(
            (error: unknown) => error,
          );
          if (failed) expect(failed).toMatchObject({ failure: { stage: 'read' } });
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('LZ4', () => {
  it('gives exactly as many bytes as are asked for, or a RangeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(200), (bytes, length) => {
        const frame = Uint8Array.from([0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0, ...bytes]);
        try {
          expect(unpackLz4(frame, length)).toHaveLength(length);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
