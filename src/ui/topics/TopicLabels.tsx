import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { isBetween, topicsThere } from '../../app/compare/comparison.ts';
import { countOf } from '../../app/messages.ts';
import type { Theme } from '../../app/settings.ts';
import { namePlaces } from '../../app/shown.ts';
import type { Corpus } from '../../model/paper.ts';
import type { TopicView } from '../../model/topic-view.ts';
import { labelStyle, STYLE_COUNT } from '../../render/labels/label-text.ts';
import {
  type TopicLabels as Labels,
  labelBudget,
  solveTopicLabels,
  type VisibleLabel,
  visibleLabels,
} from '../../render/labels/labels.ts';
import { topicColor } from '../../render/topic-colors.ts';
import { useApp, useAppState, useNoun, useTopics } from '../app-context.ts';

/**
 * The topics' names as text over the canvas: focusable, and a click flies to the topic. While the papers are placed as
 * on a compared map, the names are that map's and cannot be opened.
 */
export function TopicLabels({ theme }: { readonly theme: Theme }) {
  const noun = useNoun();
  const { topics, page } = useApp();
  const own = useTopics();
  const isThere = useAppState((state) => topicsThere(state) !== null);
  const view = useAppState((state) => topicsThere(state)?.view ?? own);
  const positions = useAppState((state) => topicsThere(state)?.positions ?? (state.shown && namePlaces(state.shown)));
  const isMoving = useAppState(isBetween);
  const areFontsReady = useFonts();
  const fitScale = useFitScale(positions !== null);
  // A window that becomes narrow also changes `fitScale`, which places the labels anew.
  const stood = useRef<Stood>({ corpus: null, papers: new Map() });
  const corpus = useAppState((state) => state.shown?.corpus ?? null);
  const labels = useMemo(() => {
    if (!view || !positions || !areFontsReady || fitScale === 0 || isMoving) return null;
    // While a map is in the making its papers move: names go with the papers at which they stand.
    const before = stood.current.corpus === corpus ? stood.current.papers : null;
    const solved = solve({ view, positions, before }, fitScale, page.isNarrow());
    stood.current = { corpus, papers: solved.papers };
    return { view, isThere, ...solved };
  }, [view, positions, corpus, areFontsReady, fitScale, isMoving, isThere, page]);
  const layer = useRef<HTMLDivElement>(null);
  const { of, visible } = useVisible(labels, layer);
  const chosen = useAppState((state) => state.topic);
  if (!of) return null;
  return (
    <div className="topic-labels" ref={layer}>
      {visible.map(({ index, px, py }) => {
        const { id, level } = of.intervals.candidates[index];
        const node = of.view.nodes.get(id);
        return (
          <button
            key={of.isThere ? `other ${id}` : id}
            type="button"
            disabled={of.isThere}
            className={`topic-label topic-label-${Math.min(level, STYLE_COUNT - 1)}`}
            data-topic={id}
            data-index={index}
            aria-label={`${node?.name}, ${countOf(node?.size ?? 0, noun)}`}
            aria-pressed={!of.isThere && id === chosen}
            style={{ transform: at(px, py), borderColor: topicColor(of.view, id, theme) }}
            onClick={() => topics.goToTopic(id)}
          >
            {of.texts[index].lines.map((line) => (
              <span key={line} dir="auto">
                {line}
              </span>
            ))}
          </button>
        );
      })}
    </div>
  );
}

/** Whether the fonts are loaded: label boxes are measured in the fonts that draw them. */
function useFonts(): boolean {
  const [areReady, setReady] = useState(false);
  useEffect(() => {
    const loading = [0, 1, 2].map((level) => document.fonts.load(labelStyle(level, false).font));
    // If a font fails to load, the next of its list both draws and measures.
    void Promise.allSettled(loading).then(() => setReady(true));
  }, []);
  return areReady;
}

