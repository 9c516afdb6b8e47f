/** A group of papers that stand close together: one node of the tree of clusters. */
export interface Cluster {
  /** Its place in the list of all clusters. */
  readonly id: number;
  /** The cluster it is a part of, −1 at the top. Never an only child. */
  readonly parent: number;
  /** The coarsest level it stands at, 0 at the top. A cluster that is not divided further stands at all finer ones too. */
  readonly level: number;
  /** Papers in it, those of its parts included. */
  readonly size: number;
  /** The paper nearest to the mean of its papers' vectors. */
  readonly centroid: number;
  /** Up to three representative papers, the most central first. */
  readonly exemplars: readonly number[];
  /** Its densest member on the map: where a name may stand. */
  readonly densest: number;
}

/**
 * Clusters at several levels, coarse to fine. `paths[i * levels + l]` is the cluster of paper i at level l, −1 for a
 * paper in none ("between topics"): a paper may stand in a cluster and in none of its parts, never the other way round.
 */
export interface ClusterTree {
  readonly levels: number;
  /** By level, then larger ones first; a parent stands before its parts. */
  readonly clusters: readonly Cluster[];
  /** n × levels. */
  readonly paths: Int32Array;
  /** How sure a paper's finest cluster is, 0…1; 0 for a paper in none. */
  readonly confidence: Float32Array;
  /** The top cluster that a paper in none is nearest to, or its own; −1 when there is no cluster at all. */
  readonly nearest: Int32Array;
}

/** A phrase that distinguishes a topic from its siblings, with the figures that say so. */
export interface TopicTerm {
  /** As the corpus writes it. */
  readonly term: string;
  /** Higher is more distinctive; comparable within one topic. */
  readonly score: number;
  /** Papers of the topic that hold it. */
  readonly papers: number;
  /** Papers of the whole corpus that hold it. */
  readonly corpusPapers: number;
}

/** A cluster with its name. */
export interface Topic extends Cluster {
  /** One to three phrases, best first; empty when its papers share no phrase. */
  readonly phrases: readonly string[];
  /** Candidates for its name, best first, those of the name among them. */
  readonly terms: readonly TopicTerm[];
  /** Which of the ten hues is its top topic's own: stays with it whatever else is shown. */
  readonly hue: number;
}

/** What a person has changed in the topics that were found. Ids are those of the topics as found. */
export interface TopicEdits {
  readonly names: Readonly<Record<number, string>>;
  /** Topics whose papers count for another topic at the same level and below: merged id → the topic that took it in. */
  readonly merged: Readonly<Record<number, number>>;
  readonly hidden: readonly number[];
}

/** The topics of a map. */
export interface TopicTree extends Omit<ClusterTree, 'clusters'> {
  readonly topics: readonly Topic[];
  readonly edits: TopicEdits;
}

/** The edits of topics that nobody has edited. */
export const NO_EDITS: TopicEdits = { names: {}, merged: {}, hidden: [] };

/** What stands between the phrases of a name. */
export const NAME_SEPARATOR = ' · ';
