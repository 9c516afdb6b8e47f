import { findRoot, makeSets } from '../../math/disjoint-sets.ts';
import { boxSquare, type NearestPoints, type PointTree, pointSquare, pushParts } from '../../math/point-tree.ts';

/** n − 1 edges that connect all points, shortest first. */
export interface SpanningTree {
  /** The ends of each edge, as indices of points. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** Squared mutual reachability distance of each edge. */
  readonly squares: Float64Array;
  /** Number of distances computed. */
  readonly evaluations: number;
}

/**
 * The minimum spanning tree of the mutual reachability distance max(core(a), core(b), d(a, b)) (Campello, Moulavi and
 * Sander 2013, definition 3) by Borůvka's rounds over the tree. Edges of equal reach are ordered by their length, so
 * that points in general position have only one tree, however they are numbered. `cores`: squared core distance by
 * rank; `neighbors`: at least the nearest of each point, where the search begins. A partner stays valid until it is in
 * the same part, so few points search again in a round, and few of these look beyond the known neighbours. O(n log² n).
 */
export function makeSpanningTree(tree: PointTree, cores: Float64Array, neighbors: NearestPoints): SpanningTree {
  const { n } = tree;
  const search = makeSearch(tree, cores, neighbors);
  const edges = makeEdges(Math.max(0, n - 1));
  while (edges.count < n - 1) {
    markParts(search);
    offerKnown(search);
    for (let rank = 0; rank < n; rank++) if (search.partner[rank] < 0) findPartner(search, rank);
    const { best, partner, parts } = search;
    for (let part = 0; part < n; part++) {
      const from = best[part];
      if (from >= 0 && unite(parts, from, partner[from])) addEdge(search, edges, from);
    }
  }
  return sortEdges(edges, tree.order, search.evaluations);
}

interface Search {
  readonly tree: PointTree;
  readonly cores: Float64Array;
  /** Smallest core distance in each node. */
  readonly nodeCores: Float64Array;
  readonly near: NearestPoints;
  /** Union-find by rank; after `markParts` the root of each rank. */
  readonly parts: Int32Array;
  /** The part that all points of a node are in, −1 when they are in several. */
  readonly nodeParts: Int32Array;
  /** Nearest point in another part, −1 when not known. */
  readonly partner: Int32Array;
  /** Squared reach and length of the edge to the partner; without a partner, lower bounds of both. */
  readonly reach: Float64Array;
  readonly length: Float64Array;
  /** By root: the rank at which the shortest edge out of the part begins, −1 when none is known. */
  readonly best: Int32Array;
  readonly stack: Int32Array;
  evaluations: number;
}

function makeSearch(tree: PointTree, cores: Float64Array, near: NearestPoints): Search {
  const { k, ranks, squares } = near;
  const { n, firstLeaf, starts, ends } = tree;
  const nodeCores = new Float64Array(starts.length).fill(Number.POSITIVE_INFINITY);
  for (let node = nodeCores.length - 1; node >= 0; node--) {
    if (node < firstLeaf) nodeCores[node] = Math.min(nodeCores[node * 2 + 1], nodeCores[node * 2 + 2]);
    else for (let r = starts[node]; r < ends[node]; r++) nodeCores[node] = Math.min(nodeCores[node], cores[r]);
  }
  const partner = new Int32Array(n).fill(-1);
  const reach = cores.slice();
  const length = new Float64Array(n);
  for (let rank = 0; rank < n; rank++) {
    if (k === 0) continue;
    const other = ranks[rank * k];
    length[rank] = squares[rank * k];
    // Only then is the nearest point also the one with the smallest reach.
    if (Math.max(cores[rank], cores[other], length[rank]) === cores[rank]) partner[rank] = other;
  }
  return {
    tree,
    cores,
    nodeCores,
    near,
    parts: makeSets(n),
    nodeParts: new Int32Array(starts.length),
    partner,
    reach,
    length,
    best: new Int32Array(n),
    stack: new Int32Array(64),
    evaluations: 0,
  };
}

function markParts({ tree, parts, nodeParts, partner, best }: Search): void {
  const { n, firstLeaf, starts, ends } = tree;
  for (let rank = 0; rank < n; rank++) parts[rank] = findRoot(parts, rank);
  for (let node = nodeParts.length - 1; node >= 0; node--) {
    if (node < firstLeaf) {
      const one = nodeParts[node * 2 + 1];
      nodeParts[node] = one === nodeParts[node * 2 + 2] ? one : -1;
      continue;
    }
    let part = starts[node] < ends[node] ? parts[starts[node]] : -1;
    for (let r = starts[node]; r < ends[node]; r++) if (parts[r] !== part) part = -1;
    nodeParts[node] = part;
  }
  best.fill(-1);
  for (let rank = 0; rank < n; rank++) {
    if (partner[rank] >= 0 && parts[partner[rank]] === parts[rank]) partner[rank] = -1;
  }
}

