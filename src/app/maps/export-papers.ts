import { papersJsonl } from '../../export/jsonl.ts';
import { getState } from '../store.ts';
import { topicsOf } from '../topics/topic-state.ts';
import { download, fileName } from './open-map.ts';

/** Offers the shown papers as JSON lines. */
export function exportPapers(): void {
  const map = getState().shown?.map;
  if (!map) return;
  const all = map.corpus.papers.map((_, i) => i);
  const blob = new Blob([papersJsonl(map, all, topicsOf(getState()))], { type: 'application/jsonl' });
  download(`${fileName(map.info.name)}.jsonl`, blob);
}

/** Offers the selected papers as JSON lines, the same as those of all papers. */
export function exportSelection(): void {
  const { shown, selection } = getState();
  const map = shown?.map;
  if (!map || selection.length === 0) return;
  const lines = papersJsonl(map, Array.from(selection), topicsOf(getState()));
  download(`${fileName(map.info.name)}-selection.jsonl`, new Blob([lines], { type: 'application/jsonl' }));
}
