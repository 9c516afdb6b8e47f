import { StageError } from '../model/failure.ts';
import type { Neighbors } from '../model/map-data.ts';
import { normalizeLayout } from '../model/map-data.ts';
import { type Matrix, matrix } from '../model/matrix.ts';
import type { MakeKernels } from '../project/kernels/kernels.ts';
import { fillPlaces, keepOthers, rowsApart, spreadNeighbors, spreadRows } from '../project/layout/apart.ts';
import { DEFAULT_PROJECT_OPTIONS, type ProjectOptions } from '../project/layout/engine.ts';
import { pcaStart } from '../project/layout/starts.ts';
import { makeUmapEngine } from '../project/layout/umap-engine.ts';
import { makeQualityMeter } from '../project/measure/quality.ts';
import { makeNeighborSearch } from '../project/neighbors/neighbor-search.ts';
import { type NeighborSearch, searchAlone } from '../project/neighbors/shared-search.ts';
import { cleanText } from '../text/clean.ts';
import { latentRows } from './latent-rows.ts';
import type { Glide, LexicalApi, OnOutline } from './lexical.api.ts';
import { mixNeighbors } from './mix-neighbors.ts';
import { makeWordCounter, type WordCounter } from './tf-idf.ts';

/** What the session needs from the thread that it runs in. */
interface LexicalSurroundings {
  readonly kernels: Promise<MakeKernels>;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** Lets the thread answer messages. */
  readonly breathe: () => Promise<void>;
}

const NEIGHBORS = 15;
/** With fewer neighbours than this the share kept is mostly chance, and jumps from one picture to the next. */
const MIN_NEIGHBORS = 3;
/** The fastest of the best: neighbours on the sample differ by less than 0.02 between 32, 48, 64 and 128 dimensions. */
const DIMENSIONS = 48;
/** Larger corpora get fewer epochs, since a first picture need not be settled. */
const SETTLED_UP_TO = 2000;
const GLIDE_EPOCHS = 60;
const GLIDE_RATE = 0.3;
const BREATH_MS = 16;
const SHOW_MS = 100;
const QUALITY_ROWS = 8;

/** Holds the texts and vectors of one corpus; see {@link LexicalApi} for each method. */
export function makeLexicalSession(surroundings: LexicalSurroundings): LexicalApi {
  const work = makeWork(surroundings);
  let counter: WordCounter = makeWordCounter();
  let arrivals: Arrivals | null = null;
  let outline: Outline | null = null;

  return {
    async begin() {
      counter = makeWordCounter();
      arrivals = null;
      outline = null;
    },
    async add(texts) {
      let next = 0;
      await work(() => {
        if (next < texts.length) counter.add(cleanText(texts[next++]));
        return next < texts.length;
      });
    },
    async outline(seed, onOutline) {
      const latent = latentRows(counter.rows(), { count: DIMENSIONS, seed });
      counter = makeWordCounter();
      const made = await makeOutline(latent, seed, { work, makeKernels: await surroundings.kernels, onOutline });
      outline = made;
      return made?.positions.slice() ?? null;
    },
    async arrive(indices, vectors) {
      const d = vectors.length / Math.max(1, indices.length);
      arrivals ??= { d, vectors: new Map() };
      for (let i = 0; i < indices.length; i++) arrivals.vectors.set(indices[i], vectors.subarray(i * d, (i + 1) * d));
    },
    async glide() {
      if (!outline) throw new StageError('internal', 'project', 'expected an outline before a glide');
      const { positions, ...rest } = await glideOn(outline, arrivals, {
        work,
        makeKernels: await surroundings.kernels,
      });
      outline = { ...outline, positions };
      return { positions: positions.slice(), ...rest };
    },
  };
}

/** Repeats `step` until it returns false, lets the thread answer between, and calls `look` at most every 100 ms. */
type Work = (step: () => boolean, look?: () => void) => Promise<void>;

interface Tools {
  readonly work: Work;
  readonly makeKernels: MakeKernels;
}

interface Outline {
  readonly options: ProjectOptions;
  readonly neighbors: Neighbors;
  readonly positions: Float32Array;
}

interface Arrivals {
  readonly d: number;
  readonly vectors: Map<number, Float32Array>;
}

