import type { Neighbors } from '../model/map-data.ts';

/** Neighbours by words and by meaning. */
interface MixInput {
  /** Nearest papers by shared words, of all papers. */
  readonly words: Neighbors;
  /** Nearest papers by meaning among those that have a vector; row and index r mean the paper `arrived[r]`. */
  readonly meaning: Neighbors;
  /** Papers that have a vector, ascending. */
  readonly arrived: Int32Array;
}

/**
 * Neighbours to lay out by while vectors arrive, `words.k` for each paper. A paper with a vector keeps its `meaning.k`
 * nearest by meaning; the rest are neighbours by words that have no vector yet, since vectors judge the others better.
 * With all vectors there and `meaning.k` = `words.k`, words no longer count. Distances of either kind are divided by
 * the row's last one, which makes them comparable because UMAP scales each row by itself. O(n·k²).
 */
export function mixNeighbors({ words, meaning, arrived }: MixInput): Neighbors {
  const { k } = words;
  const out = { k, indices: words.indices.slice(), distances: new Float32Array(words.distances.length) };
  const hasArrived = new Uint8Array(words.indices.length / Math.max(1, k));
  for (const paper of arrived) hasArrived[paper] = 1;
  for (let i = 0; i < hasArrived.length; i++) {
    const last = lastOf(words, i);
    for (let at = i * k; at < (i + 1) * k; at++) out.distances[at] = words.distances[at] / last;
  }
  const row = makeRow(k);
  arrived.forEach((paper, r) => {
    const last = lastOf(meaning, r);
    row.clear();
    for (let at = r * meaning.k; at < (r + 1) * meaning.k; at++) {
      row.add(arrived[meaning.indices[at]], meaning.distances[at] / last);
    }
    for (const wanted of [0, 1]) {
      for (let at = paper * k; at < (paper + 1) * k; at++) {
        if (hasArrived[words.indices[at]] === wanted) row.add(words.indices[at], out.distances[at]);
      }
    }
    row.write(out, paper * k);
  });
  return out;
}

/** The distance of a row's last neighbour; 1 where that is 0. */
function lastOf({ k, distances }: Neighbors, row: number): number {
  return distances[(row + 1) * k - 1] || 1;
}

interface Row {
  clear(): void;
  /** Ignores a paper that is already there, and any beyond k. */
  add(paper: number, distance: number): void;
  write(out: { readonly indices: Int32Array; readonly distances: Float32Array }, at: number): void;
}

/** A row that is being filled; it is written nearest first. */
function makeRow(k: number): Row {
  const papers = new Int32Array(k);
  const distances = new Float32Array(k);
  let count = 0;
  return {
    clear() {
      count = 0;
    },
    add(paper, distance) {
      if (count === k) return;
      for (let i = 0; i < count; i++) if (papers[i] === paper) return;
      papers[count] = paper;
      distances[count++] = distance;
    },
    write(out, at) {
      for (let i = 0; i < count; i++) {
        let to = i;
        for (; to > 0 && out.distances[at + to - 1] > distances[i]; to--) {
          out.distances[at + to] = out.distances[at + to - 1];
          out.indices[at + to] = out.indices[at + to - 1];
        }
        out.distances[at + to] = distances[i];
        out.indices[at + to] = papers[i];
      }
    },
  };
}
