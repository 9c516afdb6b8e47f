import type { LegendEntry } from '../render/palette.ts';
import type { Viewport } from '../render/viewport.ts';

/** A name that stands on the picture: its place in map units, and its size in CSS pixels. */
export interface PictureName {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly sizePx: number;
}

/** What a picture of a map shows. Colours are `#rrggbb`. */
export interface Picture {
  readonly title: string;
  readonly viewport: Viewport;
  readonly background: string;
  readonly ink: string;
  /** n×2, map units; NaN = not placed. */
  readonly positions: Float32Array;
  /** n×3. */
  readonly rgb: Uint8Array;
  /** Papers that stand back, as while others are searched for: drawn faint. */
  readonly isDimmed: (index: number) => boolean;
  readonly radiusPx: number;
  /** 0…1. */
  readonly opacity: number;
  readonly legend: readonly LegendEntry[];
  readonly names: readonly PictureName[];
  /** A picture of the points alone, as a data URL, in place of vectors; null to draw them. */
  readonly raster: string | null;
}

/** More points than this make an SVG that few programs open. */
export const MAX_VECTOR_POINTS = 50_000;

/**
 * The picture as SVG: points as one path a colour, names and legend as text, in the size of the viewport. Texts are
 * escaped: nothing in them becomes markup. O(n).
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

/** The beginning of a line that SVG programs draw as a dot, since its ends are round. */
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

/** A tenth of a pixel: what the eye sees at four times the size, in few characters. */
function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** For texts and attributes; control characters, of which XML knows few, become blanks. */
function escapeXml(text: string): string {
  return text
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
