import { lineTouchesBox, ringsFor, type Slot, type SlotRing, slotsFor } from './boundary-slots.ts';
import type { SheetBox } from './sheet.ts';

/** A name that wants a place on a sheet. Coarse and large ones come first. */
export interface NameToPlace {
  /** What it names, in map units. */
  readonly site: { readonly x: number; readonly y: number };
  readonly widthPx: number;
  readonly heightPx: number;
  /** How far its middle stands above its site on the map, CSS pixels. */
  readonly risePx: number;
  /** Whether it may stand beside the map, with a line. Others are left out where they do not fit. */
  readonly mayLeave: boolean;
}

/** Where a name stands. */
export interface PlacedName {
  /** Index in the list of names. */
  readonly index: number;
  readonly box: SheetBox;
  /** Null on the map; else its slot beside the map. */
  readonly slot: Slot | null;
  /** Its site on the sheet. */
  readonly site: { readonly x: number; readonly y: number };
}

/** How the map lies on the sheet: pixel = offset + map unit × scale, y down. */
export interface SheetProjection {
  readonly inner: SheetBox;
  readonly scale: number;
  readonly centerX: number;
  readonly centerY: number;
}

/** The names with their places, and the room that they leave to the map. */
export interface NamePlacement {
  readonly projection: SheetProjection;
  readonly placed: readonly PlacedName[];
  /** Indices of names that may leave the map, but for which no slot was left. */
  readonly left: readonly number[];
}

/** What names are placed on. */
export interface NameGround {
  /** The part of the sheet for map and names. */
  readonly body: SheetBox;
  readonly project: (inner: SheetBox) => SheetProjection;
  /** The size of the map in a part of the sheet, margins included. */
  readonly sizeOf: (inner: SheetBox) => { readonly widthPx: number; readonly heightPx: number };
  /** Whether the name's own papers are at least half of those that its box would cover. */
  readonly isAmongOwn: (index: number, box: SheetBox, projection: SheetProjection) => boolean;
}

/** Space around a name, CSS pixels. */
const GAP_PX = 5;

/**
 * Places names on the sheet. A name stands above its site on the map where it is whole, overlaps no other and covers
 * mostly what it names. One that does not, or that a line would cross, stands in a slot beside the map with a straight
 * line to its site (see {@link slotsFor}); the map gives way to the slots, on the sides that drive the fewest names from it. Since a name that has left the map stays out,
 * this ends after as many rounds as there are names at most. No two names overlap, none is cut, and no line crosses a
 * name or another line. The result depends on nothing but the arguments.
 */
export function placeNames(names: readonly NameToPlace[], ground: NameGround): NamePlacement {
  const out = new Set<number>();
  for (;;) {
    const beside = names.flatMap((_, index) => (out.has(index) ? [index] : []));
    const slot = {
      widthPx: Math.max(0, ...beside.map((i) => names[i].widthPx)),
      heightPx: Math.max(0, ...beside.map((i) => names[i].heightPx)) + GAP_PX,
    };
    const rings = ringsFor(ground.body, { slot, count: beside.length }, ground.sizeOf);
    const tried = rings.map((ring) => placeWithRing(names, { ...ground, ring, out, beside }));
    const best = tried.reduce((one, other) => (isBetter(other, one) ? other : one));
    if (best.leaving.length === 0) return best;
    for (const index of best.leaving) out.add(index);
  }
}

interface Tried extends NamePlacement {
  /** Names that this ring drives from the map. */
  readonly leaving: readonly number[];
}

function isBetter(one: Tried, other: Tried): boolean {
  if (one.leaving.length !== other.leaving.length) return one.leaving.length < other.leaving.length;
  return one.projection.scale > other.projection.scale;
}

interface RingGround extends NameGround {
  readonly ring: SlotRing;
  readonly out: ReadonlySet<number>;
  /** Those in `out`, in order. */
  readonly beside: readonly number[];
}

