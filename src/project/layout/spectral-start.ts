import { epochsOf, isOnePoint, type ProjectionInput } from './engine.ts';
import { drawnGraph, makeGraphRun, type SparseGraph } from './fuzzy-graph.ts';
import { type Placing, placeParts } from './place-parts.ts';

/** What the start is made of. */
interface SpectralInput extends Pick<ProjectionInput, 'n' | 'neighbors' | 'options'> {
  /** n×2 in map units, the PCA start: where the parts of a graph go, and the start when the search does not converge. */
  readonly pca: Float32Array;
}

/** A start in the making. */
interface SpectralStart {
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

/**
 * Eigenvectors 2 and 3 of the symmetric normalised Laplacian I − D^(−1/2)·W·D^(−1/2) of the fuzzy graph without the edges
 * that the layout never draws, as umap-learn's `spectral_layout` (Belkin and Niyogi 2003; von Luxburg 2007, section 3.2).
 * Each part of a graph that falls apart is laid out by itself: see {@link placeParts}. Scale and noise are the engine's.
 */
export function makeSpectralStart(input: SpectralInput): SpectralStart {
  const { n, neighbors, options, pca } = input;
  if (n < 3 || isOnePoint(neighbors.distances, pca)) {
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
