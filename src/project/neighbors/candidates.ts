/** For each row up to `most` candidates drawn evenly from those that were offered (reservoir sampling, Vitter 1985). */
export interface CandidateLists {
  readonly most: number;
  readonly rows: Int32Array;
  /** Candidates offered to each row; those held are at most `most`. */
  readonly offered: Int32Array;
}

export function makeCandidateLists(n: number, most: number): CandidateLists {
  return { most, rows: new Int32Array(n * most), offered: new Int32Array(n) };
}

/** Neighbours found so far, as NN-descent holds them: sorted rows of k, and a mark for each. */
export interface Found {
  readonly n: number;
  readonly k: number;
  readonly indices: Int32Array;
  readonly distances: Float32Array;
  /** Of each slot one of `MARK`. */
  readonly marks: Uint8Array;
  /** The distance of each row's last slot. */
  readonly worst: Float32Array;
}

/** What is known of a neighbour: its own neighbours have been looked at, have not, or it was found in this very round. */
export const MARK = { followed: 0, waiting: 1, found: 2 } as const;

/** Index of a slot that is free. */
const FREE = -1;

export function makeFound(n: number, k: number): Found {
  return {
    n,
    k,
    indices: new Int32Array(n * k).fill(FREE),
    distances: new Float32Array(n * k).fill(Number.POSITIVE_INFINITY),
    marks: new Uint8Array(n * k),
    worst: new Float32Array(n).fill(Number.POSITIVE_INFINITY),
  };
}

/**
 * Puts `index` among the k nearest of `row` when it belongs there and is not there yet; 1 then, else 0. Equal distances
 * stand by lower index, so that the outcome of many calls does not depend on their order. A pair must come at the same
 * distance each time. O(k).
 */
export function offerFound(found: Found, row: number, index: number, distance: number): 0 | 1 {
  const { k, indices, distances, marks, worst } = found;
  const first = row * k;
  const last = first + k - 1;
  if (!(distance <= distances[last]) || (distance === distances[last] && index >= indices[last])) return 0;
  let at = first;
  let end = last;
  while (at < end) {
    const middle = (at + end) >> 1;
    if (distances[middle] < distance || (distances[middle] === distance && indices[middle] < index)) at = middle + 1;
    else end = middle;
  }
  // A pair's distance is the same bits whenever it is worked out, so this is where it stands if it is there.
  if (indices[at] === index) return 0;
  for (let slot = last; slot > at; slot--) {
    distances[slot] = distances[slot - 1];
    indices[slot] = indices[slot - 1];
    marks[slot] = marks[slot - 1];
  }
  distances[at] = distance;
  indices[at] = index;
  marks[at] = MARK.found;
  worst[row] = distances[first + k - 1];
  return 1;
}

/** Ends a round: what was found in it waits to be followed. Returns how many neighbours that are. O(n·k). */
export function settleFound({ marks }: Found): number {
  let changes = 0;
  for (let slot = 0; slot < marks.length; slot++) {
    if (marks[slot] !== MARK.found) continue;
    marks[slot] = MARK.waiting;
    changes++;
  }
  return changes;
}

/**
 * Draws for each row new and old candidates among its neighbours and those it is a neighbour of. A neighbour that was
 * drawn for its row as a new one counts as followed. `seed`, not 0, begins the random stream (xorshift, Marsaglia 2003).
 * O(n·k).
 */
export function drawCandidates(found: Found, fresh: CandidateLists, old: CandidateLists, seed: number): void {
  const { n, k, indices, marks } = found;
  fresh.offered.fill(0);
  old.offered.fill(0);
  let state = seed;
  for (let i = 0; i < n; i++) {
    for (let slot = i * k; slot < (i + 1) * k; slot++) {
      const j = indices[slot];
      if (j === FREE) continue;
      const lists = marks[slot] === MARK.followed ? old : fresh;
      state = offer(lists, i, j, state);
      state = offer(lists, j, i, state);
    }
  }
  for (let slot = 0; slot < n * k; slot++) {
    if (marks[slot] !== MARK.followed && holds(fresh, Math.floor(slot / k), indices[slot])) marks[slot] = MARK.followed;
  }
}

function offer({ most, rows, offered }: CandidateLists, row: number, candidate: number, state: number): number {
  const count = offered[row]++;
  if (count < most) {
    rows[row * most + count] = candidate;
    return state;
  }
  let next = state ^ (state << 13);
  next ^= next >>> 17;
  next ^= next << 5;
  const at = Math.floor(((next >>> 0) / 4294967296) * (count + 1));
  if (at < most) rows[row * most + at] = candidate;
  return next;
}

function holds({ most, rows, offered }: CandidateLists, row: number, candidate: number): boolean {
  const end = row * most + Math.min(most, offered[row]);
  for (let at = row * most; at < end; at++) if (rows[at] === candidate) return true;
  return false;
}
