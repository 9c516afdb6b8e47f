import { type Paper, yearOf } from '../model/paper.ts';

/** A way to colour papers that page and frame offer. */
export interface ColorChoice {
  readonly value: string;
  readonly label: string;
}

/** The colourings that page and frame share; `topic` leaves papers between topics grey, `nearestTopic` does not. */
export const COLOR_CHOICES = {
  topic: { value: 'topic', label: 'Topic' },
  nearestTopic: { value: 'nearest-topic', label: 'Nearest topic' },
  source: { value: 'source', label: 'File' },
  year: { value: 'year', label: 'Year' },
  none: { value: 'none', label: 'One colour' },
} as const satisfies Record<string, ColorChoice>;

/** The file of each paper; the first one where there are several. */
export function filesOf(papers: readonly Paper[]): (string | null)[] {
  return papers.map(({ sources }) => sources[0]?.file ?? null);
}

/** The year of each paper; null where its date has none. */
export function yearsOf(papers: readonly Paper[]): (number | null)[] {
  return papers.map(({ date }) => yearOf(date));
}

/** The initial colouring of a map: by topics where there are any, else by file where there are several. O(n). */
export function defaultColorChoice(papers: readonly Paper[], hasTopics: boolean): string {
  if (hasTopics) return COLOR_CHOICES.topic.value;
  const files = filesOf(papers);
  return files.some((file) => file !== files[0]) ? COLOR_CHOICES.source.value : COLOR_CHOICES.none.value;
}
