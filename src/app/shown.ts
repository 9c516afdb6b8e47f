import type { TopicTree } from '../model/topics.ts';
import type { Shown } from './state.ts';

/** The topics of what is shown, without edits; null for none. */
export function treeOf(shown: Pick<Shown, 'map' | 'draft'> | null): TopicTree | null {
  return (shown?.map ? shown.map.topics : shown?.draft?.topics) ?? null;
}

/** Where the names and contours of what is shown are drawn: in a map in the making they rest while its papers move. */
export function namePlaces({ positions, map, draft }: Shown): Float32Array {
  return (map ? null : draft?.places) ?? positions;
}
