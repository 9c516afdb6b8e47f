import { papersJsonl } from '../../export/jsonl.ts';
import { standalonePage } from '../../export/page.web.ts';
import { papersBibtex, papersCsv } from '../../export/paper-formats.ts';
import type { Composed } from '../../export/picture/compose.ts';
import { paintOnCanvas } from '../../export/picture/paint-canvas.ts';
import type { Sheet } from '../../export/picture/sheet.ts';
import { StageError } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import { selectPapers } from '../../model/select-papers.ts';
import type { MapFiles } from '../../pipeline/map-file.client.ts';
import type { Page } from '../page.ts';
import type { Selectors } from '../selectors.ts';
import type { Theme } from '../settings.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import type { View } from '../view/view.ts';
import { fileName } from './files.ts';
import { composePicture, paintPng, paintSvg } from './picture.ts';
import type { PictureOptions } from './picture-options.ts';

/** File formats for exporting a map or a part of it. */
export type ExportFormat = 'png' | 'svg' | 'csv' | 'jsonl' | 'bibtex' | 'parquet' | 'html' | 'wizmap' | 'atlas';

/** What to export, and how it should look. */
export interface ExportOrder {
  readonly format: ExportFormat;
  /** Export only the papers found instead of all. Pictures always show the view. */
  readonly onlyFound: boolean;
  /** Exactly these papers, in this order, whatever `onlyFound` says. */
  readonly papers?: ArrayLike<number>;
  /** PNG only: pixels per CSS pixel. */
  readonly scale: number;
  readonly theme: Theme;
  /** Pictures only: what differs from `DEFAULT_PICTURE`. */
  readonly picture?: Partial<PictureOptions>;
}

const ENDINGS: Readonly<Record<ExportFormat, readonly [ending: string, type: string]>> = {
  png: ['png', 'image/png'],
  svg: ['svg', 'image/svg+xml'],
  csv: ['csv', 'text/csv;charset=utf-8'],
  jsonl: ['jsonl', 'application/jsonl'],
  bibtex: ['bib', 'application/x-bibtex'],
  parquet: ['parquet', 'application/vnd.apache.parquet'],
  html: ['html', 'text/html;charset=utf-8'],
  wizmap: ['wizmap.zip', 'application/zip'],
  atlas: ['atlas.parquet', 'application/vnd.apache.parquet'],
};

/** Exports the shown map in the chosen format. */
export type Exporting = ReturnType<typeof makeExporting>;

interface Parts {
  readonly store: Store;
  readonly page: Pick<Page, 'download' | 'measureTexts'>;
  readonly selectors: Selectors;
  readonly view: Pick<View, 'currentView'>;
  readonly mapFiles: Pick<MapFiles, 'encode' | 'encodeAtlas'>;
}

/** Creates the {@link Exporting} of one store. */
export function makeExporting(parts: Parts) {
  const { store, page } = parts;
  /** The file to export, with its name. Rejects when it cannot be made or no map is shown. */
  async function fileOf(order: ExportOrder): Promise<File> {
    const map = store.get().shown?.map;
    if (!map) throw new StageError('internal', 'map-file', 'no finished map is shown');
    const [ending, type] = ENDINGS[order.format];
    return new File([await contents(parts, map, order)], `${fileName(map.info.name)}.${ending}`, { type });
  }
  return {
    fileOf,
    /** The picture as it would be exported, laid out but not painted. Rejects when no map is shown. */
    picture: (theme: Theme, options: Partial<PictureOptions>): Promise<Composed> =>
      composePicture(parts, theme, options),
    /** Paints a picture on a canvas of its size, with `scale` pixels for each of its own. */
    async paint(canvas: HTMLCanvasElement, sheet: Sheet, scale: number): Promise<void> {
      const context = canvas.getContext('2d');
      if (context) paintOnCanvas(context, sheet, scale);
    },
    /** Offers the exported file as a download. Failures are reported to the user. */
    async exportMap(order: ExportOrder): Promise<void> {
      try {
        const file = await fileOf(order);
        page.download(file.name, file);
      } catch (error) {
        store.report(error, 'map-file');
      }
    },
  };
}

async function contents(parts: Parts, map: MapData, order: ExportOrder): Promise<BlobPart | Blob> {
  const { store, selectors, mapFiles } = parts;
  const { format, onlyFound, scale, theme } = order;
  const { hits } = store.get();
  const all = map.corpus.papers.map((_, i) => i);
  const indices = order.papers ? Array.from(order.papers) : onlyFound && hits ? Array.from(hits.indices) : all;
  if (format === 'csv') return papersCsv(map, indices, selectors.topics(store.get()));
  if (format === 'jsonl') return papersJsonl(map, indices, selectors.topics(store.get()));
  if (format === 'bibtex') return papersBibtex(map, indices);
  if (format === 'svg') return paintSvg((await composePicture(parts, theme, order.picture ?? {})).sheet);
  if (format === 'png') return paintPng((await composePicture(parts, theme, order.picture ?? {})).sheet, scale);
  // Kept out of the first load, since few users need it.
  if (format === 'wizmap')
    return (await import('../../export/wizmap.ts')).wizmapZip(map, indices, selectors.topics(store.get()));
  const part = indices === all ? map : selectPapers(map, indices);
  if (format === 'atlas') return mapFiles.encodeAtlas(withEdits(part, store.get()));
  const bytes = await mapFiles.encode(part);
  return format === 'parquet' ? bytes : pageOf(map, new Uint8Array(bytes));
}

/** With the topics' names as the user has them, where the part has kept its topics. */
function withEdits(map: MapData, { topicEdits }: State): MapData {
  return { ...map, topics: map.topics && { ...map.topics, edits: topicEdits } };
}

/** The viewer that other sites embed, with the map inside it. */
async function pageOf(map: MapData, bytes: Uint8Array): Promise<string> {
  const [script, style, frame] = await Promise.all(['frame.js', 'frame.css', 'frame.html'].map(textOf));
  const body = /<main[\s\S]*<\/main>/u.exec(frame)?.[0];
  if (body === undefined) throw new StageError('internal', 'map-file', 'frame.html has no main element');
  return standalonePage({ title: map.info.name, script, style, body, map: bytes }, sha256);
}

async function textOf(file: string): Promise<string> {
  const response = await fetch(`./${file}`).catch((cause: unknown) => {
    throw new StageError('network', 'map-file', `${file} could not be fetched`, { cause });
  });
  if (!response.ok) throw new StageError('network', 'map-file', `${file}: the server answered ${response.status}`);
  return response.text();
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
