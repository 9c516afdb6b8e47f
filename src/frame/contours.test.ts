import { expect, it } from 'vitest';
import { topicTree } from '../model/map-file/fixtures/topic-tree.ts';
import { topicView } from '../model/topic-view.ts';
import { NO_EDITS } from '../model/topics.ts';
import { NEUTRAL_TINT } from '../render/contour-tints.ts';
import { rgbOf } from '../render/theme.ts';
import { topicColor } from '../render/topic-colors.ts';
import { makeFrameContours } from './contours.ts';

it('every top topic has three tints in its colour, grey ones beside another legend, and the same until something changes', async () => {
  const topics = topicView({ ...topicTree(60, 2, 'seas'), edits: NO_EDITS });
  const positions = Float32Array.from({ length: 120 }, (_, at) => Math.sin(7 * at + (at % 10 < 6 ? 0 : 9)));
  const subject = { topics, positions, color: 'topic', theme: 'light' } as const;
  await new Promise<void>((traced) => {
    const contours = makeFrameContours(traced);
    expect(contours.tints(subject)).toEqual([]);
  });
  let wasTraced = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    wasTraced = resolve;
  });
  const contours = makeFrameContours(() => wasTraced());
  contours.tints(subject);
  await done;
  const tints = contours.tints(subject);
  expect(tints).toHaveLength(3 * topics.tops.length);
  expect(tints[0].rings.length).toBeGreaterThan(0);
  expect(tints[0].color).toEqual(rgbOf(topicColor(topics, topics.tops[0], 'light')));
  expect(contours.tints({ ...subject })).toBe(tints);
  const grey = contours.tints({ ...subject, color: 'year' });
  expect(new Set(grey.map(({ color }) => color))).toEqual(new Set([NEUTRAL_TINT.light]));
  expect(contours.tints({ ...subject, topics: null })).toEqual([]);
});
