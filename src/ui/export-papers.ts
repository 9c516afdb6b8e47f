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

/** Offers the selected papers as JSON lines, the same as those of all papers. */
export function exportSelection(): void {
  const { shown, selection } = getState();
  const map = shown?.map;
  if (!map || selection.length === 0) return;
  const blob = new Blob([paperLines(map, topicsOf(getState()), selection)], { type: 'application/jsonl' });
  download(`${fileName(map.info.name)}-selection.jsonl`, blob);
}

/**
 * One line a paper, in paper order, all of them or those of `chosen`: `id, title, text, sources, x, y, neighbors, topics`. `sources` are file names;
 * `neighbors` are the lines (from 0, in the file of all papers) of the papers nearest in the space of the vectors, nearest first; `topics` are names,
 * coarse to fine.
 */
function paperLines(
  { corpus, positions, neighbors }: MapData,
  topics: TopicView | null,
  chosen: Iterable<number> = corpus.papers.keys(),
): string {
  return Array.from(chosen, (i) => {
    const paper = corpus.papers[i];
    const k = neighbors?.k ?? 0;
    return `${JSON.stringify({
      id: paper.id,
      title: paper.title,
      text: paper.text,
      sources: paper.sources.map((source) => source.file),
      x: positions[2 * i],
      y: positions[2 * i + 1],
      neighbors: neighbors ? Array.from(neighbors.indices.subarray(i * k, (i + 1) * k)) : [],
      topics: topics ? pathOf(topics, i).map((id) => topics.nodes.get(id)?.name) : [],
    })}\n`;
  }).join('');
}
