import type { LinkGroup } from './scene.ts';

/** How the lines of a group are drawn. */
export interface LinkLook {
  /** 0…1 where a line begins and where it ends: it is read from the paper in question outwards. */
  readonly opacity: readonly [number, number];
  /** CSS pixels. */
  readonly widthPx: number;
}

/** Length of a dash, and of the gap behind it, CSS pixels. */
export const LINK_DASH_PX = 5;

/** Firm lines, lighter ones for what does not hold on the map, thin ones for a hint. */
export function linkLook({ isThin, isDashed }: Pick<LinkGroup, 'isThin' | 'isDashed'>): LinkLook {
  if (isThin) return { opacity: isDashed ? [0.5, 0.2] : [0.65, 0.3], widthPx: 0.9 };
  return { opacity: isDashed ? [0.6, 0.3] : [0.8, 0.4], widthPx: 1.25 };
}