function placeWithRing(names: readonly NameToPlace[], { ring, out, beside, ...ground }: RingGround): Tried {
  const projection = ground.project(ring.inner);
  const sited = beside.slice(0, ring.slots.length);
  const sites = sited.map((i) => sheetPoint(projection, names[i].site));
  const slots = slotsFor(sites, ring.slots);
  const withLines = sited.map((index, i): PlacedName => {
    const place = ring.slots[slots[i]];
    return { index, slot: place, site: sites[i], box: boxInSlot(names[index], place) };
  });
  const { placed, leaving } = namesOnMap(names, out, { ...ground, projection, withLines });
  return { projection, placed: [...withLines, ...placed], left: beside.slice(ring.slots.length), leaving };
}

/** The point of the sheet at a place of the map. */
export function sheetPoint(
  { scale, centerX, centerY, inner }: SheetProjection,
  { x, y }: { readonly x: number; readonly y: number },
): { readonly x: number; readonly y: number } {
  return {
    x: (inner.left + inner.right) / 2 + (x - centerX) * scale,
    y: (inner.top + inner.bottom) / 2 - (y - centerY) * scale,
  };
}

interface MapGround extends NameGround {
  readonly projection: SheetProjection;
  readonly withLines: readonly PlacedName[];
}

/** The names that stand on the map, and those that must leave it. */
function namesOnMap(
  names: readonly NameToPlace[],
  out: ReadonlySet<number>,
  { projection, withLines, isAmongOwn }: MapGround,
): { readonly placed: readonly PlacedName[]; readonly leaving: readonly number[] } {
  const placed: PlacedName[] = [];
  const leaving: number[] = [];
  names.forEach((name, index) => {
    if (out.has(index)) return;
    const site = sheetPoint(projection, name.site);
    const box = within(boxAt(name, site), projection.inner);
    const fits =
      box !== null &&
      placed.every((other) => !overlaps(grown(box), other.box)) &&
      withLines.every(
        ({ slot, site: end }) => !slot || !lineTouchesBox({ x: slot.portX, y: slot.portY }, end, grown(box)),
      ) &&
      isAmongOwn(index, box, projection);
    if (fits) placed.push({ index, box, slot: null, site });
    else if (name.mayLeave) leaving.push(index);
  });
  return { placed, leaving };
}

function boxAt({ widthPx, heightPx, risePx }: NameToPlace, { x, y }: PlacedName['site']): SheetBox {
  return {
    left: x - widthPx / 2,
    right: x + widthPx / 2,
    top: y - risePx - heightPx / 2,
    bottom: y - risePx + heightPx / 2,
  };
}

/** The box, shifted by no more than a quarter of its size so that it is in `room`; null where that is not enough. */
function within(box: SheetBox, room: SheetBox): SheetBox | null {
  const dx = Math.max(room.left - box.left, 0) + Math.min(room.right - box.right, 0);
  const dy = Math.max(room.top - box.top, 0) + Math.min(room.bottom - box.bottom, 0);
  if (Math.abs(dx) > (box.right - box.left) / 4 || Math.abs(dy) > (box.bottom - box.top) / 4) return null;
  return { left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy };
}

function boxInSlot({ widthPx, heightPx }: NameToPlace, { side, box }: Slot): SheetBox {
  const middleX = (box.left + box.right) / 2;
  const top = (box.top + box.bottom) / 2 - heightPx / 2;
  const left = side === 'left' ? box.right - widthPx : side === 'right' ? box.left : middleX - widthPx / 2;
  return { left, right: left + widthPx, top, bottom: top + heightPx };
}

function grown({ left, top, right, bottom }: SheetBox): SheetBox {
  return { left: left - GAP_PX, top: top - GAP_PX, right: right + GAP_PX, bottom: bottom + GAP_PX };
}

function overlaps(a: SheetBox, b: SheetBox): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
