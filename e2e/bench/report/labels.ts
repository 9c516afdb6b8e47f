import { normalizeTitle } from '../../../src/read/identity/paper-ids.ts';

/** Which papers somebody has sorted by topic, and how. */
export interface Labels {
  /** By paper: a number for its label, −1 for none. */
  readonly labelOf: Int32Array;
  /** Papers with a label, and labels among them. */
  readonly papers: number;
  readonly kinds: number;
  /** Titles of the file that no paper has. */
  readonly strangers: number;
}

/**
 * The labels of `json`, `{ "labels": { title: label, … } }`, for papers in their order; titles are compared as the
 * importer compares them. Throws an Error with a sentence when it is not that.
 */
export function labelsOf(json: string, titles: readonly string[]): Labels {
  const byTitle = new Map(entriesOf(json).map(([title, label]) => [normalizeTitle(title), label]));
  const numbers = new Map<string, number>();
  const labelOf = Int32Array.from(titles, (title) => {
    const label = byTitle.get(normalizeTitle(title));
    if (label === undefined) return -1;
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    return numbers.get(label) ?? -1;
  });
  const known = new Set(titles.map(normalizeTitle));
  return {
    labelOf,
    papers: labelOf.filter((label) => label >= 0).length,
    kinds: numbers.size,
    strangers: [...byTitle.keys()].filter((title) => !known.has(title)).length,
  };
}

function entriesOf(json: string): readonly (readonly [string, string])[] {
  const parsed: unknown = JSON.parse(json);
  const labels: unknown = typeof parsed === 'object' && parsed !== null && 'labels' in parsed ? parsed.labels : null;
  if (typeof labels !== 'object' || labels === null) throw new Error('expected { "labels": { title: label, … } }');
  return Object.entries(labels).map(([title, label]) => {
    if (typeof label !== 'string') throw new Error(`expected a word for the label of “${title}”`);
    return [title, label] as const;
  });
}
