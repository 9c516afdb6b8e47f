import { papersByTopic } from '../../model/topic-view.ts';
import { makeDensity } from '../../render/density.ts';
import { appearanceOf } from '../../render/paper-marks.ts';
import type { Rgb } from '../../render/theme.ts';
import { type Bounds, fitBounds, visibleBounds } from '../../render/viewport.ts';
import type { SheetContent, SheetLook } from './content.ts';
import { frameOf } from './frame-of-sheet.ts';
import { type NamePlacement, placeNames, type SheetProjection, sheetPoint } from './place-names.ts';
import { SHEET_SHAPES, type Sheet, type SheetBox, type SheetMark } from './sheet.ts';
import { paperName, type SheetName, topicNames } from './topic-names.ts';

/** A composed picture, and what it does not show. */
export interface Composed {
  readonly sheet: Sheet;
  /** Names that had no room. */
  readonly unnamed: readonly string[];
  /** Placed papers outside the part that is shown. */
  readonly outside: number;
}

/**
 * Lays a picture out: title above, map with its names in the middle, legend and source below. Painters only follow it,
 * so that PNG and SVG are alike. O(n log n + names³).
 */
export function composeSheet(content: SheetContent, look: SheetLook): Composed {
  const { widthPx, heightPx, paperMm } = SHEET_SHAPES[look.shape];
  const frame = frameOf(content, look, { widthPx, heightPx });
  const names =
    look.names === 'none'
      ? pinOnly(content, look)
      : [...pinOnly(content, look), ...topicNames(content, look, frame.body)];
  const placement = placeNames(
    names.map((name) => ({ ...name, mayLeave: name.isTop })),
    {
      body: frame.body,
      project: (inner) => projectionOf(content.bounds, inner),
      sizeOf: (inner) => mapSize(content.bounds, projectionOf(content.bounds, inner)),
      isAmongOwn: ownershipOf(content, names),
    },
  );
  const { mapBox, marks, outside } = mapMarks(content, placement);
  const sheet: Sheet = {
    title: content.title,
    widthPx,
    heightPx,
    paperMm,
    background: look.isTransparent ? null : look.background,
    mapBox,
    marks: [...marks, ...frame.marks, ...nameMarks(names, placement, { content, look })],
  };
  return { sheet, unnamed: placement.left.map((index) => names[index].lines.join(' ')), outside };
}

function pinOnly({ pin, positions }: SheetContent, look: SheetLook): SheetName[] {
  if (!pin || Number.isNaN(positions[2 * pin.index])) return [];
  return [paperName(pin, positions, look)];
}

function projectionOf(bounds: Bounds, inner: SheetBox): SheetProjection {
  const size = { widthPx: Math.max(inner.right - inner.left, 1), heightPx: Math.max(inner.bottom - inner.top, 1) };
  const { center, scale } = fitBounds(bounds, size);
  return { inner, scale, centerX: center.x, centerY: center.y };
}

/** Margin around the map's box, as a share of it; see `fitBounds`. */
const MARGIN = 0.07;

function mapSize({ minX, maxX, minY, maxY }: Bounds, { scale }: SheetProjection) {
  return { widthPx: (1 + 2 * MARGIN) * (maxX - minX) * scale, heightPx: (1 + 2 * MARGIN) * (maxY - minY) * scale };
}

/** Whether at least half of the papers under a name's box belong to it; true where there are none. */
function ownershipOf({ positions, topics }: SheetContent, names: readonly SheetName[]) {
  const members = topics ? papersByTopic(topics) : new Map<number, readonly number[]>();
  const own = new Map<number, ReadonlySet<number>>();
  const membersOf = (id: number): ReadonlySet<number> => {
    const known = own.get(id) ?? new Set(members.get(id) ?? []);
    own.set(id, known);
    return known;
  };
  return (index: number, box: SheetBox, projection: SheetProjection): boolean => {
    const its = membersOf(names[index].topic);
    let all = 0;
    let ours = 0;
    for (let i = 0; 2 * i < positions.length; i++) {
      const { x, y } = sheetPoint(projection, { x: positions[2 * i], y: positions[2 * i + 1] });
      if (!(x > box.left && x < box.right && y > box.top && y < box.bottom)) continue;
      all++;
      if (its.has(i)) ours++;
    }
    return names[index].topic < 0 || 2 * ours >= all;
  };
}

interface MapPart {
  readonly mapBox: SheetBox;
  readonly marks: readonly SheetMark[];
  readonly outside: number;
}

/** Dots that are painted together: their discs join into one shape, so few, as discs that overlap should be darker. */
const DOTS_AT_ONCE = 40;
const DIMMED = 0.15;

