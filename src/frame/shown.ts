import { mainItems } from '../model/list-values.ts';
import type { MapData } from '../model/map-data.ts';
import { nounOf } from '../model/noun.ts';
import { papersOf, pathOf, type TopicView } from '../model/topic-view.ts';
import { COLOR_CHOICES, type ColorChoice, filesOf, yearsOf } from '../render/color-choices.ts';
import { type Coloring, colorBy, type PaletteTheme } from '../render/palette.ts';
import { MAX_MARKED_NEIGHBORS, paperStates } from '../render/paper-marks.ts';
import { colorByTopic } from '../render/topic-colors.ts';

/** What a frame shows: its map, and the choices of its user and host page. */
export interface Shown {
  map: MapData | null;
  /** The map's topics; null when it has none. */
  topics: TopicView | null;
  /** Counts the maps opened so far. */
  run: number;
  query: string;
  /** The first thousand hits; null without a search. */
  hits: readonly number[] | null;
  /** Number of all hits. */
  total: number;
  /** Papers that the host page marks as if they were hits. */
  marked: readonly number[];
  /** −1 for none. */
  selected: number;
  /** The highlighted topic, −1 for none. */
  topic: number;
  /** Only papers of these topics; null: all. */
  kept: readonly number[] | null;
  /** One of {@link frameColors}. */
  color: string;
  theme: 'light' | 'dark' | 'auto';
}

/** The choices on a map that has just been opened. */
export const FRESH_VIEW = {
  query: '',
  hits: null,
  total: 0,
  marked: [],
  selected: -1,
  topic: -1,
  kept: null,
} satisfies Partial<Shown>;

/** 1 for each paper that passes the filter, else 0; null without a filter. O(n × levels). */
export function passingOf({ map, topics, kept }: Pick<Shown, 'map' | 'topics' | 'kept'>): Uint8Array | null {
  if (!map || !topics || !kept) return null;
  const wanted = new Set(kept);
  return Uint8Array.from(map.corpus.papers, (_, i) => (pathOf(topics, i).some((id) => wanted.has(id)) ? 1 : 0));
}

/** The papers' state bits, and the lines from the selected paper to its neighbours. */
interface Marks {
  readonly states: Uint8Array;
  /** −1 for none. */
  readonly linkFrom: number;
  readonly linkTo: readonly number[];
}

/** What to highlight: the hits, else the host's marks, else the chosen topic; and the selected paper. O(n × levels). */
export function marksOf(shown: Shown): Marks {
  const { map, topics, marked, selected, topic } = shown;
  const hits = shown.hits ?? (marked.length > 0 ? marked : null);
  const neighbors = nearestOf(map?.neighbors ?? null, selected);
  const states = paperStates(map?.corpus.papers.length ?? 0, {
    hits,
    emphasized: topics && topic >= 0 && !hits ? papersOf(topics, topic) : null,
    passing: passingOf(shown),
    neighbors,
    selected,
  });
  return { states, linkFrom: selected, linkTo: neighbors };
}

function nearestOf(neighbors: MapData['neighbors'], index: number): number[] {
  if (!neighbors || index < 0) return [];
  const from = index * neighbors.k;
  return Array.from(neighbors.indices.subarray(from, from + Math.min(MAX_MARKED_NEIGHBORS, neighbors.k)));
}

/** How much of the map is highlighted, and why; '' for nothing. O(n × levels) with a filter. */
export function countText(shown: Shown): string {
  const { map, topics, hits, topic, marked } = shown;
  const all = map?.corpus.papers.length ?? 0;
  const { many } = nounOf(map?.corpus);
  const passing = passingOf(shown);
  const kept = passing ? passing.reduce((sum, one) => sum + one, 0) : all;
  const of = passing ? `${kept} of ${all} ${many}` : `${all}`;
  if (hits) return `${shown.total} of ${of} match`;
  if (marked.length > 0) return '';
  const node = topics?.nodes.get(topic);
  if (node) return `${node.name}: ${node.size} of ${all} ${many}`;
  return passing ? `${of} shown` : '';
}

/** Prefix of a column's number; not of its name, which may be anything. */
const COLUMN = 'column:';

/** What the papers of a map can be coloured by; a column as `column:` and its number. O(n). */
export function frameColors({ corpus: { papers, columns } }: MapData, view: TopicView | null): ColorChoice[] {
  return [
    ...(view && view.tops.length > 0 ? [COLOR_CHOICES.topic, COLOR_CHOICES.nearestTopic] : []),
    ...(new Set(filesOf(papers)).size > 1 ? [COLOR_CHOICES.source] : []),
    ...(yearsOf(papers).some((year) => year !== null) ? [COLOR_CHOICES.year] : []),
    ...columns.map(({ name }, i) => ({ value: COLUMN + i, label: name })),
    COLOR_CHOICES.none,
  ];
}

/** The value in `colors` that `wanted` names by value, column number or label; undefined for none. */
export function findColor(colors: readonly ColorChoice[], wanted: string | number): string | undefined {
  const text = String(wanted);
  const found =
    colors.find(({ value }) => value === text) ??
    colors.find(({ value }) => value === COLUMN + text) ??
    colors.find(({ value, label }) => value.startsWith(COLUMN) && label === text);
  return found?.value;
}

/** Colours and legend for one of {@link frameColors}; null for one colour. O(n log n). */
export function coloringOf(
  { corpus: { papers, columns } }: MapData,
  view: TopicView | null,
  value: string,
  theme: PaletteTheme,
): Coloring | null {
  if (value === COLOR_CHOICES.none.value) return null;
  if (value === 'topic' || value === 'nearest-topic') return view && colorByTopic(view, value, theme);
  if (value === COLOR_CHOICES.year.value) return colorBy(yearsOf(papers), theme);
  if (value === COLOR_CHOICES.source.value) return colorBy(filesOf(papers), theme);
  const { values, isList } = columns[Number(value.slice(COLUMN.length))];
  return colorBy(isList ? mainItems(values) : values, theme);
}
