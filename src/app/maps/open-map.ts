import { isCancelled, StageError, toFailure } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import { NO_SELECTION } from '../../model/selection.ts';
import { NO_EDITS } from '../../model/topics.ts';
import { defaultColor } from '../coloring.ts';
import { leaveComparison } from '../compare/leave-comparison.ts';
import { withoutTopics } from '../filter/filter-actions.ts';
import { indexPapers, indexVectors } from '../search/search-papers.ts';
import { mapFiles, reportFailure, runJob } from '../session.ts';
import { forgetEdits, getState, NO_FILTERS, notify, type Shown, type State, setState } from '../store.ts';
import { findTopicsOf } from './find-topics.ts';

/** The sample: made by `npm run map` from the papers of `data/`. */
export const SAMPLE_MAP = 'data/sample.parquet';

/** Shows a finished map. With other papers than before, the selection and the search begin anew. */
export function showMap(map: MapData): void {
  leaveComparison();
  const { shown } = getState();
  if (shown?.corpus === map.corpus) {
    const filters = withoutTopics(getState().filters);
    setState({ shown: { ...shown, positions: map.positions, map }, mapAt: '', filters, ...topicState(map) });
    forgetEdits();
    void indexVectors(map);
    return;
  }
  setState({
    shown: { corpus: map.corpus, positions: map.positions, map },
    mapAt: '',
    query: '',
    hits: null,
    hovered: -1,
    selected: -1,
    filters: NO_FILTERS,
    timeline: null,
    dayOrders: {},
    ...topicState(map),
    selection: NO_SELECTION,
    kept: map.selections ?? [],
    draft: null,
    selectionOpen: false,
    colorBy: defaultColor(map),
  });
  forgetEdits();
  void indexPapers(map.corpus.papers, map);
}

/**
 * Shows a map that has grown by papers behind its own, or that one again without them: what is sought, chosen, edited and
 * looked at stays, as far as its papers are there.
 */
export function showGrown(shown: Shown, mapAt: string): void {
  const { corpus, map } = shown;
  const n = corpus.papers.length;
  const isThere = (paper: number): boolean => paper < n;
  setState(({ selected, selection, kept }) => ({
    shown,
    mapAt,
    hits: null,
    hovered: -1,
    selected: isThere(selected) ? selected : -1,
    selection: selection.filter(isThere),
    kept: kept.map((group) => ({ ...group, papers: group.papers.filter(isThere) })),
  }));
  forgetEdits();
  void indexPapers(corpus.papers, map);
}

/** No topic is open, and a map's own edits are where further ones begin. */
function topicState({ topics }: MapData): Pick<State, 'topic' | 'ground' | 'topicEdits'> {
  return { topic: -1, ground: -1, topicEdits: topics?.edits ?? NO_EDITS };
}

/**
 * Opens a map file; on failure the map that was there stays. Resolves to whether it is shown.
 * @param otherwise told in place of the user where the file is a table and no map
 */
export async function openMapBytes(
  name: string,
  bytes: () => Promise<ArrayBuffer>,
  otherwise?: () => void,
): Promise<boolean> {
  return runJob({ kind: 'opening', name }, 'map-file', async (signal) => {
    const map = await mapFiles.decode(await bytes(), signal).catch((error: unknown) => {
      if (!otherwise || toFailure(error, 'map-file').code !== 'not-a-map') throw error;
      otherwise();
      throw new StageError('cancelled', 'map-file', 'it is opened as a table');
    });
    showMap(map);
    if (!map.topics) void findTopicsOf(map);
    const { skippedColumns } = map.info.other;
    if (Array.isArray(skippedColumns) && skippedColumns.length > 0) {
      notify('done', {
        title: 'Opened without some columns',
        text: `These could not be read: ${skippedColumns.map(String).join(', ')}.`,
      });
    }
  });
}

/** Fetches a map file beside the page and opens it. Never from another site: the address may be a stranger's. */
export async function openMapAt(path: string): Promise<boolean> {
  const opened = await openMapBytes(path, async () => {
    const url = new URL(path, document.baseURI);
    if (url.origin !== location.origin) {
      throw new StageError('network', 'map-file', `${url.host} is another site, and this page opens only its own maps`);
    }
    const response = await fetch(url).catch((error: unknown) => {
      throw new StageError('network', 'map-file', `${path}: ${String(error)}`);
    });
    if (!response.ok) throw new StageError('network', 'map-file', `${path}: the server answered ${response.status}`);
    return response.arrayBuffer();
  });
  if (opened) setState({ mapAt: path });
  return opened;
}

/** The shown map with all that a person has made of it; null when there is no finished one. */
export function editedMap(): MapData | null {
  const { shown, topicEdits, kept } = getState();
  const map = shown?.map;
  return map ? { ...map, topics: map.topics && { ...map.topics, edits: topicEdits }, selections: kept } : null;
}

/** The shown map as a file to keep. */
export async function saveMap(): Promise<void> {
  const map = editedMap();
  if (!map) return;
  try {
    const bytes = await mapFiles.encode(map);
    download(`${fileName(map.info.name)}.parquet`, new Blob([bytes], { type: 'application/vnd.apache.parquet' }));
  } catch (error) {
    if (!isCancelled(error)) reportFailure(toFailure(error, 'map-file'));
  }
}

/** Offers `blob` to the user as a file. */
export function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the blob after the click; a minute is plenty and then the memory is free.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A name that every file system takes. */
export function fileName(name: string): string {
  const plain = name
    .replace(/\.(?:parquet|csv|tsv|txt|jsonl?|ndjson|bib|ris|gz)$/iu, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/gu, '');
  return plain.slice(0, 80) || 'map';
}
