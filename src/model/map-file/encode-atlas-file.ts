import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { MapData, Neighbors } from '../map-data.ts';
import type { Paper } from '../paper.ts';
import { topicView } from '../topic-view.ts';
import { planColumns, toStoredValues } from './columns.ts';
import {
  type FileColumn,
  FLOAT,
  flatColumn,
  INT32,
  KIND_ELEMENTS,
  listColumn,
  plainColumn,
  STRING,
} from './file-columns.ts';

const ROW_GROUP_ROWS = 10_000;

/**
 * The papers as Embedding Atlas (Apple) takes them, and as its own exports are: a table with `projection_x`,
 * `projection_y` and `__neighbors` (ids, which are numbers of rows, and distances), besides the papers' fields, their top
 * topic, and all columns. A column with one of these names gets “ (column)” after it. Open it with
 * `embedding-atlas FILE --text text --x projection_x --y projection_y --neighbors __neighbors`.
 */
export function encodeAtlasFile(map: MapData): ArrayBuffer {
  const own = [...paperColumns(map), ...mapColumns(map)];
  const taken = new Set(own.map(({ source }) => source.name));
  const { columns } = map.corpus;
  const plan = planColumns(columns);
  const further = columns.map(({ name, values }, c) => {
    const { kind } = plan[c];
    return flatColumn(freeName(name, taken), KIND_ELEMENTS[kind], toStoredValues(values, kind), 'OPTIONAL');
  });
  const all = [...own, ...further];
  const out = new ByteWriter();
  const schema = [{ name: 'schema', num_children: all.length }, ...all.flatMap((column) => column.schema)];
  const writer = new ParquetWriter({ writer: out, schema, codec: 'SNAPPY' });
  writer.write({ columnData: all.map(({ source }) => source), rowGroupSize: ROW_GROUP_ROWS });
  writer.finish();
  return out.getBuffer();
}

function paperColumns({ corpus: { papers } }: MapData): FileColumn[] {
  const column = (name: string, value: (paper: Paper) => string | null, repetition: 'REQUIRED' | 'OPTIONAL') =>
    flatColumn(name, STRING, papers.map(value), repetition);
  return [
    column('id', ({ id }) => id, 'REQUIRED'),
    column('title', ({ title }) => title, 'REQUIRED'),
    column('text', ({ title, text }) => text || title, 'REQUIRED'),
    column('authors', ({ authors }) => authors, 'OPTIONAL'),
    column('date', ({ date }) => date, 'OPTIONAL'),
    column('url', ({ url }) => url, 'OPTIONAL'),
  ];
}

function mapColumns({ corpus: { papers }, positions, neighbors, topics }: MapData): FileColumn[] {
  const axis = (offset: number) => Float32Array.from(papers, (_, i) => positions[i * 2 + offset]);
  const columns = [plainColumn('projection_x', FLOAT, axis(0)), plainColumn('projection_y', FLOAT, axis(1))];
  const view = topics && topicView(topics);
  if (view && view.levels > 0) {
    const names = papers.map((_, i) => view.nodes.get(view.paths[i * view.levels])?.name ?? null);
    columns.push(flatColumn('topic', STRING, names, 'OPTIONAL'));
  }
  if (neighbors && neighbors.k > 0) columns.push(neighborColumn(neighbors, papers.length));
  return columns;
}

/** A struct of two lists. */
function neighborColumn({ k, indices, distances }: Neighbors, n: number): FileColumn {
  const name = '__neighbors';
  const data = Array.from({ length: n }, (_, i) => ({
    ids: Array.from(indices.subarray(i * k, (i + 1) * k)),
    distances: Array.from(distances.subarray(i * k, (i + 1) * k)),
  }));
  const struct: SchemaElement = { name, repetition_type: 'REQUIRED', num_children: 2 };
  const lists = [listColumn('ids', INT32, []), listColumn('distances', FLOAT, [])].flatMap(({ schema }) => schema);
  return { schema: [struct, ...lists], source: { name, data } };
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  while (taken.has(free)) free += ' (column)';
  taken.add(free);
  return free;
}
