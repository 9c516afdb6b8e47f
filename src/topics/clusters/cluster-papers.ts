import { makePointTree, type NearestPoints, nearestPoints, type PointTree } from '../../math/point-tree.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { type Matrix, matrix, type QuantizedMatrix } from '../../model/matrix.ts';
import type { Cluster, ClusterTree } from '../../model/topics.ts';
import { makeClusterTree } from './cluster-tree.ts';
import { type Joined, joinPapers, leavesOf, makeDensityTree, settleBorders } from './leaves.ts';
import { chooseCounts, dropStrays, findSides, groupsAt, mergeLeaves, supportOf } from './levels.ts';
import { type PaperRows, placeRows, vectorRows } from './paper-rows.ts';
import { makeSpanningTree } from './spanning-tree.ts';

/** The data to cluster; all in paper order. */
export interface ClusterInput {
  /** n×2, finite, in any unit. */
  readonly positions: Float32Array;
  /** n rows, finite: a space whose density is used in place of the map's, such as a layout in more dimensions. */
  readonly space?: Matrix | null;
  /** Nearest papers by meaning; without them every paper's place is trusted. */
  readonly neighbors: Neighbors | null;
  /** Vectors, by which leaves are merged; without them their places decide. */
  readonly embedding: QuantizedMatrix | null;
}

interface ClusterOptions {
  /** Fewest papers of a cluster on the map, before strays leave it; 2 or more. Default: √n/4, at least 3. */
  readonly leastSize?: number;
  /** HDBSCAN's min_samples, including the paper itself; 2 or more. Default: 0.6 of the size, 3…8. */
  readonly samples?: number;
}

/** Number of nearest places used to find which clusters touch and the densest paper of each. */
const NEAREST = 8;
/** A paper that joins over more than this many times the usual core distance is in a sparse area. */
const MAX_REACH = 2.5;

/**
 * Clusters of a map, at several levels. The leaves are those of HDBSCAN's condensed tree of the density on the map
 * (Campello, Moulavi and Sander 2013; McInnes, Healy and Astels 2017). All other papers join the leaf that they reach
 * first along the spanning tree, and papers at borders may change sides by their vectors. Leaves that touch are merged
 * by Ward's criterion on their vectors down to 11 to 14 top topics, and the levels are cut where the gaps are widest. A
 * paper ends in no cluster if few of its neighbours by meaning are in its group, if it is far out on the map, or if it
 * has no vector while others have one. There are no clusters if the density has only one peak.
 *
 * Measured on the sample by V-measure against 13 weak labels, all papers, means of 13 layouts: .561 at the top level,
 * .592 and .586 below, with 94, 90 and 81 % of the five nearest on the map in the same topic; without settled borders
 * .557, .582 and .579 with 96, 93 and 88 %. With eight top topics: .533. In a `space` of UMAP in 5 dimensions (centred
 * vectors, eight layouts): .571, .603 and .593 (map: .550, .583, .578) with 92, 86 and 73 % (map: 94, 90, 81 %); in 10
 * no better; from the neighbours stored in a map .54 at the top. On the vectors themselves 90 % are noise.
 *
 * Pure and without randomness, from +, −, ×, ÷ and √ alone: same input, same bytes. O(n log² n + n·(k + levels·d)) for
 * k neighbours and d columns; 100,000 papers of 384 columns take about two seconds. RangeError when an array does not
 * fit or a place is not finite.
 */
export function clusterPapers(input: ClusterInput, options: ClusterOptions = {}): ClusterTree {
  const n = checkInput(input);
  const papers = papersWithVectors(input.embedding);
  if (papers) return widenTree(clusterPapers(narrowInput(input, papers), options), papers, input.positions);
  const { leastSize = defaultSize(n), samples = defaultSamples(leastSize) } = options;
  checkOptions(leastSize, samples);
  if (n < leastSize * 2) return noClusters(n);
  const places = matrix(input.positions, n, 2);
  const space = input.space ?? places;
  const tree = makePointTree(space);
  const near = nearestPoints(tree, Math.max(NEAREST, samples - 1));
  const cores = squaresAt(near, n, samples - 2);
  const spanning = makeSpanningTree(tree, cores, near);
  const { labels, count } = leavesOf(makeDensityTree(spanning, leastSize));
  if (count === 0) return noClusters(n);
  const joined = joinPapers(spanning, labels);
  const rows = rowsOf(input.embedding, space);
  const nearest = { k: near.k, indices: byIndex(tree, near) };
  const settled = input.embedding ? settleBorders(rows, joined.labels, count, nearest) : joined.labels;
  const sides = findSides(settled, count, spanning, nearest);
  const merges = mergeLeaves(rows, settled, count, sides);
  const counts = chooseCounts(merges);
  const groups = groupsAt(merges, counts, settled);
  const reaches = reachesOf(joined, count, atIndex(tree, cores));
  const sparse = Uint8Array.from(reaches, (reach) => (reach > MAX_REACH ? 1 : 0));
  const support = groups.map((groupOf, level) => supportOf(groupOf, counts[level], input.neighbors));
  const kept = dropStrays(groups, counts, support, { sparse, k: input.neighbors?.k ?? 0 });
  const spread = input.space ? spreadOn(places) : atIndex(tree, squaresAt(near, n, NEAREST - 1));
  return makeClusterTree({ groups, kept, support, reaches, spread, rows });
}

