import type { State } from '../state.ts';
import { SAMPLE_MAP } from './sample.ts';

/**
 * Whether the page invites to a map of one's own texts: while it shows the sample and nothing is under way, found or
 * being asked. On other maps the card and the menu have the same way in, at less expense of room.
 */
export function hasDoor({ mapAt, job, plan, hits, query, like, unlike }: State): boolean {
  const isAsked = hits !== null || query.trim() !== '' || like.length + unlike.length > 0;
  return mapAt === SAMPLE_MAP && job === null && plan === null && !isAsked;
}
