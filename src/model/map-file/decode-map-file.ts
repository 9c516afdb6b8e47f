import { StageError } from '../failure.ts';
import type { MapData, MapInfo } from '../map-data.ts';
import { countUnplaced } from '../map-data.ts';
import { TEXT } from '../noun.ts';
import type { Column, Source } from '../paper.ts';
import { fitPlaces, setBeside } from '../places.ts';
import { checksum } from './bytes.ts';
import { fromStoredValue, RESERVED_COLUMNS, SENTENCES_COLUMN, type StoredColumn } from './columns.ts';
import { CREATED_BY, defaultInfo, FILE_KEYS, INFO_KEY, infoFromJson, type MapLayout } from './info.ts';
import { reductionOf, selectionsOf, TOPIC_COLUMNS, topicsOf } from './metadata.ts';
import { openParquet, type ParquetTable } from './parquet.ts';
import {
  type Cells,
  embeddingOf,
  neighborsOf,
  papersOf,
  positionsOf,
  preservationOf,
  sentencesOf,
  sourcesOf,
  summariesOf,
} from './rows.ts';
import { type ByteSource, isOwnMap, readFooter } from './table/footer.ts';

/** Metadata entries that describe the columns of the file just read, and would be wrong in the next file. */
const SCHEMA_KEYS: ReadonlySet<string> = new Set([INFO_KEY, 'ARROW:schema', 'pandas', 'geo']);

/** The key of {@link MapInfo.other} that lists unreadable columns, each with the reason. */
const SKIPPED_KEY = 'skippedColumns';

/** What a file without metadata of ours says: nothing of what its texts are. */
const NO_LAYOUT: MapLayout = {
  columns: [],
  checksum: null,
  topics: null,
  selections: null,
  reduction: null,
  noun: TEXT,
};

const PAPER_COLUMNS = ['id', 'title', 'text', 'authors', 'date', 'url', 'x', 'y'] as const;

interface MapTable {
  readonly n: number;
  readonly cells: ReadonlyMap<string, Cells>;
  /** Columns that are not columns of the corpus. */
  readonly used: Set<string>;
  /** Whether the file says that it is a Portolan map, so that an invalid column of ours is an error. */
  readonly own: boolean;
}

/** Which files are opened as maps: `own`, those that say that they are; `any`, other tables with places too. */
export type TakenMaps = 'own' | 'any';

/**
 * The map in a Parquet file: one of ours, or a foreign file with at least `x`, `y` and one of `title` and `text`, whose
 * further columns become columns of the corpus. Holds the whole file, so run it in a worker that can be terminated. All
 * failures are StageErrors of stage `map-file`: `map-corrupt` (damaged or not Parquet), `map-invalid` (not a valid map:
 * a paper has no finite position, a neighbour does not exist), `not-a-map` (a table without positions) or `map-newer`.
 * @param file of one that is read in parts, only the footer is read when it shows that this is no map
 */
export async function decodeMapFile(file: ArrayBuffer | ByteSource, takes: TakenMaps = 'any'): Promise<MapData> {
  try {
    if (file instanceof ArrayBuffer) return await decode(file, takes);
    if (takes === 'own' && !isOwnMap(await readFooter(file))) throw foreign();
    return await decode(await file.slice(0, file.byteLength), takes);
  } catch (error) {
    if (error instanceof StageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StageError('map-corrupt', 'map-file', `the map file cannot be read: ${reason}`, { cause: error });
  }
}

async function decode(bytes: ArrayBuffer, takes: TakenMaps): Promise<MapData> {
  const parquet = await openParquet(bytes);
  const { info, layout, own } = infoOf(parquet);
  const ours = parquet.createdBy.startsWith(CREATED_BY);
  if (layout.checksum && ours) {
    const found = checksum(new Uint8Array(bytes), Math.min(layout.checksum.bytes, bytes.byteLength));
    if (found.hash !== layout.checksum.hash) throw new RangeError('its checksum is wrong, bytes have changed');
  }
  if (!own && takes === 'own') throw foreign();
  expectPlacesAndTexts(parquet.columns, own);
  const { cells, skipped } = await readCells(parquet, ours);
  const table: MapTable = { n: parquet.rows, cells, used: new Set(PAPER_COLUMNS), own };
  const other = skipped.length === 0 ? info.other : { ...info.other, [SKIPPED_KEY]: skipped };
  return assemble(table, { ...info, other }, layout);
}

function foreign(): StageError {
  return new StageError('not-a-map', 'map-file', 'another program has written this table');
}

/** Reads all columns. In a foreign file, a column of an unsupported type is left out alone. */
async function readCells(
  parquet: ParquetTable,
  ours: boolean,
): Promise<{ cells: Map<string, Cells>; skipped: string[] }> {
  const cells = new Map<string, Cells>();
  const skipped: string[] = [];
  for (const name of parquet.columns) {
    try {
      const values = await parquet.readColumn(name);
      cells.set(name, ours ? checkCells(name, values) : values);
    } catch (error) {
      if (ours || RESERVED_COLUMNS.has(name)) throw error;
      skipped.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { cells, skipped };
}

function infoOf({ metadata, rows }: ParquetTable): { info: MapInfo; layout: MapLayout; own: boolean } {
  const json = metadata.get(INFO_KEY);
  const read = json === undefined ? { info: defaultInfo(rows), layout: NO_LAYOUT } : infoFromJson(json, rows);
  const kept = [...metadata].filter(([key]) => !SCHEMA_KEYS.has(key));
  const other = kept.length === 0 ? read.info.other : { ...read.info.other, [FILE_KEYS]: Object.fromEntries(kept) };
  return { info: { ...read.info, other }, layout: read.layout, own: json !== undefined };
}

function expectPlacesAndTexts(columns: readonly string[], own: boolean): void {
  const missing = ['x', 'y'].filter((name) => !columns.includes(name));
  if (!columns.includes('title') && !columns.includes('text')) missing.push('title or text');
  if (missing.length === 0) return;
  const found = columns.slice(0, 20).join(', ') + (columns.length > 20 ? `… (${columns.length} columns)` : '');
  throw new StageError(
    own ? 'map-invalid' : 'not-a-map',
    'map-file',
    `expected columns ${missing.join(', ')}, found ${found || 'none'}`,
  );
}

/**
 * In a file of ours, a value left undefined by the reader means a short page or a word missing from its dictionary. In
 * a foreign file it may also be an absent list.
 */
function checkCells(name: string, cells: Cells): Cells {
  if (ArrayBuffer.isView(cells)) return cells;
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] === undefined) throw new RangeError(`column ${name} has no value in row ${i}`);
  }
  return cells;
}

