import { NO_SELECTION, type Selection } from '../../model/selection.ts';
import { papersOf, type TopicView } from '../../model/topic-view.ts';
import type { ContourGroup, ContourPatch } from '../../render/contour-layer.ts';
import { CONTOUR_TINT, NEUTRAL_TINT, TOPIC_COLORINGS } from '../../render/contour-tints.ts';
import type { Renderer } from '../../render/renderer.ts';
import { DARK_THEME, LIGHT_THEME, type Rgb, rgbOf } from '../../render/theme.ts';
import { topicColor } from '../../render/topic-colors.ts';
import { type Bounds, boundsOf, visibleBounds } from '../../render/viewport.ts';
import { contourTile } from '../../topics/contours/contour-tile.ts';
import { type ContourTracer, makeContourTracer } from '../../topics/contours/contours.client.ts';
import type { Contours } from '../../topics/contours/contours.ts';
import { isBetween, topicsThere } from '../compare/comparison.ts';
import type { Selectors } from '../selectors.ts';
import type { Theme } from '../settings.ts';
import { namePlaces } from '../shown.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import type { View } from './view.ts';

/** The input of contours, which are traced again when it changes. */
interface Subject {
  /** Null for a map without topics. */
  readonly view: TopicView | null;
  readonly positions: Float32Array;
  /** The open topic, −1 for none. */
  readonly topic: number;
  /** Whether the papers have their topics' colours; if not, the contours have none, since a map has one legend. */
  readonly isByTopic: boolean;
  /** The selected papers, whose contours lie above those of the topics; empty while a topic is open. */
  readonly selection: Selection;
}

/** The selection is tinted in its outline's colour. */
const SELECTED: Readonly<Record<Theme, Rgb>> = { light: LIGHT_THEME.ring, dark: DARK_THEME.ring };
/** Factor that fades the other tints while a topic is open or papers are selected. */
const BACK = 0.4;
/** Delay after the view's last move before finer contours are traced. */
const REST_MS = 140;

interface Parts {
  readonly store: Store;
  readonly selectors: Selectors;
  readonly view: Pick<View, 'followViewport'>;
}

/** Updates the tints under the map with the store and the zoom until the returned function is called. */
export function feedContours({ store, selectors, view }: Parts, renderer: Renderer, theme: Theme): () => void {
  const tracer = makeContourTracer();
  let subject: Subject | null = null;
  let groups: readonly ContourGroup[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shownTile = '';

  const report = (error: unknown): null => {
    store.report(error, 'topics');
    return null;
  };
  const trace = async (): Promise<void> => {
    const of = subject;
    if (!of) return;
    const traced = await traceGroups(tracer, of, null).catch(report);
    if (!traced || subject !== of) return;
    groups = tint(of, traced, theme);
    shownTile = '';
    renderer.setContours(groups);
    refineSoon();
  };
  const refine = async (): Promise<void> => {
    const of = subject;
    if (!of || groups.length === 0) return;
    const tile = contourTile(visibleBounds(renderer.viewport), boundsOf(of.positions));
    if ((tile?.key ?? '') === shownTile) return;
    const traced = tile && (await traceGroups(tracer, of, tile).catch(report));
    if (subject !== of || (tile && !traced)) return;
    shownTile = tile?.key ?? '';
    const patch: ContourPatch | null = tile && traced ? { bounds: tile.box, groups: tint(of, traced, theme) } : null;
    renderer.setContours(groups, patch);
  };
  const refineSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void refine(), REST_MS);
  };
  const follow = (state: State): void => {
    const next = subjectOf(state, selectors.topics(state));
    if (isSame(subject, next)) return;
    subject = next;
    if (next) void trace();
    else renderer.setContours([]);
  };

  follow(store.get());
  const ends = [store.subscribe(follow), view.followViewport(refineSoon)];
  return () => {
    subject = null;
    clearTimeout(timer);
    for (const end of ends) end();
    tracer.dispose();
  };
}

/** The tints of the whole map as they are shown, traced once; empty without topics and selection, and where they are off. */
export async function shownContours(state: State, view: TopicView | null, theme: Theme): Promise<ContourGroup[]> {
  const of = subjectOf(state, view);
  if (!of) return [];
  const tracer = makeContourTracer();
  try {
    const traced = await traceGroups(tracer, of, null);
    return traced ? tint(of, traced, theme) : [];
  } finally {
    tracer.dispose();
  }
}

/** Null without topics and selection, while contours are off, and between two maps. */
function subjectOf(state: State, view: TopicView | null): Subject | null {
  const selection = state.topic < 0 ? state.selection : NO_SELECTION;
  if ((!view && !topicsThere(state) && selection.length === 0) || !state.contours || !state.shown || isBetween(state))
    return null;
  const there = topicsThere(state);
  const isByTopic = TOPIC_COLORINGS.includes(state.colorBy);
  // The selection belongs to the shown map, so the other map's topics are not drawn with it.
  if (there && selection.length === 0) return { ...there, topic: -1, isByTopic, selection };
  return { view: there ? null : view, positions: namePlaces(state.shown), topic: state.topic, isByTopic, selection };
}

function isSame(a: Subject | null, b: Subject | null): boolean {
  const keys = ['view', 'positions', 'topic', 'isByTopic', 'selection'] as const;
  return keys.every((key) => a?.[key] === b?.[key]);
}

/** The tinted topics: those at the top level, with the open one above them. */
function tintedTopics({ view, topic }: Subject): readonly number[] {
  if (!view) return [];
  return view.nodes.has(topic) && !view.tops.includes(topic) ? [...view.tops, topic] : view.tops;
}

type Tile = { readonly box: Bounds; readonly octave: number; readonly key: string } | null;

function traceGroups(tracer: ContourTracer, of: Subject, tile: Tile): Promise<readonly Contours[] | null> {
  const { view, selection } = of;
  const groups: Int32Array[] = tintedTopics(of).map((id) => Int32Array.from(view ? papersOf(view, id) : []));
  if (selection.length > 0) groups.push(selection);
  return tracer.trace({ positions: of.positions, groups, tile });
}

function tint(of: Subject, traced: readonly Contours[], theme: Theme): ContourGroup[] {
  const ids = tintedTopics(of);
  return traced.flatMap(({ levels }, i) => {
    const isBack = i < ids.length && (of.selection.length > 0 || (of.topic >= 0 && ids[i] !== of.topic));
    const alpha = CONTOUR_TINT[theme] * (isBack ? BACK : 1);
    const own = of.view && i < ids.length ? ids[i] : -1;
    const color =
      own < 0
        ? SELECTED[theme]
        : of.isByTopic && of.view
          ? rgbOf(topicColor(of.view, own, theme))
          : NEUTRAL_TINT[theme];
    return levels.map(({ rings }): ContourGroup => ({ rings, color, alpha }));
  });
}
