import type { LegendEntry } from '../render/palette.ts';
import type { Viewport } from '../render/viewport.ts';

/** A name on the picture: its place in map units, and its size in CSS pixels. */
export interface PictureName {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly sizePx: number;
}

/** The content of a picture of a map. Colours are `#rrggbb`. */
export interface Picture {
  readonly title: string;
  readonly viewport: Viewport;
  readonly background: string;
  readonly ink: string;
  /** n×2, map units; NaN = not placed. */
  readonly positions: Float32Array;
  /** n×3. */
  readonly rgb: Uint8Array;
  /** Papers drawn faint, such as those that a search did not find. */
  readonly isDimmed: (index: number) => boolean;
  readonly radiusPx: number;
  /** 0…1. */
  readonly opacity: number;
  readonly legend: readonly LegendEntry[];
  readonly names: readonly PictureName[];
  /** A picture of the points alone, as a data URL, to use instead of vectors; null to draw the points. */
  readonly raster: string | null;
}

/** Few programs open an SVG with more points than this. */
export const MAX_VECTOR_POINTS = 50_000;

/**
 * The picture as SVG in the size of the viewport: points as one path for each colour, names and legend as text. Texts
 * are escaped, so that they never become markup. O(n).
 */
export function pictureSvg(picture: Picture): string {
  const { viewport, background, raster } = picture;
  const { widthPx, heightPx } = viewport;
  const size = `width="${round(widthPx)}" height="${round(heightPx)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${round(widthPx)} ${round(heightPx)}" font-family="Inter, system-ui, sans-serif">`,
    `<title>${escapeXml(picture.title)}</title>`,
    `<rect ${size} fill="${background}"/>`,
    raster === null ? points(picture) : `<image ${size} href="${raster}"/>`,
    names(picture),
    legend(picture),
    '</svg>\n',
  ].join('\n');
}

/** Each point is a line without length, which SVG programs draw as a dot because of its round ends. */
function points({ viewport, positions, rgb, isDimmed, radiusPx, opacity }: Picture): string {
  const paths = new Map<string, string[]>();
  for (let i = 0; 2 * i < positions.length; i++) {
    const px = viewport.widthPx / 2 + (positions[2 * i] - viewport.center.x) * viewport.scale;
    const py = viewport.heightPx / 2 - (positions[2 * i + 1] - viewport.center.y) * viewport.scale;
    const isIn =
      px > -radiusPx && py > -radiusPx && px < viewport.widthPx + radiusPx && py < viewport.heightPx + radiusPx;
    if (!isIn) continue;
    const color = `#${[0, 1, 2].map((c) => (rgb[3 * i + c] ?? 0x60).toString(16).padStart(2, '0')).join('')}`;
    const key = `stroke="${color}" stroke-opacity="${round(isDimmed(i) ? opacity * 0.15 : opacity)}"`;
    const dots = paths.get(key);
    if (dots) dots.push(`M${round(px)} ${round(py)}h0`);
    else paths.set(key, [`M${round(px)} ${round(py)}h0`]);
  }
  const drawn = Array.from(paths, ([key, dots]) => `<path ${key} d="${dots.join('')}"/>`);
  return `<g fill="none" stroke-linecap="round" stroke-width="${round(2 * radiusPx)}">\n${drawn.join('\n')}\n</g>`;
}

function names({ names: all, viewport, ink, background }: Picture): string {
  const texts = all.map(({ text, x, y, sizePx }) => {
    const px = viewport.widthPx / 2 + (x - viewport.center.x) * viewport.scale;
    const py = viewport.heightPx / 2 - (y - viewport.center.y) * viewport.scale;
    return `<text x="${round(px)}" y="${round(py)}" font-size="${round(sizePx)}">${escapeXml(text)}</text>`;
  });
  const halo = `stroke="${background}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`;
  return `<g text-anchor="middle" font-weight="600" fill="${ink}" ${halo}>${texts.join('')}</g>`;
}

const LINE_PX = 18;
const MAX_LABEL = 40;

function legend({ legend: entries, title, ink, background, viewport }: Picture): string {
  const left = 16;
  const top = viewport.heightPx - 16 - LINE_PX * entries.length;
  const rows = entries.map(({ label, color, count }, row) => {
    const y = top + LINE_PX * (row + 0.5);
    const short = label.length > MAX_LABEL ? `${label.slice(0, MAX_LABEL - 1)}…` : label;
    return `<circle cx="${left + 5}" cy="${round(y)}" r="5" fill="${color}"/><text x="${left + 16}" y="${round(y + 4)}">${escapeXml(short)} (${count})</text>`;
  });
  const head = `<text x="${left}" y="${round(top - 8)}" font-weight="600" font-size="14">${escapeXml(title)}</text>`;
  return `<g font-size="12" fill="${ink}" stroke="${background}" stroke-width="0">${head}${rows.join('')}</g>`;
}

/** Rounds to a tenth of a pixel: few characters, yet precise enough at four times the size. */
function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Escapes texts and attributes; control characters, most of which XML forbids, become blanks. */
function escapeXml(text: string): string {
  return text
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
