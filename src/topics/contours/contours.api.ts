import type { ContourRequest, Contours } from './contours.ts';

/** What the contours worker offers. It holds nothing between calls. */
export interface ContoursApi {
  /** The contours of each group; null when a call with a higher `ticket` came before they were done. */
  trace(ticket: number, request: ContourRequest): Promise<readonly Contours[] | null>;
}
