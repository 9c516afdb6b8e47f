import { papersOf } from '../../model/topic-view.ts';
import { MAX_MARKED_NEIGHBORS, paperStates } from '../../render/paper-marks.ts';
import type { Renderer } from '../../render/renderer.ts';
import { shownColoring } from '../coloring.ts';
import { hoveredPoint } from '../compare/comparison.ts';
import type { Selectors } from '../selectors.ts';
import type { Theme } from '../settings.ts';
import { treeOf } from '../shown.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';

/** Duration of the papers' move to new positions, slightly longer than the pause between two previews. */
const GLIDE_MS = 320;
const SETTLE_MS = 700;

interface Parts {
  readonly store: Store;
  readonly selectors: Selectors;
}

/** Updates a renderer with the store until the returned function is called. */
export function feedRenderer({ store, selectors }: Parts, renderer: Renderer, theme: Theme): () => void {
  const feed = (state: State, before: State | null): void => {
    const isNew = before === null || state.shown?.corpus !== before.shown?.corpus;
    if (isNew || drawnPlaces(state) !== drawnPlaces(before)) feedPositions(renderer, state, before, isNew);
    if (isNew || colorsChanged(state, before)) {
      const colors = shownColoring(state, selectors.topics(state), theme);
      renderer.setColors(colors?.rgb ?? new Uint8Array());
    }
    if (isNew || statesChanged(state, before)) {
      feedStates(renderer, state, selectors);
    }
    if (isNew || hoveredPoint(state) !== hoveredPoint(before)) renderer.setHovered(hoveredPoint(state));
  };
  feed(store.get(), null);
  return store.subscribe(feed);
}

/** The positions to draw. In a comparison, papers that only the other map has come last. */
function drawnPlaces({ comparison, shown }: State): Float32Array | undefined {
  return comparison?.drawn ?? shown?.positions;
}

function feedPositions(renderer: Renderer, state: State, before: State | null, isNew: boolean): void {
  const { shown } = state;
  if (isNew) {
    renderer.setPositions(new Float32Array());
    renderer.setStates(new Uint8Array());
  }
  if (!shown) return;
  const last = before?.shown;
  const isKept = last && (shown.grownFrom === last.corpus || last.grownFrom === shown.corpus);
  const isFinal = shown.map !== null && before?.shown?.map === null;
  renderer.setPositions(drawnPlaces(state) ?? shown.positions, {
    animateMs: isNew ? 0 : isFinal ? SETTLE_MS : GLIDE_MS,
  });
  // When papers were added or removed again, the others stay in place, and so should the camera.
  if (isNew && !isKept) renderer.fit();
}

/** Includes topics, which arrive after the papers and can be edited. */
function colorsChanged(state: State, before: State): boolean {
  return (
    state.colorBy !== before.colorBy ||
    state.topicEdits !== before.topicEdits ||
    (state.kept !== before.kept && state.colorBy === 'kept') ||
    state.measured !== before.measured ||
    state.comparison?.drift !== before.comparison?.drift ||
    treeOf(state.shown) !== treeOf(before.shown)
  );
}

function statesChanged(state: State, before: State): boolean {
  return (
    state.hits !== before.hits ||
    state.filters !== before.filters ||
    state.selected !== before.selected ||
    state.shown !== before.shown ||
    state.topic !== before.topic ||
    state.selection !== before.selection ||
    state.topicEdits !== before.topicEdits
  );
}

/** Highlights the open topic, else the selection; search hits replace the topic. */
function feedStates(renderer: Renderer, state: State, selectors: Selectors): void {
  const { shown, hits, selected, topic, selection } = state;
  const view = topic >= 0 && !hits ? selectors.topics(state) : null;
  const nearest = selectors.neighborhood(shown, selected)?.nearest.slice(0, MAX_MARKED_NEIGHBORS) ?? [];
  renderer.setStates(
    paperStates(shown?.corpus.papers.length ?? 0, {
      hits: hits?.indices ?? null,
      emphasized: view ? papersOf(view, topic) : selection.length > 0 ? selection : null,
      passing: selectors.filtered(state).passing,
      neighbors: nearest.map(({ index }) => index),
      selected,
    }),
  );
}
