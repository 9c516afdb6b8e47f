import { StageError } from '../../model/failure.ts';
import { type Neighbors, normalizeLayout } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import { setBeside } from '../../model/places.ts';
import { alignTo } from '../measure/compare-layouts.ts';
import type { ProjectResult } from '../project.api.ts';
import type { Reporter } from '../reporter.ts';
import { fillPlaces, keepOthers, placeBeside } from './apart.ts';
import type { ProjectionEngine, ProjectOptions, StartName } from './engine.ts';
import type { SparseGraph } from './fuzzy-graph.ts';
import { fillGround } from './ground/fill-ground.ts';
import { makeSpectralStart, pcaStart } from './starts.ts';

/** What a layout is made of. */
interface LayoutOrder {
  /** Those of the papers that are not apart. */
  readonly vectors: Matrix;
  /** Their neighbours. */
  readonly followed: Neighbors;
  /** n×2 in map units, NaN for none. */
  readonly start: Float32Array | null;
  /** Papers whose vector has no direction. */
  readonly apart: Int32Array;
  readonly engine: ProjectionEngine;
  readonly options: ProjectOptions;
}

/** A layout of all papers, and how it came about. */
export interface Laid extends Pick<ProjectResult, 'positions' | 'drift' | 'start'> {
  readonly engine: string;
  readonly epochs: number;
  /** Whether its ground was filled: see `fillGround`. */
  readonly filled: boolean;
}

/** The name of a layout that was not made here, as written in the map file. */
const GIVEN_ENGINE = 'given';

/**
 * Places for all papers, in map units: by the engine from its start, or, when the options say that the start is kept,
 * the start itself.
 */
export async function makeLayout(order: LayoutOrder, reporter: Reporter): Promise<Laid> {
  return order.options.keepsStart ? keepStart(order) : layOutFresh(order, reporter);
}

/** The given places as they are, whether or not a paper has a vector; papers without one stand beside the map. */
function keepStart({ start, vectors, apart }: LayoutOrder): Laid {
  const n = vectors.rows + apart.length;
  if (start?.length !== n * 2) {
    throw new StageError('internal', 'project', `expected ${n} places to keep, got ${(start?.length ?? 0) / 2}`);
  }
  const unplaced = Int32Array.from({ length: n }, (_, i) => i).filter(
    (i) => !(Number.isFinite(start[i * 2]) && Number.isFinite(start[i * 2 + 1])),
  );
  const positions = setBeside(start, unplaced);
  return { positions, drift: null, start: 'given', engine: GIVEN_ENGINE, epochs: 0, filled: false };
}

async function layOutFresh(
  { vectors, followed, start, apart, engine, options }: LayoutOrder,
  reporter: Reporter,
): Promise<Laid> {
  const n = vectors.rows + apart.length;
  const given = start ? keepOthers(matrix(start, n, 2), apart).data : null;
  const begin: Start = given
    ? { positions: fillPlaces(given, followed), name: 'given', graph: null }
    : await findStart(vectors, followed, options, reporter);
  const layout = await layOut({ engine, begin, neighbors: followed, options }, reporter);
  const fitted = given ? alignTo(layout.positions, given) : null;
  const laid = fitted ? normalizeLayout(fitted.positions) : layout.positions;
  const positions = await fill({ laid, neighbors: followed, options, epochs: layout.epochs }, reporter);
  const drift = fitted?.drift ?? null;
  return {
    positions: placeBeside(positions, apart),
    drift,
    start: begin.name,
    engine: engine.name,
    epochs: layout.epochs,
    filled: positions !== laid,
  };
}

interface FillOrder {
  readonly laid: Float32Array;
  readonly neighbors: Neighbors;
  readonly options: ProjectOptions;
  readonly epochs: number;
}

/** The layout in map units with its ground filled; the picture of it is shown at once. */
async function fill({ laid, neighbors, options, epochs }: FillOrder, reporter: Reporter): Promise<Float32Array> {
  if (!options.fillsGround) return laid;
  // densMAP's densities are to be read from the map.
  const filling = fillGround({ positions: laid, neighbors, stretches: options.densMap === null });
  const done = (): number => epochs;
  await reporter.work(() => filling.step(), { stage: 'laying out', unit: 'epochs', total: epochs, done });
  const filled = filling.positions();
  if (filled === laid) return laid;
  const positions = normalizeLayout(Float32Array.from(filled));
  await reporter.preview(() => positions);
  return positions;
}

interface Start {
  readonly positions: Float32Array;
  readonly name: StartName | 'given';
  /** The fuzzy graph, where it has been made already. */
  readonly graph: SparseGraph | null;
}

async function findStart(
  vectors: Matrix,
  neighbors: Neighbors,
  options: ProjectOptions,
  reporter: Reporter,
): Promise<Start> {
  const pca = pcaStart(vectors, options.seed);
  if (options.start === 'pca') return { positions: pca, name: 'pca', graph: null };
  const n = vectors.rows;
  const start = makeSpectralStart({ n, neighbors, options, pca });
  const done = (): number => Math.floor(start.share * n);
  await reporter.work(() => start.step(), { stage: 'finding the start', unit: 'papers', total: n, done });
  return { positions: start.positions(), name: start.isSound ? 'spectral' : 'pca', graph: start.graph };
}

interface LayoutInput {
  readonly engine: ProjectionEngine;
  readonly begin: Start;
  readonly neighbors: Neighbors;
  readonly options: ProjectOptions;
}

async function layOut(
  { engine, begin, neighbors, options }: LayoutInput,
  reporter: Reporter,
): Promise<{ positions: Float32Array; epochs: number }> {
  const { positions: start, name, graph } = begin;
  await reporter.preview(() => start);
  const run = engine.start({ neighbors, n: start.length / 2, start, isWarm: name === 'given', graph, options });
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
