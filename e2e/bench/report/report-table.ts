import { NAME_SEPARATOR } from '../../../src/model/topics.ts';
import type { Grouping } from './grouping.ts';
import type { Labels } from './labels.ts';
import { ENOUGH, type NameFigures, nameFigures } from './name-figures.ts';
import { vMeasure, vOverChance } from './v-measure.ts';

/** A grouping with all that is measured of it. */
export interface Measured {
  readonly grouping: Grouping;
  readonly names: NameFigures;
  /** Share of the papers in no topic, 0…1. */
  readonly noise: number;
  /** V-measure over the labelled papers, those in no topic as one further cluster; null without labels. */
  readonly all: number | null;
  /** The same, of what chance leaves to be gained. */
  readonly overChance: number | null;
  /** V-measure over the labelled papers that are in a topic. */
  readonly assigned: number | null;
}

const HEADS = [
  'topics of',
  'topics',
  'noise %',
  'V all',
  'over chance',
  'V assigned',
  `names over ≥ ${ENOUGH} papers`,
  'cover %',
  'F1 %',
  'siblings apart',
  'residue',
  'CPU s',
];

/** Measures `grouping`; `texts` as in {@link nameFigures}. */
export function measure(grouping: Grouping, texts: readonly string[], labels: Labels | null): Measured {
  const { groupOf } = grouping;
  return {
    grouping,
    names: nameFigures(grouping, texts),
    noise: groupOf.filter((group) => group < 0).length / Math.max(1, groupOf.length),
    all: labels && agreement(labels, groupOf, () => true, vOf),
    overChance: labels && agreement(labels, groupOf, () => true, overChanceOf),
    assigned: labels && agreement(labels, groupOf, (group) => group >= 0, vOf),
  };
}

/** The table, in Markdown: one row a grouping. */
export function tableOf(rows: readonly Measured[]): string {
  const lines = [HEADS, HEADS.map(() => '---'), ...rows.map(cellsOf)];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * The names of one recipe, `levels` from coarse to fine: larger groups first, each with its papers, how many of them its
 * name covers, and its parts below it. Not more than `most` groups of the first level, then a line on those left out.
 */
export function namesOf(levels: readonly Measured[], most: number): string {
  const tops = bySize(levels[0]).slice(0, most);
  const lines = tops.flatMap((at) => linesOf(levels, at, ''));
  const left = levels[0].grouping.groups.length - tops.length;
  if (left > 0) lines.push(`… and ${left} that are no larger`);
  return [levels[0].grouping.recipe, ...lines].join('\n');
}

const SEED = 1;
const vOf = (classes: readonly number[], clusters: readonly number[]): number => vMeasure(classes, clusters).v;
const overChanceOf = (classes: readonly number[], clusters: readonly number[]): number =>
  vOverChance(classes, clusters, SEED);

/** What `figure` says of labels and groups, over the labelled papers whose groups count. */
function agreement(
  { labelOf }: Labels,
  groupOf: Int32Array,
  counts: (group: number) => boolean,
  figure: typeof vOf,
): number {
  const papers = [...labelOf.keys()].filter((paper) => labelOf[paper] >= 0 && counts(groupOf[paper]));
  return figure(
    papers.map((paper) => labelOf[paper]),
    papers.map((paper) => groupOf[paper]),
  );
}

function cellsOf({ grouping, names, noise, all, overChance, assigned }: Measured): string[] {
  const count = grouping.groups.length;
  const pairs = `${names.apartPairs} of ${names.siblingPairs}`;
  return [
    grouping.recipe,
    String(count),
    (noise * 100).toFixed(1),
    ...[all, overChance, assigned].map((figure) => figure?.toFixed(3) ?? 'no labels'),
    `${Math.round(names.enough * count)} (${percent(names.enough)} %)`,
    percent(names.medianCoverage),
    percent(names.medianF1),
    names.siblingPairs === 0 ? '–' : `${pairs} (${percent(names.apartPairs / names.siblingPairs)} %)`,
    String(names.residue),
    grouping.seconds?.toFixed(2) ?? '–',
  ];
}

function percent(share: number): string {
  return (share * 100).toFixed(0);
}

function bySize({ grouping: { groups } }: Measured): number[] {
  return [...groups.keys()].sort((a, b) => groups[b].size - groups[a].size || a - b);
}

/** Group `at` of the first of `levels`, and below it its parts, which may stand at any finer level. */
function linesOf([own, ...finer]: readonly Measured[], at: number, indent: string): string[] {
  const { id, phrases, size } = own.grouping.groups[at];
  const name = phrases.length > 0 ? phrases.join(NAME_SEPARATOR) : '(no name)';
  const parts = finer.flatMap((level, step) =>
    bySize(level)
      .filter((part) => level.grouping.groups[part].parent === id)
      .flatMap((part) => linesOf(finer.slice(step), part, `${indent}    `)),
  );
  return [`${indent}${String(size).padStart(4)}  ${name}  (covers ${own.names.covered[at]})`, ...parts];
}
