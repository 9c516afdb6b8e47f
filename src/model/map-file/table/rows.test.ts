import fc from 'fast-check';
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from './footer.ts';
import { openParquetRows } from './rows.ts';

type Repetition = NonNullable<SchemaElement['repetition_type']>;

interface TestTable {
  readonly words: readonly (string | null)[];
  readonly lists: readonly (readonly (number | null)[] | null)[];
  readonly type: 'FLOAT' | 'DOUBLE' | 'INT32';
  readonly pageSize: number;
  readonly groupRows: number;
}

/** A file with texts, numbers, lists of numbers and lists of words. */
function fileOf({ words, lists, type, pageSize, groupRows }: TestTable): ArrayBuffer {
  const out = new ByteWriter();
  const optional: { readonly repetition_type: Repetition } = { repetition_type: 'OPTIONAL' };
  const list = (name: string, element: Omit<SchemaElement, 'name'>): SchemaElement[] => [
    { name, ...optional, num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', ...optional, ...element },
  ];
  const schema: SchemaElement[] = [
    { name: 'schema', num_children: 4 },
    { name: 'word', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...optional },
    { name: 'length', type: 'INT64', repetition_type: 'REQUIRED' },
    ...list('vector', { type }),
    ...list('tags', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }),
  ];
  const writer = new ParquetWriter({ writer: out, schema, statistics: false });
  void writer.write({
    columnData: [
      { name: 'word', data: [...words] },
      { name: 'length', data: words.map((word) => BigInt(word?.length ?? 0)) },
      { name: 'vector', data: [...lists] },
      { name: 'tags', data: words.map((word) => (word === null ? null : [word, word])) },
    ],
    rowGroupSize: groupRows,
    pageSize,
  });
  void writer.finish();
  return out.getBuffer();
}

interface Read {
  readonly columns: readonly string[];
  readonly rows: unknown[][];
  readonly faults: string[];
  readonly largest: number;
}

async function readRows(bytes: ArrayBuffer): Promise<Read> {
  let largest = 0;
  const source: ByteSource = {
    byteLength: bytes.byteLength,
    slice: async (start, end) => {
      largest = Math.max(largest, end - start);
      return bytes.slice(start, end);
    },
  };
  const file = await openParquetRows(source);
  const rows: unknown[][] = [];
  const faults: string[] = [];
  for await (const { from, count, columns } of file.batches(
    (column, row, reason) => void faults.push(`${column} ${row} ${reason}`),
  )) {
    expect(from).toBe(rows.length);
    for (let i = 0; i < count; i++) rows.push(columns.map((cells) => cells[i]));
  }
  expect(rows).toHaveLength(file.rows);
  return { columns: file.columns, rows, faults, largest };
}

/** What a list of numbers is read as. */
function vectorOf(list: TestTable['lists'][number], type: TestTable['type']): unknown {
  if (list === null || list.length === 0) return null;
  const numbers = list.map((value) => value ?? Number.NaN);
  return type === 'FLOAT' ? Float32Array.from(numbers) : Float64Array.from(numbers);
}

describe('rows of a Parquet file', () => {
  it('are what was written, whatever the pages and groups', async () => {
    const number = fc.option(fc.integer({ min: -1000, max: 1000 }), { freq: 6 });
    const table = fc.record({
      rows: fc.array(
        fc.tuple(fc.option(fc.string({ maxLength: 30 })), fc.option(fc.array(number, { maxLength: 12 }))),
        {
          minLength: 1,
          maxLength: 40,
        },
      ),
      type: fc.constantFrom<TestTable['type']>('FLOAT', 'DOUBLE', 'INT32'),
      pageSize: fc.constantFrom(16, 64, 1_000_000),
      groupRows: fc.constantFrom(3, 1000),
    });
    await fc.assert(
      fc.asyncProperty(table, async ({ rows, type, ...sizes }) => {
        const words = rows.map(([word]) => word);
        const lists = rows.map(([, list]) => list);
        const found = await readRows(fileOf({ words, lists, type, ...sizes }));
        expect(found.faults).toEqual([]);
        const written = rows.map(([word, list]) => {
          const tags = word === null ? undefined : [word, word];
          return [word, BigInt(word?.length ?? 0), vectorOf(list, type), tags];
        });
        expect(found.rows.map(([word, length, list, tags]) => [word, length, list, tags ?? undefined])).toEqual(
          written,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('are read a page at a time, of a group far larger than that', async () => {
    const lists = Array.from({ length: 6000 }, (_, i) => Array.from({ length: 256 }, (_, j) => Math.sin(i * 256 + j)));
    const words = lists.map((_, i) => `word ${i}`);
    const bytes = fileOf({ words, lists, type: 'FLOAT', pageSize: 65_536, groupRows: 6000 });
    const { rows, largest } = await readRows(bytes);
    expect(bytes.byteLength).toBeGreaterThan(5_000_000);
    expect(largest).toBeLessThan(1_200_000);
    expect(rows[4321][2]).toEqual(Float32Array.from(lists[4321]));
  });

  it('give what can be read where bytes are wrong, and say where a column ends', async () => {
    const words = Array.from({ length: 60 }, (_, i) => `word ${i}`);
    const lists = words.map((_, i) => [i, i + 1, i + 2]);
    const whole = fileOf({ words, lists, type: 'FLOAT', pageSize: 64, groupRows: 20 });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.byteLength - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = new Uint8Array(whole.slice(0));
        bytes[at] ^= flip;
        const read = await readRows(bytes.buffer).catch((error: unknown) => error);
        expect(read instanceof Error || (typeof read === 'object' && read !== null && 'rows' in read)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    const broken = new Uint8Array(whole.slice(0));
    broken.fill(0xff, 4, 40);
    const { faults, rows } = await readRows(broken.buffer);
    expect(faults[0]).toMatch(/^word 0 /u);
    expect(rows[10].slice(1, 3)).toEqual([7n, Float32Array.of(10, 11, 12)]);
  });
});
