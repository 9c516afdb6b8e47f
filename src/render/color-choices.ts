import { type Paper, yearOf } from '../model/paper.ts';

/** A way to colour papers, as page and frame offer it. */
export interface ColorChoice {
  readonly value: string;
  readonly label: string;
}

/** For papers with topics. */
export const TOPIC_CHOICES: readonly ColorChoice[] = [
  { value: 'topic', label: 'Topic' },
  { value: 'nearest-topic', label: 'Nearest topic' },
];

/** By the file that each paper comes from. */
export const SOURCE_CHOICE: ColorChoice = { value: 'source', label: 'File' };

/** By the year of publication. */
export const YEAR_CHOICE: ColorChoice = { value: 'year', label: 'Year' };

/** All papers alike. */
export const PLAIN_CHOICE: ColorChoice = { value: 'none', label: 'One colour' };

/** The file of each paper, of several the first. */
export function filesOf(papers: readonly Paper[]): (string | null)[] {
  return papers.map(({ sources }) => sources[0]?.file ?? null);
}

/** The year of each paper; null where its date tells none. */
export function yearsOf(papers: readonly Paper[]): (number | null)[] {
  return papers.map(({ date }) => yearOf(date));
}

/** What a map is coloured by at first: its topics, else the files where there are several. O(n). */
export function defaultColorChoice(papers: readonly Paper[], hasTopics: boolean): string {
  if (hasTopics) return 'topic';
  const files = filesOf(papers);
  return files.some((file) => file !== files[0]) ? SOURCE_CHOICE.value : PLAIN_CHOICE.value;
}
