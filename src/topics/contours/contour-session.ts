import { narrowestKernel } from './contour-bandwidth.ts';
import { type ContourRequest, type Contours, densityContours, refineContours } from './contours.ts';

/** Traces contours of groups, one call at a time; see `ContoursApi`. */
interface ContourSession {
  trace(ticket: number, request: ContourRequest): Promise<readonly Contours[] | null>;
}

/** The buffers of contours that can be transferred instead of copied. */
export function buffersOf(traced: readonly Contours[] | null): ArrayBufferLike[] {
  return (traced ?? []).flatMap(({ levels }) => levels.flatMap(({ rings }) => rings.map(({ buffer }) => buffer)));
}

/**
 * The worker's logic, without the thread. Between two groups it calls `pause`, during which newer calls arrive. The
 * older call then ends at once, so that a call waits for the rest of one group at most.
 */
export function makeContourSession(pause: () => Promise<void>): ContourSession {
  let newest = 0;
  return {
    async trace(ticket, { positions, groups, shares, tile = null }) {
      newest = Math.max(newest, ticket);
      const traced: Contours[] = [];
      const leastBandwidth = narrowestKernel(positions);
      for (const indices of groups) {
        await pause();
        if (ticket !== newest) return null;
        const options = { indices, leastBandwidth, ...(shares && { shares }) };
        traced.push(tile ? refineContours(positions, tile, options) : densityContours(positions, options));
      }
      return traced;
    },
  };
}
