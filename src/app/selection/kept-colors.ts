import type { KeptSelection } from '../../model/selection.ts';
import { type Coloring, colorGroups, type LegendGroup, PALETTES, type PaletteTheme } from '../../render/palette.ts';

/** The colour of a kept selection, `#rrggbb`. */
export function keptColor({ hue }: KeptSelection, theme: PaletteTheme): string {
  return PALETTES[theme].categories[hue];
}

/** Colours n papers by their kept selection; a paper in several gets the last one's. O(n + papers in them). */
export function colorByKept(kept: readonly KeptSelection[], n: number, theme: PaletteTheme): Coloring {
  const places = placesIn(kept, n);
  const groups = kept.map(
    (selection): LegendGroup => ({ label: selection.name, color: keptColor(selection, theme), kind: 'category' }),
  );
  const none: LegendGroup = { label: 'in none', color: PALETTES[theme].missing, kind: 'missing' };
  return colorGroups(n, [...groups, none], (i) => (places[i] < 0 ? kept.length : places[i]));
}

/** For each of n papers, the name of the kept selection that colours it; null for papers in none. */
export function keptNames(kept: readonly KeptSelection[], n: number): (string | null)[] {
  return Array.from(placesIn(kept, n), (place) => kept[place]?.name ?? null);
}

/** For each paper, the index of the last kept selection that contains it; −1 for none. */
function placesIn(kept: readonly KeptSelection[], n: number): Int32Array {
  const places = new Int32Array(n).fill(-1);
  kept.forEach(({ papers }, place) => {
    for (const paper of papers) if (paper < n) places[paper] = place;
  });
  return places;
}
