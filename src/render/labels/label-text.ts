/** How the names of one level are typeset. */
export interface LabelStyle {
  /** A CSS font; the same as in topic-labels.css. */
  readonly font: string;
  readonly lineHeightPx: number;
  readonly maxWidthPx: number;
  /** Least height and width of a box: on a phone names are large enough to tap (24 px, WCAG 2.5.8). */
  readonly minSidePx: number;
}

/** A name broken into lines, and the box that holds them, CSS pixels. */
export interface LabelText {
  readonly lines: readonly string[];
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Frames have no web fonts: the serifs that systems have, in the order of how near they are. */
const SERIF = '"Source Serif 4 Variable", Georgia, "Noto Serif", "DejaVu Serif", serif';
const SANS = '"Inter Variable", system-ui, sans-serif';

/** Coarse to fine; the last one is used for all deeper levels. */
const WIDE_STYLES: readonly LabelStyle[] = [
  { font: `650 16.5px ${SERIF}`, lineHeightPx: 19, maxWidthPx: 184, minSidePx: 0 },
  { font: `600 13px ${SANS}`, lineHeightPx: 16, maxWidthPx: 164, minSidePx: 0 },
  { font: `500 12px ${SANS}`, lineHeightPx: 15, maxWidthPx: 150, minSidePx: 0 },
];

/** On a phone. */
const NARROW_STYLES: readonly LabelStyle[] = [
  { font: `650 14px ${SERIF}`, lineHeightPx: 16, maxWidthPx: 122, minSidePx: 24 },
  { font: `600 12px ${SANS}`, lineHeightPx: 14, maxWidthPx: 116, minSidePx: 24 },
  { font: `500 11.5px ${SANS}`, lineHeightPx: 14, maxWidthPx: 112, minSidePx: 24 },
];

/** Number of styles: level 0, level 1, and one for all deeper levels. */
export const STYLE_COUNT = WIDE_STYLES.length;

const MAX_LINES = 3;
const SEPARATOR = ' · ';

/** The style of a level's names. */
export function labelStyle(level: number, isNarrow: boolean): LabelStyle {
  return (isNarrow ? NARROW_STYLES : WIDE_STYLES)[Math.min(level, STYLE_COUNT - 1)];
}

/**
 * Breaks a name into up to three lines, between phrases if possible, else between words. Phrases that do not fit are
 * left out; a first phrase that is too long ends in an ellipsis. `widthOf` measures in the style's font, CSS pixels.
 */
export function setLabel(name: string, style: LabelStyle, widthOf: (text: string) => number): LabelText {
  let kept: string[] = [];
  for (const phrase of name.split(SEPARATOR)) {
    const lines = withPhrase(kept, phrase, style, widthOf);
    // A phrase that does not fit is left out whole: the topic's panel shows it.
    if (lines.length > MAX_LINES && kept.length > 0) break;
    kept = lines;
  }
  if (kept.length > MAX_LINES) kept = [...kept.slice(0, MAX_LINES - 1), `${kept[MAX_LINES - 1]}…`];
  const cut = kept.map((line) => shorten(line, style.maxWidthPx, widthOf));
  const widthPx = Math.max(0, ...cut.map(widthOf));
  return {
    lines: cut,
    widthPx: Math.max(Math.ceil(widthPx), style.minSidePx),
    heightPx: Math.max(cut.length * style.lineHeightPx, style.minSidePx),
  };
}

function withPhrase(
  lines: readonly string[],
  phrase: string,
  { maxWidthPx }: LabelStyle,
  widthOf: (text: string) => number,
): string[] {
  const before = lines[lines.length - 1];
  const joined = before === undefined ? phrase : `${before}${SEPARATOR}${phrase}`;
  if (before !== undefined && widthOf(joined) <= maxWidthPx) return [...lines.slice(0, -1), joined];
  return [...lines, ...wrap(phrase, maxWidthPx, widthOf)];
}

/** Wraps into as few lines as fit, as even as possible: a last line of one short word looks like an accident. */
function wrap(phrase: string, maxWidthPx: number, widthOf: (text: string) => number): string[] {
  const wanted = fill(phrase, maxWidthPx, widthOf);
  for (let width = widthOf(phrase) / wanted.length; width < maxWidthPx; width += 6) {
    const even = fill(phrase, width, widthOf);
    if (even.length === wanted.length) return even;
  }
  return wanted;
}

function fill(phrase: string, widthPx: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of phrase.split(/\s+/u)) {
    const joined = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && widthOf(joined) <= widthPx) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

function shorten(line: string, maxWidthPx: number, widthOf: (text: string) => number): string {
  if (widthOf(line) <= maxWidthPx) return line;
  const points = Array.from(line);
  while (points.length > 1 && widthOf(`${points.join('')}…`) > maxWidthPx) points.pop();
  return `${points.join('')}…`;
}
