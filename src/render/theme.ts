/** Red, green, blue, each 0…1, in sRGB. */
export type Rgb = readonly [number, number, number];

/** The colours that the map is drawn in. */
export interface RenderTheme {
  readonly background: Rgb;
  /** Papers that have no colour yet. */
  readonly point: Rgb;
  /** The thin edge that separates a disc from the one below. */
  readonly edge: Rgb;
  /** The colour that dimmed papers fade to. */
  readonly dim: Rgb;
  /** Around a hit. */
  readonly ring: Rgb;
  /** Around a selected paper. */
  readonly selected: Rgb;
  /** Around the paper under the pointer. */
  readonly hover: Rgb;
  /** Lines from a paper to its true neighbours, and the ring around these. */
  readonly link: Rgb;
  /** Rhumb lines: the faint net of directions that portolan charts are drawn on. */
  readonly rhumb: Rgb;
  /** 0…1; 0 = no rhumb lines. */
  readonly rhumbOpacity: number;
  /** Factor on the opacity of points: 1 = as computed. */
  readonly pointOpacity: number;
}

/** Ink on paper. */
export const LIGHT_THEME: RenderTheme = {
  background: rgbOf('#f7f4ec'),
  point: rgbOf('#3d5a80'),
  edge: rgbOf('#fdfbf6'),
  dim: rgbOf('#b9b5a9'),
  ring: rgbOf('#14213d'),
  selected: rgbOf('#b3261e'),
  hover: rgbOf('#14213d'),
  link: rgbOf('#14213d'),
  rhumb: rgbOf('#6b5b3e'),
  rhumbOpacity: 0.09,
  pointOpacity: 1,
};

/** The same chart at night. */
export const DARK_THEME: RenderTheme = {
  background: rgbOf('#0e1726'),
  point: rgbOf('#8fb3d9'),
  edge: rgbOf('#0a111d'),
  dim: rgbOf('#46536a'),
  ring: rgbOf('#fdf6e3'),
  selected: rgbOf('#ffb454'),
  hover: rgbOf('#ffffff'),
  link: rgbOf('#dfe7f2'),
  rhumb: rgbOf('#9fb4d1'),
  rhumbOpacity: 0.07,
  pointOpacity: 1,
};

/** A colour as CSS and Canvas 2D take it. */
export function css([red, green, blue]: Rgb): string {
  return `rgb(${Math.round(red * 255)} ${Math.round(green * 255)} ${Math.round(blue * 255)})`;
}

/** The colour that `#rrggbb` names. */
export function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