function assemble(table: MapTable, info: MapInfo, layout: MapLayout): MapData {
  const { n, cells } = table;
  const positions = placesOf(table);
  const sources =
    group(table, ['sources', 'source_lines'], ([files, lines]) => sourcesOf(files, lines)) ?? rowSources(n);
  const [id, title, text, authors, date, url] = PAPER_COLUMNS.map((name) => cells.get(name) ?? null);
  const papers = papersOf({ id, title, text, authors, date, url }, sources, n);
  const neighbors = group(table, ['neighbors', 'neighbor_distances'], ([rows, far]) => neighborsOf(rows, far));
  const embedding = cells.has('embedding_scale')
    ? group(table, ['embedding', 'embedding_scale'], ([rows, scales]) => embeddingOf(rows, scales))
    : group(table, ['embedding'], ([rows]) => embeddingOf(rows, null));
  // Files older than these columns may have a corpus column of the same name.
  const isTheirs = (name: string): boolean => layout.columns.some(({ stored }) => stored === name);
  const preservation = isTheirs('preservation')
    ? null
    : group(table, ['preservation'], ([shares]) => preservationOf(shares));
  const sentences = isTheirs(SENTENCES_COLUMN)
    ? null
    : group(table, [SENTENCES_COLUMN], ([rows]) => sentencesOf(rows, embedding?.cols ?? 0));
  const summaries = group(table, ['summary'], ([rows]) => summariesOf(rows, papers));
  const topics =
    layout.topics === null ? null : group(table, [...TOPIC_COLUMNS], (columns) => topicsOf(layout.topics, columns));
  const selections = layout.selections === null ? null : group(table, [], () => selectionsOf(layout.selections, n));
  const reduction =
    layout.reduction === null ? null : group(table, [], () => reductionOf(layout.reduction, embedding?.cols ?? 0));
  const columns = corpusColumns(table, layout.columns);
  const sheet = { positions, neighbors, embedding, preservation, summaries, topics, info };
  return {
    corpus: { papers, columns, ...(layout.noun ? { noun: layout.noun } : {}) },
    ...sheet,
    ...(reduction === null ? {} : { reduction }),
    ...(sentences === null ? {} : { sentences }),
    ...(selections === null ? {} : { selections }),
  };
}

/** Our own places are in map units as they are. Those of others are fitted; rows without one stand beside the map. */
function placesOf({ n, cells, own }: MapTable): Float32Array {
  const places = positionsOf(cells.get('x') ?? [], cells.get('y') ?? []);
  const unplaced = countUnplaced(places);
  if (unplaced > 0 && (own || unplaced === n)) {
    throw new StageError('map-invalid', 'map-file', `${unplaced} of ${n} papers have no finite place`);
  }
  if (own) return Float32Array.from(places);
  const { positions, without } = fitPlaces(places);
  return setBeside(positions, without);
}

/**
 * Applies `read` to the columns `names`; null when one is missing. In a foreign file, columns of these names that do
 * not fit stay columns of the corpus.
 */
function group<Result>(table: MapTable, names: string[], read: (cells: Cells[]) => Result): Result | null {
  const cells: Cells[] = [];
  for (const name of names) {
    const values = table.cells.get(name);
    if (!values) return null;
    cells.push(values);
  }
  try {
    const result = read(cells);
    for (const name of names) table.used.add(name);
    return result;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (table.own) throw new StageError('map-invalid', 'map-file', error.message, { cause: error });
    return null;
  }
}

function rowSources(n: number): Source[][] {
  return Array.from({ length: n }, (_, i) => [{ file: 'map file', line: i + 1 }]);
}

function corpusColumns({ cells, used }: MapTable, stored: readonly StoredColumn[]): Column[] {
  const plan = new Map(stored.map((column) => [column.stored, column]));
  const columns: Column[] = [];
  for (const [name, values] of cells) {
    if (used.has(name)) continue;
    const { name: original, kind, isList }: StoredColumn = plan.get(name) ?? { name, stored: name, kind: 'string' };
    const cells = Array.from(values, (value) => fromStoredValue(value, kind));
    columns.push({ name: original, values: cells, ...(isList ? { isList } : {}) });
  }
  return columns;
}
