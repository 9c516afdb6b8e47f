import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { decodeMapFile } from './decode-map-file.ts';
import { checkDelta, checkRuns, checkSnappy } from './streams.ts';

/** A valid table of `title`, `x`, `y`, whose writer `lie` may change before the footer is written. */
function forged(lie: (writer: ParquetWriter) => void): ArrayBuffer {
  const out = new ByteWriter();
  const schema = [
    { name: 'root', num_children: 3 },
    {
      name: 'title',
      type: 'BYTE_ARRAY' as const,
      converted_type: 'UTF8' as const,
      repetition_type: 'OPTIONAL' as const,
    },
    { name: 'x', type: 'FLOAT' as const, repetition_type: 'REQUIRED' as const },
    { name: 'y', type: 'FLOAT' as const, repetition_type: 'REQUIRED' as const },
  ];
  const writer = new ParquetWriter({ writer: out, schema });
  const numbers = Float32Array.of(0, 0.5, 1);
  writer.write({
    columnData: [
      { name: 'title', data: ['a', null, 'c'] },
      { name: 'x', data: numbers },
      { name: 'y', data: numbers },
    ],
  });
  lie(writer);
  writer.finish();
  return out.getBuffer();
}

async function refusal(lie: (writer: ParquetWriter) => void): Promise<unknown> {
  return decodeMapFile(forged(lie)).catch((error: unknown) => (error instanceof Error ? error.message : error));
}

describe('claims of a file', () => {
  it('lets the truth pass', async () => {
    const map = await decodeMapFile(forged(() => {}));
    expect(map.corpus.papers.map((paper) => paper.title)).toEqual(['a', '', 'c']);
  });

  it('refuses rows beyond the cap, and rows that are not there', async () => {
    expect(await refusal((writer) => (writer.num_rows = 6_000_000n))).toMatch('rows: expected 0…5000000, got 6000000');
    expect(await refusal((writer) => (writer.num_rows = 4n))).toMatch('expected 4 rows, got 3');
    expect(await refusal((writer) => (writer.row_groups[0].num_rows = -3n))).toMatch('got -3');
  });

  it('refuses bytes beyond the cap, beyond 200 times the file, and columns outside of it', async () => {
    const claim = (
      change: (meta: { total_uncompressed_size: bigint; data_page_offset: bigint; num_values: bigint }) => void,
    ) =>
      refusal((writer) => {
        const meta = writer.row_groups[0].columns[1].meta_data;
        if (meta) change(meta);
      });
    expect(await claim((meta) => (meta.total_uncompressed_size = 1n << 40n))).toMatch('bytes of a column');
    expect(await claim((meta) => (meta.total_uncompressed_size = 1_000_000_000n))).toMatch(
      'bytes: expected 0…64000000',
    );
    expect(await claim((meta) => (meta.total_uncompressed_size = 5n))).toMatch(
      'unpacked bytes of a page: expected 0…5',
    );
    expect(await claim((meta) => (meta.data_page_offset = 1n << 33n))).toMatch('a column from byte 8589934592');
    expect(await claim((meta) => (meta.num_values = 1n << 33n))).toMatch('values of a column');
    expect(await claim((meta) => (meta.num_values = 4n))).toMatch('1 of 4 values are missing');
  });
});

describe('packed streams', () => {
  it('refuse a run longer than its values', () => {
    expect(() => checkRuns(Uint8Array.of(0x06, 1), 0, 1, 3)).not.toThrow();
    expect(() => checkRuns(Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 1), 0, 1, 3)).toThrow('a run of 2147483647');
    expect(() => checkRuns(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 1), 0, 0, 3)).toThrow('a run of 17179869176');
    expect(() => checkRuns(new Uint8Array(9).fill(0xff), 0, 1, 3)).toThrow('a number without an end');
  });

  it('refuse a Snappy literal that hyparquet would follow backwards for ever', () => {
    expect(() => checkSnappy(Uint8Array.of(1, 0, 65), 1)).not.toThrow();
    expect(() => checkSnappy(Uint8Array.of(8, 0xfc, 0xfa, 0xff, 0xff, 0xff, 1, 2, 3), 8)).toThrow('a Snappy element');
    expect(() => checkSnappy(Uint8Array.of(8, 0, 65, 0xfe, 1, 0), 8)).toThrow('makes 65 of 8 bytes');
  });

  it('refuse delta blocks that lead nowhere', () => {
    expect(() => checkDelta(Uint8Array.of(0x80, 0x01, 4), 0)).not.toThrow();
    expect(() => checkDelta(Uint8Array.of(0x80, 0x01, 0), 0)).toThrow('a delta block of 128 values in 0 parts');
    expect(() => checkDelta(Uint8Array.of(0x80, 0x01, 0xff, 0xff, 0xff, 0xff, 0x0f), 0)).toThrow('in 4294967295 parts');
  });
});
