import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { StageError } from '../failure.ts';
import {
  checkMapData,
  countUnplaced,
  FIRST_FORMAT_VERSION,
  MAP_FORMAT_VERSION,
  type MapData,
  type MapInfo,
} from '../map-data.ts';
import { PAPER } from '../noun.ts';
import type { Paper } from '../paper.ts';
import { sentenceParts } from '../sentence-vectors.ts';
import type { TopicTree } from '../topics.ts';
import { checksum } from './bytes.ts';
import { planColumns, SENTENCES_COLUMN, toStoredValues } from './columns.ts';
import {
  type FileColumn,
  FLOAT,
  flatColumn,
  INT32,
  KIND_ELEMENTS,
  listColumn,
  plainColumn,
  rowsOf,
  STRING,
} from './file-columns.ts';
import { CREATED_BY, FILE_KEYS, INFO_KEY, infoToJson } from './info.ts';
import { reductionToJson, selectionsToJson, topicsToJson } from './metadata.ts';

const ROW_GROUP_ROWS = 10_000;

/**
 * The map as one Parquet file of version 1 (Snappy, row groups of 10,000), which pandas, DuckDB and Polars can open.
 * Lone surrogates in texts become U+FFFD, since Parquet texts are UTF-8. `decodeMapFile` restores everything else,
 * except that an embedding of 0 dimensions, 0 neighbours and vectors of no sentences come back as absent. Briefly holds
 * the file twice. Throws a RangeError when arrays do not fit the papers, `map-invalid` when a paper has no finite
 * position.
 */
export function encodeMapFile(map: MapData): ArrayBuffer {
  checkMapData(map);
  const { papers, columns, noun } = map.corpus;
  const unplaced = countUnplaced(map.positions);
  if (unplaced > 0) {
    throw new StageError('map-invalid', 'map-file', `${unplaced} of ${papers.length} papers have no finite place`);
  }
  const plan = planColumns(columns);
  const corpusColumns = columns.map((column, c) =>
    flatColumn(plan[c].stored, KIND_ELEMENTS[plan[c].kind], toStoredValues(column.values, plan[c].kind), 'OPTIONAL'),
  );
  const all = [...paperColumns(papers), ...corpusColumns, ...mapColumns(map)];
  const root: SchemaElement = { name: 'schema', num_children: all.length };
  const out = new ByteWriter();
  const schema = [root, ...all.flatMap((column) => column.schema)];
  const writer = new ParquetWriter({ writer: out, schema, codec: 'SNAPPY', createdBy: CREATED_BY });
  writer.write({ columnData: all.map((column) => column.source), rowGroupSize: ROW_GROUP_ROWS });
  // The metadata is written last, so it can hold a checksum of everything before it.
  const layout = {
    columns: plan,
    checksum: checksum(out.getBytes(), out.offset),
    topics: map.topics ? topicsToJson(map.topics) : undefined,
    selections: map.selections?.length ? selectionsToJson(map.selections) : undefined,
    reduction: map.reduction ? reductionToJson(map.reduction) : undefined,
    ...(noun && noun.many !== PAPER.many ? { noun } : {}),
  };
  // Older readers would compare full vectors of queries with reduced ones.
  const version = map.reduction ? MAP_FORMAT_VERSION : FIRST_FORMAT_VERSION;
  writer.kvMetadata = [{ key: INFO_KEY, value: infoToJson({ ...map.info, version }, layout) }, ...fileKeys(map.info)];
  writer.finish();
  return out.getBuffer();
}

function paperColumns(papers: readonly Paper[]): FileColumn[] {
  const column = (name: string, value: (paper: Paper) => string | null, repetition: 'REQUIRED' | 'OPTIONAL') =>
    flatColumn(name, STRING, papers.map(value), repetition);
  return [
    column('id', (paper) => paper.id, 'REQUIRED'),
    column('title', (paper) => paper.title, 'REQUIRED'),
    column('text', (paper) => paper.text, 'REQUIRED'),
    column('authors', (paper) => paper.authors, 'OPTIONAL'),
    column('date', (paper) => paper.date, 'OPTIONAL'),
    column('url', (paper) => paper.url, 'OPTIONAL'),
    listColumn(
      'sources',
      STRING,
      papers.map((paper) => paper.sources.map((source) => source.file)),
    ),
    listColumn(
      'source_lines',
      INT32,
      papers.map((paper) => paper.sources.map((source) => source.line)),
    ),
  ];
}

function mapColumns(map: MapData): FileColumn[] {
  const { positions, neighbors, embedding, sentences, preservation, summaries, topics } = map;
  const n = positions.length / 2;
  const axis = (offset: number) => Float32Array.from({ length: n }, (_, i) => positions[i * 2 + offset]);
  const columns = [plainColumn('x', FLOAT, axis(0)), plainColumn('y', FLOAT, axis(1))];
  if (neighbors && neighbors.k > 0) {
    const { k, indices, distances } = neighbors;
    columns.push(
      listColumn(
        'neighbors',
        INT32,
        rowsOf(n, (i) => Array.from(indices.subarray(i * k, i * k + k))),
      ),
    );
    columns.push(
      listColumn(
        'neighbor_distances',
        FLOAT,
        rowsOf(n, (i) => Array.from(distances.subarray(i * k, i * k + k))),
      ),
    );
  }
  if (embedding && embedding.cols > 0) {
    const { data, cols } = embedding;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const vectors = rowsOf(n, (i) => bytes.subarray(i * cols, (i + 1) * cols));
    columns.push(plainColumn('embedding', { type: 'FIXED_LEN_BYTE_ARRAY', type_length: cols }, vectors));
    columns.push(plainColumn('embedding_scale', FLOAT, embedding.scales));
  }
  if (sentences && sentences.packed.length > 0)
    columns.push(plainColumn(SENTENCES_COLUMN, { type: 'BYTE_ARRAY' }, sentenceParts(sentences)));
  if (preservation) columns.push(plainColumn('preservation', FLOAT, preservation));
  if (summaries)
    columns.push(
      listColumn(
        'summary',
        INT32,
        summaries.map((ranges) => [...ranges]),
      ),
    );
  if (topics) columns.push(...topicColumns(topics, n));
  return columns;
}

function topicColumns({ levels, paths, confidence, nearest }: TopicTree, n: number): FileColumn[] {
  const rows = rowsOf(n, (i) => Array.from(paths.subarray(i * levels, (i + 1) * levels)));
  return [
    listColumn('topic_path', INT32, rows),
    plainColumn('topic_confidence', FLOAT, confidence),
    flatColumn('topic_nearest', INT32, Array.from(nearest), 'REQUIRED'),
  ];
}

/** Metadata entries of other programs that an earlier read has kept. */
function fileKeys({ other }: MapInfo): { key: string; value: string }[] {
  const kept = other[FILE_KEYS];
  if (typeof kept !== 'object' || kept === null) return [];
  return Object.entries(kept).flatMap(([key, value]) =>
    typeof value === 'string' && key !== INFO_KEY ? [{ key, value }] : [],
  );
}
