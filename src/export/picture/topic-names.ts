import { type LabelStyle, type LabelText, labelStyle, setLabel } from '../../render/labels/label-text.ts';
import { solveTopicLabels } from '../../render/labels/labels.ts';
import { fitBounds } from '../../render/viewport.ts';
import type { SheetContent, SheetLook } from './content.ts';
import type { NameToPlace } from './place-names.ts';
import { SANS, SERIF, type SheetBox, type SheetFont, type TextMark } from './sheet.ts';

/** A name, typeset. */
export interface SheetName extends Omit<NameToPlace, 'mayLeave'> {
  readonly lines: readonly string[];
  /** Of the coarsest topics; these are never left out while there is room beside the map. */
  readonly isTop: boolean;
  /** Id of the topic; −1 for a paper. */
  readonly topic: number;
  /** Its lines in a box of its size. In a slot at the left they end at the right edge, at the right they begin at the left. */
  readonly textsIn: (box: SheetBox, side: 'left' | 'right' | 'top' | 'bottom') => TextMark[];
}

/**
 * The names of the topics in the shown part of the map, coarse and large ones first. They stand where they stand on the
 * screen when the whole of that part is in view. Cost: see {@link solveTopicLabels}.
 */
export function topicNames(content: SheetContent, look: SheetLook, body: SheetBox): SheetName[] {
  const { topics, positions, bounds } = content;
  if (!topics) return [];
  const size = { widthPx: body.right - body.left, heightPx: body.bottom - body.top };
  const { scale } = fitBounds(bounds, size);
  const isNarrow = size.widthPx < NARROW_PX;
  const { intervals, texts } = solveTopicLabels(topics, positions, {
    fitScale: scale,
    isNarrow,
    widthOf: look.widthOf,
  });
  const isIn = ({ x, y }: { readonly x: number; readonly y: number }): boolean =>
    x >= bounds.minX && x <= bounds.maxX && y >= bounds.minY && y <= bounds.maxY;
  const seen = new Set<number>();
  const names = intervals.candidates.flatMap(({ id, level, size: papers, anchor }, i) => {
    const isWanted =
      (level === 0 || look.names === 'more') && !seen.has(id) && isIn(anchor) && texts[i].lines.length > 0;
    if (!isWanted) return [];
    seen.add(id);
    return [
      {
        level,
        papers,
        name: nameOf(texts[i], labelStyle(level, isNarrow), { topic: id, site: anchor, isTop: level === 0 }, look),
      },
    ];
  });
  names.sort((a, b) => a.level - b.level || b.papers - a.papers || a.name.topic - b.name.topic);
  return names.map(({ name }) => name);
}

/** Sheets whose map is narrower than this have the smaller names of a phone: 14 px, on paper 10.5 points. */
const NARROW_PX = 900;

/** The title of a paper as a name. */
export function paperName(
  pin: { readonly title: string; readonly index: number },
  positions: Float32Array,
  look: SheetLook,
): SheetName {
  const style = labelStyle(1, false);
  const site = { x: positions[2 * pin.index], y: positions[2 * pin.index + 1] };
  const text = setLabel(pin.title, style, (part) => look.widthOf(part, style.font));
  return nameOf(text, style, { topic: -1, site, isTop: true }, look);
}

/** Between a site and the lower edge of its name. */
const CLEAR_PX = 4;

function nameOf(
  { lines, widthPx, heightPx }: LabelText,
  style: LabelStyle,
  of: Pick<SheetName, 'topic' | 'site' | 'isTop'>,
  { ink, background, widthOf }: SheetLook,
): SheetName {
  const font = fontOf(style);
  const textsIn: SheetName['textsIn'] = (box, side) =>
    lines.map((text, row) => {
      const align = side === 'left' ? 'end' : side === 'right' ? 'start' : 'middle';
      const x = align === 'end' ? box.right : align === 'start' ? box.left : (box.left + box.right) / 2;
      const y = box.top + (row + 0.5) * style.lineHeightPx + BASELINE * font.sizePx;
      return {
        kind: 'text',
        text,
        x,
        y,
        align,
        widthPx: widthOf(text, style.font),
        font,
        color: ink,
        halo: background,
      };
    });
  return { ...of, lines, widthPx, heightPx, risePx: heightPx / 2 + CLEAR_PX, textsIn };
}

/** How far the baseline is below the middle of a line, as a share of the font's size. */
const BASELINE = 0.34;

/** The screen's style of a name, with families that programs outside the page have. */
function fontOf({ font }: LabelStyle): SheetFont {
  const [, weight = '600', size = '13'] = /^(\d+) ([\d.]+)px/u.exec(font) ?? [];
  return { weight: Number(weight), sizePx: Number(size), family: font.includes('Serif') ? SERIF : SANS };
}
