import type { ContourRequest, Contours } from './contours.ts';

/** The contours worker's calls. It keeps no data between calls. */
export interface ContoursApi {
  /** The contours of each group; null when a call with a higher `ticket` arrived first. */
  trace(ticket: number, request: ContourRequest): Promise<readonly Contours[] | null>;
}
