import { readFileSync } from 'node:fs';
import { decodeMapFile } from '../../../src/model/map-file/decode-map-file.ts';
import { dequantizeRows, type Matrix } from '../../../src/model/matrix.ts';
import { loadKernels } from '../../../src/project/kernels/kernels.web.ts';
import { DEFAULT_PROJECT_OPTIONS, type ProjectOptions, spreadOf } from '../../../src/project/layout/engine.ts';
import { groundShare } from '../../../src/project/layout/ground/ground.ts';
import { makeUmapEngine } from '../../../src/project/layout/umap-engine.ts';
import type { ProjectResult } from '../../../src/project/project.api.ts';
import { makeProjectSession } from '../../../src/project/project-session.ts';
import { clusterPapers } from '../../../src/topics/clusters/cluster-papers.ts';
import { vMeasure } from '../report/v-measure.ts';

/** A map's vectors, and one label a paper where a column of the corpus has some. */
export interface Laboratory {
  readonly vectors: Matrix;
  /** The numbers of the labels, −1 for none; null without such a column. */
  readonly labels: Int32Array | null;
}

/** What a layout is measured by. */
export interface LayoutFigures {
  readonly papers: number;
  readonly ground: number;
  readonly kept: number;
  readonly trust: number;
  /** Agreement of the finest topics with the labels; null without labels. */
  readonly topics: number | null;
  readonly seconds: number;
}

/** The vectors of the map file at `path`, and the labels in its column `column`. Throws a StageError when it is none. */
export async function openVectors(path: string, column: string): Promise<Laboratory> {
  const { embedding, corpus } = await decodeMapFile(new Uint8Array(readFileSync(path)).buffer);
  if (!embedding) throw new Error(`${path} holds no vectors`);
  const values = corpus.columns?.find(({ name }) => name === column)?.values;
  const numbers = new Map<unknown, number>();
  const labels =
    values &&
    Int32Array.from(corpus.papers, (_, i) => {
      const value = values[i];
      if (value === null || value === undefined) return -1;
      if (!numbers.has(value)) numbers.set(value, numbers.size);
      return numbers.get(value) ?? -1;
    });
  return { vectors: dequantizeRows(embedding), labels: labels ?? null };
}

/** Lays the vectors out as a run does, but from principal components: as until 0.1 (`old`), or as now. */
export async function layOut({ vectors, labels }: Laboratory, seed: number, old: boolean): Promise<LayoutFigures> {
  const kernels = loadKernels();
  const session = makeProjectSession({
    ...{ kernels, cores: 1, startHelper: null },
    engine: async () => makeUmapEngine(await kernels),
    now: () => performance.now(),
    breathe: () => Promise.resolve(),
    rest: () => Promise.resolve(),
  });
  const { rows, cols, data } = vectors;
  session.begin(rows, cols);
  session.add(
    Int32Array.from({ length: rows }, (_, i) => i),
    data,
  );
  const choice: Partial<ProjectOptions> = old ? { spread: 1, fillsGround: false } : { spread: spreadOf(rows) };
  const nothing = (): void => undefined;
  const began = process.cpuUsage();
  const laid = await session.run({ ...DEFAULT_PROJECT_OPTIONS, seed, ...choice }, nothing, nothing);
  const { user, system } = process.cpuUsage(began);
  return {
    papers: rows,
    ground: groundShare(laid.positions),
    kept: laid.quality?.neighborPreservation ?? Number.NaN,
    trust: laid.quality?.trustworthiness ?? Number.NaN,
    topics: labels && agreement(laid, labels),
    seconds: (user + system) / 1e6,
  };
}

function agreement({ positions, space, neighbors, embedding }: ProjectResult, labels: Int32Array): number {
  const { levels, paths } = clusterPapers({ positions, space, neighbors, embedding });
  return vMeasure(
    labels,
    labels.map((_, i) => paths[i * levels + levels - 1]),
  ).v;
}
