import { describe, expect, it } from 'vitest';
import type { MapData } from '../model/map-data.ts';
import { topicTree } from '../model/map-file/fixtures/topic-tree.ts';
import { topicView } from '../model/topic-view.ts';
import { defaultColorChoice } from '../render/color-choices.ts';
import { MARK } from '../render/paper-marks.ts';
import { frameMap } from './fixtures/frame-map.ts';
import { coloringOf, countText, FRESH_VIEW, findColor, frameColors, marksOf, passingOf, type Shown } from './shown.ts';

const view = topicView(topicTree(10, 2, 'maps'));
const papers = Array.from({ length: 10 }, (_, i) => ({
  ...{ id: `${i}`, title: `Title ${i}`, text: '', authors: null, url: null },
  date: i < 4 ? `${2001 + i}` : null,
  sources: [{ file: i < 5 ? 'a.csv' : 'b.csv', line: 1 }],
}));
const columns = [
  { name: 'venue', values: papers.map((_, i) => (i % 2 === 0 ? 'north' : 'south')) },
  { name: 'topic', values: papers.map(() => 'always') },
];
// The functions read only the corpus.
const map = { corpus: { papers, columns } } as unknown as MapData;
const colors = frameColors(map, view);

describe('what a frame is coloured by', () => {
  it('is all that the map has', () => {
    const values = ['topic', 'nearest-topic', 'source', 'year', 'column:0', 'column:1', 'none'];
    expect(colors.map(({ value }) => value)).toEqual(values);
    expect(defaultColorChoice(map.corpus.papers, view !== null)).toBe('topic');
    const bare = { corpus: { papers: papers.slice(4, 5), columns: [] } } as unknown as MapData; // As above.
    expect(frameColors(bare, null)).toEqual([{ value: 'none', label: 'One colour' }]);
    expect(defaultColorChoice(bare.corpus.papers, false)).toBe('none');
    expect(defaultColorChoice(map.corpus.papers, false)).toBe('source');
  });

  it('is found by its word, or a column by number or name, whose name cannot hide a word', () => {
    expect(['topic', 1, '0', 'venue', 'column:1'].map((wanted) => findColor(colors, wanted))).toEqual([
      'topic',
      'column:1',
      'column:0',
      'column:0',
      'column:1',
    ]);
    for (const wanted of ['', 'File', 'price', 2, '__proto__']) expect(findColor(colors, wanted)).toBeUndefined();
  });

  it('gives three numbers a paper and a legend that counts them', () => {
    for (const { value } of colors) {
      const coloring = coloringOf(map, view, value, 'dark');
      if (value === 'none') expect(coloring).toBeNull();
      else {
        expect(coloring?.rgb).toHaveLength(30);
        expect(coloring?.legend.reduce((sum, { count }) => sum + count, 0)).toBe(10);
      }
    }
    expect(coloringOf(map, view, 'column:0', 'light')?.legend.map(({ label }) => label)).toEqual(['north', 'south']);
  });
});

describe('what stands out on a map', () => {
  const whole = frameMap();
  const topics = whole.topics && topicView(whole.topics);
  const shown = (chosen: Partial<Shown> = {}): Shown => ({
    ...{ ...FRESH_VIEW, map: whole, topics, run: 1, color: 'topic', theme: 'auto', ...chosen },
  });
  /** The papers whose state has this bit. */
  const having = (bit: number, chosen: Partial<Shown>): number[] =>
    Array.from(marksOf(shown(chosen)).states.entries()).flatMap(([i, state]) => (state & bit ? [i] : []));

  it('is nothing at first', () => {
    expect(marksOf(shown())).toEqual({ states: new Uint8Array(60), linkFrom: -1, linkTo: [] });
    expect(marksOf(shown({ map: null })).states).toHaveLength(0);
    expect(countText(shown())).toBe('');
  });

  it('are hits, else what the host marks, else the chosen topic', () => {
    const all = { hits: [1, 2], total: 2, marked: [3], topic: 1 };
    expect(having(MARK.hit, all)).toEqual([1, 2]);
    expect(having(MARK.dimmed, all)).toHaveLength(58);
    expect(having(MARK.hit, { ...all, hits: null })).toEqual([3]);
    const left = having(MARK.dimmed, { topic: 1 });
    expect(left).toHaveLength(48);
    expect(left.filter((i) => i % 5 === 3)).toEqual([]);
    expect(having(MARK.hit, { topic: 1 })).toEqual([]);
  });

  it('are the papers of the topics that the filter lets through, parts of topics too', () => {
    expect(passingOf(shown())).toBeNull();
    expect(Array.from(passingOf(shown({ kept: [1] })) ?? []).flatMap((one, i) => (one ? [i % 5] : []))).toEqual(
      new Array(12).fill(3),
    );
    expect(passingOf(shown({ kept: [2] }))?.reduce((sum, one) => sum + one, 0)).toBe(24);
    expect(having(MARK.dimmed, { kept: [1], hits: [3, 4], total: 2 })).not.toContain(3);
    expect(having(MARK.hit, { kept: [1], hits: [3, 4], total: 2 })).toEqual([3]);
  });

  it('is the selected paper with its neighbours, whatever else there is', () => {
    expect(marksOf(shown({ selected: 7 }))).toMatchObject({ linkFrom: 7, linkTo: [8, 9, 10] });
    expect(marksOf(shown({ selected: 7, map: { ...whole, neighbors: null } })).linkTo).toEqual([]);
    expect(having(MARK.selected, { selected: 7, topic: 1 })).toEqual([7]);
    expect(having(MARK.neighbor, { selected: 7, topic: 1 })).toEqual([8, 9, 10]);
    expect(having(MARK.dimmed, { selected: 7, hits: [], total: 0 })).toHaveLength(56);
  });

  it('is told in one sentence', () => {
    expect(countText(shown({ hits: [1], total: 1 }))).toBe('1 of 60 match');
    expect(countText(shown({ hits: [3], total: 1, kept: [1] }))).toBe('1 of 12 of 60 papers match');
    expect(countText(shown({ marked: [1], topic: 1 }))).toBe('');
    expect(countText(shown({ topic: 1 }))).toBe('renamed: 12 of 60 papers');
    expect(countText(shown({ kept: [0, 1] }))).toBe('48 of 60 papers shown');
  });
});
