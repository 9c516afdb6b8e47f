import { cssFont, type Sheet, type SheetBox, type SheetMark, type TextMark } from './sheet.ts';

/** Paints a sheet on a canvas context at `scale` pixels for each of its own. The canvas must have that size. O(marks). */
export function paintOnCanvas(context: CanvasRenderingContext2D, sheet: Sheet, scale: number): void {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, sheet.widthPx, sheet.heightPx);
  if (sheet.background !== null) {
    context.fillStyle = sheet.background;
    context.fillRect(0, 0, sheet.widthPx, sheet.heightPx);
  }
  for (const mark of sheet.marks) paintMark(context, mark, sheet.mapBox);
}

function paintMark(context: CanvasRenderingContext2D, mark: SheetMark, mapBox: SheetBox): void {
  if (mark.kind === 'text') paintText(context, mark);
  else if (mark.kind === 'line') paintLine(context, mark.corners, mark);
  else if (mark.kind === 'box') paintBox(context, mark.box, mark.colors);
  else if (mark.kind !== 'image') {
    context.save();
    context.beginPath();
    context.rect(mapBox.left, mapBox.top, mapBox.right - mapBox.left, mapBox.bottom - mapBox.top);
    context.clip();
    context.globalAlpha = mark.opacity;
    context.fillStyle = mark.color;
    if (mark.kind === 'area') fillRings(context, mark.rings);
    else fillDots(context, mark.places, mark.radiusPx);
    context.restore();
  }
}

function fillRings(context: CanvasRenderingContext2D, rings: readonly Float32Array[]): void {
  context.beginPath();
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2) {
      if (i === 0) context.moveTo(ring[0], ring[1]);
      else context.lineTo(ring[i], ring[i + 1]);
    }
    context.closePath();
  }
  context.fill('evenodd');
}

function fillDots(context: CanvasRenderingContext2D, places: Float32Array, radiusPx: number): void {
  context.beginPath();
  for (let i = 0; i + 1 < places.length; i += 2) {
    context.moveTo(places[i] + radiusPx, places[i + 1]);
    context.arc(places[i], places[i + 1], radiusPx, 0, 2 * Math.PI);
  }
  context.fill();
}

function paintLine(
  context: CanvasRenderingContext2D,
  corners: readonly number[],
  { color, widthPx }: { readonly color: string; readonly widthPx: number },
): void {
  context.strokeStyle = color;
  context.lineWidth = widthPx;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(corners[0], corners[1]);
  for (let i = 2; i + 1 < corners.length; i += 2) context.lineTo(corners[i], corners[i + 1]);
  context.stroke();
}

function paintBox(
  context: CanvasRenderingContext2D,
  { left, top, right, bottom }: SheetBox,
  colors: readonly string[],
): void {
  const gradient = context.createLinearGradient(left, 0, right, 0);
  colors.forEach((color, i) => {
    gradient.addColorStop(colors.length > 1 ? i / (colors.length - 1) : 0, color);
  });
  context.fillStyle = colors.length > 1 ? gradient : colors[0];
  context.fillRect(left, top, right - left, bottom - top);
}

const CANVAS_ALIGN = { start: 'left', middle: 'center', end: 'right' } as const;

function paintText(
  context: CanvasRenderingContext2D,
  { text, x, y, align, font, color, halo, widthPx }: TextMark,
): void {
  context.font = cssFont(font);
  context.textAlign = CANVAS_ALIGN[align];
  context.textBaseline = 'alphabetic';
  if (halo !== null) {
    context.strokeStyle = halo;
    context.lineWidth = HALO_PX;
    context.lineJoin = 'round';
    context.strokeText(text, x, y, widthPx + 1);
  }
  context.fillStyle = color;
  context.fillText(text, x, y, widthPx + 1);
}

/** Width of the outline around a text; half of it lies under the letters. */
export const HALO_PX = 3.5;
