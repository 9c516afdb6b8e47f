import { describe, expect, it } from 'vitest';
import { PALETTES } from '../../render/palette.ts';
import { colorByDrift, driftLabels } from './drift-colors.ts';

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
