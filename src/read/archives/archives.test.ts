import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readAll } from '../fixtures/collect.ts';
import { expandInputs } from './expand.web.ts';

const CSV = 'title,text\nOne,Some words of the first.\nTwo,Some words of the second.\n';
const NOTE = '# Kiln\n\nClay and fire.';

const zipOf = (files: Readonly<Record<string, string | Uint8Array>>, level: 0 | 6 = 6): Uint8Array<ArrayBuffer> => {
  const content = Object.entries(files).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]);
  return new Uint8Array(zipSync(Object.fromEntries(content), { level }));
};

const blobOf = (bytes: Uint8Array<ArrayBuffer> | Buffer): Blob => new Blob([new Uint8Array(bytes)]);
const read = (name: string, bytes: Uint8Array<ArrayBuffer> | Buffer) => readAll([{ name, blob: blobOf(bytes) }]);

/** A tar archive in the form of POSIX. */
function tarOf(files: readonly (readonly [name: string, content: string, type?: string])[]): Buffer {
  const blocks = files.flatMap(([name, content, type = '0']) => {
    const header = Buffer.alloc(512);
    header.write(name.slice(0, 100), 0);
    header.write('0000644\0', 100);
    header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    header.write(type, 156);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
    body.write(content);
    return [header, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

describe('a ZIP archive', () => {
  it.each([0, 6] as const)('is the files in it, by their paths (level %d)', async (level) => {
    const files = {
      'd/a.csv': CSV,
      'd/sub/b.csv': CSV.replaceAll('f the', 'f another'),
      '__MACOSX/d/._a.csv': '\0\x05',
      'd/.DS_Store': '\0',
    };
    const { corpus, report, previews } = await read('dump.zip', zipOf(files, level));
    expect(report.files.map(({ name, records }) => [name, records])).toEqual([
      ['dump.zip/d/a.csv', 2],
      ['dump.zip/d/sub/b.csv', 2],
    ]);
    expect(corpus.papers[0].sources[0]).toEqual({ file: 'dump.zip/d/a.csv', line: 2 });
    expect([report.skipped, previews.length]).toEqual([[], 2]);
  });

  it('of notes is one text a file', async () => {
    const { corpus } = await read('notes.zip', zipOf({ 'n/a.md': NOTE, 'n/b.md': 'Glaze.', 'n/c.txt': 'Wheel.' }));
    expect(corpus.papers.map(({ title, text }) => [title, text])).toEqual([
      ['Kiln', 'Clay and fire.'],
      ['b', 'Glaze.'],
      ['c', 'Wheel.'],
    ]);
  });

  it('says what in it is not read', async () => {
    const inner = zipOf({ 'x.csv': CSV });
    const { corpus, report } = await read(
      'all.zip',
      zipOf({ 'a.csv': CSV, 'b.zip': inner, 'c.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]) }),
    );
    expect(corpus.papers).toHaveLength(2);
    expect(report.skipped.map(({ file, reason }) => [file, reason])).toEqual([
      ['all.zip/b.zip', expect.stringMatching(/ZIP archive.*unpack it first/u)],
      ['all.zip/c.png', expect.stringContaining('PNG image')],
    ]);
  });

  it('with encrypted files, or none, or a broken end says so', async () => {
    const encrypted = zipOf({ 'a.csv': CSV });
    const at = Buffer.from(encrypted).indexOf('PK\x01\x02', 0, 'latin1');
    encrypted[at + 8] |= 1;
    expect((await read('a.zip', encrypted)).failure?.message).toMatch(/encrypted: unpack the archive/u);
    expect((await read('a.zip', zipOf({ '.DS_Store': 'x' }))).failure?.message).toContain('no files but hidden');
    expect((await read('a.zip', zipOf({ 'a.csv': CSV }).slice(0, 60))).failure?.message).toContain('breaks off');
  });

  it('is not unpacked beyond its limits', async () => {
    const bomb = zipOf({ 'a.txt': new Uint8Array(60 * 1024 * 1024).fill(97) });
    expect((await read('bomb.zip', bomb)).failure).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('too much'),
    });
  });

  it('is left alone where it is a document', async () => {
    const blob = blobOf(zipOf({ 'xl/workbook.bin': 'x', 'a.csv': CSV }));
    const [file] = await expandInputs([{ name: 'a.xlsb', blob }]);
    await expect(file.open()).rejects.toThrow('.xlsb');
  });

  it('gives the same or a sentence when any of its bytes are others', async () => {
    const whole = zipOf({ 'a.csv': CSV, 'b/c.md': NOTE });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(whole.length),
        async (changes, cut) => {
          const bytes = whole.slice(0, cut % 3 === 0 ? cut : whole.length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const files = await expandInputs([{ name: 'a.zip', blob: blobOf(bytes) }]);
          for (const file of files) {
            const found = await file.open().catch((error: unknown) => error);
            if (!(found instanceof Blob)) expect(found).toMatchObject({ failure: { stage: 'read' } });
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a tar archive', () => {
  const long = `${'folder/'.repeat(20)}c.md`;
  const tar = tarOf([
    ['./d/', '', '5'],
    ['./d/a.csv', CSV],
    ['././@LongLink', `${long}\0`, 'L'],
    [long.slice(0, 99), NOTE],
    ['pax', `${long.length + 9} path=x${long}\n`, 'x'],
    ['short', 'Glaze.'],
  ]);

  it.each([
    ['a.tar', tar],
    ['a.tar.gz', gzipSync(tar)],
    ['a.tgz', gzipSync(tar)],
  ])('is the files in it: %s', async (name, bytes) => {
    const files = await expandInputs([{ name, blob: blobOf(bytes) }]);
    expect(files.map((file) => file.name)).toEqual([`${name}/d/a.csv`, `${name}/${long}`, `${name}/x${long}`]);
    expect(await (await files[1].open()).text()).toBe(NOTE);
  });

  it('that breaks off says so', async () => {
    const { corpus, report } = await read(
      'a.tar',
      Buffer.concat([tar.subarray(0, 1536), Buffer.from('rubbish'.repeat(200))]),
    );
    expect(corpus.papers).toHaveLength(2);
    expect(report.skipped).toEqual([{ file: 'a.tar', line: 0, reason: expect.stringContaining('breaks off') }]);
  });
});

describe('other kinds of file', () => {
  it.each([
    ['a.sqlite', 'SQLite format 3\0\x10\0', /SQLite.*export the table/u],
    ['a.pkl', '\x80\x04\x95\0\0', /pickle.*save the table/u],
    ['a.bz2', 'BZh91AY&SY\0', /bz2.*unpack/u],
    ['a.xz', '\xfd7zXZ\0', /XZ.*unpack/u],
    ['a.rar', 'Rar!\x1a\x07\0', /RAR.*unpack/u],
    ['a.xls', `\xd0\xcf\x11\xe0${'\0'.repeat(2000)}W\0o\0r\0k\0b\0o\0o\0k\0`, /old Excel workbook.*save it as \.xlsx/u],
    [
      'a.doc',
      `\xd0\xcf\x11\xe0${'\0'.repeat(2000)}W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0`,
      /old Word document.*save it/u,
    ],
    ['a.h5', '\x89HDF\r\n\x1a\n', /HDF5.*convert/u],
    ['a.rds', 'X\n\0\0\0\x03', /R data file.*export/u],
    ['a.mp3', 'ID3\x03\0', /sound.*transcribe/u],
    ['a.bin', '\0\x01\x02\x03', /binary data.*export its texts/u],
  ])('%s is named with a next step', async (name, bytes, words) => {
    expect((await read(name, Buffer.from(bytes, 'latin1'))).failure?.message).toMatch(words);
  });
});
