import { describe, expect, it } from 'vitest';
import { areaAtCenter, areaByKey, beginLine, leadLine, ringOfLine } from './area-line.ts';
import { boundsOf } from './viewport.ts';

const viewport = { center: { x: 0.5, y: 0 }, scale: 100, widthPx: 800, heightPx: 600 };
const insets = { top: 0, right: 400, bottom: 0, left: 0 };
const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });

describe('a line that is drawn', () => {
  it('takes points that are a step apart, and closes on itself', () => {
    const line = beginLine('lasso', { x: 0, y: 0 });
    expect(leadLine(line, { x: 0.001, y: 0 }, 100)).toBe(false);
    expect(leadLine(line, { x: 0.5, y: 0 }, 100)).toBe(true);
    expect(leadLine(line, { x: 0.5, y: 0.5 }, 100)).toBe(true);
    expect(Array.from(ringOfLine(line))).toEqual([0, 0, 0.5, 0, 0.5, 0.5]);
  });

  it('spans a rectangle from where it began to where it is now, in any direction', () => {
    const line = beginLine('rectangle', { x: 0.5, y: 0.5 });
    leadLine(line, { x: 2, y: 2 }, 100);
    leadLine(line, { x: -1, y: 0 }, 100);
    expect(boundsOf(ringOfLine(line))).toEqual({ minX: -1, minY: 0, maxX: 0.5, maxY: 0.5 });
    expect(ringOfLine(line)).toHaveLength(8);
  });
});

describe('an area by keys', () => {
  const start = areaAtCenter('rectangle', { viewport, insets });
  const middle = (ring: Float32Array) => {
    const { minX, minY, maxX, maxY } = boundsOf(ring);
    return [(minX + maxX) / 2, (minY + maxY) / 2, maxX - minX, maxY - minY];
  };
  const by = (ring: Float32Array, name: string, shift = false) =>
    middle(areaByKey('rectangle', ring, key(name, shift), 100) ?? new Float32Array()).map((value) => +value.toFixed(4));

  it('begins in the middle of what no panel covers', () => {
    const [x, y, width, height] = middle(start);
    // The free part spans the left half: its middle is 200 px left of the canvas's.
    expect([x, y].map((value) => +value.toFixed(4))).toEqual([-1.5, 0]);
    expect([width, height].map((value) => +value.toFixed(4))).toEqual([1.2, 1.8]);
  });

  it('is moved by arrows, and grown at its right and upper sides with Shift', () => {
    expect(by(start, 'ArrowRight')).toEqual([-1.26, 0, 1.2, 1.8]);
    expect(by(start, 'ArrowDown')).toEqual([-1.5, -0.24, 1.2, 1.8]);
    expect(by(start, 'ArrowRight', true)).toEqual([-1.38, 0, 1.44, 1.8]);
    expect(by(start, 'ArrowUp', true)).toEqual([-1.5, 0.12, 1.2, 2.04]);
  });

  it('is grown and shrunk about its middle, never to nothing', () => {
    expect(by(start, '+')).toEqual([-1.5, 0, 1.5, 2.25]);
    let ring = start;
    for (let i = 0; i < 50; i++) ring = areaByKey('rectangle', ring, key('-'), 100) ?? ring;
    expect(middle(ring).map((value) => +value.toFixed(4))).toEqual([-1.5, 0, 0.16, 0.16]);
  });

  it('is a circle with the free line', () => {
    const circle = areaAtCenter('lasso', { viewport, insets });
    const [x, y, width, height] = middle(circle);
    expect(width).toBeCloseTo(height, 5);
    for (let c = 0; c < circle.length; c += 2) {
      expect(Math.hypot(circle[c] - x, circle[c + 1] - y)).toBeCloseTo(width / 2, 5);
    }
  });

  it('leaves other keys to the map', () => {
    expect(areaByKey('lasso', start, key('0'), 100)).toBeNull();
  });
});