/** The view rests when no frame has come for this long. */
const REST_MS = 140;

/**
 * The scale at which the whole map fits; 0 before there is a map. It changes with the window and its panels. A change
 * counts once the view rests, so that labels are not placed anew on each frame on the way.
 */
function useFitScale(hasMap: boolean): number {
  const { view } = useApp();
  const [fitScale, setFitScale] = useState(0);
  useEffect(() => {
    let known = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = (): void => {
      const next = hasMap ? (view.currentView()?.fitScale ?? 0) : 0;
      clearTimeout(timer);
      const take = (): void => {
        known = next;
        setFitScale(next);
      };
      if (known === 0 || next === 0) take();
      else if (next !== known) timer = setTimeout(take, REST_MS);
    };
    follow();
    const stop = view.followViewport(follow);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [hasMap, view]);
  return fitScale;
}

/** Where the names stood last, and of which papers. */
interface Stood {
  readonly corpus: Corpus | null;
  readonly papers: Labels['papers'];
}

interface Ground {
  readonly view: TopicView;
  readonly positions: Float32Array;
  readonly before: Labels['papers'] | null;
}

function solve({ view, positions, before }: Ground, fitScale: number, isNarrow: boolean): Labels {
  const pen = document.createElement('canvas').getContext('2d');
  const widthOf = (text: string, font: string): number => {
    if (!pen) return 0;
    pen.font = font;
    return pen.measureText(text).width;
  };
  return solveTopicLabels(view, positions, { fitScale, isNarrow, widthOf }, before);
}

interface Solved extends Labels {
  readonly view: TopicView;
  /** Whether the names are those of a compared map. */
  readonly isThere: boolean;
}

/** The labels chosen for the view, and the set that they come from. */
interface Chosen {
  readonly of: Solved | null;
  readonly visible: readonly VisibleLabel[];
}

const NONE_CHOSEN: Chosen = { of: null, visible: [] };

/**
 * The labels to show now. A new choice is made before the browser paints. While it stays the same, moving the view sets
 * the labels' styles directly and renders nothing.
 */
function useVisible(labels: Solved | null, layer: RefObject<HTMLDivElement | null>): Chosen {
  const { topics, view } = useApp();
  const [chosen, setChosen] = useState<Chosen>(NONE_CHOSEN);
  useLayoutEffect(() => {
    if (!labels) {
      setChosen(NONE_CHOSEN);
      topics.setShownLabels(new Set());
      return;
    }
    let shown = '';
    let keep: ReadonlySet<number> = new Set();
    let scale = 0;
    const follow = (): void => {
      const seen = view.currentView();
      if (!seen) return;
      const budget = labelBudget(seen.widthPx * seen.heightPx);
      // Names stay while the view is dragged. After a zoom the choice must not depend on the way there.
      const now = visibleLabels(labels.intervals, seen, budget, seen.scale === scale ? keep : undefined);
      scale = seen.scale;
      const key = now.map(({ index }) => index).join();
      if (key === shown) {
        move(layer.current, now);
        return;
      }
      shown = key;
      keep = new Set(now.map(({ index }) => index));
      // Exports name the topics of the shown map, never those of a compared one.
      const ids = now.map(({ index }) => labels.intervals.candidates[index].id);
      topics.setShownLabels(new Set(labels.isThere ? [] : ids));
      setChosen({ of: labels, visible: now });
    };
    follow();
    return view.followViewport(follow);
  }, [labels, layer, view, topics]);
  return chosen;
}

function move(layer: HTMLElement | null, visible: readonly VisibleLabel[]): void {
  for (const { index, px, py } of visible) {
    const label = layer?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (label) label.style.transform = at(px, py);
  }
}

/** Rounded to whole pixels, because text between pixels is blurred. */
function at(px: number, py: number): string {
  return `translate(${Math.round(px)}px, ${Math.round(py)}px) translate(-50%, -50%)`;
}
