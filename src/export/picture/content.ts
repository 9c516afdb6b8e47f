import type { TopicView } from '../../model/topic-view.ts';
import type { ContourGroup } from '../../render/contour-layer.ts';
import type { LegendEntry } from '../../render/palette.ts';
import type { Bounds } from '../../render/viewport.ts';
import type { SheetShape } from './sheet.ts';

/** What a picture shows. */
export interface SheetContent {
  readonly title: string;
  readonly subtitle: string;
  /** Who made it, and of what; at the foot. */
  readonly source: string;
  /** n×2, map units; NaN = not placed. */
  readonly positions: Float32Array;
  /** n×3. */
  readonly rgb: Uint8Array;
  /** Papers drawn faint, such as those that a search did not find. */
  readonly isDimmed: (index: number) => boolean;
  readonly contours: readonly ContourGroup[];
  /** Empty for none. */
  readonly legend: readonly LegendEntry[];
  readonly legendTitle: string;
  /** Null for a map without topics. */
  readonly topics: TopicView | null;
  /** `#rrggbb`, of the line to a topic's name. */
  readonly colorOfTopic: (id: number) => string;
  /** A paper whose title stands on the picture; null for none. */
  readonly pin: { readonly title: string; readonly index: number } | null;
  /** The part of the map to show. */
  readonly bounds: Bounds;
}

/** How a picture looks. */
export interface SheetLook {
  readonly shape: SheetShape;
  /** `top`: of the coarsest topics; `more`: finer ones too, where there is room. */
  readonly names: 'none' | 'top' | 'more';
  readonly background: string;
  readonly isTransparent: boolean;
  readonly ink: string;
  readonly quietInk: string;
  /** Width of a text in a font as CSS writes it, CSS pixels. */
  readonly widthOf: (text: string, font: string) => number;
}
