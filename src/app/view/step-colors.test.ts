import { describe, expect, it } from 'vitest';
import { PALETTES } from '../../render/palette.ts';
import { colorByDrift, colorByTrust, driftLabels, trustLabels } from './step-colors.ts';

const DRIFT = Float32Array.of(0, 0.0999, 0.125, 0.25, 0.5, 0.875, 3, Number.NaN);

describe('colours by drift', () => {
  it('go by steps that double, and papers of one map alone have none', () => {
    const { rgb, legend } = colorByDrift(DRIFT, 'light');
    expect(legend.map(({ count }) => count)).toEqual([2, 1, 1, 1, 2, 1]);
    expect(legend.at(-1)).toMatchObject({ label: 'in this map alone', kind: 'missing' });
    const first = Number.parseInt(PALETTES.light.ramp[0].slice(1), 16);
    expect(Array.from(rgb.subarray(0, 3))).toEqual([first >> 16, (first >> 8) & 255, first & 255]);
    expect(Array.from(rgb.subarray(0, 3))).not.toEqual(Array.from(rgb.subarray(18, 21)));
  });

  it('are called in the legend as in the labels', () => {
    const labels = driftLabels(DRIFT);
    expect(labels[0]).toBe(labels[1]);
    expect(labels[5]).toBe('80 % or more');
    expect(labels[7]).toBeNull();
  });
});
describe('colours of trust', () => {
  const shares = Float32Array.of(0, 1, 0.5, Number.NaN, 3 / 15, 6 / 15, 9 / 15, 12 / 15, 2 / 15);

  it('go from low to high in equal steps, each beginning at its lower end', () => {
    expect(trustLabels(shares, 9)).toEqual([
      '0–20 % kept',
      '80–100 %',
      '40–60 %',
      null,
      '20–40 %',
      '40–60 %',
      '60–80 %',
      '80–100 %',
      '0–20 % kept',
    ]);
    const { rgb, legend } = colorByTrust(shares, 9, 'light');
    expect(legend.map(({ count }) => count)).toEqual([2, 1, 2, 1, 2, 1]);
    expect(legend.at(-1)).toMatchObject({ label: 'not measured', kind: 'missing' });
    const hex = (paper: number) => `#${Buffer.from(rgb.subarray(3 * paper, 3 * paper + 3)).toString('hex')}`;
    const { ramp, missing } = PALETTES.light;
    expect([hex(0), hex(1), hex(3)]).toEqual([ramp[0], ramp[6], missing]);
  });

  it('are those of what is missing as long as nothing was measured', () => {
    const { rgb, legend } = colorByTrust(null, 2, 'dark');
    expect(rgb).toHaveLength(6);
    expect(legend.find(({ kind }) => kind === 'missing')?.count).toBe(2);
    expect(trustLabels(null, 2)).toEqual([null, null]);
    expect(colorByTrust(Float32Array.of(1), 1, 'dark').legend.every(({ kind }) => kind === 'range')).toBe(true);
  });
});
