import { type Composed, composeSheet } from '../../export/picture/compose.ts';
import type { SheetContent } from '../../export/picture/content.ts';
import { paintOnCanvas } from '../../export/picture/paint-canvas.ts';
import { sheetSvg } from '../../export/picture/paint-svg.ts';
import { cssFont, SANS, SERIF, type Sheet, type SheetMark } from '../../export/picture/sheet.ts';
import { StageError } from '../../model/failure.ts';
import { nounOf } from '../../model/noun.ts';
import type { TopicView } from '../../model/topic-view.ts';
import { colorBy, PALETTES } from '../../render/palette.ts';
import { topicColor } from '../../render/topic-colors.ts';
import { type Bounds, nearBounds, toMap } from '../../render/viewport.ts';
import { displayTitle } from '../../text/readable.ts';
import { colorChoices, colorValues, shownColoring } from '../coloring.ts';
import { countOf } from '../messages.ts';
import type { Page } from '../page.ts';
import type { Selectors } from '../selectors.ts';
import type { Theme } from '../settings.ts';
import type { Shown, State } from '../state.ts';
import type { Store } from '../store.ts';
import { shownContours } from '../view/map-contours.ts';
import type { View } from '../view/view.ts';
import { DEFAULT_PICTURE, type PictureOptions } from './picture-options.ts';

interface Parts {
  readonly store: Store;
  readonly page: Pick<Page, 'measureTexts'>;
  readonly selectors: Selectors;
  readonly view: Pick<View, 'currentView'>;
}

/** Inks of names and of texts beside the map; as in the page's tokens. */
const INKS: Readonly<Record<Theme, { readonly ink: string; readonly quietInk: string }>> = {
  light: { ink: '#14213d', quietInk: '#565249' },
  dark: { ink: '#e8eef7', quietInk: '#a3afc2' },
};

const FONTS = [
  cssFont({ family: SERIF, sizePx: 28, weight: 650 }),
  cssFont({ family: SANS, sizePx: 12, weight: 400 }),
  cssFont({ family: SANS, sizePx: 13, weight: 600 }),
];

/** Lays out a picture of the shown map. Rejects when there is none. O(n log n), and the contours in a worker. */
export async function composePicture(
  { store, page, selectors, view }: Parts,
  theme: Theme,
  changed: Partial<PictureOptions>,
): Promise<Composed> {
  const options = { ...DEFAULT_PICTURE, ...changed };
  const state = store.get();
  const { shown } = state;
  if (!shown?.map) throw new StageError('internal', 'map-file', 'no finished map is shown');
  const topics = selectors.topics(state);
  const widthOf = await page.measureTexts(FONTS);
  const contours = options.hasContours ? await shownContours(state, topics, theme) : [];
  const content = contentOf({ state, shown, topics, theme }, options, {
    contours,
    bounds: options.shows === 'view' ? boundsInView(view) : nearBounds(shown.positions),
  });
  const { background } = PALETTES[theme];
  const { shape, names, isTransparent } = options;
  return composeSheet(content, { shape, names, isTransparent, background, ...INKS[theme], widthOf });
}

interface Subject {
  readonly state: State;
  readonly shown: Shown;
  readonly topics: TopicView | null;
  readonly theme: Theme;
}

function contentOf(
  { state, shown, topics, theme }: Subject,
  options: PictureOptions,
  more: Pick<SheetContent, 'contours' | 'bounds'>,
): SheetContent {
  const { hits, colorBy: choice, selected } = state;
  const coloring = shownColoring(state, topics, theme) ?? colorBy(colorValues(state, topics, 'none'), theme);
  const found = hits ? new Set(hits.indices) : null;
  const texts = textsOf({ state, shown, topics, theme });
  const isSaid = options.names !== 'none' && (choice === 'topic' || choice === 'nearest-topic');
  const hasLegend = choice !== 'none' && (options.hasLegend ?? !isSaid);
  return {
    ...more,
    title: options.title ?? texts.title,
    subtitle: options.subtitle ?? texts.subtitle,
    source: options.source ?? texts.source,
    positions: shown.positions,
    rgb: coloring.rgb,
    isDimmed: (index) => found !== null && !found.has(index),
    legend: hasLegend ? coloring.legend : [],
    legendTitle: colorName({ state, shown, topics, theme }),
    topics,
    colorOfTopic: (id) => (topics && id >= 0 ? topicColor(topics, id, theme) : INKS[theme].ink),
    pin: selected < 0 ? null : { title: displayTitle(shown.corpus.papers[selected], 60), index: selected },
  };
}

