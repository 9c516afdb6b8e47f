import { type Compressors, type FileMetaData, parquetSchema, type RowGroup, type SchemaTree } from 'hyparquet';
import { parquetReadColumn } from 'hyparquet/src/read.js';
import { getTreePath } from 'hyparquet/src/schema.js';
import { compressorsFor, decompressorOf } from '../codecs.ts';
import { type ClaimBounds, checkChunk, checkClaims, chunkOf, chunkRange } from '../guard.ts';
import { TIME_PARSERS } from '../times.ts';
import { type ByteSource, isOwnMap, readFooter } from './footer.ts';
import { isNumberList, makeListAssembler } from './lists.ts';
import { type Page, readPages } from './pages.ts';

/** A Parquet file that is read from the first row to the last, a few thousand rows at a time. */
export interface ParquetRows {
  readonly rows: number;
  /** Top-level columns in file order. */
  readonly columns: readonly string[];
  /** Whether it is one of our maps. */
  readonly isMap: boolean;
  /**
   * Successive rows. A column that cannot be read gives nulls from then on.
   * @param onFault is told of such a column, with the reason
   */
  batches(onFault: (column: string, row: number, reason: string) => void): AsyncGenerator<RowBatch>;
}

/** Successive rows of all columns. */
export interface RowBatch {
  /** The first row, counted from 0. */
  readonly from: number;
  readonly count: number;
  /**
   * By column, a value for each row: as hyparquet gives it, but dates and times as ISO 8601 text, and lists of numbers
   * as typed arrays, which may be views of a page.
   */
  readonly columns: readonly (readonly unknown[])[];
  /** Bytes of the file read so far. */
  readonly bytes: number;
}

/** Of a file that is never held whole: the ratio to the file's size bounds what it unpacks to, as for others. */
const STREAMED: ClaimBounds = { bytes: 64_000_000_000, values: 8_000_000_000 };
const BATCH_ROWS = 2000;
/** Unpacked bytes of a column of nested values, of which a whole group of rows is held. */
const MAX_NESTED_BYTES = 512_000_000;

/**
 * Opens a Parquet file by its footer. Numbers, texts and lists of numbers are decoded page by page, other lists and
 * structs by groups of rows; each page passes the guard first. Throws plain errors that describe the damage.
 */
export async function openParquetRows(source: ByteSource): Promise<ParquetRows> {
  const metadata = await readFooter(source);
  checkClaims(metadata, source.byteLength, STREAMED);
  const compressors = await compressorsFor(metadata);
  const tree = parquetSchema(metadata);
  const file: OpenFile = { source, metadata, compressors, tree };
  return {
    rows: Number(metadata.num_rows),
    columns: tree.children.map(({ element }) => element.name),
    isMap: isOwnMap(metadata),
    batches: (onFault) => readBatches(file, onFault),
  };
}

interface OpenFile {
  readonly source: ByteSource;
  readonly metadata: FileMetaData;
  readonly compressors: Compressors;
  readonly tree: SchemaTree;
}

type OnFault = (column: string, row: number, reason: string) => void;

async function* readBatches(file: OpenFile, onFault: OnFault): AsyncGenerator<RowBatch> {
  const lost = new Set<SchemaTree>();
  let from = 0;
  let bytes = 0;
  for (const [at, group] of file.metadata.row_groups.entries()) {
    const rows = Number(group.num_rows);
    const size = group.columns.reduce((sum, { meta_data: meta }) => sum + Number(meta?.total_compressed_size ?? 0), 0);
    const cursors = file.tree.children.map((column) => makeCursor(valuesOf({ ...file, group, at, column })));
    for (let done = 0; done < rows; done += BATCH_ROWS) {
      const count = Math.min(BATCH_ROWS, rows - done);
      const columns: (readonly unknown[])[] = [];
      for (const [i, column] of file.tree.children.entries()) {
        const taken = lost.has(column) ? [] : await takeRows(cursors[i], count);
        if (!Array.isArray(taken)) {
          lost.add(column);
          onFault(column.element.name, from + done, taken.reason);
        }
        columns.push(Array.isArray(taken) && taken.length === count ? taken : new Array(count).fill(null));
      }
      yield { from: from + done, count, columns, bytes: bytes + (size * (done + count)) / rows };
    }
    from += rows;
    bytes += size;
  }
}

