import {
  type LeadingSearch,
  type LeadingVectors,
  type SymmetricOperator,
  searchLeadingVectors,
} from '../../math/leading-vectors.ts';
import { connectedParts, type Disc, placeFree } from './components.ts';
import { epochsOf, type ProjectionInput } from './engine.ts';
import type { SparseGraph } from './fuzzy-graph.ts';
import { makeGraphRun } from './graph-run.ts';
import { isOnePoint } from './resting-run.ts';
import { makeSchedule } from './schedule.ts';

export interface SpectralInput extends Pick<ProjectionInput, 'n' | 'neighbors' | 'options'> {
  /** n×2 in map units, the PCA start: where the parts of a graph go, and the start when the search does not converge. */
  readonly pca: Float32Array;
}

/** A start in the making. */
export interface SpectralStart {
  /** Works a few milliseconds (at 100,000 papers about 0.1 s). False when nothing is left. */
  step(): boolean;
  /** 0…1, never falling. */
  readonly share: number;
  /** n×2, largest magnitude about 1; the PCA start when the eigenvectors did not converge. For when `step` gave false. */
  positions(): Float32Array;
  /** Whether they did, or there was nothing to seek. */
  readonly isSound: boolean;
  /** The fuzzy graph, for the layout; null where there was nothing to seek. */
  readonly graph: SparseGraph | null;
}

/** Leaves a gap between the discs of two parts. */
const FILL = 0.9;
/** A part of fewer has no two eigenvectors. */
const LEAST_PART = 3;

/**
 * Eigenvectors 2 and 3 of the symmetric normalised Laplacian I − D^(−1/2)·W·D^(−1/2) of the fuzzy graph without the edges
 * that the layout never draws, as umap-learn's `spectral_layout` (Belkin and Niyogi 2003; von Luxburg 2007, section 3.2).
 * A graph in parts: each part by its own eigenvectors, in a disc whose area goes by its number of papers, at the mean of
 * its papers in the PCA start, pushed outwards until no two discs meet (umap-learn takes eigenvectors of the means, or
 * the axes for up to four parts, and no heed of sizes). Scale and noise are the engine's.
 */
export function makeSpectralStart(input: SpectralInput): SpectralStart {
  const { n, neighbors, options, pca } = input;
  if (n < LEAST_PART || isOnePoint(neighbors.distances, pca)) {
    return { step: () => false, share: 1, positions: () => pca, isSound: true, graph: null };
  }
  const building = makeGraphRun(input);
  let graph: SparseGraph | null = null;
  let drawn: SparseGraph | null = null;
  let placing: Placing | null = null;
  return {
    step() {
      if (placing) return placing.step();
      // Each of these is a walk over all edges: one a step.
      if (drawn) placing = placeParts(drawn, pca, options.seed);
      else if (graph) drawn = drawnGraph(graph, epochsOf(options, n));
      else if (!building.step()) graph = building.result();
      return true;
    },
    get share() {
      return placing?.share ?? 0;
    },
    positions: () => placing?.positions() ?? pca,
    get isSound() {
      return placing?.positions() != null;
    },
    get graph() {
      return graph;
    },
  };
}

/** The edges that a layout of so many epochs draws. Their weights by the strongest, which the Laplacian does not see. */
export function drawnGraph(graph: SparseGraph, epochs: number): SparseGraph {
  const { n, starts, tails, intervals } = makeSchedule(graph, epochs);
  return { n, starts, tails, weights: intervals.map((interval) => 1 / interval) };
}

interface Placing {
  step(): boolean;
  readonly share: number;
  /** Null when a part did not converge. */
  positions(): Float32Array | null;
}

