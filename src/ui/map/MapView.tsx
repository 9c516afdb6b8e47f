import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { App } from '../../app/app.ts';
import { hasDoor } from '../../app/maps/door.ts';
import { countOf } from '../../app/messages.ts';
import { feedLinks } from '../../app/neighbors/map-links.ts';
import type { Theme } from '../../app/settings.ts';
import { hasOpenHits, hasOpenPanel, isBusy } from '../../app/state.ts';
import { feedContours } from '../../app/view/map-contours.ts';
import { feedRenderer } from '../../app/view/map-feed.ts';
import type { View } from '../../app/view/view.ts';
import { makeGestures } from '../../render/gestures.ts';
import { makePrintable } from '../../render/print-map.ts';
import { makeRenderer, type Renderer } from '../../render/renderer.ts';
import { DARK_THEME, LIGHT_THEME } from '../../render/theme.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { OwnTextsButton } from '../menu/Door.tsx';
import { TopicLabels } from '../topics/TopicLabels.tsx';
import { useDocumentTheme, useTheme } from '../use-theme.ts';

/** The map itself: a canvas that follows the store, and gestures that move it. */
export function MapView() {
  const noun = useNoun();
  const theme = useTheme();
  useDocumentTheme(theme);
  const count = useAppState((state) => state.shown?.corpus.papers.length ?? 0);
  // A new canvas replaces one whose context is lost for good, or on which WebGL cannot draw.
  const [{ number, kind }, setCanvas] = useState<CanvasChoice>({ number: 0, kind: 'webgl' });
  const onLost = useCallback(
    (next: CanvasChoice['kind']) => setCanvas((last) => ({ number: last.number + 1, kind: next })),
    [],
  );
  const label =
    count === 0
      ? 'Map'
      : `Map of ${countOf(count, noun)}. Arrow keys move, plus and minus zoom, zero shows all, N walks to the nearest ${noun.one}, question mark lists all keys.`;
  return (
    <>
      <MapCanvas key={number} kind={kind} theme={theme} label={label} onLost={onLost} />
      {count === 0 && <EmptyMap />}
    </>
  );
}

interface CanvasChoice {
  readonly number: number;
  readonly kind: Renderer['kind'];
}

interface CanvasProps {
  readonly kind: CanvasChoice['kind'];
  readonly theme: Theme;
  readonly label: string;
  /** Called with the kind of canvas to try next. */
  readonly onLost: (next: CanvasChoice['kind']) => void;
}

function MapCanvas({ kind, theme, label, onLost }: CanvasProps) {
  const app = useApp();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const underlay = useRef<HTMLCanvasElement>(null);
  const [renderer, hold] = useState<Renderer | null>(null);
  const tool = useAppState((state) => state.areaTool);
  useEffect(() => {
    if (!frame.current || !canvas.current || !underlay.current) return;
    const sheets = { frame: frame.current, canvas: canvas.current, underlay: underlay.current };
    return startRenderer(app, sheets, kind, hold, onLost);
  }, [app, kind, onLost]);
  useEffect(() => renderer?.setTheme(theme === 'dark' ? DARK_THEME : LIGHT_THEME), [renderer, theme]);
  useEffect(() => (renderer ? feedRenderer(app, renderer, theme) : undefined), [app, renderer, theme]);
  useEffect(() => (renderer ? feedContours(app, renderer, theme) : undefined), [app, renderer, theme]);
  useEffect(() => (renderer ? feedLinks(app, renderer) : undefined), [app, renderer]);
  useEffect(() => (renderer && frame.current ? makePrintable(frame.current, () => renderer) : undefined), [renderer]);
  useInsets(renderer);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the map while it has the focus.
    <div className="map" ref={frame} tabIndex={0} role="application" aria-label={label} data-tool={tool ?? undefined}>
      <canvas ref={canvas} />
      <canvas ref={underlay} className="ground" />
      <TopicLabels theme={theme} />
      <AreaOutline />
    </div>
  );
}

/** What the map is drawn on. */
interface Sheets {
  readonly frame: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Below `canvas`: the ground with its tints. */
  readonly underlay: HTMLCanvasElement;
}

