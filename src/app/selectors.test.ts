import { describe, expect, it } from 'vitest';
import type { Paper } from '../model/paper.ts';
import { NO_EDITS } from '../model/topics.ts';
import { makeSelectors } from './selectors.ts';

const papers = [2019, 2020, 2021].map((year, i): Paper => {
  const said = { id: `${i}`, title: `Paper ${i}`, text: '', authors: null, url: null, sources: [] };
  return { ...said, date: String(year) };
});
const positions = Float32Array.of(0, 1, 2, 3, 4, 5);
const shown = { corpus: { papers, columns: [] }, positions, map: null };
const without = { shown, topicEdits: NO_EDITS, filters: {}, dayOrders: {} };

const { filtered, places } = makeSelectors();

describe('where papers that pass the filters stand', () => {
  it('is where all stand without a filter, the same array', () => {
    expect(places(without)).toBe(positions);
    expect(places({ ...without, shown: null })).toBeNull();
  });

  it('is nowhere for those that a filter leaves out', () => {
    const year = { kind: 'ranges', ranges: [{ from: 2020, to: 2022 }], keepsMissing: false } as const;
    const state = { ...without, filters: { year } };
    expect(filtered(state).kept).toBe(2);
    expect(Array.from(places(state) ?? [])).toEqual([Number.NaN, Number.NaN, 2, 3, 4, 5]);
    expect(Array.from(positions)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
