import { displayTitle, type Paper } from '../../model/paper.ts';
import { BY_MEANING, BY_WORDS } from '../../search/fuse.ts';
import type { SearchHits } from '../../search/search.api.ts';
import { getState } from '../store.ts';
import { download, fileName } from './open-map.ts';

/** Offers the hits as JSON lines, best first: `id, title, score, why`. */
export function exportHits(): void {
  const { hits, shown, query } = getState();
  if (!hits || !shown) return;
  const blob = new Blob([hitLines(hits, shown.corpus.papers)], { type: 'application/jsonl' });
  download(`${fileName(query || 'hits')}.jsonl`, blob);
}

function hitLines({ indices, scores, why }: SearchHits, papers: readonly Paper[]): string {
  return Array.from(indices, (index, rank) => {
    const paper = papers[index];
    return `${JSON.stringify({ id: paper.id, title: displayTitle(paper), score: scores[rank], why: WHY[why[rank]] })}\n`;
  }).join('');
}

const WHY: Readonly<Record<number, string>> = {
  [BY_WORDS]: 'words',
  [BY_MEANING]: 'meaning',
  [BY_WORDS | BY_MEANING]: 'both',
};