/** Starts drawing and listening; returns a function that ends both. Without a canvas the rest of the page works. */
function startRenderer(
  { store, view, stacks, topics, comparing, drawing }: App,
  { frame, canvas, underlay }: Sheets,
  kind: CanvasChoice['kind'],
  hold: (renderer: Renderer | null) => void,
  onLost: CanvasProps['onLost'],
): () => void {
  let renderer: Renderer;
  try {
    renderer = makeRenderer(canvas, {
      underlay,
      reducedMotion: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      onViewport: view.announceViewport,
      onFailure: () => onLost(kind),
      kind,
    });
  } catch (error) {
    // Some drivers list other uniforms than the shaders declare. Then regl's captured code is not found, and the
    // content security policy forbids compiling it.
    if (kind === 'webgl') {
      onLost('canvas2d');
      return () => undefined;
    }
    store.report(error, 'render');
    return () => undefined;
  }
  const gestures = makeGestures(frame, renderer, {
    onHover: comparing.hoverPoint,
    onHoverEnd: () => comparing.hoverPoint(-1),
    onGround: (pixel) =>
      topics.setGround(pixel === null ? -1 : comparing.ownPaper(renderer.pick(pixel, GROUND_RADIUS_PX))),
    onClick(index) {
      const selected = comparing.ownPaper(index);
      if (selected < 0) store.set({ selected, topic: -1, stack: [] });
      else stacks.openDot(selected);
    },
    onOverlay(element) {
      const id = element.closest<HTMLElement>('[data-topic]')?.dataset.topic;
      if (id !== undefined) topics.goToTopic(Number(id));
      return id !== undefined;
    },
    ...drawing.gestures,
  });
  frame.dataset.renderer = renderer.kind;
  view.setRenderer(renderer);
  hold(renderer);
  return () => {
    gestures.dispose();
    view.setRenderer(null);
    hold(null);
    renderer.dispose();
  };
}

/** Empty ground within this distance of a paper belongs to the paper's topic. */
const GROUND_RADIUS_PX = 44;

/** Tells the view what panels cover, so that "show all" and flights use only the free part. */
function useInsets(renderer: Renderer | null): void {
  const { view } = useApp();
  const hasPanel = useAppState(hasOpenPanel);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a panel that opens or closes changes the insets.
  useEffect(() => view.holdInsets(), [view, renderer, hasPanel]);
  const hasHits = useAppState(hasOpenHits);
  const isCardOpen = useAppState((state) => state.cardOpen);
  const isDoorOpen = useAppState(hasDoor);
  const hasTime = useAppState((state) => state.timeline !== null);
  const hasWay = useAppState((state) => state.comparison !== null);
  const tablePx = useAppState(({ table }) => (table.isOpen ? table.heightPx : 0));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new renderer needs the insets; what opens changes them.
  useEffect(() => {
    view.applyInsets();
    window.addEventListener('resize', view.applyInsets);
    return () => window.removeEventListener('resize', view.applyInsets);
  }, [view, renderer, hasHits, hasTime, hasWay, isCardOpen, isDoorOpen, tablePx]);
}

function EmptyMap() {
  const isWorking = useAppState(isBusy);
  if (isWorking) return null;
  return (
    <div className="empty">
      <h2>A map of your texts</h2>
      <p>
        Drop them here or choose them: tables, reference lists, mail, documents or plain text, as files, folders or ZIP
        archives. Everything happens on this device; nothing is uploaded.
      </p>
      <OwnTextsButton isMain />
    </div>
  );
}

/** The outline of the area that the user is drawing. */
function AreaOutline() {
  const { view } = useApp();
  const draft = useAppState((state) => state.draft);
  const path = useRef<SVGPathElement>(null);
  useLayoutEffect(() => {
    if (!draft) return;
    const follow = (): void => path.current?.setAttribute('d', pathOf(draft, view));
    follow();
    return view.followViewport(follow);
  }, [draft, view]);
  if (!draft) return null;
  return (
    <svg className="area-outline" aria-hidden>
      <path ref={path} />
    </svg>
  );
}

/** A single point is drawn as a dot, so that the user sees that drawing has begun. */
function pathOf(ring: Float32Array, view: Pick<View, 'pixelOfPoint'>): string {
  let path = '';
  for (let at = 0; at + 1 < ring.length; at += 2) {
    const pixel = view.pixelOfPoint({ x: ring[at], y: ring[at + 1] });
    if (pixel) path += `${path === '' ? 'M' : 'L'}${pixel.px.toFixed(1)} ${pixel.py.toFixed(1)}`;
  }
  return `${path}Z`;
}
