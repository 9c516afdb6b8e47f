import type { Topic } from '../model/topics.ts';

/** Number of hues for the top topics of a map. */
export const TOPIC_HUES = 10;

/**
 * Gives each topic the hue of its top topic. The ten largest top topics get one each, every further one the hue whose
 * topics are farthest from it on the map (`positions`, n×2). O(topics²).
 */
export function withHues(topics: readonly Omit<Topic, 'hue'>[], positions: Float32Array): readonly Topic[] {
  const tops = topics.filter(({ parent }) => parent < 0);
  const hues = new Int32Array(topics.length);
  tops.forEach(({ id, densest }, rank) => {
    hues[id] = rank < TOPIC_HUES ? rank : farthestHue(tops.slice(0, rank), densest, hues, positions);
  });
  return topics.map((topic) => {
    // A parent precedes its parts, so its hue is already known.
    if (topic.parent >= 0) hues[topic.id] = hues[topic.parent];
    return { ...topic, hue: hues[topic.id] };
  });
}

function farthestHue(
  wearers: readonly Omit<Topic, 'hue'>[],
  place: number,
  hues: Int32Array,
  positions: Float32Array,
): number {
  const nearest = new Float64Array(TOPIC_HUES).fill(Infinity);
  for (const { id, densest } of wearers) {
    const dx = positions[2 * densest] - positions[2 * place];
    const dy = positions[2 * densest + 1] - positions[2 * place + 1];
    nearest[hues[id]] = Math.min(nearest[hues[id]], dx * dx + dy * dy);
  }
  return nearest.indexOf(Math.max(...nearest));
}
