import { describe, expect, it } from 'vitest';
import { PALETTES } from '../../render/palette.ts';
import { colorByTrust, trustLabels } from './trust-colors.ts';

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
