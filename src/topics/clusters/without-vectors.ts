import type { QuantizedMatrix } from '../../model/matrix.ts';
import type { Cluster, ClusterTree } from '../../model/topics.ts';
import type { ClusterInput } from './cluster-papers.ts';

/**
 * The papers that have a vector, ascending; null when all have one, or none. One without stands on the map wherever
 * there was room, and that says nothing of it. O(n·d).
 */
export function papersWithVectors(embedding: QuantizedMatrix | null): Int32Array | null {
  if (!embedding || embedding.cols === 0) return null;
  const { data, rows, cols } = embedding;
  const having = new Int32Array(rows);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    let at = i * cols;
    while (at < (i + 1) * cols && data[at] === 0) at++;
    if (at < (i + 1) * cols) having[count++] = i;
  }
  return count === 0 || count === rows ? null : having.slice(0, count);
}

/** The input for `papers` alone, renumbered; a neighbour that is not among them becomes −1. */
export function narrowInput(
  { positions, space, neighbors, embedding }: ClusterInput,
  papers: Int32Array,
): ClusterInput {
  const numbers = new Int32Array(positions.length / 2).fill(-1);
  papers.forEach((paper, i) => {
    numbers[paper] = i;
  });
  return {
    positions: pickRows(positions, new Float32Array(papers.length * 2), 2, papers),
    space: space
      ? {
          data: pickRows(space.data, new Float32Array(papers.length * space.cols), space.cols, papers),
          rows: papers.length,
          cols: space.cols,
        }
      : null,
    neighbors: neighbors && {
      k: neighbors.k,
      indices: pickRows(neighbors.indices, new Int32Array(papers.length * neighbors.k), neighbors.k, papers).map(
        (paper) => numbers[paper],
      ),
      distances: pickRows(neighbors.distances, new Float32Array(papers.length * neighbors.k), neighbors.k, papers),
    },
    embedding: embedding && {
      data: pickRows(embedding.data, new Int8Array(papers.length * embedding.cols), embedding.cols, papers),
      scales: pickRows(embedding.scales, new Float32Array(papers.length), 1, papers),
      rows: papers.length,
      cols: embedding.cols,
    },
  };
}

/** The tree of `papers` as one of all n: the others are in no cluster, nearest to the top one whose centroid is. */
export function widenTree(tree: ClusterTree, papers: Int32Array, positions: Float32Array): ClusterTree {
  const n = positions.length / 2;
  const { levels } = tree;
  const clusters = tree.clusters.map((cluster) => ({
    ...cluster,
    centroid: papers[cluster.centroid],
    exemplars: cluster.exemplars.map((paper) => papers[paper]),
    densest: papers[cluster.densest],
  }));
  const paths = new Int32Array(n * levels).fill(-1);
  const confidence = new Float32Array(n);
  const nearest = new Int32Array(n).fill(-1);
  papers.forEach((paper, i) => {
    paths.set(tree.paths.subarray(i * levels, (i + 1) * levels), paper * levels);
    confidence[paper] = tree.confidence[i];
    nearest[paper] = tree.nearest[i];
  });
  const tops = clusters.filter(({ level }) => level === 0);
  for (let i = 0; i < n; i++) if (nearest[i] < 0) nearest[i] = nearestTop(tops, positions, i);
  return { levels, clusters, paths, confidence, nearest };
}

function nearestTop(tops: readonly Cluster[], positions: Float32Array, paper: number): number {
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
  for (const { id, centroid } of tops) {
    const dx = positions[paper * 2] - positions[centroid * 2];
    const dy = positions[paper * 2 + 1] - positions[centroid * 2 + 1];
    const square = dx * dx + dy * dy;
    if (square < least) [nearest, least] = [id, square];
  }
  return nearest;
}

interface Rows<Array> {
  readonly length: number;
  subarray(from: number, to: number): Array;
  set(values: Array, at: number): void;
}

function pickRows<Array extends Rows<Array>>(from: Array, out: Array, cols: number, rows: Int32Array): Array {
  rows.forEach((row, i) => {
    out.set(from.subarray(row * cols, (row + 1) * cols), i * cols);
  });
  return out;
}