function makeWork({ now, breathe }: LexicalSurroundings): Work {
  return async (step, look) => {
    let breathMs = now();
    let showMs = breathMs;
    while (step()) {
      if (now() - breathMs < BREATH_MS) continue;
      if (look && now() - showMs >= SHOW_MS) {
        look();
        showMs = now();
      }
      await breathe();
      breathMs = now();
    }
    await breathe();
  };
}

async function makeOutline(
  latent: Matrix,
  seed: number,
  { work, makeKernels, onOutline }: Tools & { readonly onOutline: OnOutline },
): Promise<Outline | null> {
  const n = latent.rows;
  const epochs = n <= SETTLED_UP_TO ? 500 : 200;
  const options = { ...DEFAULT_PROJECT_OPTIONS, seed, centre: false, epochs };
  const apart = rowsApart(latent, 'cosine', 0);
  const others = keepOthers(latent, apart);
  if (others.rows < 3 || others.cols === 0) return null;
  const start = pcaStart(others, seed);
  const look = (raw: Float32Array): Float32Array =>
    spreadRows(matrix(normalizeLayout(raw), others.rows, 2), apart, Number.NaN).data;
  // The principal axes already give a picture; the neighbours take longer.
  onOutline(look(start));
  const k = Math.min(NEIGHBORS, others.rows - 1);
  const search = searchFor(others, k, { makeKernels, seed });
  await work(() => search.step());
  const found = search.result();
  const run = makeUmapEngine(makeKernels).start({ neighbors: found, n: others.rows, start, options });
  const raw = new Float32Array(others.rows * 2);
  const current = (): Float32Array => {
    run.positions(raw);
    return look(raw);
  };
  await work(
    () => run.step(),
    () => onOutline(current()),
  );
  return { options, neighbors: spreadNeighbors(found, apart), positions: current() };
}

function searchFor(
  m: Matrix,
  k: number,
  { makeKernels, seed }: { makeKernels: MakeKernels; seed: number },
): NeighborSearch {
  return searchAlone(makeNeighborSearch(m, { k, metric: 'cosine', centre: false, seed, shares: 1 }, makeKernels));
}

async function glideOn(
  { options, neighbors, positions }: Outline,
  arrivals: Arrivals | null,
  { work, makeKernels }: Tools,
): Promise<Glide> {
  const arrived = Int32Array.from(arrivals?.vectors.keys() ?? []).sort();
  if (!arrivals || arrived.length < 3) return { positions, arrived: arrived.length, agreement: null };
  const n = positions.length / 2;
  const vectors = arrivedMatrix(arrivals, arrived);
  const k = Math.max(1, Math.min(arrived.length - 1, Math.round((neighbors.k * arrived.length) / n)));
  const search = searchFor(vectors, k, { makeKernels, seed: options.seed });
  await work(() => search.step());
  const mixed = mixNeighbors({ words: neighbors, meaning: search.result(), arrived });
  const run = makeUmapEngine(makeKernels).start({
    neighbors: mixed,
    n,
    start: fillPlaces(positions, mixed),
    isWarm: true,
    options: { ...options, epochs: GLIDE_EPOCHS, learningRate: GLIDE_RATE },
  });
  await work(() => run.step());
  const raw = new Float32Array(n * 2);
  run.positions(raw);
  const moved = normalizeLayout(raw);
  if (k < MIN_NEIGHBORS) return { positions: moved, arrived: arrived.length, agreement: null };
  const shown = Float32Array.from({ length: arrived.length * 2 }, (_, at) => moved[arrived[at >> 1] * 2 + (at & 1)]);
  const meter = makeQualityMeter({ vectors, positions: shown, seed: options.seed, k, makeKernels });
  await work(() => meter.step(QUALITY_ROWS));
  return { positions: moved, arrived: arrived.length, agreement: meter.result()?.neighborPreservation ?? null };
}

function arrivedMatrix({ d, vectors }: Arrivals, arrived: Int32Array): Matrix {
  const out = matrix(new Float32Array(arrived.length * d), arrived.length, d);
  arrived.forEach((paper, r) => {
    const vector = vectors.get(paper);
    if (vector) out.data.set(vector, r * d);
  });
  return out;
}
