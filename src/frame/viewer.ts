import { papersCsv } from '../export/csv.ts';
import { papersJsonl } from '../export/jsonl.ts';
import { StageError } from '../model/failure.ts';
import type { MapData } from '../model/map-data.ts';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import { topicView } from '../model/topic-view.ts';
import type { SearchApi, SearchRequest } from '../search/search.api.ts';
import { makeSearchSession } from '../search/search-session.ts';
import type { FrameOptions } from './options.ts';
import { findPanels, type Panels } from './panels.ts';
import type { FrameEvents, FrameFormat, FrameView } from './protocol.ts';
import { drawAll, NO_SCENERY, type Shown } from './scenery.ts';
import { makeStage, type Stage } from './stage.ts';

/** One paper as a host page gets it. */
export interface FramePaper {
  readonly index: number;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly authors: string | null;
  readonly date: string | null;
  readonly url: string | null;
  readonly x: number;
  readonly y: number;
}

/** What a frame shows. */
export interface FrameState {
  readonly papers: number;
  readonly name: string;
  readonly view: FrameView | null;
  readonly query: string;
  readonly selected: number;
  readonly theme: FrameOptions['theme'];
}

/** A map with search over it: what a frame does, for its reader and for its host page alike. */
export interface Viewer {
  /** Shows the map in `bytes`; on failure the one that was there stays. */
  open(bytes: ArrayBuffer): Promise<{ readonly papers: number; readonly name: string }>;
  setView(view: FrameView | null): void;
  /** The first thousand hits, best first; '' ends the search. */
  search(query: string): Promise<{ readonly total: number; readonly indices: readonly number[] }>;
  /** Throws RangeError for a paper that is not there. */
  select(index: number): void;
  highlight(indices: readonly number[]): void;
  setTheme(theme: FrameOptions['theme']): void;
  state(): FrameState;
  papers(from: number, count: number): FramePaper[];
  export(format: FrameFormat): Promise<Blob>;
  dispose(): void;
}

export type Tell = <Name extends keyof FrameEvents>(event: Name, detail: FrameEvents[Name]) => void;

const MAX_HITS = 1000;

/** The viewer of `frame.html`, empty. `tell` hears of everything that happens in it. */
export function makeViewer(options: FrameOptions, tell: Tell): Viewer {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const kit = makeKit(options, tell, dark);
  const { stage, shown, panels } = kit;
  const change = (part: Partial<Shown>): void => {
    Object.assign(shown, part);
    kit.draw();
  };
  dark.addEventListener('change', kit.draw);
  listen(kit);
  kit.draw();
  return {
    open: (bytes) => open(kit, bytes),
    setView: (view) => stage.look(view),
    search: (query) => search(kit, query),
    select: (index) => select(kit, index),
    highlight: (marked) => change({ marked }),
    setTheme: (theme) => change({ theme }),
    state: () => ({
      papers: shown.map?.corpus.papers.length ?? 0,
      name: shown.map?.info.name ?? '',
      view: stage.view(),
      query: shown.query,
      selected: shown.selected,
      theme: shown.theme,
    }),
    papers: (from, count) => papersOf(shown.map, from, count),
    export: (format) => exportOf(shown.map, stage, format),
    dispose() {
      dark.removeEventListener('change', kit.draw);
      panels.showCard(null, null);
      stage.dispose();
    },
  };
}

/** Everything that a viewer has; the functions below share it. */
interface Kit {
  readonly panels: Panels;
  readonly stage: Stage;
  readonly session: SearchApi;
  readonly shown: Shown;
  readonly tell: Tell;
  readonly draw: () => void;
}

function makeKit(options: FrameOptions, tell: Tell, dark: MediaQueryList): Kit {
  const pickHere = (index: number): void => pick(kit, index);
  const panels = findPanels(pickHere, () => pickHere(-1));
  const session = makeSearchSession({
    nowMs: () => performance.now(),
    pause: () => new Promise((go) => setTimeout(go)),
  });
  const stage = makeStage(
    panels.stage,
    options.gestures === 'cooperative',
    { ...NO_SCENERY },
    {
      onHover: (index) => hover(kit, index),
      onClick: pickHere,
      onView: (view) => tell('view', view),
      onBlocked: () => panels.say('Hold Ctrl or ⌘ to zoom with the wheel'),
    },
  );
  const shown: Shown = { map: null, run: 0, query: '', hits: null, marked: [], selected: -1, theme: options.theme };
  const kit: Kit = { panels, stage, session, shown, tell, draw: () => drawAll(shown, stage, dark.matches) };
  return kit;
}