function mapMarks(content: SheetContent, { projection }: NamePlacement): MapPart {
  const { inner } = projection;
  const { positions, rgb, isDimmed } = content;
  const { radiusPx, opacity } = appearanceIn(content, projection);
  const areas = content.contours.map(({ rings, color, alpha }): SheetMark => {
    return { kind: 'area', rings: rings.map((ring) => ringOn(projection, ring)), color: hex(color), opacity: alpha };
  });
  const open = new Map<string, { places: number[]; first: number }>();
  const dots: { mark: SheetMark; first: number }[] = [];
  let outside = 0;
  const close = (key: string): void => {
    const group = open.get(key);
    if (!group) return;
    const [color, shown] = key.split(' ');
    const mark: SheetMark = {
      kind: 'dots',
      places: Float32Array.from(group.places),
      color,
      opacity: Number(shown),
      radiusPx,
    };
    dots.push({ mark, first: group.first });
    open.delete(key);
  };
  for (let i = 0; 2 * i < positions.length; i++) {
    const { x, y } = sheetPoint(projection, { x: positions[2 * i], y: positions[2 * i + 1] });
    if (!(Number.isFinite(x) && Number.isFinite(y))) continue;
    if (x < inner.left || x > inner.right || y < inner.top || y > inner.bottom) {
      outside++;
      continue;
    }
    const color = [0, 1, 2].map((c) => (rgb[3 * i + c] ?? 0x60) / 255);
    const key = `${hex([color[0], color[1], color[2]])} ${isDimmed(i) ? opacity * DIMMED : opacity}`;
    const group = open.get(key) ?? { places: [], first: i };
    open.set(key, group);
    group.places.push(x, y);
    if (group.places.length === 2 * DOTS_AT_ONCE) close(key);
  }
  for (const key of [...open.keys()]) close(key);
  dots.sort((a, b) => a.first - b.first);
  return { mapBox: inner, marks: [...areas, ...dots.map(({ mark }) => mark)], outside };
}

/** What a screen shows beside a map of its shape, margins included, as a multiple of the map's own box. */
const AROUND = 1.3;

/** As on a screen that shows the same part as large. */
function appearanceIn({ positions, bounds }: SheetContent, { inner, scale, centerX, centerY }: SheetProjection) {
  const density = makeDensity(positions, bounds);
  const [widthPx, heightPx] = [inner.right - inner.left, inner.bottom - inner.top];
  const view = visibleBounds({ center: { x: centerX, y: centerY }, scale, widthPx, heightPx });
  const { total: placed, clumping } = density;
  // A sheet may be far from the map's own shape: empty ground beside the map does not make its dots larger.
  const spanPx = (bounds.maxX - bounds.minX) * (bounds.maxY - bounds.minY) * scale * scale;
  const areaPx = Math.min(widthPx * heightPx, AROUND * spanPx);
  return appearanceOf({ placed, inView: density.countWithin(view), zoom: 1, areaPx, clumping });
}

function ringOn(projection: SheetProjection, ring: Float32Array): Float32Array {
  const onSheet = new Float32Array(ring.length);
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const { x, y } = sheetPoint(projection, { x: ring[i], y: ring[i + 1] });
    onSheet[i] = x;
    onSheet[i + 1] = y;
  }
  return onSheet;
}

const SITE_RADIUS_PX = 2.6;

/** Lines first, so that they lie under all names. */
function nameMarks(
  names: readonly SheetName[],
  { placed }: NamePlacement,
  { content, look }: { readonly content: SheetContent; readonly look: SheetLook },
): SheetMark[] {
  const lines = placed.flatMap(({ index, slot, site }): SheetMark[] => {
    if (!slot) return [];
    const color = content.colorOfTopic(names[index].topic);
    const end = { kind: 'dots', places: Float32Array.of(site.x, site.y), opacity: 1 } as const;
    return [
      {
        kind: 'line',
        role: 'leader',
        corners: [slot.portX, slot.portY, site.x, site.y],
        color: look.background,
        widthPx: 3,
      },
      { kind: 'line', role: 'leader', corners: [slot.portX, slot.portY, site.x, site.y], color, widthPx: 1.2 },
      { ...end, color: look.background, radiusPx: SITE_RADIUS_PX + 1.2 },
      { ...end, color, radiusPx: SITE_RADIUS_PX },
    ];
  });
  const texts = placed.flatMap(({ index, slot, box }) => names[index].textsIn(box, slot?.side ?? 'top'));
  return [...lines, ...texts];
}

function hex(color: Rgb): string {
  return `#${color
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
