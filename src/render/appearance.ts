/** What the size of points depends on. */
export interface Crowd {
  /** Papers placed on the map. */
  readonly placed: number;
  /** Of these, in view. */
  readonly inView: number;
  /** Scale over the scale at which the map fits. */
  readonly zoom: number;
  readonly areaPx: number;
  /** See `Density.clumping`; 1 = spread evenly. */
  readonly clumping: number;
}

/** How points are drawn. */
export interface Appearance {
  readonly radiusPx: number;
  /** 0…1, of one point by itself. */
  readonly opacity: number;
}

const MIN_RADIUS_PX = 0.9;
const MAX_RADIUS_PX = 9;
const MIN_OPACITY = 0.14;
const MAX_OPACITY = 0.94;

/** Radius of a point that has one square pixel to itself, and how it grows with the way to the next one. */
const RADIUS_AT_ONE_PX = 1.1;
const RADIUS_POWER = 0.4;

/** Opacity where the discs around a paper would just cover the ground, and how it falls with more of them. */
const OPACITY_AT_COVER = 1.02;
const OPACITY_POWER = 0.42;

/**
 * Size and opacity of points. The radius grows with the 0.4th power of the mean distance between papers in view: 40
 * papers make bold discs, a million make dust, and a zoom by 10 makes points about twice as large. Papers in view are
 * averaged (geometrically) with what an even spread would show at this zoom, so that panning from a cluster into
 * the open sea does not blow points up. Opacity falls with how many discs lie over one another around a typical paper,
 * so that dense places keep their structure. O(1).
 */
export function appearanceOf(crowd: Crowd): Appearance {
  const expected = crowd.placed / Math.max(crowd.zoom * crowd.zoom, 1);
  const effective = Math.max(Math.sqrt(Math.max(crowd.inView, 1) * Math.max(expected, 1)), 1);
  const spacingPx = Math.sqrt(Math.max(crowd.areaPx, 1) / effective);
  const radiusPx = clamp(RADIUS_AT_ONE_PX * spacingPx ** RADIUS_POWER, MIN_RADIUS_PX, MAX_RADIUS_PX);
  const cover = (crowd.clumping * Math.PI * radiusPx * radiusPx) / (spacingPx * spacingPx);
  return { radiusPx, opacity: clamp(OPACITY_AT_COVER * cover ** -OPACITY_POWER, MIN_OPACITY, MAX_OPACITY) };
}

/**
 * Radius of a highlighted paper, whose neighbours of the same kind number `marked` on the whole map: always easy to
 * see (3 px or more), larger than a plain point, yet not so large that many of them run into one another.
 */
export function markRadius(crowd: Crowd, marked: number): number {
  const share = crowd.placed > 0 ? marked / crowd.placed : 0;
  const plain = appearanceOf(crowd).radiusPx;
  const alone = appearanceOf({ ...crowd, placed: marked, inView: crowd.inView * share }).radiusPx;
  return clamp(Math.max(0.75 * alone, 1.12 * plain), 3, MAX_RADIUS_PX);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
