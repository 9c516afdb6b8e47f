import type { PortolanPaper, PortolanState, PortolanTopic } from '../../public/portolan.d.ts';
import { papersJsonl } from '../export/jsonl.ts';
import { papersCsv } from '../export/paper-formats.ts';
import { withSoundHues } from '../math/topic-hues.ts';
import { StageError } from '../model/failure.ts';
import type { MapData } from '../model/map-data.ts';
import { formOf, nounOf } from '../model/noun.ts';
import { namedTopic, papersOf as papersOfTopic, type TopicView } from '../model/topic-view.ts';
import { type ColorChoice, defaultColorChoice } from '../render/color-choices.ts';
import type { Coloring } from '../render/palette.ts';
import { topicsOnMap } from '../render/part-hues.ts';
import { DARK_THEME, LIGHT_THEME } from '../render/theme.ts';
import { topicColor } from '../render/topic-colors.ts';
import { coreBounds, type Insets, type PixelPoint } from '../render/viewport.ts';
import type { SearchApi, SearchRequest } from '../search/search.api.ts';
import { displayTitle } from '../text/readable.ts';
import type { FrameContours } from './contours.ts';
import type { FrameLabels } from './labels.ts';
import type { Legend } from './legend.ts';
import type { MapView } from './map-view.ts';
import type { Panels } from './panels.ts';
import type { FrameAnswers, FrameArgs, Tell } from './protocol.ts';
import { coloringOf, countText, FRESH_VIEW, findColor, frameColors, marksOf, passingOf, type Shown } from './shown.ts';

/** The state and parts of a viewer; the functions of this file act on it. */
export interface ViewerState {
  readonly panels: Panels;
  readonly mapView: MapView;
  readonly labels: FrameLabels;
  readonly legend: Legend;
  readonly contours: FrameContours;
  readonly session: SearchApi;
  readonly shown: Shown;
  readonly tell: Tell;
  readonly dark: MediaQueryList;
  /** What the open map can be coloured by. */
  colors: readonly ColorChoice[];
  /** The present colours and the inputs that they were made from. */
  painted: { readonly of: readonly unknown[]; readonly coloring: Coloring | null };
}

/** The first thousand hits, best first, and how many there are. */
export interface SearchAnswer {
  readonly total: number;
  readonly indices: readonly number[];
}

/** In narrower frames, panels lie over the map instead of beside it. */
const WIDE_PX = 720;
/** Height that the search box covers at the top. */
const TOP_PX = 48;
const GAP_PX = 16;

/** How many hits are marked and returned. */
const MAX_HITS = 1000;

/** In smaller frames the legend begins closed, so that the map has room. */
const ROOMY_PX = { width: 720, withTopics: 900, height: 320 } as const;

/** Updates the whole frame from the state. O(n log n) when the colours change, else O(n). */
export function drawAll(state: ViewerState): void {
  const { shown, mapView, dark } = state;
  const { map, topics, color, theme, topic } = shown;
  const { content } = mapView;
  const isDark = theme === 'dark' || (theme === 'auto' && dark.matches);
  const colors = isDark ? 'dark' : 'light';
  document.documentElement.dataset.theme = colors;
  content.theme = isDark ? DARK_THEME : LIGHT_THEME;
  if (map) {
    const of = [map, color, colors];
    if (of.some((part, i) => part !== state.painted.of[i])) {
      const coloring = coloringOf(map, topics, color, colors);
      state.painted = { of, coloring };
      content.rgb = coloring?.rgb ?? new Uint8Array();
    }
    content.contours = state.contours.tints({ topics, positions: map.positions, color, theme: colors });
    Object.assign(content, { positions: map.positions, ...marksOf(shown) });
    state.panels.showCount(countText(shown));
    const entries = state.painted.coloring?.legend ?? [];
    state.legend.show({ colors: state.colors, color, entries, view: topics, topic, theme: colors });
  }
  content.insets = insetsOf(state);
  mapView.refresh();
  drawLabels(state);
}

/** Updates the topic names for the part of the map in view. They stay unchanged while the map is out of sight. */
export function drawLabels({ labels, shown, mapView }: ViewerState): void {
  const { renderer, content } = mapView;
  if (!renderer) return;
  const { topics: view, topic, kept } = shown;
  labels.show(
    { view, noun: nounOf(shown.map?.corpus), positions: content.positions, topic, kept, insets: content.insets },
    renderer,
  );
}

