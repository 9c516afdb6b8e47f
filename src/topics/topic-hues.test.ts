import { describe, expect, it } from 'vitest';
import type { Topic } from '../model/topics.ts';
import { withHues } from './topic-hues.ts';

const topic = (id: number, parent = -1): Topic => ({
  id,
  parent,
  level: parent < 0 ? 0 : 1,
  size: 10,
  centroid: id,
  exemplars: [],
  densest: id,
  phrases: [],
  terms: [],
  hue: 0,
});

describe('the hues of topics', () => {
  it('differ for the ten largest, and go to the parts', () => {
    const topics = [...Array.from({ length: 10 }, (_, id) => topic(id)), topic(10, 3), topic(11, 10)];
    const hues = withHues(topics, new Float32Array(24)).map(({ hue }) => hue);
    expect(new Set(hues.slice(0, 10)).size).toBe(10);
    expect(hues.slice(10)).toEqual([hues[3], hues[3]]);
  });

  it('come back far from where they are worn', () => {
    const topics = Array.from({ length: 12 }, (_, id) => topic(id));
    // On a line: the eleventh is beside the first, the twelfth beside the last of the ten.
    const positions = Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, 10].flatMap((x) => [x, 0]));
    const hues = withHues(topics, positions).map(({ hue }) => hue);
    expect(hues[10]).toBe(9);
    expect(hues[11]).toBe(0);
  });
});
