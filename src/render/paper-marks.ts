/** The state bits of a paper: see `Renderer.setStates`. */
export const MARK = {
  /** Ringed. */
  hit: 1,
  /** Faded, because other papers are in focus. */
  dimmed: 2,
  /** Ringed in the colour of the selection. */
  selected: 4,
  /** Ringed in the colour of links. */
  neighbor: 8,
} as const;

/** How many nearest papers of an opened paper are marked, linked and listed. */
export const MAX_MARKED_NEIGHBORS = 10;

/** Number of layers in which papers are drawn, one above the other. */
export const LAYERS = 5;

/** The layer of papers without any state. */
export const NORMAL_LAYER = 1;

/** The lowest layer of highlighted papers, which are always all drawn, and larger. */
export const MARKED_LAYER = 2;

/** What a map draws attention to, by indices into its papers; indices beyond the map are skipped. */
export interface Attention {
  /** Papers ringed as found, while the rest is dimmed; null when there is no search. */
  readonly hits: Iterable<number> | null;
  /** Papers that stand out without a ring, while the rest is dimmed; null when there are none. */
  readonly emphasized: Iterable<number> | null;
  /** 1 for papers that pass the filters; all others are dimmed, even hits. Null without filters. */
  readonly passing: Uint8Array | null;
  /** The nearest papers of the selected one: ringed and never dimmed. */
  readonly neighbors: Iterable<number>;
  /** −1 for none. */
  readonly selected: number;
}

/** The state bits of `n` papers. O(n). */
export function paperStates(n: number, { hits, emphasized, passing, neighbors, selected }: Attention): Uint8Array {
  const states = new Uint8Array(n);
  if (hits || emphasized) states.fill(MARK.dimmed);
  for (const index of emphasized ?? []) states[index] = 0;
  for (const index of hits ?? []) states[index] = MARK.hit;
  if (passing) for (let i = 0; i < n; i++) if (passing[i] === 0) states[i] = MARK.dimmed;
  for (const index of neighbors) states[index] = (states[index] & ~MARK.dimmed) | MARK.neighbor;
  if (selected >= 0) states[selected] = (states[selected] & ~MARK.dimmed) | MARK.selected;
  return states;
}

/** The layer of a paper with this state: dimmed 0, normal 1, neighbour 2, hit 3, selected 4. */
export function layerOf(state: number): number {
  if (state & MARK.selected) return 4;
  if (state & MARK.hit) return 3;
  if (state & MARK.neighbor) return 2;
  return state & MARK.dimmed ? 0 : NORMAL_LAYER;
}

/** Number of the first n papers in each layer; a paper beyond the end of `states` is normal. O(n). */
export function countLayers(states: Uint8Array, n: number): Uint32Array {
  const counts = new Uint32Array(LAYERS);
  const known = Math.min(states.length, n);
  for (let i = 0; i < known; i++) counts[layerOf(states[i])]++;
  counts[NORMAL_LAYER] += n - known;
  return counts;
}

/** The order in which papers are drawn, and its inverse: `slots[order[s]] === s`. */
export interface DrawOrder {
  readonly order: Uint32Array;
  readonly slots: Uint32Array;
}

/**
 * A shuffled order of 0…n−1, the same every time. Papers are often sorted by file or date; drawing in that order would
 * let the last file hide the others, while any prefix of a shuffle is a fair sample. Papers are sorted by a hash of
 * their index, so that papers added later do not change which of two older ones is on top. O(n).
 */
export function drawOrder(n: number): DrawOrder {
  const order = new Uint32Array(n);
  const slots = new Uint32Array(n);
  const byLow = sortedByDigit(null, n, 0);
  const byHash = sortedByDigit(byLow, n, 16);
  for (let slot = 0; slot < n; slot++) {
    order[slot] = byHash[slot];
    slots[byHash[slot]] = slot;
  }
  return { order, slots };
}

/** Layers with no more papers than this are drawn paper by paper. */
const FEW = 16;

/**
 * For each highlighted layer with few papers, their slots in drawing order, ascending; null for the other layers. With
 * them an opened paper and its neighbours need no draw call over all papers. O(n), O(1) when there is no such layer.
 */