function listen(kit: Kit): void {
  const { input, stage } = kit.panels;
  const quietly = (query: string): void => void search(kit, query).catch(() => undefined);
  input.addEventListener('input', () => quietly(input.value));
  input.addEventListener('keydown', ({ key }) => {
    const first = kit.shown.hits?.[0];
    if (key === 'Enter' && first !== undefined) pick(kit, first);
    if (key === 'Escape') quietly('');
  });
  const size = new ResizeObserver(() => kit.tell('resize', { width: stage.clientWidth, height: stage.clientHeight }));
  size.observe(stage);
}

function hover({ stage, panels, shown, tell }: Kit, index: number): void {
  stage.scenery.hovered = index;
  stage.renderer?.setHovered(index);
  panels.showCard(shown.map?.corpus.papers[index] ?? null, stage.renderer?.locate(index) ?? null);
  tell('hover', index);
}

/** The reader's own choice: the host hears of it. */
function pick(kit: Kit, index: number): void {
  select(kit, index);
  kit.tell('select', index);
}

function select({ shown, panels, draw }: Kit, index: number): void {
  const count = shown.map?.corpus.papers.length ?? 0;
  if (index >= count) throw new RangeError(`there is no paper ${index}, only ${count}`);
  shown.selected = index;
  panels.showPaper(shown.map?.corpus.papers[index] ?? null);
  draw();
}

async function open({ shown, stage, panels, session, draw }: Kit, bytes: ArrayBuffer): ReturnType<Viewer['open']> {
  const map = await decodeMapFile(bytes);
  const { papers } = map.corpus;
  Object.assign(shown, { map, run: shown.run + 1, query: '', hits: null, marked: [], selected: -1 });
  Object.assign(stage.scenery, { positions: new Float32Array(), hovered: -1 });
  stage.refresh();
  stage.look(null);
  panels.showHits(map, null);
  panels.showPaper(null);
  panels.stage.setAttribute('aria-label', `Map of ${papers.length} papers. Arrow keys move, plus and minus zoom.`);
  draw();
  const { run } = shown;
  session.begin(run);
  session.add(run, papers);
  await session.finish(run);
  return { papers: papers.length, name: map.info.name };
}

async function search({ shown, session, panels, draw }: Kit, query: string): ReturnType<Viewer['search']> {
  const { map, run } = shown;
  if (!map) return { total: 0, indices: [] };
  shown.query = query;
  if (panels.input.value !== query) panels.input.value = query;
  const hits = query.trim() === '' ? null : await session.search(run, byWords(query));
  if (shown.map !== map || shown.query !== query) throw overtaken();
  shown.hits = hits ? Array.from(hits.indices) : null;
  panels.showHits(map, hits);
  draw();
  return { total: hits?.total ?? 0, indices: shown.hits ?? [] };
}

/** A frame has no model: it searches by words alone. */
function byWords(query: string): SearchRequest {
  return { query, limit: MAX_HITS, mode: 'words', vector: null, like: [], unlike: [], within: null };
}

function overtaken(): StageError {
  return new StageError('cancelled', 'search', 'a newer search took over');
}

function papersOf(map: MapData | null, from: number, count: number): FramePaper[] {
  if (!map) return [];
  return map.corpus.papers.slice(from, from + count).map(({ id, title, text, authors, date, url }, i) => {
    const at = 2 * (from + i);
    return { index: from + i, id, title, text, authors, date, url, x: map.positions[at], y: map.positions[at + 1] };
  });
}

async function exportOf(map: MapData | null, stage: Stage, format: FrameFormat): Promise<Blob> {
  if (!map) throw new StageError('map-invalid', 'map-file', 'there is no map yet');
  if (format === 'png') {
    if (!stage.renderer) throw new StageError('no-webgl', 'render', 'the map is out of sight and not drawn');
    return stage.renderer.snapshot();
  }
  const all = map.corpus.papers.map((_, i) => i);
  if (format === 'csv') return new Blob([papersCsv(map, all)], { type: 'text/csv;charset=utf-8' });
  return new Blob([papersJsonl(map, all, map.topics && topicView(map.topics))], { type: 'application/jsonl' });
}
