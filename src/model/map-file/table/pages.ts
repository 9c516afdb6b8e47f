import type { ColumnMetaData, Compressors, DecodedArray, PageHeader, SchemaTree } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert, convertWithDictionary, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js';
import { decompressorOf } from '../codecs.ts';
import { chunkOf, chunkRange, type Decompress, makePageCheck } from '../guard.ts';
import { TIME_PARSERS } from '../times.ts';
import type { ByteSource } from './footer.ts';

type ColumnDecoder = Parameters<typeof readPage>[2];

/** One column in one group of rows. */
export interface ColumnChunk {
  readonly source: ByteSource;
  readonly meta: ColumnMetaData;
  /** The column's schema from the root. */
  readonly path: SchemaTree[];
  readonly compressors: Compressors;
}

/** The values of one page without nulls, and the levels that say where they stand (both empty where all are there). */
export interface Page {
  readonly values: DecodedArray;
  /** Values, nulls and empty lists. */
  readonly count: number;
  readonly definition: ArrayLike<number>;
  readonly repetition: ArrayLike<number>;
}

/** Bytes read at once: one page of a usual writer. */
const WINDOW = 1024 * 1024;
/** Sizes within which a page's header is looked for; statistics of long texts make it long. */
const HEADER_SIZES = [65_536, 1024 * 1024, 16 * 1024 * 1024];

/**
 * Decodes a column page by page, holding one page and one megabyte of the file. Each page passes the guard first. Throws
 * a RangeError, or what hyparquet throws, at the first page that is damaged or unknown.
 */
export async function* readPages(chunk: ColumnChunk): AsyncGenerator<Page> {
  const decompress = decompressorOf(chunk.meta.codec, chunk.compressors);
  const once = decompress && makeOnce(decompress);
  const check = makePageCheck(chunkOf(chunk.meta, chunk.path, once));
  const decoder = decoderOf(chunk, once);
  let dictionary: DecodedArray | undefined;
  for await (const { header, bytes } of splitPages(chunk)) {
    check.page(header, bytes);
    if (header.type === 'DICTIONARY_PAGE') {
      const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
      const { data } = readPage(reader, header, decoder, undefined, undefined, 0);
      dictionary = data && convert(data, decoder);
    } else yield decode(header, bytes, decoder, dictionary);
  }
  check.end();
}

interface RawPage {
  readonly header: PageHeader;
  /** As they stand in the file. */
  readonly bytes: Uint8Array;
}

async function* splitPages({ source, meta }: ColumnChunk): AsyncGenerator<RawPage> {
  const { start, end } = chunkRange(meta);
  let held = new Uint8Array();
  let heldFrom = start;
  /** The bytes from `at`, at least `length` of them if there are so many. */
  async function bytesFrom(at: number, length: number): Promise<Uint8Array> {
    const wanted = Math.min(length, end - at);
    if (at < heldFrom || at + wanted > heldFrom + held.length) {
      held = new Uint8Array(await source.slice(at, Math.min(end, at + Math.max(wanted, WINDOW))));
      heldFrom = at;
      if (held.length < wanted) throw new RangeError(`the file ends at byte ${at + held.length}`);
    }
    return held.subarray(at - heldFrom);
  }
  let at = start;
  while (at < end - 1) {
    const { header, length } = await headerAt(bytesFrom, at, end);
    at += length;
    const size = header.compressed_page_size;
    if (!(Number.isInteger(size) && size >= 0 && size <= end - at)) throw new RangeError(`a page of ${size} bytes`);
    yield { header, bytes: (await bytesFrom(at, size)).subarray(0, size) };
    at += size;
  }
}

async function headerAt(
  bytesFrom: (at: number, length: number) => Promise<Uint8Array>,
  at: number,
  end: number,
): Promise<{ readonly header: PageHeader; readonly length: number }> {
  for (const size of HEADER_SIZES) {
    const bytes = await bytesFrom(at, size);
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
    try {
      return { header: parquetHeader(reader), length: reader.offset };
    } catch (error) {
      if (bytes.length >= end - at || size === HEADER_SIZES.at(-1)) throw error;
    }
  }
  throw new RangeError('a page without a header');
}

function decode(header: PageHeader, bytes: Uint8Array, decoder: ColumnDecoder, dictionary?: DecodedArray): Page {
  const { data_page_header: v1, data_page_header_v2: v2 } = header;
  if (v1) {
    const { compressors, codec } = decoder;
    const body = compressors?.[codec]?.(bytes, header.uncompressed_page_size) ?? bytes;
    const { definitionLevels, repetitionLevels, dataPage } = readDataPage(body, v1, decoder);
    const values = convertWithDictionary(dataPage, dictionary, v1.encoding, decoder);
    return { values, count: v1.num_values, definition: definitionLevels ?? [], repetition: repetitionLevels };
  }
  if (!v2) throw new RangeError(`a page of type ${header.type}`);
  const { definitionLevels, repetitionLevels, dataPage } = readDataPageV2(bytes, header, decoder);
  const values = convertWithDictionary(dataPage, dictionary, v2.encoding, decoder);
  const definition = v2.num_nulls === 0 ? [] : (definitionLevels ?? []);
  return { values, count: v2.num_values, definition, repetition: repetitionLevels };
}

function decoderOf({ meta, path }: ColumnChunk, decompress: Decompress | null): ColumnDecoder {
  return {
    pathInSchema: meta.path_in_schema,
    element: path[path.length - 1].element,
    schemaPath: path,
    type: meta.type,
    codec: meta.codec,
    parsers: { ...DEFAULT_PARSERS, ...TIME_PARSERS },
    ...(decompress ? { compressors: { [meta.codec]: decompress } } : {}),
    // Old writers do not mark texts as UTF-8.
    utf8: true,
  };
}

/** Keeps the last page, which is first checked and then decoded. */
function makeOnce(decompress: Decompress): Decompress {
  let last: { readonly at: number; readonly input: ArrayBufferLike; readonly output: Uint8Array } | null = null;
  return (input, length) => {
    if (last && last.at === input.byteOffset && last.input === input.buffer && last.output.length === length) {
      return last.output;
    }
    const output = decompress(input, length);
    last = { at: input.byteOffset, input: input.buffer, output };
    return output;
  };
}
