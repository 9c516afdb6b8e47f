import { type Coloring, type LegendEntry, PALETTES, type PaletteTheme } from '../../render/palette.ts';

/** Equal steps of the share of neighbours kept, low to high. */
const STEPS = ['0–20 % kept', '20–40 %', '40–60 %', '60–80 %', '80–100 %'] as const;
const NOT_MEASURED = 'not measured';

/** For each paper the step that its share of neighbours kept is in, as a legend calls it; null where it is not measured. */
export function trustLabels(shares: Float32Array | null, n: number): (string | null)[] {
  return Array.from({ length: n }, (_, i) => STEPS[stepOf(shares, i)] ?? null);
}

/**
 * Colours n papers by how far their place can be trusted: the share (0…1) of their true neighbours that are their
 * neighbours on the map, in five equal steps, each closed at its lower end, and the last at both. NaN, and all papers
 * while `shares` is null, are `missing`.
 */
export function colorByTrust(shares: Float32Array | null, n: number, theme: PaletteTheme): Coloring {
  const { ramp, missing } = PALETTES[theme];
  const colors = [
    ...STEPS.map((_, step) => ramp[Math.round((step * (ramp.length - 1)) / (STEPS.length - 1))]),
    missing,
  ];
  const numbers = colors.map((color) => Number.parseInt(color.slice(1), 16));
  const counts = new Array<number>(colors.length).fill(0);
  const rgb = new Uint8Array(3 * n);
  for (let i = 0; i < n; i++) {
    const step = stepOf(shares, i);
    counts[step]++;
    rgb[3 * i] = numbers[step] >> 16;
    rgb[3 * i + 1] = (numbers[step] >> 8) & 255;
    rgb[3 * i + 2] = numbers[step] & 255;
  }
  const legend = colors.map(
    (color, step): LegendEntry => ({
      label: STEPS[step] ?? NOT_MEASURED,
      color,
      count: counts[step],
      kind: step < STEPS.length ? 'range' : 'missing',
    }),
  );
  return { rgb, legend: legend.filter(({ kind, count }) => kind === 'range' || count > 0) };
}

/** 0…4, and 5 where nothing was measured. */
function stepOf(shares: Float32Array | null, paper: number): number {
  const share = shares?.[paper] ?? Number.NaN;
  if (Number.isNaN(share)) return STEPS.length;
  // Shares are float32: one on a border, such as 9 of 15, must not come out a little below the step that it begins.
  return Math.min(STEPS.length - 1, Math.floor(share * STEPS.length + 1e-6));
}
