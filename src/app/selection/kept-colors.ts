import type { KeptSelection } from '../../model/selection.ts';
import { type Coloring, type LegendEntry, PALETTES, type PaletteTheme } from '../../render/palette.ts';

/** The colour of a kept selection, `#rrggbb`. */
export function keptColor({ hue }: KeptSelection, theme: PaletteTheme): string {
  return PALETTES[theme].categories[hue];
}

/** Colours n papers by the kept selection they are in, those in several by the last of these. O(n + papers in them). */
export function colorByKept(kept: readonly KeptSelection[], n: number, theme: PaletteTheme): Coloring {
  const places = placesIn(kept, n);
  const { missing } = PALETTES[theme];
  const colors = [missing, ...kept.map((selection) => keptColor(selection, theme))].map((color) =>
    Number.parseInt(color.slice(1), 16),
  );
  const counts = new Int32Array(kept.length + 1);
  const rgb = new Uint8Array(3 * n);
  for (let i = 0; i < n; i++) {
    const color = colors[places[i] + 1];
    rgb[3 * i] = color >> 16;
    rgb[3 * i + 1] = (color >> 8) & 255;
    rgb[3 * i + 2] = color & 255;
    counts[places[i] + 1]++;
  }
  const legend = kept.map(
    (selection, k): LegendEntry => ({
      label: selection.name,
      color: keptColor(selection, theme),
      count: counts[k + 1],
      kind: 'category',
    }),
  );
  return { rgb, legend: [...legend, { label: 'in none', color: missing, count: counts[0], kind: 'missing' }] };
}

/** The name of the kept selection that each of n papers is coloured by, null for papers in none. */
export function keptNames(kept: readonly KeptSelection[], n: number): (string | null)[] {
  return Array.from(placesIn(kept, n), (place) => kept[place]?.name ?? null);
}

/** The place in the list of the last kept selection that a paper is in, −1 for none. */
function placesIn(kept: readonly KeptSelection[], n: number): Int32Array {
  const places = new Int32Array(n).fill(-1);
  kept.forEach(({ papers }, place) => {
    for (const paper of papers) if (paper < n) places[paper] = place;
  });
  return places;
}
