import { describe, expect, it } from 'vitest';
import { layoutValue, layoutWords } from './layout-words.ts';

const OLD = { engine: 'portolan', seed: 42, neighbors: 15, minDist: 0.1, spread: 1, epochs: 500 };

describe('the words for a layout', () => {
  it('are few where all is as by default, or not known', () => {
    expect(layoutValue(OLD)).toBe('UMAP, seed 42');
    expect(layoutValue({ ...OLD, start: 'given', metric: 'cosine', centre: true, densMap: null })).toBe(
      'UMAP, seed 42',
    );
    expect(layoutWords(OLD)).toBe('15 neighbours, minimum distance 0.1, spread 1, 500 epochs');
  });

  it('tell what is not', () => {
    const densMap = { lambda: 2, fraction: 0.3, varShift: 0.1 };
    const other = { ...OLD, start: 'spectral', neighbors: 30, minDist: 0, centre: false, densMap };
    expect(layoutValue(other)).toBe('densMAP, seed 42, spectral start, 30 neighbours, distance 0, not centred');
    expect(layoutWords(other)).toContain('begun on the eigenvectors of the graph, not centred, densMAP of weight 2');
    expect(layoutWords({ ...OLD, spread: 3, filled: true })).toContain(
      'spread 3, 500 epochs, turned, its islands moved',
    );
    expect(layoutValue({ ...OLD, engine: 'umap-js' })).toBe('umap-js, seed 42');
    expect(layoutValue({ ...OLD, spaceDimensions: 5 })).toBe('UMAP, seed 42, topics in 5 dimensions');
  });
});
