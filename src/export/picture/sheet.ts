/** How a text is set. */
export interface SheetFont {
  /** A CSS list of families, ending in a generic one. */
  readonly family: string;
  readonly sizePx: number;
  readonly weight: number;
}

/** A rectangle on the sheet, CSS pixels, y down. */
export interface SheetBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Areas in one colour, such as one level of a topic's contours, filled by the even-odd rule. */
export interface AreaMark {
  readonly kind: 'area';
  /** Closed lines, interleaved x, y. */
  readonly rings: readonly Float32Array[];
  readonly color: string;
  /** 0…1. */
  readonly opacity: number;
}

/** Discs of one colour and size. */
export interface DotsMark {
  readonly kind: 'dots';
  /** Middles, interleaved x, y. */
  readonly places: Float32Array;
  readonly color: string;
  readonly opacity: number;
  readonly radiusPx: number;
}

/** Straight lines from corner to corner, interleaved x, y. */
export interface LineMark {
  readonly kind: 'line';
  readonly corners: readonly number[];
  readonly color: string;
  readonly widthPx: number;
  /** What the line explains. */
  readonly role: 'leader' | 'rule';
}

/** A filled rectangle. */
export interface BoxMark {
  readonly kind: 'box';
  readonly box: SheetBox;
  /** One colour, or several from left to right. */
  readonly colors: readonly string[];
}

/** One line of text. */
export interface TextMark {
  readonly kind: 'text';
  readonly text: string;
  /** Where it is aligned, and its baseline. */
  readonly x: number;
  readonly y: number;
  readonly align: 'start' | 'middle' | 'end';
  /** As measured; painters keep to it, whatever font they find. */
  readonly widthPx: number;
  readonly font: SheetFont;
  readonly color: string;
  /** Colour of an outline that sets it off from what is below; null for none. */
  readonly halo: string | null;
}

/** A picture in the place of many dots. */
export interface ImageMark {
  readonly kind: 'image';
  readonly box: SheetBox;
  /** A data URL. */
  readonly href: string;
}

/** One thing on a sheet. */
export type SheetMark = AreaMark | DotsMark | LineMark | BoxMark | TextMark | ImageMark;

/** A picture before it is painted: everything has its place, in CSS pixels from the upper left corner. */
export interface Sheet {
  readonly title: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Size on paper in millimetres; null for a screen. */
  readonly paperMm: readonly [width: number, height: number] | null;
  /** `#rrggbb`; null for transparent. */
  readonly background: string | null;
  /** Areas and dots end at this part. */
  readonly mapBox: SheetBox;
  /** In the order of painting. */
  readonly marks: readonly SheetMark[];
}

/** The shapes of a sheet: screens in CSS pixels, A4 at 96 of them an inch. */
export const SHEET_SHAPES = {
  wide: { widthPx: 1440, heightPx: 810, paperMm: null },
  square: { widthPx: 1080, heightPx: 1080, paperMm: null },
  'a4-landscape': { widthPx: 1123, heightPx: 794, paperMm: [297, 210] },
  'a4-portrait': { widthPx: 794, heightPx: 1123, paperMm: [210, 297] },
} as const satisfies Record<string, Pick<Sheet, 'widthPx' | 'heightPx' | 'paperMm'>>;

/** One of {@link SHEET_SHAPES}. */
export type SheetShape = keyof typeof SHEET_SHAPES;

/** Families for names and titles: the page's own, then serifs that systems have. */
export const SERIF = '"Source Serif 4 Variable", "Source Serif 4", Charter, Georgia, serif';
/** Families for all other texts. */
export const SANS = '"Inter Variable", Inter, system-ui, sans-serif';

/** A font as CSS and Canvas 2D write it. */
export function cssFont({ weight, sizePx, family }: SheetFont): string {
  return `${weight} ${sizePx}px ${family}`;
}

/** The box of a line of text, from its middle height to what descends below the line. */
export function textBox({ x, y, align, widthPx, font }: TextMark): SheetBox {
  const left = align === 'start' ? x : align === 'end' ? x - widthPx : x - widthPx / 2;
  return { left, right: left + widthPx, top: y - ASCENT * font.sizePx, bottom: y + DESCENT * font.sizePx };
}

/** Shares of a font's size above and below the baseline that Latin letters fill. */
const ASCENT = 0.76;
const DESCENT = 0.22;
