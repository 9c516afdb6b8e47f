import type { Neighbors } from '../../model/map-data.ts';
import type { Matrix, QuantizedMatrix } from '../../model/matrix.ts';

export interface ClusterInput {
  /** n×2, finite, in any unit. */
  readonly positions: Float32Array;
  /** n rows, finite: where dense areas are looked for in place of the map, such as a layout in more dimensions. */
  readonly space?: Matrix | null;
  /** Nearest papers by meaning; without them every paper is believed to stand where it belongs. */
  readonly neighbors: Neighbors | null;
  /** Vectors, by which leaves are put together; without them their places decide. */
  readonly embedding: QuantizedMatrix | null;
}

/** The number of papers. RangeError when an array does not fit or a place is not finite. */
export function checkInput({ positions, space, neighbors, embedding }: ClusterInput): number {
  const n = positions.length / 2;
  if (!Number.isInteger(n)) throw new RangeError(`expected pairs of numbers, got ${positions.length} numbers`);
  if (neighbors && neighbors.indices.length !== n * neighbors.k) {
    throw new RangeError(`expected ${n}×${neighbors.k} neighbours, got ${neighbors.indices.length}`);
  }
  if (embedding && (embedding.rows !== n || embedding.data.length !== n * embedding.cols)) {
    throw new RangeError(`expected vectors of ${n} papers, got ${embedding.rows}`);
  }
  if (space && (space.rows !== n || space.data.length !== n * space.cols)) {
    throw new RangeError(`expected a space of ${n} papers, got ${space.rows}`);
  }
  const stray = space ? space.data.findIndex((value) => !Number.isFinite(value)) : -1;
  if (space && stray >= 0) throw new RangeError(`expected a finite space, got ${space.data[stray]}`);
  const wrong = positions.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new RangeError(`expected finite places, got ${positions[wrong]} for paper ${wrong >> 1}`);
  return n;
}
