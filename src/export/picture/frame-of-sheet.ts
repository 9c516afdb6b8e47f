import type { LegendEntry } from '../../render/palette.ts';
import type { SheetContent, SheetLook } from './content.ts';
import { cssFont, SANS, SERIF, type SheetBox, type SheetFont, type SheetMark, type TextMark } from './sheet.ts';

/** What stands around the map: title, legend, source; and the room that they leave. */
export interface Frame {
  readonly body: SheetBox;
  readonly marks: readonly SheetMark[];
}

const MARGIN_PX = 36;
const TITLE: SheetFont = { family: SERIF, sizePx: 28, weight: 650 };
const SUBTITLE: SheetFont = { family: SANS, sizePx: 14, weight: 400 };
const LEGEND: SheetFont = { family: SANS, sizePx: 12, weight: 400 };
const LEGEND_HEAD: SheetFont = { ...LEGEND, weight: 600 };
const SOURCE: SheetFont = { family: SANS, sizePx: 11, weight: 400 };

const GAP_PX = 14;
const LEGEND_LINE_PX = 20;
const SWATCH_PX = 10;
/** The legend takes at most this share of the height; what does not fit is counted in its last line. */
const LEGEND_SHARE = 0.16;
const MAX_ENTRY_PX = 260;

interface Pen {
  readonly look: SheetLook;
  readonly left: number;
  readonly right: number;
}

/** Sets title and subtitle at the top of a sheet, legend and source at its foot. No text is wider than the sheet. */
export function frameOf(
  content: SheetContent,
  look: SheetLook,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): Frame {
  const pen: Pen = { look, left: MARGIN_PX, right: widthPx - MARGIN_PX };
  const marks: SheetMark[] = [];
  let top = MARGIN_PX;
  const put = (lines: readonly string[], font: SheetFont, color: string): void => {
    for (const line of lines) {
      marks.push(textAt(pen, { text: line, x: pen.left, y: top + 0.8 * font.sizePx, font, color }));
      top += 1.3 * font.sizePx;
    }
  };
  put(wrapped(pen, content.title, TITLE, 2), TITLE, look.ink);
  put(wrapped(pen, content.subtitle, SUBTITLE, 2), SUBTITLE, look.quietInk);
  let bottom = heightPx - MARGIN_PX;
  if (content.source !== '') {
    const [text] = wrapped(pen, content.source, SOURCE, 1);
    marks.push(
      textAt(pen, { text, x: pen.left, y: bottom - 0.25 * SOURCE.sizePx, font: SOURCE, color: look.quietInk }),
    );
    bottom -= 1.3 * SOURCE.sizePx + GAP_PX / 2;
  }
  const rows = legendRows(pen, content, Math.max(1, Math.floor((LEGEND_SHARE * heightPx) / LEGEND_LINE_PX)));
  bottom -= rows.length * LEGEND_LINE_PX;
  rows.forEach((row, i) => {
    marks.push(...row(bottom + i * LEGEND_LINE_PX));
  });
  const body = { left: pen.left, right: pen.right, top: top + (top > MARGIN_PX ? GAP_PX : 0), bottom: bottom - GAP_PX };
  return { body, marks };
}

interface Put {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly font: SheetFont;
  readonly color: string;
}

function textAt({ look }: Pen, put: Put): TextMark {
  return { kind: 'text', ...put, align: 'start', widthPx: look.widthOf(put.text, cssFont(put.font)), halo: null };
}

/** The text in lines that fit; the last one ends in an ellipsis where there are more. */
function wrapped({ look, left, right }: Pen, text: string, font: SheetFont, most: number): string[] {
  const widthOf = (part: string): number => look.widthOf(part, cssFont(font));
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/u).filter(Boolean)) {
    const joined = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && widthOf(joined) <= right - left) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  const kept = lines.length > most ? [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')] : lines;
  return kept.map((line) => shortened(line, right - left, widthOf));
}

function shortened(line: string, widthPx: number, widthOf: (text: string) => number): string {
  if (widthOf(line) <= widthPx) return line;
  const points = Array.from(line);
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${points.slice(0, middle).join('')}…`) <= widthPx) low = middle;
    else high = middle - 1;
  }
  return `${points.slice(0, low).join('').trimEnd()}…`;
}

type Row = (top: number) => SheetMark[];

/** One piece of the legend in a row: a swatch with its text. */
interface Piece {
  readonly text: string;
  readonly font: SheetFont;
  readonly swatch: string | null;
  readonly widthPx: number;
}

/** The legend in as few rows as its entries need, at most `most`. */
function legendRows(pen: Pen, { legend, legendTitle }: SheetContent, most: number): Row[] {
  if (legend.length === 0) return [];
  const head: Piece = pieceOf(pen, legendTitle, LEGEND_HEAD, null);
  const pieces = [head, ...legend.map((entry) => pieceOf(pen, entryText(entry), LEGEND, entry.color))];
  for (let shown = pieces.length; ; shown--) {
    const hidden = pieces.length - shown;
    const rest = hidden > 0 ? [pieceOf(pen, `and ${hidden} more`, LEGEND, null)] : [];
    const rows = flow(pen, [...pieces.slice(0, shown), ...rest]);
    if (rows.length <= most || shown <= 1) return rows.map((row) => (top: number) => rowMarks(pen, row, top));
  }
}

function entryText({ label, count }: LegendEntry): string {
  return `${label} (${count.toLocaleString('en')})`;
}

function pieceOf({ look }: Pen, text: string, font: SheetFont, swatch: string | null): Piece {
  const short = shortened(text, MAX_ENTRY_PX, (part) => look.widthOf(part, cssFont(font)));
  return {
    text: short,
    font,
    swatch,
    widthPx: look.widthOf(short, cssFont(font)) + (swatch === null ? 0 : SWATCH_PX + 6),
  };
}

const PIECE_GAP_PX = 18;

function flow({ left, right }: Pen, pieces: readonly Piece[]): Piece[][] {
  const rows: Piece[][] = [[]];
  let at = 0;
  for (const piece of pieces) {
    if (at > 0 && at + piece.widthPx > right - left) {
      rows.push([]);
      at = 0;
    }
    rows[rows.length - 1].push(piece);
    at += piece.widthPx + PIECE_GAP_PX;
  }
  return rows;
}

function rowMarks(pen: Pen, pieces: readonly Piece[], top: number): SheetMark[] {
  const middle = top + LEGEND_LINE_PX / 2;
  let at = pen.left;
  return pieces.flatMap(({ text, font, swatch, widthPx }): SheetMark[] => {
    const from = at;
    at += widthPx + PIECE_GAP_PX;
    const box = { left: from, right: from + SWATCH_PX, top: middle - SWATCH_PX / 2, bottom: middle + SWATCH_PX / 2 };
    const x = swatch === null ? from : box.right + 6;
    const put = { text, x, y: middle + 0.35 * font.sizePx, font, color: pen.look.ink };
    return [...(swatch === null ? [] : [{ kind: 'box', box, colors: [swatch] } as const]), textAt(pen, put)];
  });
}
