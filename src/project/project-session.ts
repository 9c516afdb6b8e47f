import { StageError } from '../model/failure.ts';
import type { Neighbors, ProjectInfo } from '../model/map-data.ts';
import { type Matrix, matrix, quantizeRows } from '../model/matrix.ts';
import type { MakeKernels } from './kernels/kernels.ts';
import { keepOthers, rowsApart, spreadNeighbors, spreadRows } from './layout/apart.ts';
import { type EngineName, KEPT_NEIGHBORS, type ProjectionEngine, type ProjectOptions } from './layout/engine.ts';
import { type Laid, makeLayout } from './layout/make-layout.ts';
import { type Axes, placeOnAxes } from './layout/starts.ts';
import { layOutSpace } from './layout/umap-engine.ts';
import { keptNeighbors } from './measure/map-neighbors.ts';
import { measureQuality } from './measure/quality.ts';
import { type SearchHelper, searchTogether } from './neighbors/neighbor-search.ts';
import { prepareVectors } from './neighbors/prepare-vectors.ts';
import type { ProjectApi, ProjectResult } from './project.api.ts';
import { makeGate, makeReporter, type Reporter, type ReporterClock } from './reporter.ts';

/** What the session needs from the thread that it runs in. */
interface ProjectSurroundings extends ReporterClock {
  readonly engine: (name: EngineName) => Promise<ProjectionEngine>;
  readonly kernels: Promise<MakeKernels>;
  /** Number of threads that the machine can run at once. */
  readonly cores: number;
  /** Starts another thread for the search of neighbours; null where none can be started. */
  readonly startHelper: (() => SearchHelper) | null;
  /** Leaves the core to others for a few milliseconds. */
  readonly rest: () => Promise<void>;
}

/** The vectors of one map being made; see `ProjectApi` for each method. */
export interface ProjectSession {
  begin(n: number, d: number): void;
  add(indices: Int32Array, vectors: Float32Array): void;
  preview(): Float32Array;
  run: ProjectApi['run'];
  pause(): void;
  resume(): void;
}

/**
 * With fewer papers the search takes about as long as starting a second thread. Wall-clock time on two busy cores, best
 * of eight: with 3,000 papers one thread took 0.94 of the time of two, with 5,000 1.08, with 20,000 1.13.
 */
const HELP_FROM = 4000;
/** More threads would wait for one another rather than work. */
const MAX_THREADS = 4;
/** Limit for all helpers together: each holds the vectors as received and a copy in the format of the kernels. */
const HELP_BYTES = 400e6;

/** Holds the vectors of one map while they arrive, and projects them; see `ProjectApi` for each method. */
export function makeProjectSession(surroundings: ProjectSurroundings): ProjectSession {
  let vectors: Matrix | null = null;
  let present = new Uint8Array(0);
  let axes: Axes | null = null;
  const gate = makeGate();

  return {
    pause: () => gate.shut(),
    resume: () => gate.open(),
    begin(n, d) {
      vectors = matrix(new Float32Array(n * d), n, d);
      present = new Uint8Array(n);
      axes = null;
    },
    add(indices, added) {
      addRows(begun(vectors), indices, added);
      for (const index of indices) present[index] = 1;
    },
    preview() {
      const placed = placeOnAxes(begun(vectors), arrivedRows(present), axes);
      axes = placed.axes;
      return placed.positions;
    },
    async run(options, onProgress, onPreview, start = null) {
      const whole = begun(vectors);
      const arrived = arrivedRows(present).length;
      if (arrived < whole.rows) {
        throw new StageError('internal', 'project', `expected vectors of ${whole.rows} papers, got ${arrived}`);
      }
      gate.open();
      const reporter = makeReporter(surroundings, { onProgress, onPreview, gate });
      return project({ all: whole, start, options }, surroundings, reporter);
    },
  };
}

/** A restarted worker holds nothing: its predecessor's vectors are gone, and an empty map would hide that. */
function begun(vectors: Matrix | null): Matrix {
  if (vectors) return vectors;
  throw new StageError('worker-died', 'project', 'expected begin(n, d) before any other call');
}

function addRows(vectors: Matrix, indices: Int32Array, added: Float32Array): void {
  const { rows, cols } = vectors;
  if (added.length !== indices.length * cols) {
    const message = `expected ${indices.length}×${cols} = ${indices.length * cols} values, got ${added.length}`;
    throw new StageError('internal', 'project', message);
  }
  const wrong = indices.find((index) => index < 0 || index >= rows);
  if (wrong !== undefined)
    throw new StageError('internal', 'project', `expected a paper of 0…${rows - 1}, got ${wrong}`);
  for (let i = 0; i < indices.length; i++) {
    vectors.data.set(added.subarray(i * cols, (i + 1) * cols), indices[i] * cols);
  }
}

function arrivedRows(present: Uint8Array): Int32Array {
  return Int32Array.from(present.keys()).filter((row) => present[row] === 1);
}