function insetsOf({ panels, legend }: ViewerState): Insets {
  const isWide = panels.map.clientWidth >= WIDE_PX;
  const beside = (coveredPx: number): number => (isWide && coveredPx > 0 ? coveredPx + GAP_PX : 0);
  const right = beside(Math.max(panels.paperWidthPx, legend.widthPx));
  return { top: TOP_PX, right, bottom: 0, left: beside(panels.hitsWidthPx) };
}

/** Highlights a topic's papers and moves the view to them; −1: none. Throws RangeError for an unknown id. */
export function chooseTopic(state: ViewerState, id: number): void {
  const { shown, mapView } = state;
  const view = known(shown.topics, id < 0 ? [] : [id]);
  shown.topic = id;
  drawAll(state);
  const bounds = view && id >= 0 && shown.map ? coreBounds(shown.map.positions, papersOfTopic(view, id)) : null;
  if (bounds) mapView.lookAtPart(bounds);
}

/** Handles the user's choice of a topic and reports it to the host. Choosing the same topic again clears it. */
export function pickTopic(state: ViewerState, id: number): void {
  const next = id === state.shown.topic ? -1 : id;
  if (next === state.shown.topic) return;
  chooseTopic(state, next);
  state.tell('topic', next);
}

/** Colours only the papers of these topics; null: all. Throws RangeError for an unknown id. */
export function keepTopics(state: ViewerState, ids: readonly number[] | null): void {
  known(state.shown.topics, ids ?? []);
  state.shown.kept = ids;
  drawAll(state);
}

/** Colours by `wanted`, as `findColor` reads it. Throws RangeError when the map does not have it. */
export function chooseColor(state: ViewerState, wanted: string | number): void {
  const value = findColor(state.colors, wanted);
  if (value === undefined) throw new RangeError('the map cannot be coloured by that');
  state.shown.color = value;
  drawAll(state);
}

/** Names the topic on the ground where the pointer rests, near `paper` (−1: near none). */
export function pointAtGround({ shown, labels, panels }: ViewerState, paper: number, pixel: PixelPoint | null): void {
  const id = paper < 0 || !shown.topics ? undefined : namedTopic(shown.topics, paper, labels.named);
  const node = id === undefined ? undefined : shown.topics?.nodes.get(id);
  labels.point(node?.topic.id ?? -1);
  panels.showCard(
    node?.name ?? null,
    pixel,
    node ? ` ${node.size} ${formOf(nounOf(shown.map?.corpus), node.size)}` : '',
  );
}

/** Handles the pointer over a paper; −1: over none. */
export function hover({ mapView, panels, shown, tell, labels }: ViewerState, index: number): void {
  const paper = shown.map?.corpus.papers[index];
  mapView.content.hovered = index;
  mapView.renderer?.setHovered(index);
  labels.point(-1);
  panels.showCard(paper ? displayTitle(paper) : null, mapView.renderer?.locate(index) ?? null);
  tell('hover', index);
}

/** Handles the user's choice of a paper, −1 for none, and reports it to the host. */
export function pick(state: ViewerState, index: number): void {
  if (index < 0 && state.shown.selected < 0) return;
  select(state, index);
  state.tell('select', index);
}

/** Opens a paper; −1 closes it. Throws RangeError for an unknown index. */
export function select(state: ViewerState, index: number): void {
  const { shown, panels } = state;
  const count = shown.map?.corpus.papers.length ?? 0;
  if (index >= count) throw new RangeError(`there is no paper ${index}, only ${count}`);
  shown.selected = index;
  panels.showPaper(shown.map?.corpus.papers[index] ?? null);
  drawAll(state);
}

