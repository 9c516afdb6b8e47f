import type { MapData } from '../model/map-data.ts';
import type { Matrix } from '../model/matrix.ts';
import type { TopicTree } from '../model/topics.ts';

/** What topics are found in. Titles and texts are the source's own; all in paper order. */
export interface TopicsInput extends Pick<MapData, 'positions' | 'neighbors' | 'embedding'> {
  /** Where topics are looked for in place of the map; see `ClusterInput`. */
  readonly space?: Matrix | null;
  readonly titles: readonly string[];
  readonly texts: readonly string[];
}

/** The topics worker, as the page sees it. It holds one map between `find` and `name`. */
export interface TopicsApi {
  /** Clusters of the map and candidates for their names. @returns the phrases whose vectors would tell better names */
  find(input: TopicsInput): Promise<readonly string[]>;
  /**
   * The topics of what was found last. With `vectors` (phrases × d, row-major, in the order of `find`'s answer) those
   * phrases are preferred that mean what the topic's papers mean. Throws `worker-died` when nothing was found before: then it was
   * another worker that did.
   */
  name(vectors: Float32Array | null): Promise<TopicTree>;
}
