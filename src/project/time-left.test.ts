import { describe, expect, it } from 'vitest';
import { makeTimeLeft } from './time-left.ts';

describe('time left', () => {
  it('is unknown at first and then follows the pace', () => {
    let ms = 0;
    const left = makeTimeLeft(() => ms);
    expect(left(0, 100)).toBeNull();
    ms = 1000;
    expect(left(10, 100)).toBe(9000);
    ms = 3000;
    expect(left(20, 100)).toBe(80 * 120);
    expect(left(20, 100)).toBe(80 * 120);
    expect(left(100, 100)).toBe(0);
  });

  it('forgets the pace of a stage that is over', () => {
    let ms = 0;
    const left = makeTimeLeft(() => ms);
    ms = 500;
    left(50, 50);
    expect(left(0, 10)).toBeNull();
  });
});
