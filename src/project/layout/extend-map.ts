import type { Neighbors } from '../../model/map-data.ts';
import { dequantizeRows, type Matrix, matrix, type QuantizedMatrix, quantizeRows } from '../../model/matrix.ts';
import type { MakeKernels } from '../kernels/kernels.ts';
import { keptNeighbors } from '../measure/map-neighbors.ts';
import { measureQuality } from '../measure/quality.ts';
import { makeNeighborJoin, type NeighborJoin, nearestAmong } from '../neighbors/join-neighbors.ts';
import { makeNeighborSearch } from '../neighbors/neighbor-search.ts';
import { isVector } from '../neighbors/prepare-vectors.ts';
import { searchAlone } from '../neighbors/shared-search.ts';
import type { ExtendedMap, MapToExtend } from '../project.api.ts';
import type { Reporter, Task } from '../reporter.ts';
import { keepOthers, rowsApart } from './apart.ts';
import { KEPT_NEIGHBORS, type ProjectOptions } from './engine.ts';
import { scaleOfMap } from './layout-scale.ts';
import { placePapers } from './place-papers.ts';

/** Papers without a direction go to the lower right corner of the map, this far from one another. */
const CORNER_STEP = 0.01;
/** Nearest old papers reported for each new one: their topics decide its topic. */
const BESIDE = 5;

/**
 * Adds papers to a finished map, behind its own, none of which moves: see {@link placePapers}. A position beyond the
 * map's −1…1 is moved to its edge, since a file that holds one is scaled when read. Neighbours of all papers and
 * quality are those of the whole map, by the int8 vectors of the file. Same input, same bytes. 2·m·n dot products of
 * length d for m new among n papers, plus the quality. RangeError when vectors or positions do not fit.
 */
export async function extendMap(
  { positions: places, neighbors: given, embedding: held, added, options }: MapToExtend,
  makeKernels: MakeKernels,
  reporter: Reporter,
): Promise<ExtendedMap> {
  const embedding = appendRows(held, quantizeRows(added));
  const all = dequantizeRows(embedding);
  const { rows: n, cols } = all;
  const old = matrix(all.data.subarray(0, held.rows * cols), held.rows, cols);
  const fresh = matrix(all.data.subarray(held.rows * cols), added.rows, cols);
  const searching: Searching = { seed: options.seed, makeKernels, reporter };
  const known = given ?? (await searchAll(old, Math.min(KEPT_NEIGHBORS, old.rows - 1), searching));
  const join = makeNeighborJoin({ old, known, added: fresh }, { makeKernels });
  await reporter.work(() => join.step(), tellSearch(join, n));
  const placed = placeAmong({ places, known, nearest: join.amongOld(), fresh, options, makeKernels });
  const positions = matrix(new Float32Array(n * 2), n, 2);
  positions.data.set(places);
  positions.data.set(placed, places.length);
  // A small map has stored fewer neighbours than there are papers now.
  const k = Math.min(KEPT_NEIGHBORS, n - 1);
  const neighbors = known.k >= k ? join.result() : await searchAll(all, k, searching);
  const apart = rowsApart(all, 'cosine', k);
  const [vectors, where] = [keepOthers(all, apart), keepOthers(positions, apart).data];
  const quality = await measureQuality({ vectors, positions: where, seed: options.seed, makeKernels }, reporter);
  const preservation = quality && keptNeighbors(neighbors, positions.data, quality.k);
  if (preservation) for (const row of apart) preservation[row] = Number.NaN;
  const beside = nearestAmong(matrix(placed, added.rows, 2), matrix(places, old.rows, 2), BESIDE, {
    makeKernels,
    metric: 'euclidean',
  });
  return { positions: positions.data, neighbors, embedding, quality, preservation, beside };
}

interface Searching {
  readonly seed: number;
  readonly makeKernels: MakeKernels;
  readonly reporter: Reporter;
}

async function searchAll(m: Matrix, k: number, { seed, makeKernels, reporter }: Searching): Promise<Neighbors> {
  const order = { k, metric: 'cosine', centre: false, seed, shares: 1 } as const;
  const search = searchAlone(makeNeighborSearch(m, order, makeKernels));
  await reporter.work(() => search.step(), tellSearch(search, m.rows));
  return search.result();
}

function tellSearch(search: Pick<NeighborJoin, 'done' | 'total'>, papers: number): Task {
  const done = (): number => Math.floor((search.done / Math.max(1, search.total)) * papers);
  return { stage: 'finding neighbours', unit: 'papers', total: papers, done };
}

interface PlaceOrder {
  /** Positions of the map's own papers. */
  readonly places: Float32Array;
  readonly known: Neighbors;
  /** Neighbours of the new papers among the map's own. */
  readonly nearest: Neighbors;
  readonly fresh: Matrix;
  readonly options: ProjectOptions;
  readonly makeKernels: MakeKernels;
}

function placeAmong({ places, known, nearest, fresh, options, makeKernels }: PlaceOrder): Float32Array {
  const scale = scaleOfMap(known, places, options);
  const kernels = makeKernels();
  const input = { neighbors: nearest, n: fresh.rows, anchors: places, scale, options, kernels };
  const placed = placePapers(input).map((value) => Math.max(-1, Math.min(1, value)));
  let cornered = 0;
  for (let i = 0; i < fresh.rows; i++) {
    if (isVector(fresh, i, 'cosine')) continue;
    placed[i * 2] = 1;
    placed[i * 2 + 1] = Math.min(1, -1 + CORNER_STEP * cornered++);
  }
  return placed;
}

function appendRows(a: QuantizedMatrix, b: QuantizedMatrix): QuantizedMatrix {
  if (a.cols !== b.cols) throw new RangeError(`expected vectors of ${a.cols} numbers, got ${b.cols}`);
  const rows = a.rows + b.rows;
  const [data, scales] = [new Int8Array(rows * a.cols), new Float32Array(rows)];
  data.set(a.data);
  data.set(b.data, a.data.length);
  scales.set(a.scales);
  scales.set(b.scales, a.rows);
  return { data, scales, rows, cols: a.cols };
}
