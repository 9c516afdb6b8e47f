import { describe, expect, it } from 'vitest';
import { appearanceOf, markRadius } from './appearance.ts';

const whole = (placed: number) => ({ placed, inView: placed, zoom: 1, areaPx: 1200 * 800, clumping: 8 });

describe('appearance', () => {
  it('gives bold discs to few papers and dust to many', () => {
    const radii = [40, 468, 20_000, 200_000, 1_000_000].map((n) => appearanceOf(whole(n)).radiusPx);
    const expected = [8.2, 5, 2.4, 1.5, 1.1];
    for (const [i, radius] of radii.entries()) expect(Math.abs(radius - expected[i])).toBeLessThan(0.5);
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
