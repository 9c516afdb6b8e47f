import type { Random } from '../../math/random.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { sunflower } from '../../model/places.ts';
import type { Metric } from '../neighbors/prepare-vectors.ts';
import type { DensMapOptions } from './density.ts';
import type { SparseGraph } from './fuzzy-graph.ts';

/** Our own UMAP, or umap-js, which is far slower and kept for comparison. */
export type EngineName = 'portolan' | 'umap-js';

/** Where a layout without a given start begins: on two principal components, or on two eigenvectors of the graph. */
export type StartName = 'pca' | 'spectral';

/** Options of a layout, named as in umap-learn 0.5. */
export interface ProjectOptions {
  readonly engine: EngineName;
  /** umap-learn's `init`, whose default is spectral. */
  readonly start: StartName;
  /** The distance between two papers. */
  readonly metric: Metric;
  /** Subtracts the mean of all vectors, each of length 1, for the layout; the result keeps its neighbours. */
  readonly centre: boolean;
  /** Number of principal components used for the layout; null: all columns. */
  readonly components: number | null;
  /** Scales those components to equal variance. */
  readonly whiten: boolean;
  /** umap-learn's `n_neighbors`, which counts the paper itself: 15 means 14 others. */
  readonly neighbors: number;
  /** Minimum distance between points, 0…spread. */
  readonly minDist: number;
  /** Scale of the distances between points: see `spreadOf`. */
  readonly spread: number;
  /** Null: 500 up to 10,000 papers, else 200, as umap-learn does; 200 more for densMAP. */
  readonly epochs: number | null;
  readonly seed: number;
  /** Step length of the first epoch, from which it falls. Usually 1; for a warm start about 0.1. */
  readonly learningRate: number;
  /** Papers that repel for each one that attracts. */
  readonly negativeSampleRate: number;
  /** 1: an edge of either direction counts (fuzzy union); 0: both are needed (intersection). */
  readonly setOpMixRatio: number;
  /** Keeps dense groups denser than sparse ones (densMAP), only in our own engine and in two dimensions; null: off. */
  readonly densMap: DensMapOptions | null;
  /** Dimensions, at least 3, of a second layout by our own engine in which topics can be found; null: only the map. */
  readonly spaceDimensions: number | null;
  /** The given start is the layout: papers keep these places, and those without one are placed beside the map. */
  readonly keepsStart: boolean;
  /** Whether a layout of many papers is moved to fill a canvas (see `fillGround`). */
  readonly fillsGround: boolean;
  /**
   * Threads that search for neighbours, which changes only the time; null: as many as the machine has, at most four,
   * where there are enough papers to gain from it.
   */
  readonly threads: number | null;
}

/**
 * As in umap-learn, but for what was measured on the 468 sample papers (15 neighbours kept, trustworthiness, share of
 * one topic among the 10 nearest; means of three seeds): unchanged 0.374, 0.872, 0.423; centred 0.388, 0.885, 0.465; 64
 * components 0.386, 0.886, 0.467 (but 128 keep only three quarters of the neighbours on 20,000 real vectors); 64
 * whitened 0.287, 0.765, 0.299; Euclidean 0.374, 0.875, 0.425; minDist 0 0.376, 0.877, 0.425. The spectral start
 * matters no more than the seed: centred 0.390, 0.888 against 0.385, 0.886; digits 0.746, 0.981 against 0.746, 0.983.
 */
export const DEFAULT_PROJECT_OPTIONS: ProjectOptions = {
  engine: 'portolan',
  start: 'pca',
  metric: 'cosine',
  centre: true,
  components: null,
  whiten: false,
  neighbors: 15,
  minDist: 0.1,
  spread: 1,
  epochs: null,
  seed: 42,
  learningRate: 1,
  negativeSampleRate: 5,
  setOpMixRatio: 1,
  densMap: null,
  spaceDimensions: null,
  keepsStart: false,
  fillsGround: true,
  threads: null,
};

/** Neighbours kept for every paper: what search and the panel show, and the k of the quality measures. */
export const KEPT_NEIGHBORS = 15;

