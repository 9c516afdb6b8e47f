import { type LinkGroup, type Location, locate, type Scene } from './scene.ts';

/** Radius of the ring of compass roses, map units: the corners of the data lie just within it. */
const RING = 1.5;

/** Winds of a compass rose. */
const WINDS = 16;

/** How the lines of a group are drawn. */
export interface LinkLook {
  /** 0…1 at the start and at the end of a line: lines fade away from the paper in question. */
  readonly opacity: readonly [number, number];
  /** CSS pixels. */
  readonly widthPx: number;
}

/** Length of a dash, and of the gap behind it, CSS pixels. */
export const LINK_DASH_PX = 5;

/** Strong lines, lighter ones for links that do not hold on the map, and thin ones for a hint. */
export function linkLook({ isThin, isDashed }: Pick<LinkGroup, 'isThin' | 'isDashed'>): LinkLook {
  if (isThin) return { opacity: isDashed ? [0.5, 0.2] : [0.65, 0.3], widthPx: 0.9 };
  return { opacity: isDashed ? [0.6, 0.3] : [0.8, 0.4], widthPx: 1.25 };
}

/**
 * The net of rhumb lines that portolan charts are drawn on: sixteen hidden roses on a ring around the middle of the
 * map, each joined to all others. Segments of 4 numbers: start x, y, end x, y, map units. The net moves with the map,
 * so that readers can orient themselves when no paper is in view.
 */
export function rhumbLines(): Float32Array {
  const segments = new Float32Array(((WINDS * (WINDS - 1)) / 2) * 4);
  let at = 0;
  for (let a = 0; a < WINDS; a++) {
    for (let b = a + 1; b < WINDS; b++) {
      for (const wind of [a, b]) {
        segments[at++] = RING * Math.cos((2 * Math.PI * wind) / WINDS);
        segments[at++] = RING * Math.sin((2 * Math.PI * wind) / WINDS);
      }
    }
  }
  return segments;
}

/** One group of links as segments between the places where papers are drawn now, without papers that are not placed. */
export function linkSegments(scene: Scene, { from: linkFrom, to: linkTo }: LinkGroup): number[] {
  const segments: number[] = [];
  const { count } = scene;
  if (linkFrom < 0 || linkFrom >= count) return segments;
  const from: Location = { x: 0, y: 0, presence: 0 };
  const to: Location = { x: 0, y: 0, presence: 0 };
  locate(scene, linkFrom, from);
  if (!(from.presence > 0)) return segments;
  for (const index of linkTo) {
    if (index < 0 || index >= count || index === linkFrom) continue;
    locate(scene, index, to);
    if (to.presence > 0) segments.push(from.x, from.y, to.x, to.y);
  }
  return segments;
}
