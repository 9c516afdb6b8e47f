import { describe, expect, it } from 'vitest';
import { type Attention, countLayers, DIMMED, HIT, layerOf, NEIGHBOR, paperStates, SELECTED } from './paper-marks.ts';

const NOTHING: Attention = { hits: null, emphasized: null, passing: null, neighbors: [], selected: -1 };

/** The states of six papers. */
function states(attention: Partial<Attention>): number[] {
  return Array.from(paperStates(6, { ...NOTHING, ...attention }));
}

describe('the marks of papers', () => {
  it('are none while nothing draws attention', () => {
    expect(states({})).toEqual([0, 0, 0, 0, 0, 0]);
    expect(paperStates(0, { ...NOTHING, hits: [0], neighbors: [1], selected: 2 })).toHaveLength(0);
  });

  it('ring hits and dim the rest, even when nothing is found', () => {
    expect(states({ hits: [1, 4, 99] })).toEqual([DIMMED, HIT, DIMMED, DIMMED, HIT, DIMMED]);
    expect(states({ hits: [] })).toEqual(Array(6).fill(DIMMED));
  });

  it('let emphasized papers be as they are and dim the rest', () => {
    expect(states({ emphasized: Uint32Array.of(0, 5) })).toEqual([0, DIMMED, DIMMED, DIMMED, DIMMED, 0]);
    expect(states({ emphasized: [0, 1], hits: [1, 2] })).toEqual([0, HIT, HIT, DIMMED, DIMMED, DIMMED]);
  });

  it('dim what filters leave out, hits and emphasized papers too', () => {
    const passing = Uint8Array.of(1, 0, 1, 0, 1, 0);
    expect(states({ passing })).toEqual([0, DIMMED, 0, DIMMED, 0, DIMMED]);
    expect(states({ passing, hits: [0, 1] })).toEqual([HIT, ...Array(5).fill(DIMMED)]);
    expect(states({ passing, emphasized: [1, 2] })).toEqual([DIMMED, DIMMED, 0, DIMMED, DIMMED, DIMMED]);
  });

  it('never dim the selected paper and its neighbours, which keep their rings as hits', () => {
    const passing = Uint8Array.of(0, 0, 0, 1, 1, 1);
    expect(states({ passing, hits: [3, 4], neighbors: [1, 3], selected: 0 })).toEqual([
      SELECTED,
      NEIGHBOR,
      DIMMED,
      HIT | NEIGHBOR,
      HIT,
      DIMMED,
    ]);
    expect(states({ hits: [2], selected: 2 })[2]).toBe(HIT | SELECTED);
  });

  it('skip what is beyond the map', () => {
    expect(states({ emphasized: [7], neighbors: [6], selected: 6 })).toEqual(Array(6).fill(DIMMED));
  });
});

describe('layers', () => {
  it('puts dimmed below normal below neighbours below hits below selected', () => {
    const states = [DIMMED, 0, NEIGHBOR, HIT, SELECTED];
    expect(states.map(layerOf)).toEqual([0, 1, 2, 3, 4]);
    expect(layerOf(HIT | DIMMED)).toBe(3);
    expect(layerOf(HIT | SELECTED | DIMMED)).toBe(4);
  });

  it('counts papers without a state as normal', () => {
    expect(Array.from(countLayers(Uint8Array.of(2, 1, 0, 2), 6))).toEqual([2, 3, 0, 1, 0]);
    expect(Array.from(countLayers(Uint8Array.of(4, 4, 4), 1))).toEqual([0, 0, 0, 0, 1]);
  });
});
