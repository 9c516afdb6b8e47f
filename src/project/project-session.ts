import { StageError } from '../model/failure.ts';
import type { Neighbors, Quality } from '../model/map-data.ts';
import { type Matrix, matrix, quantizeRows } from '../model/matrix.ts';
import { normalizeLayout } from '../model/normalize-layout.ts';
import type { OnProgress, Progress } from '../model/progress.ts';
import { fillPlaces, keepOthers, placeBeside, rowsApart, spreadNeighbors } from './apart.ts';
import { alignTo } from './drift.ts';
import { type EngineName, epochsOf, type ProjectionEngine, type ProjectOptions } from './engine.ts';
import type { MakeKernels } from './kernels.ts';
import { makeExactNeighbors, type NeighborSearch } from './neighbors.ts';
import { makeDescentNeighbors } from './nn-descent.ts';
import { type Axes, pcaStart, placeOnAxes } from './pca-start.ts';
import { prepareVectors } from './prepare-vectors.ts';
import type { OnPreview, ProjectApi, ProjectResult } from './project.api.ts';
import { makeQualityMeter, type QualityInput } from './quality.ts';
import { makeSpectralStart } from './spectral-start.ts';
import { makeTimeLeft } from './time-left.ts';

/** What the session needs of the thread that it runs in. */
export interface ProjectSurroundings {
  readonly engine: (name: EngineName) => Promise<ProjectionEngine>;
  readonly kernels: Promise<MakeKernels>;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** Lets the thread answer messages and fire timers. */
  readonly breathe: () => Promise<void>;
}

export interface ProjectSession {
  begin(n: number, d: number): void;
  add(indices: Int32Array, vectors: Float32Array): void;
  preview(): Float32Array;
  run: ProjectApi['run'];
}

/** Neighbours kept for every paper: what search and the panel show, and what quality is measured at. */
const KEPT_NEIGHBORS = 15;
/** Up to here comparing all pairs is as fast as NN-descent, which misses some (measured: 0.4 s each at d = 384). */
const EXACT_UP_TO = 5000;
/** Longest stretch of work between breaths, a step apart: the length of a frame. */
const BREATH_MS = 16;
/** Time between previews, and between reports of progress: ten a second look live and cost the page little. */
const REPORT_MS = 100;
const QUALITY_ROWS = 8;

/** Holds the vectors of one map while they arrive, and projects them; see `ProjectApi` for each method. */
export function makeProjectSession(surroundings: ProjectSurroundings): ProjectSession {
  let vectors: Matrix | null = null;
  let present = new Uint8Array(0);
  let axes: Axes | null = null;

  return {
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
      return project({ all: whole, start, options }, surroundings, makeReporter(surroundings, onProgress, onPreview));
    },
  };
}

/** A worker that was started anew holds nothing: an empty map would hide that. */
function begun(vectors: Matrix | null): Matrix {
  if (vectors) return vectors;
  throw new StageError('internal', 'project', 'expected begin(n, d) before any other call');
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
  { engine: engineOf, kernels }: ProjectSurroundings,
  reporter: Reporter,
): Promise<ProjectResult> {
  const engine = await engineOf(options.engine);
  const k = Math.max(KEPT_NEIGHBORS, options.neighbors - 1);
  const apart = rowsApart(all, options.metric, k);
  const vectors = keepOthers(all, apart);
  const { kept, followed } = await findNeighbors(vectors, k, { ...options, makeKernels: await kernels }, reporter);
  const given = start ? keepOthers(matrix(start, all.rows, 2), apart).data : null;
  const begin = given ? fillPlaces(given, followed) : await findStart(vectors, followed, options, reporter);
  const layout = await layOut({ engine, start: begin, isWarm: given !== null, neighbors: followed, options }, reporter);
  const fitted = given ? alignTo(layout.positions, given) : null;
  const positions = fitted ? normalizeLayout(fitted.positions) : layout.positions;
  const quality = await measure({ vectors, positions, seed: options.seed, makeKernels: await kernels }, reporter);
  const { seed, minDist, spread } = options;
  return {
    positions: placeBeside(positions, apart),
    neighbors: spreadNeighbors(kept, apart),
    embedding: quantizeRows(all),
    quality,
    info: { engine: engine.name, seed, neighbors: options.neighbors, minDist, spread, epochs: layout.epochs },
    apart,
    drift: fitted?.drift ?? null,
  };
}

interface SearchOptions extends ProjectOptions {
  readonly makeKernels: MakeKernels;
}

