import type { Insets } from '../../render/viewport.ts';

// CSS pixels, as in styles/layout.css: what floats above the map, with the gap around it.
const EDGE_PX = 16;
const NARROW_PX = 640;
const WIDE_PX = 1000;
const CARD_PX = 324;
const HITS_PX = 424;
const PANEL_PX = 424;
const BAR_PX = 62;
const TIME_PX = 148;
const WAY_PX = 70;
/** Shares of a narrow page's height that the paper and the hits take. */
const SHEET_SHARE = 0.58;
const HITS_SHARE = 0.57;

/** What stands open beside the map. */
interface Covers {
  readonly hasPanel: boolean;
  readonly hasHits: boolean;
  readonly hasTime: boolean;
  /** The way between two maps. */
  readonly hasWay: boolean;
}

/** How much of the map the panels cover at each side of this window. */
export function panelInsets({ hasPanel, hasHits, hasTime, hasWay }: Covers): Insets {
  const { innerWidth: width, innerHeight: height } = window;
  const foot = (hasTime ? TIME_PX : 0) + (hasWay ? WAY_PX : 0);
  if (width <= NARROW_PX) {
    const top = hasHits && !hasPanel ? height * HITS_SHARE : BAR_PX;
    return { top, right: EDGE_PX, bottom: hasPanel ? height * SHEET_SHARE : BAR_PX + foot, left: EDGE_PX };
  }
  const left = width < WIDE_PX ? EDGE_PX : hasHits ? HITS_PX : CARD_PX;
  const right = hasPanel ? Math.min(PANEL_PX, width - left - EDGE_PX) : EDGE_PX;
  return { top: width >= WIDE_PX ? EDGE_PX : BAR_PX, right, bottom: EDGE_PX + foot, left };
}
