import type { ContoursApi } from './contours.api.ts';
import { type Contours, densityContours, refineContours } from './contours.ts';

/**
 * What the worker does, without the thread. Between two groups it calls `pause`, in which newer calls arrive: the older
 * one then ends at once, so a call waits for the rest of one group at most.
 */
export function makeContourSession(pause: () => Promise<void>): ContoursApi {
  let newest = 0;
  return {
    async trace(ticket, { positions, groups, shares, tile = null }) {
      newest = Math.max(newest, ticket);
      const traced: Contours[] = [];
      for (const indices of groups) {
        await pause();
        if (ticket !== newest) return null;
        const options = { indices, ...(shares && { shares }) };
        traced.push(tile ? refineContours(positions, tile, options) : densityContours(positions, options));
      }
      return traced;
    },
  };
}