/** Shows another map, coloured by `color` if the map has it, and indexes its texts. */
export async function showMap(state: ViewerState, map: MapData, color: string): Promise<FrameAnswers['load']> {
  const { papers } = map.corpus;
  const { shown, mapView, panels, session, legend } = state;
  const topics =
    map.topics && map.topics.topics.length > 0
      ? topicsOnMap(withSoundHues(map.topics, map.positions), map.positions)
      : null;
  state.colors = frameColors(map, topics);
  Object.assign(shown, { ...FRESH_VIEW, map, topics, run: shown.run + 1 });
  shown.color = findColor(state.colors, color) ?? defaultColorChoice(papers, topics !== null);
  Object.assign(mapView.content, { positions: new Float32Array(), hovered: -1 });
  mapView.refresh();
  mapView.look(null);
  panels.showHits(map, null);
  panels.showPaper(null);
  panels.map.setAttribute(
    'aria-label',
    `Map of ${papers.length} ${nounOf(map.corpus).many}. Arrow keys move, plus and minus zoom.`,
  );
  const { clientWidth: width, clientHeight: height } = panels.map;
  const minWidth = topics && shown.color === 'topic' ? ROOMY_PX.withTopics : ROOMY_PX.width;
  if (width >= minWidth && height >= ROOMY_PX.height) legend.open();
  drawAll(state);
  const { run } = shown;
  session.begin(run);
  session.add(run, papers);
  await session.finish(run);
  return { papers: papers.length, name: map.info.name };
}

/** Searches as the user types. Does not fail when a newer search replaces this one. */
export function searchQuietly(state: ViewerState, query: string): void {
  void search(state, query).catch(() => undefined);
}

/** Searches the papers that pass the filter; '' ends it. Fails with `cancelled` when a newer search replaces it. */
export async function search(state: ViewerState, query: string): Promise<SearchAnswer> {
  const { shown, session, panels } = state;
  const { map, run, kept } = shown;
  if (!map) return { total: 0, indices: [] };
  shown.query = query;
  if (panels.input.value !== query) panels.input.value = query;
  const hits = query.trim() === '' ? null : await session.search(run, byWords(query, passingOf(shown)));
  if (shown.map !== map || shown.query !== query || shown.kept !== kept) {
    throw new StageError('cancelled', 'search', 'a newer search took over');
  }
  shown.hits = hits ? Array.from(hits.indices) : null;
  shown.total = hits?.total ?? 0;
  panels.showHits(map, shown.hits);
  drawAll(state);
  return { total: shown.total, indices: shown.hits ?? [] };
}

/** A search by words alone, because a frame has no model. */
function byWords(query: string, within: Uint8Array | null): SearchRequest {
  return { query, limit: MAX_HITS, mode: 'words', vector: null, like: [], unlike: [], isPending: false, within };
}

/** The state as reported to the host page. */
export function stateOf({ shown, mapView }: ViewerState): PortolanState {
  const { map, query, selected, topic, kept, color, theme } = shown;
  return {
    papers: map?.corpus.papers.length ?? 0,
    name: map?.info.name ?? '',
    view: mapView.view(),
    filter: kept && { topics: kept },
    ...{ query, selected, topic, color, theme },
  };
}

/** At most `count` papers from index `from` on. */
export function papersOf(map: MapData | null, from: number, count: number): PortolanPaper[] {
  if (!map) return [];
  return map.corpus.papers.slice(from, from + count).map(({ id, title, text, authors, date, url }, i) => {
    const at = 2 * (from + i);
    return { index: from + i, id, title, text, authors, date, url, x: map.positions[at], y: map.positions[at + 1] };
  });
}

/** A picture of the view as PNG, or all papers as CSV or JSON lines. */
export async function exportOf(
  { shown: { map, topics }, mapView }: ViewerState,
  format: FrameArgs['export'],
): Promise<Blob> {
  if (!map) throw new StageError('map-invalid', 'map-file', 'there is no map yet');
  if (format === 'png') {
    if (!mapView.renderer) throw new StageError('no-webgl', 'render', 'the map is out of sight and not drawn');
    return mapView.renderer.snapshot();
  }
  const all = map.corpus.papers.map((_, i) => i);
  if (format === 'csv') return new Blob([papersCsv(map, all, topics)], { type: 'text/csv;charset=utf-8' });
  return new Blob([papersJsonl(map, all, topics)], { type: 'application/jsonl' });
}

/** The topics of the open map; empty if it has none. */
export function topicsOf({ shown: { topics } }: ViewerState): PortolanTopic[] {
  if (!topics) return [];
  const theme = document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
  return Array.from(topics.nodes, ([id, { topic, name, size }]) => {
    const { parent, level } = topic;
    return { id, parent, level, name, size, color: topicColor(topics, id, theme) };
  });
}

/** Returns `view`; throws RangeError when it lacks one of `ids`. */
function known(view: TopicView | null, ids: readonly number[]): TopicView | null {
  for (const id of ids) if (!view?.nodes.has(id)) throw new RangeError(`there is no topic ${id}`);
  return view;
}