/** Input of an engine. */
export interface ProjectionInput {
  /** At least `options.neighbors − 1` others for each paper, or n − 1 when there are fewer; any more are not used. */
  readonly neighbors: Neighbors;
  readonly n: number;
  /** n×dimensions in any unit, finite; null for a random start. Not kept. */
  readonly start: Float32Array | null;
  /**
   * Whether `start` is a finished layout of most of these papers: it is then scaled to the unit of the forces, not to
   * the size of a start. Two dimensions; umap-js ignores it. Default false.
   */
  readonly isWarm?: boolean;
  /** Default 2, the only number that umap-js supports. */
  readonly dimensions?: number;
  /** The fuzzy graph of those neighbours, where it exists already; umap-js ignores it. */
  readonly graph?: SparseGraph | null;
  readonly options: ProjectOptions;
}

/** Turns a neighbour graph into a layout. Same input, seed and options give the same positions. */
export interface ProjectionEngine {
  /** As written in the map file. */
  readonly name: EngineName;
  /** Builds the graph, unless the engine does so in the first steps of the run. Works for every n from 0. */
  start(input: ProjectionInput): ProjectionRun;
}

/** One layout under way. */
export interface ProjectionRun {
  readonly epochs: number;
  /** Epochs that are done. */
  readonly epoch: number;
  /**
   * Works a few milliseconds on the graph or an epoch, or does everything where the engine cannot stop in between.
   * False when nothing is left afterwards.
   */
  step(): boolean;
  /** Writes the positions of this moment (n×dimensions, any unit, always finite) into `out`. */
  positions(out: Float32Array): void;
}

/** From so many papers on, a layout has more room and fills its ground. */
export const MANY_PAPERS = 1000;

/**
 * The spread for a layout of `n` papers: 1, umap-learn's default, up to a thousand; 3 from there, which keeps more
 * neighbours at a trustworthiness as high, since a paper with so many others needs more room for its own (15 neighbours
 * kept, trustworthiness, at 1, 2 and 3; the corpora of `npm run bench:layout`): 1,252 abstracts 0.338, 0.899; 0.354,
 * 0.908; 0.360, 0.912. 3,079 short questions 0.583, 0.988; 0.593, 0.988; 0.598, 0.988. 1,004 sentences 0.425, 0.907;
 * 0.438, 0.920; 0.440, 0.918; in German 0.272, 0.783; 0.289, 0.801; 0.285, 0.792.
 */
export function spreadOf(n: number): number {
  return n < MANY_PAPERS ? 1 : 3;
}

/** How many epochs a layout of `n` papers takes. */
export function epochsOf({ epochs, densMap }: ProjectOptions, n: number): number {
  return epochs ?? (n <= 10_000 ? 500 : 200) + (densMap ? 200 : 0);
}

/** Half the longer side of a start, as umap-learn has it for a random one. */
export const START_HALF_SIDE = 10;
/** Separates duplicates, which would otherwise move in step for ever; umap-learn adds the same noise. */
const START_JITTER = 1e-4;
/** Rounding leaves differences of a few millionths between equal vectors. */
const EQUAL = 1e-6;

/** A start (any unit) scaled to ±10, with a little noise. */
export function scaleStart(start: Float32Array, random: Random): Float64Array {
  let peak = 0;
  for (const value of start) peak = Math.max(peak, Math.abs(value));
  const scale = peak > 0 ? START_HALF_SIDE / peak : 0;
  return Float64Array.from(start, (value) => value * scale + (random() - 0.5) * START_JITTER);
}

/** A layout without epochs for fewer than three papers, or for papers all at one point; else null. */
export function restingRun({ n, neighbors, start }: ProjectionInput): ProjectionRun | null {
  if (n >= 3 && !isOnePoint(neighbors.distances, start)) return null;
  const places = sunflower(n);
  return { epochs: 0, epoch: 0, step: () => false, positions: (out) => out.set(places) };
}

/** Whether all papers are equal (within a few millionths), and the start, if there is one, is a single point. */
export function isOnePoint(distances: Float32Array, start: Float32Array | null): boolean {
  if (distances.some((distance) => distance > EQUAL)) return false;
  return start === null || start.every((value, i) => Math.abs(value - start[i % 2]) < EQUAL);
}
