import { PALETTES, type PaletteTheme } from './palette.ts';
import { type Rgb, rgbOf } from './theme.ts';

/** Opacity of one contour level; three levels overlap in the middle. */
export const CONTOUR_TINT: Readonly<Record<PaletteTheme, number>> = { light: 0.1, dark: 0.115 };

/** Contours of topics where the papers' colours mean something else. */
export const NEUTRAL_TINT: Readonly<Record<PaletteTheme, Rgb>> = {
  light: rgbOf(PALETTES.light.missing),
  dark: rgbOf(PALETTES.dark.missing),
};

/** The colourings beside which contours keep the topics' colours, since a map has one legend. */
export const TOPIC_COLORINGS: readonly string[] = ['topic', 'nearest-topic', 'none'];