/** The neighbours that the map keeps, by the vectors as they are, and those that the layout follows. */
async function findNeighbors(
  vectors: Matrix,
  k: number,
  options: SearchOptions,
  reporter: Reporter,
): Promise<{ kept: Neighbors; followed: Neighbors }> {
  const isChanged = (options.centre && options.metric === 'cosine') || options.components !== null;
  const parts = isChanged ? 2 : 1;
  const found: Neighbors[] = [];
  let search = searchFor(vectors, k, { ...options, centre: false });
  const step = (): boolean => {
    if (search.step()) return true;
    found.push(search.result());
    if (found.length === parts) return false;
    search = searchFor(prepareVectors(vectors, options, options.seed), k, options);
    return true;
  };
  const share = () => (found.length === parts ? 0 : search.done / Math.max(1, search.total));
  const done = () => Math.floor(((found.length + share()) / parts) * vectors.rows);
  await reporter.work(step, { stage: 'finding neighbours', unit: 'papers', total: vectors.rows, done });
  return { kept: found[0], followed: found[parts - 1] };
}

function searchFor(vectors: Matrix, k: number, options: SearchOptions): NeighborSearch {
  return (vectors.rows > EXACT_UP_TO ? makeDescentNeighbors : makeExactNeighbors)(vectors, k, options);
}

async function findStart(
  vectors: Matrix,
  neighbors: Neighbors,
  options: ProjectOptions,
  reporter: Reporter,
): Promise<Float32Array> {
  const pca = pcaStart(vectors, options.seed);
  if (options.start === 'pca') return pca;
  const start = makeSpectralStart({ n: vectors.rows, neighbors, options, pca });
  const total = epochsOf(options, vectors.rows);
  await reporter.work(() => start.step(), { stage: 'laying out', unit: 'epochs', total, done: () => 0 });
  return start.positions();
}

interface LayoutInput {
  readonly engine: ProjectionEngine;
  readonly start: Float32Array;
  readonly isWarm: boolean;
  readonly neighbors: Neighbors;
  readonly options: ProjectOptions;
}

async function layOut(
  { engine, start, isWarm, neighbors, options }: LayoutInput,
  reporter: Reporter,
): Promise<{ positions: Float32Array; epochs: number }> {
  await reporter.preview(() => start);
  const run = engine.start({ neighbors, n: start.length / 2, start, isWarm, options });
  const raw = new Float32Array(start.length);
  const look = (): Float32Array => {
    run.positions(raw);
    return normalizeLayout(raw);
  };
  await reporter.work(() => run.step(), {
    stage: 'laying out',
    unit: 'epochs',
    total: run.epochs,
    done: () => run.epoch,
    look,
  });
  return { positions: look(), epochs: run.epochs };
}

async function measure(input: QualityInput, reporter: Reporter): Promise<Quality | null> {
  const meter = makeQualityMeter(input);
  await reporter.work(() => meter.step(QUALITY_ROWS), {
    stage: 'measuring',
    unit: 'papers',
    total: meter.total,
    done: () => meter.done,
  });
  return meter.result();
}

interface Task extends Pick<Progress, 'stage' | 'unit' | 'total'> {
  readonly done: () => number;
  /** The positions of this moment, where there are any to show. */
  readonly look?: () => Float32Array;
}

interface Reporter {
  /** Repeats `step` until it returns false, with reports and breaths between. */
  work(step: () => boolean, task: Task): Promise<void>;
  /** Shows a picture at once. */
  preview(look: () => Float32Array): Promise<void>;
}

function makeReporter({ now, breathe }: ProjectSurroundings, onProgress: OnProgress, onPreview: OnPreview): Reporter {
  let previewMs = Number.NEGATIVE_INFINITY;

  function show(look: () => Float32Array): void {
    if (now() - previewMs < REPORT_MS) return;
    // A copy: the receiver may transfer it away.
    onPreview(look().slice());
    previewMs = now();
  }

  return {
    async work(step, { stage, unit, total, done, look }) {
      const timeLeft = makeTimeLeft(now);
      let breathMs = now();
      let reportMs = breathMs;
      const report = (): void => onProgress({ stage, done: done(), total, unit, leftMs: timeLeft(done(), total) });
      report();
      while (step()) {
        if (now() - breathMs < BREATH_MS) continue;
        if (now() - reportMs >= REPORT_MS) {
          report();
          reportMs = now();
        }
        if (look) show(look);
        await breathe();
        breathMs = now();
      }
      report();
      await breathe();
    },
    async preview(look) {
      show(look);
      await breathe();
    },
  };
}
