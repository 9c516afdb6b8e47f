import type { MapData } from '../model/map-data.ts';
import { pathOf, type TopicView } from '../model/topic-view.ts';

/**
 * One line for each paper: `id, title, text, sources, x, y, neighbors, topics`. `sources` are file names; `neighbors`
 * are the lines (from 0) of the papers nearest in vector space, nearest first, without papers that are not exported;
 * `topics` are names, coarse to fine. A module of its own, because the page needs it before any other format.
 * @param indices which papers, in this order
 */
export function papersJsonl(
  { corpus, positions, neighbors }: MapData,
  indices: readonly number[],
  topics: TopicView | null,
): string {
  const lineOf = new Map(indices.map((index, line) => [index, line]));
  return indices
    .map((i) => {
      const paper = corpus.papers[i];
      const k = neighbors?.k ?? 0;
      const nearest = neighbors ? Array.from(neighbors.indices.subarray(i * k, (i + 1) * k)) : [];
      return JSON.stringify({
        id: paper.id,
        title: paper.title,
        text: paper.text,
        sources: paper.sources.map((source) => source.file),
        x: positions[2 * i],
        y: positions[2 * i + 1],
        neighbors: nearest.map((index) => lineOf.get(index)).filter((line) => line !== undefined),
        topics: topics ? pathOf(topics, i).map((id) => topics.nodes.get(id)?.name) : [],
      });
    })
    .join('\n')
    .concat('\n');
}
