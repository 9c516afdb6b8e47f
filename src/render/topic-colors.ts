import type { TopicView } from '../model/topic-view.ts';
import { type Coloring, colorGroups, type LegendGroup, PALETTES, type PaletteTheme } from './palette.ts';
import { rgbOf } from './theme.ts';

/** `topic`: papers between topics are grey; `nearest-topic`: they take the colour of the nearest topic. */
export type TopicColoring = 'topic' | 'nearest-topic';

/** The colour of a topic, `#rrggbb`: a top topic's hue in the colours of the theme; of its parts, shades of that. */
export function topicColor(view: TopicView, id: number, theme: PaletteTheme): string {
  const node = view.nodes.get(id);
  if (!node) return PALETTES[theme].missing;
  const parent = view.nodes.get(node.topic.parent);
  if (!parent) return PALETTES[theme].categories[node.topic.hue];
  // By id, because sizes change with merges.
  const siblings = parent.children.toSorted((a, b) => a - b);
  return shadeOf(topicColor(view, parent.topic.id, theme), siblings.indexOf(id), siblings.length, theme);
}

/** The most that a shade is mixed with black or white. */
const MOST_SHADE = 0.3;

/** One of `count` shades of a colour, dark to light, each of a contrast of at least 3:1 to the theme's background. */
function shadeOf(color: string, place: number, count: number, theme: PaletteTheme): string {
  const ground = luminance(PALETTES[theme].background);
  const mixed = (share: number): string => {
    const [red, green, blue] = rgbOf(color).map((v) =>
      Math.round(255 * (share < 0 ? v * (1 + share) : v + (1 - v) * share)),
    );
    return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`;
  };
  const isSeen = (shade: string): boolean => {
    const own = luminance(shade);
    return (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05) >= 3;
  };
  let [low, high] = [-MOST_SHADE, MOST_SHADE];
  while (low < 0 && !isSeen(mixed(low))) low += 0.05;
  while (high > 0 && !isSeen(mixed(high))) high -= 0.05;
  return mixed(Math.min(low, 0) + ((Math.max(high, 0) - Math.min(low, 0)) * (place + 0.5)) / count);
}

/** Relative luminance as in WCAG 2, 0…1. */
function luminance(color: string): number {
  const [red, green, blue] = rgbOf(color).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
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
