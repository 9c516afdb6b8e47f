/** A group of papers that are close together: one node of the cluster tree. */
export interface Cluster {
  /** Its index in the list of all clusters; in a map in the making any number, which it keeps while it lasts. */
  readonly id: number;
  /** The cluster that contains it, −1 at the top. Never an only child. */
  readonly parent: number;
  /** Its coarsest level, 0 at the top. A cluster that is not divided further is also at all finer levels. */
  readonly level: number;
  /** Number of papers, including those of its parts. */
  readonly size: number;
  /** The paper nearest to the mean of its papers' vectors. */
  readonly centroid: number;
  /** Up to three representative papers, the most central first. */
  readonly exemplars: readonly number[];
  /** Its densest member on the map: a position for its name. */
  readonly densest: number;
}

/**
 * Clusters at several levels, coarse to fine. `paths[i * levels + l]` is the cluster of paper i at level l, −1 for none
 * ("between topics"). A paper may be in a cluster without being in any of its parts, but never the reverse.
 */
export interface ClusterTree {
  readonly levels: number;
  /** By level, then by descending size; a parent comes before its parts. */
  readonly clusters: readonly Cluster[];
  /** n × levels. */
  readonly paths: Int32Array;
  /** Confidence in a paper's finest cluster, 0…1; 0 for a paper in none. */
  readonly confidence: Float32Array;
  /** The top cluster of a paper, or the nearest one; −1 when there are no clusters. */
  readonly nearest: Int32Array;
}

/** A phrase that distinguishes a topic from its siblings, and how well it does so. */
export interface TopicTerm {
  /** Spelled as in the corpus. */
  readonly term: string;
  /** Higher is more distinctive; comparable within one topic. */
  readonly score: number;
  /** Papers of the topic that contain it. */
  readonly papers: number;
  /** Papers of the whole corpus that contain it. */
  readonly corpusPapers: number;
}

/** A cluster with its name. */
export interface Topic extends Cluster {
  /** One to three phrases, best first; empty when its papers share no phrase. */
  readonly phrases: readonly string[];
  /** Candidates for its name, best first, including those used in the name. */
  readonly terms: readonly TopicTerm[];
  /** Index of its top topic's hue, 0…23; stays the same whatever else is shown. */
  readonly hue: number;
}

/** A person's changes to the topics that were found. Ids are those of the topics as found. */
export interface TopicEdits {
  readonly names: Readonly<Record<number, string>>;
  /** Merged id → the topic that its papers count for, at the same level and below. */
  readonly merged: Readonly<Record<number, number>>;
  readonly hidden: readonly number[];
  /** Topics that are replaced by their parts, see `topic-cut.ts`. Absent: none. */
  readonly split?: readonly number[];
  /** Words and phrases that are in no name. Absent: none. */
  readonly never?: readonly string[];
}

/** The topics of a map. */
export interface TopicTree extends Omit<ClusterTree, 'clusters'> {
  readonly topics: readonly Topic[];
  readonly edits: TopicEdits;
}

/** Edits that change nothing. */
export const NO_EDITS: TopicEdits = { names: {}, merged: {}, hidden: [] };

/** Separates the phrases of a name. */
export const NAME_SEPARATOR = ' · ';
