import { mainItems } from '../model/list-values.ts';
import type { MapData } from '../model/map-data.ts';
import { capital, nounOf } from '../model/noun.ts';
import type { ColumnValue } from '../model/paper.ts';
import type { TopicView } from '../model/topic-view.ts';
import { COLOR_CHOICES, type ColorChoice, defaultColorChoice, filesOf, yearsOf } from '../render/color-choices.ts';
import { type Coloring, colorBy, type PaletteTheme } from '../render/palette.ts';
import { colorByTopic, topTopicNames } from '../render/topic-colors.ts';
import { keptShares } from './neighbors/measuring.ts';
import { colorByKept, keptNames } from './selection/kept-colors.ts';
import type { Shown, State } from './state.ts';
import { colorByDrift, colorByTrust, driftLabels, trustLabels } from './view/step-colors.ts';

/** Prefix of column names, so that no column is mistaken for `source` or `none`. */
export const COLUMN = 'column:';

/** What there is to colour by besides the papers' own data. */
interface Colored {
  readonly topics: boolean;
  readonly kept: boolean;
  readonly drift: boolean;
}

/** The available colourings: topics, kept selections, drift between two maps, trust, year, file and every column. */
export function colorChoices(
  { corpus: { papers, columns }, map }: Pick<Shown, 'corpus' | 'map'>,
  has: Colored,
): ColorChoice[] {
  const choices: ColorChoice[] = [
    ...(has.drift ? [{ value: 'drift', label: 'Drift between the two maps' }] : []),
    ...(has.topics ? [COLOR_CHOICES.topic, COLOR_CHOICES.nearestTopic] : []),
    ...(has.kept ? [{ value: 'kept', label: 'Kept selections' }] : []),
    ...(map?.neighbors || map?.preservation ? [{ value: 'trust', label: 'Trust' }] : []),
    COLOR_CHOICES.source,
    COLOR_CHOICES.none,
  ];
  if (yearsOf(papers).some((year) => year !== null)) choices.push(COLOR_CHOICES.year);
  for (const { name } of columns) choices.push({ value: COLUMN + name, label: name });
  return choices;
}

/** The shown papers' colours with their legend; null for one colour. `topics`: those of the state, as selected. */
export function shownColoring(state: State, topics: TopicView | null, theme: PaletteTheme): Coloring | null {
  const { shown, colorBy: choice } = state;
  if (!shown || choice === 'none') return null;
  if (choice === 'kept') return colorByKept(state.kept, shown.corpus.papers.length, theme);
  if (choice === 'drift') return state.comparison && colorByDrift(state.comparison.drift, theme);
  if (choice === 'trust') return colorByTrust(keptShares(state), shown.corpus.papers.length, theme);
  if (choice !== 'topic' && choice !== 'nearest-topic') return colorBy(colorValues(state, topics, choice), theme);
  return topics ? colorByTopic(topics, choice, theme) : null;
}

/** One value for each paper in the chosen colouring; an unknown choice counts as `none`. */
export function colorValues(
  state: Pick<State, 'shown' | 'kept' | 'measured' | 'comparison'>,
  topics: TopicView | null,
  choice: string,
): readonly ColumnValue[] {
  if (!state.shown) return [];
  const { papers, columns } = state.shown.corpus;
  if (choice === 'kept') return keptNames(state.kept, papers.length);
  if (choice === 'source') return filesOf(papers);
  if (choice === 'year') return yearsOf(papers);
  if (choice === 'drift' && state.comparison) return driftLabels(state.comparison.drift);
  if (choice === 'trust') return trustLabels(keptShares(state), papers.length);
  if (topics && (choice === 'topic' || choice === 'nearest-topic')) {
    return topTopicNames(topics, choice === 'nearest-topic');
  }
  const column = columns.find(({ name }) => COLUMN + name === choice);
  if (column?.isList) return mainItems(column.values);
  return column?.values ?? papers.map(() => capital(nounOf(state.shown?.corpus).many));
}

/** By topic if there are topics, else by file if there are several. O(papers). */
export function defaultColor({ topics, corpus }: MapData): string {
  return defaultColorChoice(corpus.papers, topics !== null && topics.topics.length > 0);
}