interface ProjectOrder {
  readonly all: Matrix;
  readonly start: Float32Array | null;
  readonly options: ProjectOptions;
}

async function project(
  { all, start, options }: ProjectOrder,
  surroundings: ProjectSurroundings,
  reporter: Reporter,
): Promise<ProjectResult> {
  const makeKernels = await surroundings.kernels;
  const engine = await surroundings.engine(options.engine);
  const k = Math.max(KEPT_NEIGHBORS, options.neighbors - 1);
  const apart = rowsApart(all, options.metric, k);
  const vectors = keepOthers(all, apart);
  const threads = threadsFor(vectors, options, surroundings);
  const helpers = Array.from({ length: threads - 1 }, () => surroundings.startHelper?.() ?? []).flat();
  const { now, rest } = surroundings;
  // Nothing follows other neighbours where nothing is laid out.
  const asIs = options.keepsStart && !options.spaceDimensions ? { centre: false, components: null } : {};
  const searching = { ...options, ...asIs, makeKernels, helpers, now, rest };
  const { kept, followed } = await findNeighbors(vectors, k, searching, reporter).finally(() => {
    for (const helper of helpers) helper.close();
  });
  const input = { vectors, followed, start, apart, engine, options };
  const laid = await makeLayout(input, reporter);
  const where = keepOthers(matrix(laid.positions, all.rows, 2), apart).data;
  const quality = await measureQuality({ vectors, positions: where, seed: options.seed, makeKernels }, reporter);
  const shares = quality && matrix(keptNeighbors(kept, where, quality.k), vectors.rows, 1);
  const dimensions = options.spaceDimensions;
  const spatial = dimensions && { n: vectors.rows, neighbors: followed, options, dimensions, makeKernels };
  const space = spatial ? await layOutSpace(spatial, reporter) : null;
  return {
    positions: laid.positions,
    neighbors: spreadNeighbors(kept, apart),
    embedding: quantizeRows(all),
    quality,
    preservation: shares && spreadRows(shares, apart, Number.NaN).data,
    space: space && spreadRows(space, apart),
    info: infoOf(options, laid),
    apart,
    drift: laid.drift,
    start: laid.start,
    threads: helpers.length + 1,
  };
}

/** Everything that decides a layout, as written in the map file. */
function infoOf(options: ProjectOptions, { engine, epochs, start, filled }: Laid): ProjectInfo {
  const { seed, neighbors, minDist, spread, metric, centre, components, whiten, spaceDimensions } = options;
  const { learningRate, negativeSampleRate, setOpMixRatio } = options;
  // umap-js has no density term.
  const densMap = engine === 'portolan' ? options.densMap : null;
  const vectors = { metric, centre, components, whiten };
  return {
    engine,
    epochs,
    start,
    seed,
    neighbors,
    minDist,
    spread,
    ...vectors,
    learningRate,
    negativeSampleRate,
    setOpMixRatio,
    densMap,
    ...(spaceDimensions ? { spaceDimensions } : {}),
    ...(filled ? { filled } : {}),
  };
}

/** Number of threads worth using: each holds a copy of the vectors, and takes a while to start. */
function threadsFor({ rows, cols }: Matrix, { threads }: ProjectOptions, surroundings: ProjectSurroundings): number {
  if (!surroundings.startHelper) return 1;
  if (threads !== null) return Math.max(1, Math.floor(threads));
  if (rows < HELP_FROM) return 1;
  const copies = Math.floor(HELP_BYTES / (rows * cols * 8));
  return Math.max(1, Math.min(MAX_THREADS, surroundings.cores, copies + 1));
}

interface SearchOptions extends ProjectOptions {
  readonly makeKernels: MakeKernels;
  readonly helpers: readonly SearchHelper[];
  readonly now: () => number;
  readonly rest: () => Promise<void>;
}

/** The neighbours that the map keeps, by the vectors as they are, and those that the layout follows. */
async function findNeighbors(
  vectors: Matrix,
  k: number,
  { metric, seed, helpers, makeKernels, now, rest, ...options }: SearchOptions,
  reporter: Reporter,
): Promise<{ kept: Neighbors; followed: Neighbors }> {
  const isCentred = options.centre && metric === 'cosine';
  const parts = isCentred || options.components !== null ? 2 : 1;
  let [found, share] = [0, 0];
  const done = (): number => Math.floor(((found + share) / parts) * vectors.rows);
  const work = reporter.begin({ stage: 'finding neighbours', unit: 'papers', total: vectors.rows, done });
  const onShare = (done: number): void => {
    share = done;
  };
  const search = async (among: Matrix, centre: boolean): Promise<Neighbors> => {
    const order = { k, metric, centre, seed };
    const neighbors = await searchTogether({ vectors: among, order, makeKernels, helpers, work, now, rest, onShare });
    [found, share] = [found + 1, 0];
    return neighbors;
  };
  const kept = await search(vectors, false);
  const followed = parts === 1 ? kept : await search(prepareVectors(vectors, options, seed), options.centre);
  await work(() => false);
  return { kept, followed };
}
