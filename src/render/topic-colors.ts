import type { TopicView } from '../model/topic-view.ts';
import { type Coloring, colorGroups, type LegendGroup, PALETTES, type PaletteTheme } from './palette.ts';

/** `topic`: papers between topics are grey; `nearest-topic`: they take the colour of the nearest topic. */
export type TopicColoring = 'topic' | 'nearest-topic';

/** The colour of a topic, `#rrggbb`: the hue of its top topic, in the colours of the theme. */
export function topicColor(view: TopicView, id: number, theme: PaletteTheme): string {
  const node = view.nodes.get(id);
  return node ? PALETTES[theme].categories[node.topic.hue] : PALETTES[theme].missing;
}

/** Colours papers by their top topic. Each topic keeps its hue whatever else is shown. O(n). */
export function colorByTopic(view: TopicView, kind: TopicColoring, theme: PaletteTheme): Coloring {
  const { tops, nodes, nearest, paths, levels } = view;
  const groups = new Map(tops.map((id, group) => [id, group]));
  const entries = tops.map(
    (id): LegendGroup => ({ label: nodes.get(id)?.name ?? '', color: topicColor(view, id, theme), kind: 'category' }),
  );
  const between: LegendGroup = { label: BETWEEN, color: PALETTES[theme].missing, kind: 'missing' };
  const { rgb, legend } = colorGroups(nearest.length, [...entries, between], (i) => {
    const own = levels === 0 ? -1 : paths[i * levels];
    return groups.get(kind === 'topic' ? own : nearest[i]) ?? tops.length;
  });
  return { rgb, legend: legend.filter(({ kind, count }) => kind === 'category' || count > 0) };
}

/** The name of each paper's top topic, or of the nearest one; null for papers in none. */
export function topTopicNames({ nodes, paths, nearest, levels }: TopicView, isNearest: boolean): (string | null)[] {
  return Array.from(nearest, (near, i) => nodes.get(isNearest ? near : (paths[i * levels] ?? -1))?.name ?? null);
}

/** Name for papers in no topic. */
export const BETWEEN = 'between topics';
