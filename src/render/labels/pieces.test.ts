import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { piecesOf } from './pieces.ts';

const SCALE = 400;

/** n papers, spread evenly over a disc of a radius in CSS pixels about a pixel. */
function disc(n: number, [x, y]: readonly [number, number], radiusPx: number, seed = 1): [number, number][] {
  const random = makeRandom(seed);
  return Array.from({ length: n }, () => {
    const [angle, far] = [2 * Math.PI * random(), radiusPx * Math.sqrt(random())];
    return [x + far * Math.cos(angle), y + far * Math.sin(angle)];
  });
}

function pieces(points: readonly [number, number][], members = points.map((_, i) => i)) {
  const positions = Float32Array.from(points.flat(), (px) => px / SCALE);
  return piecesOf(positions, members, SCALE);
}

function pixelOf(points: readonly [number, number][], paper: number): [number, number] {
  return points[paper];
}

describe('pieces of a topic', () => {
  it('are patches of papers that hold a third of it, the one with the most places first', () => {
    const small = [...disc(20, [200, 0], 30), ...disc(10, [0, 300], 15)];
    const found = pieces([...disc(60, [0, 0], 40), ...small]);
    expect(pieces([...disc(60, [0, 0], 40), ...disc(50, [200, 0], 40), ...small])).toHaveLength(2);
    expect(found.map(({ members }) => members.length)).toEqual([60]);
    expect(found[0].members.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    for (const { heart, members } of found) expect(members).toContain(heart);
  });

  it('count copies of a text once, however many there are', () => {
    const copies = disc(900, [300, 300], 0.5);
    const found = pieces([...copies, ...disc(40, [0, 0], 60)]);
    expect(found.map(({ members }) => members.length)).toEqual([40]);
    expect(found[0].places).toBeGreaterThan(35);
  });

  it('of a ring have their heart on it', () => {
    const random = makeRandom(5);
    const ring = Array.from({ length: 300 }, (): [number, number] => {
      const [angle, far] = [2 * Math.PI * random(), 100 + 10 * random()];
      return [far * Math.cos(angle), far * Math.sin(angle)];
    });
    const [{ heart, members }, ...others] = pieces(ring);
    expect(others).toEqual([]);
    expect(members).toHaveLength(300);
    expect(Math.hypot(...pixelOf(ring, heart))).toBeGreaterThan(95);
  });

  it('of a long topic are one, with the heart in its fullest part', () => {
    const line = Array.from({ length: 80 }, (_, i): [number, number] => [10 * i, 0]);
    const points = [...line, ...disc(60, [600, 0], 20)];
    const found = pieces(points);
    expect(found).toHaveLength(1);
    expect(Math.abs(pixelOf(points, found[0].heart)[0] - 600)).toBeLessThan(30);
  });

  it('are those seen from further away where none holds a third', () => {
    // Two clouds of five specks each, 50 px apart, and one speck far off.
    const specks = Array.from({ length: 10 }, (_, i) => disc(6, [50 * i + (i > 4 ? 800 : 0), 0], 5, i + 1)).flat();
    const found = pieces([...specks, ...disc(6, [0, 3000], 5)]);
    expect(found.map(({ members }) => members.length)).toEqual([30, 30]);
  });

  it('are none without a place, and one at a single place', () => {
    expect(pieces([[Number.NaN, Number.NaN]])).toEqual([]);
    expect(pieces([[5, 5]])).toEqual([{ members: [0], places: 1, heart: 0 }]);
    expect(pieces([])).toEqual([]);
  });
});
