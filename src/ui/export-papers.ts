import { papersJsonl } from '../export/jsonl.ts';
import { download, fileName } from './open-map.ts';
import { getState } from './store.ts';
import { topicsOf } from './topics/topic-state.ts';

/** Offers the shown papers as JSON lines. */
export function exportPapers(): void {
  const map = getState().shown?.map;
  if (!map) return;
  const all = map.corpus.papers.map((_, i) => i);
  const blob = new Blob([papersJsonl(map, all, topicsOf(getState()))], { type: 'application/jsonl' });
  download(`${fileName(map.info.name)}.jsonl`, blob);
}
