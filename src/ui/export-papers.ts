import type { MapData } from '../model/map-data.ts';
import { pathOf, type TopicView } from '../model/topic-view.ts';
import { download, fileName } from './open-map.ts';
import { getState } from './store.ts';
import { topicsOf } from './topics/topic-state.ts';

/** Offers the shown papers as JSON lines. */
export function exportPapers(): void {
  const map = getState().shown?.map;
  if (!map) return;
  const blob = new Blob([paperLines(map, topicsOf(getState()))], { type: 'application/jsonl' });
  download(`${fileName(map.info.name)}.jsonl`, blob);
}

/**
 * One line a paper, in paper order: `id, title, text, sources, x, y, neighbors, topics`. `sources` are file names;
 * `neighbors` are the lines (from 0) of the papers nearest in the space of the vectors, nearest first; `topics` are names,
 * coarse to fine.
 */
function paperLines({ corpus, positions, neighbors }: MapData, topics: TopicView | null): string {
  return corpus.papers
    .map((paper, i) => {
      const k = neighbors?.k ?? 0;
      return JSON.stringify({
        id: paper.id,
        title: paper.title,
        text: paper.text,
        sources: paper.sources.map((source) => source.file),
        x: positions[2 * i],
        y: positions[2 * i + 1],
        neighbors: neighbors ? Array.from(neighbors.indices.subarray(i * k, (i + 1) * k)) : [],
        topics: topics ? pathOf(topics, i).map((id) => topics.nodes.get(id)?.name) : [],
      });
    })
    .join('\n')
    .concat('\n');
}
