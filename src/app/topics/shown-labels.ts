import { namedTopic, type TopicView } from '../../model/topic-view.ts';

let shown: ReadonlySet<number> = new Set();

/** The topics whose names stand on the map now. */
export function setShownLabels(ids: ReadonlySet<number>): void {
  shown = ids;
}

/** The topics that {@link setShownLabels} was told of last. */
export function shownLabels(): ReadonlySet<number> {
  return shown;
}

/** The topic of a paper as the map names it now: its finest one with a name on the map, else its top topic. */
export function namedTopicOf(view: TopicView, paper: number): number | undefined {
  return namedTopic(view, paper, shown);
}