export function fewSlots(states: Uint8Array, layers: Uint32Array, { slots }: DrawOrder): (number[] | null)[] {
  const few = Array.from(layers, (papers, layer): number[] | null =>
    layer >= MARKED_LAYER && papers > 0 && papers <= FEW ? [] : null,
  );
  if (few.every((layer) => layer === null)) return few;
  const known = Math.min(states.length, slots.length);
  for (let i = 0; i < known; i++) if (states[i] !== 0) few[layerOf(states[i])]?.push(slots[i]);
  for (const layer of few) layer?.sort((a, b) => a - b);
  return few;
}

/** What the size of points depends on. */
export interface Crowd {
  /** Papers placed on the map. */
  readonly placed: number;
  /** How many of these are in view. */
  readonly inView: number;
  /** Scale divided by the scale at which the map fits. */
  readonly zoom: number;
  readonly areaPx: number;
  /** See `Density.clumping`; 1 = spread evenly. */
  readonly clumping: number;
}

/** How points are drawn. */
export interface Appearance {
  readonly radiusPx: number;
  /** 0…1, of a single point. */
  readonly opacity: number;
}

/** CSS pixels. `atOne`: at one square pixel for each paper; grows with `power` of the distance to the next paper. */
const RADIUS_PX = { min: 0.9, max: 9, atOne: 1.1, power: 0.4 } as const;

/** Smallest radius with up to so many papers on the map; with more, it falls as the distance between papers does. */
const CLEAR = { radiusPx: 2.5, papers: 5000 } as const;

/** `atCover`: where discs would just cover the ground; falls with `power` of the number of overlapping discs. */
const OPACITY = { min: 0.14, max: 0.94, atCover: 1.02, power: 0.42 } as const;

/**
 * Size and opacity of points. The radius grows with the 0.4th power of the mean distance between papers in view: 40
 * papers make bold discs, a million make dust, and a zoom by 10 about doubles the points. The papers in view are
 * averaged (geometrically) with what an even spread would show at this zoom, so that panning from a cluster into an
 * empty region does not enlarge points suddenly. Up to 5,000 papers no point is narrower than 5 px, whatever the window.
 * Opacity falls with how many discs overlap around a typical paper, so
 * that dense places keep their structure. O(1).
 */
export function appearanceOf(crowd: Crowd): Appearance {
  const expected = crowd.placed / Math.max(crowd.zoom * crowd.zoom, 1);
  const effective = Math.max(Math.sqrt(Math.max(crowd.inView, 1) * Math.max(expected, 1)), 1);
  const spacingPx = Math.sqrt(Math.max(crowd.areaPx, 1) / effective);
  const least = CLEAR.radiusPx * Math.min(1, CLEAR.papers / Math.max(crowd.placed, 1)) ** (RADIUS_PX.power / 2);
  const wanted = RADIUS_PX.atOne * spacingPx ** RADIUS_PX.power;
  const radiusPx = clamp(wanted, Math.max(RADIUS_PX.min, least), RADIUS_PX.max);
  const cover = (crowd.clumping * Math.PI * radiusPx * radiusPx) / (spacingPx * spacingPx);
  return { radiusPx, opacity: clamp(OPACITY.atCover * cover ** -OPACITY.power, OPACITY.min, OPACITY.max) };
}

/**
 * Radius of a highlighted paper; `marked`: how many papers are highlighted alike on the whole map. Always easy to see
 * (3 px or more), larger than a plain point, yet not so large that many of them merge.
 */
export function markRadius(crowd: Crowd, marked: number): number {
  const share = crowd.placed > 0 ? marked / crowd.placed : 0;
  const plain = appearanceOf(crowd).radiusPx;
  const alone = appearanceOf({ ...crowd, placed: marked, inView: crowd.inView * share }).radiusPx;
  return clamp(Math.max(0.75 * alone, 1.12 * plain), 3, RADIUS_PX.max);
}

/** One pass of a least-significant-digit radix sort of indices by 16 bits of their hash. */
function sortedByDigit(before: Uint32Array | null, n: number, shift: number): Uint32Array {
  const starts = new Uint32Array(65_537);
  for (let i = 0; i < n; i++) starts[((hashIndex(i) >>> shift) & 0xffff) + 1]++;
  for (let digit = 0; digit < 65_536; digit++) starts[digit + 1] += starts[digit];
  const sorted = new Uint32Array(n);
  for (let k = 0; k < n; k++) {
    const i = before ? before[k] : k;
    sorted[starts[(hashIndex(i) >>> shift) & 0xffff]++] = i;
  }
  return sorted;
}

/** A bijection of 32-bit integers that looks random ("lowbias32" of Chris Wellons, public domain). */
function hashIndex(index: number): number {
  let h = index;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
