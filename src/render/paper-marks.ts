/** State bits of a paper: see `Renderer.setStates`. A hit is ringed. */
export const HIT = 1;
/** Faded: whatever is not in question. */
export const DIMMED = 2;
/** Ringed in the colour of the selection. */
export const SELECTED = 4;
/** Ringed in the colour of links. */
export const NEIGHBOR = 8;

/** How many of an opened paper's nearest papers are marked, linked and listed. */
export const MAX_MARKED_NEIGHBORS = 10;

/** How many layers papers are drawn in, one above the other. */
export const LAYERS = 5;

/** The layer that papers without any state are in. */
export const NORMAL_LAYER = 1;

/** From here on papers are highlighted: always all of them are drawn, and at full size. */
export const MARKED_LAYER = 2;

/** What a map draws attention to, by indices into its papers; indices beyond the map are skipped. */
export interface Attention {
  /** Papers that are ringed as found, while the rest is dimmed; null while nothing is looked for. */
  readonly hits: Iterable<number> | null;
  /** Papers that stand out without a ring, while the rest is dimmed; null while none do. */
  readonly emphasized: Iterable<number> | null;
  /** 1 for papers that the filters let through, the others are dimmed, hits too; null without filters. */
  readonly passing: Uint8Array | null;
  /** The selected paper's nearest ones: ringed and never dimmed. */
  readonly neighbors: Iterable<number>;
  /** −1 for none. */
  readonly selected: number;
}

/** The state bits of `n` papers. O(n). */
export function paperStates(n: number, { hits, emphasized, passing, neighbors, selected }: Attention): Uint8Array {
  const states = new Uint8Array(n);
  if (hits || emphasized) states.fill(DIMMED);
  for (const index of emphasized ?? []) states[index] = 0;
  for (const index of hits ?? []) states[index] = HIT;
  if (passing) for (let i = 0; i < n; i++) if (passing[i] === 0) states[i] = DIMMED;
  for (const index of neighbors) states[index] = (states[index] & ~DIMMED) | NEIGHBOR;
  if (selected >= 0) states[selected] = (states[selected] & ~DIMMED) | SELECTED;
  return states;
}

/** The layer that a paper of this state is drawn in: dimmed 0, normal 1, neighbour 2, hit 3, selected 4. */
export function layerOf(state: number): number {
  if (state & SELECTED) return 4;
  if (state & HIT) return 3;
  if (state & NEIGHBOR) return 2;
  return state & DIMMED ? 0 : NORMAL_LAYER;
}

/** How many of the first n papers are in each layer; a paper beyond the end of `states` is normal. O(n). */
export function countLayers(states: Uint8Array, n: number): Uint32Array {
  const counts = new Uint32Array(LAYERS);
  const known = Math.min(states.length, n);
  for (let i = 0; i < known; i++) counts[layerOf(states[i])]++;
  counts[NORMAL_LAYER] += n - known;
  return counts;
}
