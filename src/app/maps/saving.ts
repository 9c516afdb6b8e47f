import { papersJsonl } from '../../export/jsonl.ts';
import { StageError } from '../../model/failure.ts';
import type { Paper } from '../../model/paper.ts';
import type { MapFiles } from '../../pipeline/map-file.client.ts';
import { BY_MEANING, BY_WORDS } from '../../search/fuse.ts';
import type { SearchHits } from '../../search/search.api.ts';
import { displayTitle } from '../../text/readable.ts';
import type { Page } from '../page.ts';
import type { Selectors } from '../selectors.ts';
import type { Store } from '../store.ts';
import { fileName } from './files.ts';
import type { Showing } from './showing.ts';

/** Downloads that need no dialog. Failures are reported to the user. */
export type Saving = ReturnType<typeof makeSaving>;

interface Parts {
  readonly store: Store;
  readonly page: Pick<Page, 'download'>;
  readonly selectors: Selectors;
  readonly mapFiles: Pick<MapFiles, 'encode'>;
  readonly showing: Pick<Showing, 'editedMap'>;
}

/** Creates the {@link Saving} of one store. */
export function makeSaving({ store, page, selectors, mapFiles, showing }: Parts) {
  const saveLines = (name: string, lines: string): void =>
    page.download(`${name}.jsonl`, new Blob([lines], { type: 'application/jsonl' }));
  /** The shown map with the user's edits, as a file. Rejects when no map is shown. */
  async function mapFile(): Promise<File> {
    const map = showing.editedMap();
    if (!map) throw new StageError('internal', 'map-file', 'no finished map is shown');
    const type = 'application/vnd.apache.parquet';
    return new File([await mapFiles.encode(map)], `${fileName(map.info.name)}.parquet`, { type });
  }
  return {
    mapFile,
    /** Offers the map file as a download; does nothing while no map is shown. */
    async saveMap(): Promise<void> {
      if (!showing.editedMap()) return;
      try {
        const file = await mapFile();
        page.download(file.name, file);
      } catch (error) {
        store.report(error, 'map-file');
      }
    },
    /** Exports the shown papers as JSON lines. */
    exportPapers(): void {
      const map = store.get().shown?.map;
      if (!map) return;
      const all = map.corpus.papers.map((_, i) => i);
      saveLines(fileName(map.info.name), papersJsonl(map, all, selectors.topics(store.get())));
    },
    /** Exports the selected papers as JSON lines, in the same format as {@link exportPapers}. */
    exportSelection(): void {
      const { shown, selection } = store.get();
      const map = shown?.map;
      if (!map || selection.length === 0) return;
      const lines = papersJsonl(map, Array.from(selection), selectors.topics(store.get()));
      saveLines(`${fileName(map.info.name)}-selection`, lines);
    },
    /** Exports the hits as JSON lines, best first: `id, title, score, why`. */
    exportHits(): void {
      const { hits, shown, query } = store.get();
      if (hits && shown) saveLines(fileName(query || 'hits'), lines(hitRows(hits, shown.corpus.papers)));
    },
  };
}

function lines(rows: readonly HitRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** An exported hit. */
export interface HitRow {
  readonly id: string;
  readonly title: string;
  readonly score: number;
  readonly why: 'words' | 'meaning' | 'both';
}

/** The hits, best first. */
export function hitRows({ indices, scores, why }: SearchHits, papers: readonly Paper[]): HitRow[] {
  return Array.from(indices, (index, rank) => {
    const paper = papers[index];
    return {
      id: paper.id,
      title: paper.title === '' ? displayTitle(paper) : paper.title,
      score: scores[rank],
      why: WHY[why[rank]],
    };
  });
}

const WHY: Readonly<Record<number, HitRow['why']>> = {
  [BY_WORDS]: 'words',
  [BY_MEANING]: 'meaning',
  [BY_WORDS | BY_MEANING]: 'both',
};