/** The texts around a picture, where the user has not written others. */
function textsOf(of: Subject): { readonly title: string; readonly subtitle: string; readonly source: string } {
  const { state, shown, topics } = of;
  const { papers } = shown.corpus;
  const noun = nounOf(shown.corpus);
  const inTopics =
    topics && topics.tops.length > 0 ? ` in ${countOf(topics.tops.length, { one: 'topic', many: 'topics' })}` : '';
  const found = state.hits ? `; ${countOf(state.hits.indices.length, noun)} found for “${state.query.trim()}”` : '';
  const colored = state.colorBy === 'none' ? '' : `, coloured by ${colorName(of).toLowerCase()}`;
  const origin = shown.map?.info.origin ?? '';
  return {
    // A map is named after its file where nobody has named it.
    title: (shown.map?.info.name ?? '').replace(/\.[a-z][a-z\d]{1,6}$/iu, ''),
    subtitle: `${countOf(papers.length, noun)}${inTopics}${colored}${found}`,
    source: [origin, 'Near means similar in meaning. Made with Portolan'].filter(Boolean).join(' · '),
  };
}

function colorName({ state, shown, topics }: Subject): string {
  const has = { topics: topics !== null, kept: state.kept.length > 0, drift: state.comparison !== null };
  return colorChoices(shown, has).find(({ value }) => value === state.colorBy)?.label ?? 'Colours';
}

function boundsInView(view: Pick<View, 'currentView'>): Bounds {
  const current = view.currentView();
  if (!current) throw new StageError('no-webgl', 'render', 'there is no map to take a picture of');
  const { insets, widthPx, heightPx } = current;
  const low = toMap(current, { px: insets.left, py: heightPx - insets.bottom });
  const high = toMap(current, { px: widthPx - insets.right, py: insets.top });
  return { minX: low.x, minY: low.y, maxX: high.x, maxY: high.y };
}

/** Few programs open an SVG with more dots than this; they become one picture below the vectors. */
const MAX_VECTOR_DOTS = 50_000;
const DOTS_IMAGE_SCALE = 3;

/** The sheet as SVG. */
export async function paintSvg(sheet: Sheet): Promise<string> {
  const dots = sheet.marks.filter(({ kind }) => kind === 'dots');
  const count = dots.reduce((sum, mark) => sum + (mark.kind === 'dots' ? mark.places.length / 2 : 0), 0);
  if (count <= MAX_VECTOR_DOTS) return sheetSvg(sheet);
  const bare: Sheet = { ...sheet, background: null, marks: dots };
  const box = { left: 0, top: 0, right: sheet.widthPx, bottom: sheet.heightPx };
  const image: SheetMark = { kind: 'image', box, href: await dataUrl(await paintPng(bare, DOTS_IMAGE_SCALE)) };
  const isArea = ({ kind }: SheetMark): boolean => kind === 'area';
  const others = sheet.marks.filter(({ kind }) => kind !== 'area' && kind !== 'dots');
  return sheetSvg({ ...sheet, marks: [...sheet.marks.filter(isArea), image, ...others] });
}

/** The sheet as PNG, with `scale` pixels for each of its own. */
export async function paintPng(sheet: Sheet, scale: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(sheet.widthPx * scale);
  canvas.height = Math.round(sheet.heightPx * scale);
  const context = canvas.getContext('2d');
  if (context) paintOnCanvas(context, sheet, scale);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (!blob) throw new StageError('out-of-memory', 'render', `no picture of ${canvas.width}×${canvas.height} pixels`);
  return blob;
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