function offerKnown(search: Search): void {
  const { partner } = search;
  for (let rank = 0; rank < partner.length; rank++) if (partner[rank] >= 0) offer(search, rank);
}

function offer({ parts, best, reach, length }: Search, rank: number): void {
  const part = parts[rank];
  const held = best[part];
  if (held < 0 || reach[rank] < reach[held] || (reach[rank] === reach[held] && length[rank] < length[held])) {
    best[part] = rank;
  }
}

/** Finds the shortest edge from a point to another part; stops as soon as its own part has a shorter one. */
function findPartner(search: Search, rank: number): void {
  const { parts, best, reach, length, partner } = search;
  const held = best[parts[rank]];
  const [mostReach, mostLength] = held < 0 ? FAR : [reach[held], length[held]];
  if (!isShorter(reach[rank], length[rank], mostReach, mostLength)) return;
  reach[rank] = mostReach;
  length[rank] = mostLength;
  if (!isSettledNear(search, rank)) findFar(search, rank);
  if (partner[rank] >= 0) offer(search, rank);
}

const FAR = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** Searches the known neighbours. Returns whether no other point can be nearer than the one found. */
function isSettledNear({ near, cores, parts, partner, reach, length }: Search, rank: number): boolean {
  const { k, ranks, squares } = near;
  for (let at = rank * k; at < (rank + 1) * k; at++) {
    const other = ranks[at];
    if (parts[other] === parts[rank]) continue;
    const way = Math.max(cores[rank], cores[other], squares[at]);
    if (!isShorter(way, squares[at], reach[rank], length[rank])) continue;
    reach[rank] = way;
    length[rank] = squares[at];
    partner[rank] = other;
  }
  const least = k > 0 ? squares[rank * k + k - 1] : 0;
  return !isShorter(Math.max(cores[rank], least), least, reach[rank], length[rank]);
}

function findFar(search: Search, rank: number): void {
  const { tree, cores, nodeCores, parts, nodeParts, partner, reach, length, stack } = search;
  const { firstLeaf, starts, ends } = tree;
  const part = parts[rank];
  const core = cores[rank];
  let top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const node = stack[--top];
    if (nodeParts[node] === part) continue;
    const far = boxSquare(tree, node, rank);
    if (!isShorter(Math.max(core, far, nodeCores[node]), far, reach[rank], length[rank])) continue;
    if (node < firstLeaf) {
      top = pushParts(tree, node, rank, stack, top);
      continue;
    }
    for (let other = starts[node]; other < ends[node]; other++) {
      if (parts[other] === part) continue;
      search.evaluations++;
      const square = pointSquare(tree, rank, other);
      const way = Math.max(core, cores[other], square);
      if (!isShorter(way, square, reach[rank], length[rank])) continue;
      reach[rank] = way;
      length[rank] = square;
      partner[rank] = other;
    }
  }
}

function isShorter(reach: number, length: number, otherReach: number, otherLength: number): boolean {
  return reach < otherReach || (reach === otherReach && length < otherLength);
}

/** Merges two parts; false when they are already one. */
function unite(parts: Int32Array, one: number, two: number): boolean {
  const [a, b] = [findRoot(parts, one), findRoot(parts, two)];
  if (a === b) return false;
  parts[Math.max(a, b)] = Math.min(a, b);
  return true;
}

interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly reach: Float64Array;
  readonly length: Float64Array;
  count: number;
}

function makeEdges(most: number): Edges {
  const [from, to] = [new Int32Array(most), new Int32Array(most)];
  return { from, to, reach: new Float64Array(most), length: new Float64Array(most), count: 0 };
}

/** Copies the edge at once, since a later round may find another partner for the point. */
function addEdge({ partner, reach, length }: Search, edges: Edges, rank: number): void {
  edges.from[edges.count] = rank;
  edges.to[edges.count] = partner[rank];
  edges.reach[edges.count] = reach[rank];
  edges.length[edges.count] = length[rank];
  edges.count++;
}

function sortEdges({ from, to, reach, length }: Edges, order: Int32Array, evaluations: number): SpanningTree {
  const one = from.map((rank, e) => Math.min(order[rank], order[to[e]]));
  const two = from.map((rank, e) => Math.max(order[rank], order[to[e]]));
  const sorted = from
    .map((_, e) => e)
    .sort((e, f) => reach[e] - reach[f] || length[e] - length[f] || one[e] - one[f] || two[e] - two[f]);
  return {
    a: sorted.map((e) => one[e]),
    b: sorted.map((e) => two[e]),
    squares: Float64Array.from(sorted, (e) => reach[e]),
    evaluations,
  };
}
