import type { SheetShape } from '../../export/picture/sheet.ts';

/** What the user chooses about a picture. */
export interface PictureOptions {
  readonly shape: SheetShape;
  /** The whole map, or the part on the screen that no panel covers. */
  readonly shows: 'whole' | 'view';
  readonly names: 'none' | 'top' | 'more';
  /** Null: where names on the picture do not say already what its colours mean. */
  readonly hasLegend: boolean | null;
  readonly hasContours: boolean;
  readonly isTransparent: boolean;
  /** Null for the map's own. */
  readonly title: string | null;
  readonly subtitle: string | null;
  readonly source: string | null;
}

/** The picture that is made where nothing else is chosen. */
export const DEFAULT_PICTURE: PictureOptions = {
  shape: 'wide',
  shows: 'whole',
  names: 'top',
  hasLegend: null,
  hasContours: true,
  isTransparent: false,
  title: null,
  subtitle: null,
  source: null,
};