async function takeRows(cursor: Cursor, count: number): Promise<unknown[] | { readonly reason: string }> {
  try {
    const taken = await cursor.take(count);
    return taken.length === count ? taken : { reason: `${count - taken.length} of its values are missing` };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

interface Cursor {
  /** The next `count` values, or fewer at the end. */
  take(count: number): Promise<unknown[]>;
}

function makeCursor(runs: AsyncGenerator<ArrayLike<unknown>>): Cursor {
  let run: ArrayLike<unknown> = [];
  let at = 0;
  return {
    async take(count) {
      const taken: unknown[] = [];
      while (taken.length < count) {
        if (at === run.length) {
          const next = await runs.next();
          if (next.done) break;
          run = next.value;
          at = 0;
          continue;
        }
        const to = Math.min(run.length, at + count - taken.length);
        for (; at < to; at++) taken.push(run[at]);
      }
      return taken;
    },
  };
}

interface GroupColumn extends OpenFile {
  readonly group: RowGroup;
  /** The group's place among the groups. */
  readonly at: number;
  readonly column: SchemaTree;
}

/** The values of one column in one group of rows, in runs. */
async function* valuesOf(part: GroupColumn): AsyncGenerator<ArrayLike<unknown>> {
  const { column } = part;
  if (isNumberList(column)) {
    const lists = makeListAssembler(column);
    for await (const page of pagesOf(part)) yield lists.push(page);
    yield lists.end();
  } else if (column.children.length === 0 && column.element.repetition_type !== 'REPEATED') {
    for await (const page of pagesOf(part)) yield withNulls(page);
  } else yield await readNested(part);
}

function pagesOf({ source, compressors, tree, group, column }: GroupColumn): AsyncGenerator<Page> {
  const [meta] = chunksOf(group, column);
  if (!meta) throw new RangeError('it has no values in a group of rows');
  return readPages({ source, compressors, meta, path: getTreePath(tree, meta.path_in_schema) });
}

function chunksOf(group: RowGroup, column: SchemaTree) {
  const metas = group.columns.flatMap(({ meta_data: meta }) => (meta ? [meta] : []));
  return metas.filter(({ path_in_schema: path }) => path[0] === column.element.name);
}

function withNulls({ values, count, definition }: Page): ArrayLike<unknown> {
  if (definition.length === 0) return values;
  const cells = new Array<unknown>(count).fill(null);
  let used = 0;
  for (let i = 0; i < count; i++) if (definition[i] === 1) cells[i] = values[used++];
  return cells;
}

/** Lists of words, structs and maps, by hyparquet. */
async function readNested(part: GroupColumn): Promise<ArrayLike<unknown>> {
  const { source, metadata, compressors, tree, group, at, column } = part;
  const chunks = chunksOf(group, column);
  const size = chunks.reduce((sum, meta) => sum + Number(meta.total_uncompressed_size), 0);
  if (size > MAX_NESTED_BYTES) throw new RangeError(`${Math.round(size / 1e6)} MB of nested values in a group of rows`);
  for (const meta of chunks) {
    const { start, end } = chunkRange(meta);
    const path = getTreePath(tree, meta.path_in_schema);
    const chunk = chunkOf(meta, path, decompressorOf(meta.codec, compressors));
    checkChunk(new Uint8Array(await source.slice(start, end)), chunk);
  }
  const file = {
    byteLength: source.byteLength,
    slice: (start: number, end = source.byteLength) => source.slice(start, end),
  };
  const rowStart = metadata.row_groups.slice(0, at).reduce((sum, { num_rows: rows }) => sum + Number(rows), 0);
  const rowEnd = rowStart + Number(group.num_rows);
  const columns = [column.element.name];
  const options = { file, metadata, columns, compressors, rowStart, rowEnd, utf8: true, parsers: TIME_PARSERS };
  return parquetReadColumn(options);
}
