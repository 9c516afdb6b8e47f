import { HALO_PX } from './paint-canvas.ts';
import type { BoxMark, Sheet, SheetBox, SheetMark, TextMark } from './sheet.ts';

/**
 * A sheet as SVG: one path for each tint and each colour of dots, and every name as text, with the width that it was
 * measured at, so that it fits whatever font the reader has. Texts are escaped and never become markup. O(marks).
 */
export function sheetSvg(sheet: Sheet): string {
  const { widthPx, heightPx, paperMm, title, background, mapBox, marks } = sheet;
  const [width, height] = paperMm ? paperMm.map((side) => `${side}mm`) : [round(widthPx), round(heightPx)];
  const isOfMap = ({ kind }: SheetMark): boolean => kind === 'area' || kind === 'dots';
  const gradients = marks.flatMap((mark, i) =>
    mark.kind === 'box' && mark.colors.length > 1 ? gradient(mark, i) : [],
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${round(widthPx)} ${round(heightPx)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<defs><clipPath id="map"><rect ${rect(mapBox)}/></clipPath>${gradients.join('')}</defs>`,
    ...(background === null
      ? []
      : [`<rect width="${round(widthPx)}" height="${round(heightPx)}" fill="${background}"/>`]),
    '<g clip-path="url(#map)">',
    ...marks.filter(isOfMap).map(markSvg),
    '</g>',
    ...marks.map((mark, i) => (isOfMap(mark) ? '' : markSvg(mark, i))).filter((part) => part !== ''),
    '</svg>\n',
  ].join('\n');
}

function markSvg(mark: SheetMark, index: number): string {
  if (mark.kind === 'area') {
    return `<path fill="${mark.color}" fill-opacity="${share(mark.opacity)}" fill-rule="evenodd" d="${mark.rings.map(ringPath).join('')}"/>`;
  }
  if (mark.kind === 'dots') return dotsSvg(mark);
  if (mark.kind === 'image') return `<image ${rect(mark.box)} href="${mark.href}"/>`;
  if (mark.kind === 'box') {
    return `<rect ${rect(mark.box)} fill="${mark.colors.length > 1 ? `url(#ramp${index})` : mark.colors[0]}"/>`;
  }
  if (mark.kind === 'text') return textSvg(mark);
  const corners = mark.corners.map(round);
  const points = corners.flatMap((x, i) => (i % 2 === 0 ? [`${x},${corners[i + 1]}`] : [])).join(' ');
  return `<polyline class="${mark.role}" points="${points}" fill="none" stroke="${mark.color}" stroke-width="${round(mark.widthPx)}" stroke-linecap="round"/>`;
}

/** Each dot is a line without length, which SVG programs draw as a disc because of its round ends. */
function dotsSvg({ places, color, opacity, radiusPx }: Extract<SheetMark, { kind: 'dots' }>): string {
  const dots: string[] = [];
  for (let i = 0; i + 1 < places.length; i += 2) dots.push(`M${round(places[i])} ${round(places[i + 1])}h0`);
  const look = `stroke="${color}" stroke-opacity="${share(opacity)}" stroke-width="${round(2 * radiusPx)}"`;
  return `<path fill="none" stroke-linecap="round" ${look} d="${dots.join('')}"/>`;
}

function textSvg({ text, x, y, align, font, color, halo, widthPx }: TextMark): string {
  const family = escapeXml(font.family.replaceAll('"', "'"));
  const outline =
    halo === null ? '' : ` stroke="${halo}" stroke-width="${HALO_PX}" stroke-linejoin="round" paint-order="stroke"`;
  const fit = Array.from(text).length > 1 ? ` textLength="${round(widthPx)}" lengthAdjust="spacingAndGlyphs"` : '';
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${align}"${fit} font-family="${family}" font-size="${round(font.sizePx)}" font-weight="${font.weight}" fill="${color}"${outline}>${escapeXml(text)}</text>`;
}

function gradient({ colors }: BoxMark, index: number): string {
  const stops = colors.map((color, i) => `<stop offset="${share(i / (colors.length - 1))}" stop-color="${color}"/>`);
  return `<linearGradient id="ramp${index}">${stops.join('')}</linearGradient>`;
}

function ringPath(ring: Float32Array): string {
  const corners: string[] = [];
  for (let i = 0; i + 1 < ring.length; i += 2) corners.push(`${round(ring[i])} ${round(ring[i + 1])}`);
  return corners.length === 0 ? '' : `M${corners.join('L')}Z`;
}

function rect({ left, top, right, bottom }: SheetBox): string {
  return `x="${round(left)}" y="${round(top)}" width="${round(right - left)}" height="${round(bottom - top)}"`;
}

/** Rounds to a tenth of a pixel: few characters, yet precise enough at four times the size. */
function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function share(value: number): string {
  return String(Math.round(value * 1000) / 1000);
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
