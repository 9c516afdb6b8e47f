import { papersJsonl } from '../../export/jsonl.ts';
import { standalonePage } from '../../export/page.web.ts';
import { papersBibtex, papersCsv } from '../../export/paper-formats.ts';
import { MAX_VECTOR_POINTS, type PictureName, pictureSvg } from '../../export/picture.ts';
import { StageError } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import { selectPapers } from '../../model/select-papers.ts';
import type { TopicView } from '../../model/topic-view.ts';
import type { MapFiles } from '../../pipeline/map-file.client.ts';
import { colorBy, PALETTES } from '../../render/palette.ts';
import { displayTitle } from '../../text/readable.ts';
import { colorValues, shownColoring } from '../coloring.ts';
import type { Page } from '../page.ts';
import type { Selectors } from '../selectors.ts';
import type { Theme } from '../settings.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import type { Topics } from '../topics/topics.ts';
import type { View } from '../view/view.ts';
import { fileName } from './files.ts';

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
  readonly page: Pick<Page, 'download'>;
  readonly selectors: Selectors;
  readonly topics: Pick<Topics, 'shownLabels'>;
  readonly view: Pick<View, 'drawSettings' | 'snapshot'>;
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
  if (format === 'csv') return papersCsv(map, indices);
  if (format === 'jsonl') return papersJsonl(map, indices, selectors.topics(store.get()));
  if (format === 'bibtex') return papersBibtex(map, indices);
  if (format === 'svg') return shownPicture(parts, map, theme);
  if (format === 'png') return rasterize(await shownPicture(parts, map, theme), scale);
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

/** The current view as a picture, without the panels over it. */
async function shownPicture(parts: Parts, map: MapData, theme: Theme): Promise<string> {
  const { store, selectors, view } = parts;
  const drawn = view.drawSettings();
  if (!drawn) throw new StageError('no-webgl', 'render', 'there is no map to take a picture of');
  const state = store.get();
  const topics = selectors.topics(state);
  const { hits, colorBy: choice, selected } = state;
  const coloring = shownColoring(state, topics, theme) ?? colorBy(colorValues(state, topics, 'none'), theme);
  const found = hits ? new Set(hits.indices) : null;
  const isMany = map.corpus.papers.length > MAX_VECTOR_POINTS;
  return pictureSvg({
    title: map.info.name,
    viewport: drawn.viewport,
    background: PALETTES[theme].background,
    ink: theme === 'dark' ? '#e8eef7' : '#14213d',
    positions: map.positions,
    rgb: coloring.rgb,
    isDimmed: (index) => found !== null && !found.has(index),
    radiusPx: drawn.radiusPx,
    opacity: drawn.opacity,
    legend: choice === 'none' ? [] : coloring.legend,
    names: [
      ...topicNames(topics, parts.topics.shownLabels(), map),
      ...(selected < 0 ? [] : [nameOf(map, selected, drawn.radiusPx / drawn.viewport.scale)]),
    ],
    raster: isMany ? await dataUrl(await view.snapshot()) : null,
  });
}

/** The topic names that are visible on the map. */
function topicNames(view: TopicView | null, shown: ReadonlySet<number>, { positions }: MapData): PictureName[] {
  return [...shown].flatMap((id) => {
    const node = view?.nodes.get(id);
    if (!node) return [];
    const { densest, level } = node.topic;
    return [
      { text: node.name, x: positions[2 * densest], y: positions[2 * densest + 1], sizePx: level === 0 ? 15 : 12 },
    ];
  });
}

const NAME_PX = 13;

function nameOf({ corpus, positions }: MapData, index: number, above: number): PictureName {
  const text = displayTitle(corpus.papers[index], 60);
  return { text, x: positions[2 * index], y: positions[2 * index + 1] + 2 * above, sizePx: NAME_PX };
}

/** Browsers fail silently on canvases much larger than this. */
const MAX_SIDE_PX = 16_000;

async function rasterize(svg: string, scale: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const fitting = Math.min(scale, MAX_SIDE_PX / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * fitting);
    canvas.height = Math.round(image.height * fitting);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    if (!blob) throw new StageError('out-of-memory', 'render', `no picture of ${canvas.width}×${canvas.height} pixels`);
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
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
