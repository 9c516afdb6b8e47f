import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { hoverPoint, ownPaper } from '../../app/compare/drawn-papers.ts';
import { plural } from '../../app/messages.ts';
import { feedLinks } from '../../app/neighbors/map-links.ts';
import { areaOnMap } from '../../app/selection/area-actions.ts';
import { reportFailure } from '../../app/session.ts';
import { hasOpenPanel, setState } from '../../app/store.ts';
import type { Theme } from '../../app/theme.ts';
import { openTopicOf, setGround } from '../../app/topics/topic-actions.ts';
import { panelInsets } from '../../app/view/insets.ts';
import { announceViewport, followViewport, pixelOfPoint, setRenderer } from '../../app/view/map-actions.ts';
import { feedContours } from '../../app/view/map-contours.ts';
import { feedRenderer } from '../../app/view/map-feed.ts';
import { StageError, toFailure } from '../../model/failure.ts';
import { makeGestures } from '../../render/gestures.ts';
import { makeRenderer, type Renderer } from '../../render/renderer.ts';
import { DARK_THEME, LIGHT_THEME } from '../../render/theme.ts';
import { TopicLabels } from '../topics/TopicLabels.tsx';
import { useApp } from '../use-store.ts';
import { useDocumentTheme, useTheme } from '../use-theme.ts';

/** The map itself: a canvas that follows the store, and hands that follow the user. */
export function MapView() {
  const theme = useTheme();
  useDocumentTheme(theme);
  const count = useApp((state) => state.shown?.corpus.papers.length ?? 0);
  // A canvas whose context is lost for good is replaced by a new one; so is one that WebGL took and cannot draw on.
  const [{ number, kind }, setCanvas] = useState<CanvasChoice>({ number: 0, kind: 'webgl' });
  const onLost = useCallback(
    (next: CanvasChoice['kind']) => setCanvas((last) => ({ number: last.number + 1, kind: next })),
    [],
  );
  const label =
    count === 0
      ? 'Map'
      : `Map of ${plural(count, 'paper')}. Arrow keys move, plus and minus zoom, zero shows all, N walks to the nearest paper, question mark lists all keys.`;
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
  /** Called with what to try next. */
  readonly onLost: (next: CanvasChoice['kind']) => void;
}

function MapCanvas({ kind, theme, label, onLost }: CanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const underlay = useRef<HTMLCanvasElement>(null);
  const [renderer, hold] = useState<Renderer | null>(null);
  const tool = useApp((state) => state.areaTool);
  useEffect(() => {
    if (!frame.current || !canvas.current || !underlay.current) return;
    const sheets = { frame: frame.current, canvas: canvas.current, underlay: underlay.current };
    return startRenderer(sheets, kind, hold, onLost);
  }, [kind, onLost]);
  useEffect(() => renderer?.setTheme(theme === 'dark' ? DARK_THEME : LIGHT_THEME), [renderer, theme]);
  useEffect(() => (renderer ? feedRenderer(renderer, theme) : undefined), [renderer, theme]);
  useEffect(() => (renderer ? feedContours(renderer, theme) : undefined), [renderer, theme]);
  useEffect(() => (renderer ? feedLinks(renderer) : undefined), [renderer]);
  useInsets(renderer);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the map is moved by the arrow keys while it has the focus.
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

/** Starts drawing and listening; returns how to end both. Without any canvas the rest of the page still works. */
function startRenderer(
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
      onViewport: announceViewport,
      onFailure: () => onLost(kind),
      kind,
    });
  } catch (error) {
    // A driver that lists other uniforms than the shaders declare: regl's captured code is not found, and the policy
    // forbids to compile it.
    if (kind === 'webgl') {
      onLost('canvas2d');
      return () => undefined;
    }
    reportFailure(error instanceof StageError ? error.failure : toFailure(error, 'render'));
    return () => undefined;
  }
  const gestures = makeGestures(frame, renderer, {
    onHover: hoverPoint,
    onHoverEnd: () => hoverPoint(-1),
    onGround: (pixel) => setGround(pixel === null ? -1 : ownPaper(renderer.pick(pixel, GROUND_RADIUS_PX))),
    onClick(index) {
      const selected = ownPaper(index);
      setState(selected < 0 ? { selected, topic: -1 } : { selected });
    },
    onOverlay: openTopicOf,
    ...areaOnMap,
  });
  frame.dataset.renderer = renderer.kind;
  setRenderer(renderer);
  hold(renderer);
  return () => {
    gestures.dispose();
    setRenderer(null);
    hold(null);
    renderer.dispose();
  };
}

/** Ground this near to a paper belongs to its topic. */
const GROUND_RADIUS_PX = 44;

/** Panels cover parts of the map: "show all" and flights aim at the rest. */
function useInsets(renderer: Renderer | null): void {
  const hasPanel = useApp(hasOpenPanel);
  const hasHits = useApp((state) => state.hits !== null);
  const hasTime = useApp((state) => state.timeline !== null);
  const hasWay = useApp((state) => state.comparison !== null);
  useEffect(() => {
    if (!renderer) return;
    const tell = (): void => renderer.setInsets(panelInsets({ hasPanel, hasHits, hasTime, hasWay }));
    tell();
    window.addEventListener('resize', tell);
    return () => window.removeEventListener('resize', tell);
  }, [renderer, hasPanel, hasHits, hasTime, hasWay]);
}

function EmptyMap() {
  const isBusy = useApp((state) => state.job !== null);
  if (isBusy) return null;
  return (
    <div className="empty">
      <h1>Drop a pile of texts here</h1>
      <p>
        CSV, JSON, JSONL, BibTeX, RIS, plain text or a listing of papers. They are embedded and mapped on this device;
        nothing is uploaded.
      </p>
    </div>
  );
}

/** The area that is being drawn, over the map. */
function AreaOutline() {
  const draft = useApp((state) => state.draft);
  const path = useRef<SVGPathElement>(null);
  useLayoutEffect(() => {
    if (!draft) return;
    const follow = (): void => path.current?.setAttribute('d', pathOf(draft));
    follow();
    return followViewport(follow);
  }, [draft]);
  if (!draft) return null;
  return (
    <svg className="area-outline" aria-hidden>
      <path ref={path} />
    </svg>
  );
}

/** A single point is drawn as a dot, so that a finger held still sees that it has taken. */
function pathOf(ring: Float32Array): string {
  let path = '';
  for (let at = 0; at + 1 < ring.length; at += 2) {
    const pixel = pixelOfPoint({ x: ring[at], y: ring[at + 1] });
    if (pixel) path += `${path === '' ? 'M' : 'L'}${pixel.px.toFixed(1)} ${pixel.py.toFixed(1)}`;
  }
  return `${path}Z`;
}