/** Lays out the parts of `graph` one after another: a step is one step of a search. */
export function placeParts(graph: SparseGraph, pca: Float32Array, seed: number): Placing {
  const parts = connectedParts(graph);
  const out = new Float32Array(graph.n * 2);
  const local = new Int32Array(graph.n);
  const discs: Disc[] = [];
  let search: LeadingSearch | null = null;
  let isSound = true;
  let placed = 0;

  /** The next part is done; `found` is null for one too small. */
  function place(found: LeadingVectors | null): boolean {
    const rows = parts[discs.length];
    const disc = parts.length === 1 ? null : discFor(rows, graph.n, pca, discs);
    writePart(out, rows, found ? found.vectors : rowOf(rows.length), disc);
    discs.push(disc ?? { x: 0, y: 0, radius: 1 });
    search = null;
    placed += rows.length;
    return discs.length < parts.length;
  }

  return {
    step() {
      if (!isSound || discs.length === parts.length) return false;
      const rows = parts[discs.length];
      if (rows.length < LEAST_PART) return place(null);
      search ??= searchPart(graph, rows, local, seed);
      if (search.step()) return true;
      const found = search.result();
      isSound = found !== null;
      return found !== null && place(found);
    },
    get share() {
      const searched = search ? search.share * parts[discs.length].length : 0;
      return (placed + searched) / Math.max(1, graph.n);
    },
    positions: () => (isSound ? out : null),
  };
}

/** `local` is room for n numbers, which becomes each row's index within the part. */
function searchPart(graph: SparseGraph, rows: Int32Array, local: Int32Array, seed: number): LeadingSearch {
  const n = rows.length;
  const top = new Float64Array(n);
  let [total, edges] = [0, 0];
  for (let r = 0; r < n; r++) {
    local[rows[r]] = r;
    for (let e = graph.starts[rows[r]]; e < graph.starts[rows[r] + 1]; e++) top[r] += graph.weights[e];
    total += top[r];
    edges += graph.starts[rows[r] + 1] - graph.starts[rows[r]];
    top[r] = Math.sqrt(top[r]);
  }
  const [starts, tails, values] = [new Int32Array(n + 1), new Int32Array(edges), new Float64Array(edges)];
  let count = 0;
  for (let r = 0; r < n; r++) {
    for (let e = graph.starts[rows[r]]; e < graph.starts[rows[r] + 1]; e++) {
      const tail = local[graph.tails[e]];
      tails[count] = tail;
      values[count++] = graph.weights[e] / (top[r] * top[tail]);
    }
    starts[r + 1] = count;
  }
  for (let r = 0; r < n; r++) top[r] /= Math.sqrt(total);
  return searchLeadingVectors(sparseOperator(starts, tails, values), { top, count: 2, seed });
}

function sparseOperator(starts: Int32Array, tails: Int32Array, values: Float64Array): SymmetricOperator {
  const n = starts.length - 1;
  return {
    n,
    apply(from, at, out) {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let e = starts[i]; e < starts[i + 1]; e++) sum += values[e] * from[at + tails[e]];
        out[at + i] = sum;
      }
    },
  };
}

function discFor(rows: Int32Array, n: number, pca: Float32Array, placed: readonly Disc[]): Disc {
  let [x, y] = [0, 0];
  for (const row of rows) {
    x += pca[row * 2] / rows.length;
    y += pca[row * 2 + 1] / rows.length;
  }
  return placeFree({ x, y, radius: Math.sqrt(rows.length / n) }, placed);
}

/** One paper at the middle, two side by side: 2×count as eigenvectors come. */
function rowOf(count: number): Float64Array {
  return Float64Array.from({ length: count * 2 }, (_, i) => (count === 2 && i < 2 ? 2 * i - 1 : 0));
}

/** Writes a part (2×rows) so that the largest magnitude is 1, or all of it lies in the disc. */
function writePart(out: Float32Array, rows: Int32Array, part: Float64Array, disc: Disc | null): void {
  const count = rows.length;
  let [peak, reach] = [0, 0];
  for (let r = 0; r < count; r++) {
    const [x, y] = [part[r], part[count + r]];
    peak = Math.max(peak, Math.abs(x), Math.abs(y));
    reach = Math.max(reach, x * x + y * y);
  }
  const size = disc ? Math.sqrt(reach) / (disc.radius * FILL) : peak;
  const scale = size > 0 ? 1 / size : 0;
  for (let r = 0; r < count; r++) {
    out[rows[r] * 2] = part[r] * scale + (disc?.x ?? 0);
    out[rows[r] * 2 + 1] = part[count + r] * scale + (disc?.y ?? 0);
  }
}
