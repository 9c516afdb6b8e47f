import { minCostMatching } from './min-cost-matching.ts';
import type { SheetBox } from './sheet.ts';

/** A place for a name beside the map, with the point of the map's edge where its line begins. */
export interface Slot {
  readonly side: 'left' | 'right' | 'top' | 'bottom';
  /** The room for the name. */
  readonly box: SheetBox;
  readonly portX: number;
  readonly portY: number;
}

/** Slots around a part of the body that is left to the map. */
export interface SlotRing {
  readonly inner: SheetBox;
  readonly slots: readonly Slot[];
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Between a name and its line, and between a column of names and the map. */
const PORT_GAP_PX = 6;
const COLUMN_GAP_PX = 14;

/** The ways to arrange names around the map, those that read best first. */
const SIDES: readonly (readonly Slot['side'][])[] = [
  ['left', 'right'],
  ['top', 'bottom'],
  ['left', 'right', 'top', 'bottom'],
];

/**
 * The rings with `count` slots of `slot`'s size; where none has so many, the one with the most. `sizeOf` gives the size of
 * the map in a rectangle that it fills one way: the slots stand near the map, not at the edge of the sheet.
 */
export function ringsFor(
  body: SheetBox,
  { slot, count }: { readonly slot: Size; readonly count: number },
  sizeOf: (inner: SheetBox) => Size,
): readonly SlotRing[] {
  if (count === 0) return [{ inner: body, slots: [] }];
  const rings = SIDES.map((sides) => ringOf(body, slot, sides, sizeOf));
  const enough = rings.filter(({ slots }) => slots.length >= count);
  if (enough.length > 0) return enough;
  return [rings.reduce((best, one) => (one.slots.length > best.slots.length ? one : best))];
}

/** Room beside a map that names on it may take. */
const ROOM_PX = { x: 70, y: 24 };

function ringOf(
  body: SheetBox,
  { widthPx, heightPx }: Size,
  sides: readonly Slot['side'][],
  sizeOf: (inner: SheetBox) => Size,
): SlotRing {
  const has = (side: Slot['side']): boolean => sides.includes(side);
  const roomy = {
    left: body.left + (has('left') ? widthPx + COLUMN_GAP_PX : 0),
    right: body.right - (has('right') ? widthPx + COLUMN_GAP_PX : 0),
    top: body.top + (has('top') ? heightPx + COLUMN_GAP_PX : 0),
    bottom: body.bottom - (has('bottom') ? heightPx + COLUMN_GAP_PX : 0),
  };
  const size = sizeOf(roomy);
  const spareX =
    has('left') && !has('top') ? Math.max((roomy.right - roomy.left - size.widthPx) / 2 - ROOM_PX.x, 0) : 0;
  const spareY =
    has('top') && !has('left') ? Math.max((roomy.bottom - roomy.top - size.heightPx) / 2 - ROOM_PX.y, 0) : 0;
  const inner = {
    left: roomy.left + spareX,
    right: roomy.right - spareX,
    top: roomy.top + spareY,
    bottom: roomy.bottom - spareY,
  };
  const slots: Slot[] = [];
  for (const side of sides) {
    const isColumn = side === 'left' || side === 'right';
    const span = isColumn ? inner.bottom - inner.top : inner.right - inner.left;
    const many = Math.max(Math.floor(span / (isColumn ? heightPx : widthPx)), 0);
    for (let i = 0; i < many; i++)
      slots.push(slotOf(side, { inner, widthPx, heightPx, middle: ((i + 0.5) * span) / many }));
  }
  return { inner, slots };
}

interface SlotPlace extends Size {
  readonly inner: SheetBox;
  /** Along the side, from its upper or left end. */
  readonly middle: number;
}

function slotOf(side: Slot['side'], { inner, widthPx, heightPx, middle }: SlotPlace): Slot {
  const away = COLUMN_GAP_PX;
  if (side === 'left' || side === 'right') {
    const portY = inner.top + middle;
    const left = side === 'left' ? inner.left - away - widthPx : inner.right + away;
    const box = { left, right: left + widthPx, top: portY - heightPx / 2, bottom: portY + heightPx / 2 };
    return { side, box, portX: side === 'left' ? box.right + PORT_GAP_PX : box.left - PORT_GAP_PX, portY };
  }
  const portX = inner.left + middle;
  const top = side === 'top' ? inner.top - away - heightPx : inner.bottom + away;
  const box = { left: portX - widthPx / 2, right: portX + widthPx / 2, top, bottom: top + heightPx };
  return { side, box, portX, portY: side === 'top' ? box.bottom + PORT_GAP_PX : box.top - PORT_GAP_PX };
}

/**
 * The slot of each site, so that the straight lines between them are shortest in all. Such lines never cross: where two
 * did, exchanging their ends would be shorter (boundary labelling with straight leaders: Bekos, Kaufmann, Symvonis and
 * Wolff, "Boundary labeling: Models and efficient algorithms for rectangular maps", 2007). Nor do they cross a name in
 * a slot, since ports and sites lie in the map's rectangle and the slots outside. Needs no more sites than slots.
 */
export function slotsFor(sites: readonly Point[], slots: readonly Slot[]): number[] {
  return minCostMatching(sites.length, slots.length, (site, slot) =>
    Math.hypot(sites[site].x - slots[slot].portX, sites[site].y - slots[slot].portY),
  );
}

/** Whether the straight line between two points touches a box. Liang and Barsky's clipping (1984). */
export function lineTouchesBox(from: Point, to: Point, { left, top, right, bottom }: SheetBox): boolean {
  let start = 0;
  let end = 1;
  const edges = [
    [from.x - to.x, from.x - left],
    [to.x - from.x, right - from.x],
    [from.y - to.y, from.y - top],
    [to.y - from.y, bottom - from.y],
  ];
  for (const [step, room] of edges) {
    if (step === 0 && room < 0) return false;
    if (step < 0) start = Math.max(start, room / step);
    if (step > 0) end = Math.min(end, room / step);
  }
  return start <= end;
}
