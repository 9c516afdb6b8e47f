import { describe, expect, it } from 'vitest';
import {
  type Attention,
  appearanceOf,
  countLayers,
  drawOrder,
  fewSlots,
  layerOf,
  MARK,
  markRadius,
  paperStates,
} from './paper-marks.ts';

const { hit: HIT, dimmed: DIMMED, selected: SELECTED, neighbor: NEIGHBOR } = MARK;

const NOTHING: Attention = { hits: null, emphasized: null, passing: null, neighbors: [], selected: -1 };

const whole = (placed: number) => ({ placed, inView: placed, zoom: 1, areaPx: 1200 * 800, clumping: 8 });

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

describe('draw order', () => {
  it('holds every paper once, and the way back', () => {
    for (const n of [0, 1, 2, 468, 70_000]) {
      const { order, slots } = drawOrder(n);
      expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      for (let slot = 0; slot < n; slot++) expect(slots[order[slot]]).toBe(slot);
    }
  });

  it('keeps which of two papers is on top when more are added', () => {
    const small = drawOrder(500).order;
    const large = drawOrder(2000).order.filter((index) => index < 500);
    expect(Array.from(large)).toEqual(Array.from(small));
  });

  it('makes any prefix a fair sample of the papers', () => {
    const prefix = drawOrder(100_000).order.subarray(0, 10_000);
    const late = prefix.filter((index) => index >= 50_000).length;
    expect(late).toBeGreaterThan(4800);
    expect(late).toBeLessThan(5200);
  });
});

describe('small highlighted layers', () => {
  it('know where in drawing order their papers stand', () => {
    const n = 1000;
    const draw = drawOrder(n);
    const states = new Uint8Array(n - 10).fill(DIMMED, 0, 5);
    for (const i of [3, 700, 20]) states[i] = NEIGHBOR;
    states.fill(HIT, 800, 900);
    const few = fewSlots(states, countLayers(states, n), draw);
    expect(few[2]).toEqual([3, 700, 20].map((i) => draw.slots[i]).sort((a, b) => a - b));
    // Few but not highlighted; plain; many; none.
    expect([few[0], few[1], few[3], few[4]]).toEqual([null, null, null, null]);
  });
});

describe('appearance', () => {
  it('gives bold discs to few papers and dust to many', () => {
    const radii = [40, 468, 20_000, 200_000, 1_000_000].map((n) => appearanceOf(whole(n)).radiusPx);
    const expected = [8.2, 5, 2.4, 1.5, 1.1];
    for (const [i, radius] of radii.entries()) expect(Math.abs(radius - expected[i])).toBeLessThan(0.5);
  });

  it('never makes points of 5,000 papers narrower than 5 px, even on a phone', () => {
    for (const areaPx of [320 * 480, 360 * 640, 1440 * 900]) {
      expect(appearanceOf({ ...whole(5000), areaPx }).radiusPx).toBeGreaterThanOrEqual(2.5);
    }
    const [many, more] = [50_000, 1_000_000].map((n) => appearanceOf({ ...whole(n), areaPx: 360 * 640 }).radiusPx);
    expect(many).toBeLessThan(2.5);
    expect(more).toBeLessThan(many);
  });

  it('lets papers shine through each other only where they are many', () => {
    const opacities = [40, 468, 20_000, 200_000, 1_000_000].map((n) => appearanceOf(whole(n)).opacity);
    expect(opacities[0]).toBeGreaterThan(0.9);
    for (let i = 1; i < opacities.length; i++) expect(opacities[i]).toBeLessThanOrEqual(opacities[i - 1]);
    expect(opacities[4]).toBeGreaterThan(0.15);
  });

  it('grows with the zoom, but less than the zoom, and never beyond its caps', () => {
    let before = appearanceOf(whole(20_000)).radiusPx;
    for (let zoom = 2; zoom <= 400; zoom *= 2) {
      const now = appearanceOf({ ...whole(20_000), inView: 20_000 / zoom ** 2, zoom }).radiusPx;
      expect(now).toBeGreaterThanOrEqual(before);
      expect(now / before).toBeLessThan(1.5);
      expect(now).toBeLessThanOrEqual(9);
      before = now;
    }
  });

  it('changes little between a cluster and the open sea beside it', () => {
    const cluster = appearanceOf({ ...whole(20_000), inView: 6000, zoom: 4 }).radiusPx;
    const sea = appearanceOf({ ...whole(20_000), inView: 60, zoom: 4 }).radiusPx;
    expect(sea / cluster).toBeLessThan(2.5);
  });

  it('is finite for no papers and no canvas', () => {
    const none = appearanceOf({ placed: 0, inView: 0, zoom: 1, areaPx: 0, clumping: 1 });
    expect(Number.isFinite(none.radiusPx + none.opacity)).toBe(true);
    expect(Number.isFinite(markRadius({ placed: 0, inView: 0, zoom: 1, areaPx: 0, clumping: 1 }, 0))).toBe(true);
  });

  it('makes marks visible among a million and larger than plain points', () => {
    expect(markRadius(whole(1_000_000), 50)).toBeGreaterThanOrEqual(3);
    expect(markRadius(whole(468), 10)).toBeGreaterThan(appearanceOf(whole(468)).radiusPx);
    expect(markRadius(whole(20_000), 10)).toBeGreaterThan(markRadius(whole(20_000), 5000));
  });
});
