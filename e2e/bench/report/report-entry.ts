import { readFileSync } from 'node:fs';
import type { MapData } from '../../../src/model/map-data.ts';
import { decodeMapFile } from '../../../src/model/map-file/decode-map-file.ts';
import { dequantizeRows, type Matrix } from '../../../src/model/matrix.ts';
import type { TopicTree } from '../../../src/model/topics.ts';
import { DEFAULT_LAYOUT, projectOptionsOf } from '../../../src/pipeline/layout.ts';
import { loadKernels } from '../../../src/project/kernels/kernels.web.ts';
import { makeUmapEngine } from '../../../src/project/layout/umap-engine.ts';
import { makeProjectSession } from '../../../src/project/project-session.ts';
import { cleanText } from '../../../src/text/clean.ts';
import { clusterPapers } from '../../../src/topics/clusters/cluster-papers.ts';
import { makeTopicSession } from '../../../src/topics/topic-session.ts';
import { type Grouping, groupingAt } from './grouping.ts';
import { tileTopics } from './tile-topics.ts';

export { atlasTopics } from './atlas-topics.ts';
export { labelsOf } from './labels.ts';
export { measure, namesOf, tableOf } from './report-table.ts';

/** A map and its texts, as the report needs them. */
export interface ReportMap {
  readonly map: MapData;
  readonly titles: readonly string[];
  /** What recipes other than ours read: title and text as they came. */
  readonly raw: readonly string[];
  /** What a name is looked for in: title and text as they came and cleaned, so that no recipe suffers from the cleaning. */
  readonly searched: readonly string[];
}

/** The map file at `path`. Throws a StageError when it is none. */
export async function openMap(path: string): Promise<ReportMap> {
  const map = await decodeMapFile(new Uint8Array(readFileSync(path)).buffer);
  const { papers } = map.corpus;
  return {
    map,
    titles: papers.map(({ title }) => title),
    raw: papers.map(({ title, text }) => `${title}. ${text}`),
    searched: papers.map(({ title, text }) => [title, text, cleanText(title), cleanText(text)].join('\n')),
  };
}

/** The topics that the map file holds, one grouping a level; none when it holds none. */
export function storedTopics({ map }: ReportMap): readonly Grouping[] {
  return map.topics ? levelsOf(map.topics, 'Portolan, stored', null) : [];
}

/**
 * The topics found again on the map's places, neighbours and vectors, names by the words alone: the model that compares
 * phrases with papers runs in a browser. With `space`, in that and not on the places. `clusterSeconds`: the clusters alone, a second time.
 */
export function topicsAnew(
  { map }: ReportMap,
  space: Matrix | null = null,
): { levels: readonly Grouping[]; clusterSeconds: number } {
  const { positions, neighbors, embedding, corpus } = map;
  const titles = corpus.papers.map(({ title }) => title);
  const texts = corpus.papers.map(({ text }) => text);
  const session = makeTopicSession();
  const { result, seconds } = timed(() => {
    session.find({ positions, space, neighbors, embedding, titles, texts });
    return session.name(null);
  });
  const clusters = timed(() => clusterPapers({ positions, space, neighbors, embedding }));
  return {
    levels: levelsOf(result, space ? `Portolan, in ${space.cols} dimensions` : 'Portolan, found anew', seconds),
    clusterSeconds: clusters.seconds,
  };
}

/**
 * The map's papers laid out once more by its vectors and seed in the dimensions that `umap5` stands for. Null where it
 * holds no vectors.
 */
export async function spaceOf({ map }: ReportMap): Promise<Matrix | null> {
  if (!map.embedding) return null;
  const { rows, cols } = map.embedding;
  const kernels = loadKernels();
  const session = makeProjectSession({
    ...{ kernels, cores: 1, startHelper: null },
    engine: async () => makeUmapEngine(await kernels),
    now: () => performance.now(),
    breathe: () => Promise.resolve(),
    rest: () => Promise.resolve(),
  });
  session.begin(rows, cols);
  session.add(
    Int32Array.from({ length: rows }, (_, i) => i),
    dequantizeRows(map.embedding).data,
  );
  const seed = map.info.project?.seed ?? DEFAULT_LAYOUT.seed;
  const options = projectOptionsOf({ ...DEFAULT_LAYOUT, topics: 'umap5', seed }, rows);
  const { space } = await session.run(
    options,
    () => undefined,
    () => undefined,
  );
  return space;
}

/** WizMap's recipe on the map. */
export function tileGrouping({ map, raw }: ReportMap): Grouping {
  const { result, seconds } = timed(() => tileTopics(map.positions, raw));
  return { recipe: 'WizMap’s recipe', ...result, seconds };
}

function levelsOf(tree: TopicTree, recipe: string, seconds: number | null): Grouping[] {
  return Array.from({ length: tree.levels }, (_, level) =>
    groupingAt(tree, level, `${recipe}, level ${level + 1}`, seconds),
  );
}

function timed<Result>(work: () => Result): { result: Result; seconds: number } {
  const began = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(began);
  return { result, seconds: (user + system) / 1e6 };
}
