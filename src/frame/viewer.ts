import type { PortolanPaper, PortolanState, PortolanTopic, PortolanView } from '../../public/portolan.d.ts';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import { makePrintable } from '../render/print-map.ts';
import { makeSearchSession } from '../search/search-session.ts';
import { makeFrameContours } from './contours.ts';
import { makeLabels } from './labels.ts';
import { makeLegend } from './legend.ts';
import { type MapViewEvents, makeMapView } from './map-view.ts';
import { findPanels } from './panels.ts';
import type { FrameAnswers, FrameArgs, FrameOptions, Tell } from './protocol.ts';
import { FRESH_VIEW } from './shown.ts';
import {
  chooseColor,
  chooseTopic,
  drawAll,
  drawLabels,
  exportOf,
  hover,
  keepTopics,
  papersOf,
  pick,
  pickTopic,
  pointAtGround,
  type SearchAnswer,
  search,
  searchQuietly,
  select,
  showMap,
  stateOf,
  topicsOf,
  type ViewerState,
} from './viewer-actions.ts';

/** What a frame can do, for its user and for its host page: a map with search and topics. */
export interface Viewer {
  /** Shows the map in `bytes`. On failure the previous map stays. */
  open(bytes: ArrayBuffer): Promise<FrameAnswers['load']>;
  setView(view: PortolanView | null): void;
  /** Multiplies the zoom, about the middle of the view; nothing while the map is out of sight. */
  zoomBy(factor: number): void;
  /** Finds the first thousand hits, best first; '' ends the search. */
  search(query: string): Promise<SearchAnswer>;
  /** Throws RangeError for an unknown paper or topic. */
  select(what: FrameArgs['select']): void;
  highlight(indices: readonly number[]): void;
  /** Throws RangeError for an unknown topic. */
  filter(filter: FrameArgs['filter']): void;
  /** Throws RangeError when the map cannot be coloured by `color`. */
  setColor(color: string | number): void;
  setTheme(theme: FrameOptions['theme']): void;
  state(): PortolanState;
  papers(from: number, count: number): PortolanPaper[];
  topics(): PortolanTopic[];
  export(format: FrameArgs['export']): Promise<Blob>;
  dispose(): void;
}

/** Makes the viewer of `frame.html`, without a map. Calls `tell` for each event. */
export function makeViewer(options: FrameOptions, tell: Tell): Viewer {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const state = makeState(options, tell, dark);
  const { mapView, shown, panels } = state;
  const draw = (): void => drawAll(state);
  dark.addEventListener('change', draw);
  const endListening = listen(state);
  draw();
  return {
    open: async (bytes) => showMap(state, await decodeMapFile(bytes), options.color),
    setView: (view) => mapView.look(view),
    zoomBy: (factor) => mapView.renderer?.zoomBy(factor),
    search: (query) => search(state, query),
    select: (what) => (typeof what === 'number' ? select(state, what) : chooseTopic(state, what.topic)),
    highlight(marked) {
      shown.marked = marked;
      draw();
    },
    filter(filter) {
      keepTopics(state, filter?.topics ?? null);
      searchQuietly(state, shown.query);
    },
    setColor: (color) => chooseColor(state, color),
    setTheme(theme) {
      shown.theme = theme;
      draw();
    },
    state: () => stateOf(state),
    papers: (from, count) => papersOf(shown.map, from, count),
    topics: () => topicsOf(state),
    export: (format) => exportOf(state, format),
    dispose() {
      endListening();
      dark.removeEventListener('change', draw);
      panels.showCard(null, null);
      panels.labels.replaceChildren();
      state.contours.dispose();
      mapView.dispose();
    },
  };
}

function makeState(options: FrameOptions, tell: Tell, dark: MediaQueryList): ViewerState {
  const panels = findPanels(
    (index) => pick(state, index),
    () => pick(state, -1),
  );
  const legend = makeLegend(panels.legend, {
    onColor: (value) => chooseColor(state, value),
    onTopic: (id) => pickTopic(state, id),
    onToggle: () => drawAll(state),
  });
  const events: MapViewEvents = {
    onHover: (index) => hover(state, index),
    onGround: (index, pixel) => pointAtGround(state, index, pixel),
    onClick(index) {
      if (index < 0) pickTopic(state, -1);
      pick(state, index);
    },
    onOverlay(element) {
      const id = element.closest<HTMLElement>('[data-topic]')?.dataset.topic;
      if (id !== undefined) pickTopic(state, Number(id));
      return id !== undefined;
    },
    onEscape: () => pickTopic(state, -1),
    onDrawn: () => drawLabels(state),
    onView: (view) => tell('view', view),
    onBlocked: () => panels.say('Hold Ctrl or ⌘ to zoom with the wheel'),
  };
  const session = makeSearchSession({
    nowMs: () => performance.now(),
    pause: () => new Promise((go) => setTimeout(go)),
  });
  const state: ViewerState = {
    panels,
    legend,
    labels: makeLabels(panels.labels),
    contours: makeFrameContours(() => drawAll(state)),
    mapView: makeMapView(panels.map, options.gestures === 'cooperative', events),
    session,
    shown: { ...FRESH_VIEW, map: null, topics: null, run: 0, color: 'none', theme: options.theme },
    tell,
    dark,
    colors: [],
    painted: { of: [], coloring: null },
  };
  return state;
}

/** Listens to the search box and the frame's size. The returned function ends the latter. */
function listen(state: ViewerState): () => void {
  const { input, map } = state.panels;
  input.addEventListener('input', () => searchQuietly(state, input.value));
  input.addEventListener('keydown', ({ key }) => {
    const first = state.shown.hits?.[0];
    if (key === 'Enter' && first !== undefined) pick(state, first);
    if (key === 'Escape') searchQuietly(state, '');
  });
  const size = new ResizeObserver(() => {
    drawAll(state);
    state.tell('resize', { width: map.clientWidth, height: map.clientHeight });
  });
  size.observe(map);
  const endPrinting = makePrintable(map, () => state.mapView.renderer);
  return () => {
    size.disconnect();
    endPrinting();
  };
}
