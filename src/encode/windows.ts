/** One window of a text: word pieces [start, end) of the whole text, without the special pieces around them. */
export interface PieceWindow {
  readonly start: number;
  readonly end: number;
}

/**
 * Equal windows (lengths differ by 1 at most) that cover `pieceCount` pieces, as few as fit `capacity` pieces each.
 * Equal ones, since a short last window would weigh a few words like a page. An empty text has one empty window.
 */
export function equalWindows(pieceCount: number, capacity: number): PieceWindow[] {
  const count = Math.max(1, Math.ceil(pieceCount / capacity));
  return Array.from({ length: count }, (_, w) => ({
    start: Math.floor((w * pieceCount) / count),
    end: Math.floor(((w + 1) * pieceCount) / count),
  }));
}