/**
 * Clusters of the papers that have a place (n×2, NaN for none), by their places alone, as of a map in the making. Papers
 * without a place are in none.
 */
export function clusterPlaces(positions: Float32Array): ClusterTree {
  const input: ClusterInput = { positions, neighbors: null, embedding: null };
  const n = positions.length / 2;
  const placed = Int32Array.from({ length: n }, (_, i) => i).filter((i) => !Number.isNaN(positions[2 * i]));
  if (placed.length === n) return clusterPapers(input);
  return widenTree(clusterPapers(narrowInput(input, placed)), placed, positions);
}

/** The number of papers. RangeError when an array does not fit or a place is not finite. */
function checkInput({ positions, space, neighbors, embedding }: ClusterInput): number {
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

function checkOptions(leastSize: number, samples: number): void {
  if (!(leastSize >= 2)) throw new RangeError(`expected a least size of 2 or more, got ${leastSize}`);
  if (!(samples >= 2)) throw new RangeError(`expected 2 samples or more, got ${samples}`);
}

function defaultSize(n: number): number {
  return Math.max(3, Math.round(Math.sqrt(n) / 4));
}

function defaultSamples(leastSize: number): number {
  return Math.max(3, Math.min(8, Math.round(leastSize * 0.6)));
}

function noClusters(n: number): ClusterTree {
  const nearest = new Int32Array(n).fill(-1);
  return { levels: 1, clusters: [], paths: nearest.slice(), confidence: new Float32Array(n), nearest };
}

function rowsOf(embedding: QuantizedMatrix | null, space: Matrix): PaperRows {
  return embedding && embedding.cols > 0 ? vectorRows(embedding) : placeRows(space);
}

/** Squared distance of each paper to the {@link NEAREST}th nearest other paper on the map. */
function spreadOn(places: Matrix): Float64Array {
  const tree = makePointTree(places);
  return atIndex(tree, squaresAt(nearestPoints(tree, NEAREST), places.rows, NEAREST - 1));
}

/** By rank, the squared distance to the neighbour in column `column`, or in the last one if there are fewer. */
function squaresAt({ k, squares }: NearestPoints, n: number, column: number): Float64Array {
  const values = new Float64Array(n);
  const at = Math.min(column, k - 1);
  for (let rank = 0; rank < n; rank++) values[rank] = squares[rank * k + at];
  return values;
}

function atIndex({ order }: PointTree, byRank: Float64Array): Float64Array {
  const values = new Float64Array(byRank.length);
  for (let rank = 0; rank < order.length; rank++) values[order[rank]] = byRank[rank];
  return values;
}

function byIndex({ order }: PointTree, { k, ranks }: NearestPoints): Int32Array {
  const indices = new Int32Array(ranks.length);
  for (let rank = 0; rank < order.length; rank++) {
    for (let c = 0; c < k; c++) indices[order[rank] * k + c] = order[ranks[rank * k + c]];
  }
  return indices;
}

/**
 * The reach over which each paper joined, in usual core distances; 0 for papers of the leaves themselves. The usual one
 * is the larger of the medians of the leaf and of all papers, so that neither all papers of a thin leaf nor all those
 * around a tight one become strays.
 */
function reachesOf({ labels, squares }: Joined, count: number, cores: Float64Array): Float64Array {
  const ofLeaf = Array.from({ length: count }, (): number[] => []);
  squares.forEach((square, i) => {
    if (square === 0) ofLeaf[labels[i]].push(cores[i]);
  });
  const all = medianOf(cores);
  const usual = ofLeaf.map((own) => Math.max(all, medianOf(Float64Array.from(own))));
  return squares.map((square, i) => (usual[labels[i]] > 0 ? Math.sqrt(square / usual[labels[i]]) : 0));
}

/** The median, the upper one of an even number; 0 if there are no values. */
function medianOf(values: Float64Array): number {
  return values.length > 0 ? values.slice().sort()[values.length >> 1] : 0;
}

/**
 * The papers that have a vector, ascending; null when all or none have one. The place of a paper without one means
 * nothing. O(n·d).
 */
function papersWithVectors(embedding: QuantizedMatrix | null): Int32Array | null {
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
function narrowInput({ positions, space, neighbors, embedding }: ClusterInput, papers: Int32Array): ClusterInput {
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

/** The tree of `papers` as one of all n. The others are in no cluster; `nearest` is the top one by its centroid. */
function widenTree(tree: ClusterTree, papers: Int32Array, positions: Float32Array): ClusterTree {
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
