import { describe, expect, it } from 'vitest';
import { atlasTopics } from './atlas-topics.ts';

/** Two heaps of papers of equal spread, left and right of the middle, and one paper between them. */
const positions = Float32Array.of(-1, 0, -1, 0.1, -1, -0.1, 1, 0, 1, 0.1, 1, -0.1, 0, 0);
const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** A package that finds the left and the right half of a density map of 1,000 × 1,000, and a speck below half a percent. */
function fakeAtlas() {
  const calls: { name: string; payload: readonly unknown[] }[] = [];
  const half = (left: number, right: number, sumDensity: number) => ({
    meanX: (left + right) / 2,
    meanY: 500,
    sumDensity,
    boundaryRectApproximation: [[left, 0, right, 1000]],
  });
  const call = async (name: string, payload: readonly unknown[]): Promise<unknown> => {
    calls.push({ name, payload });
    if (name === 'findClusters') return [half(0, 450, 10), half(550, 1000, 8), half(480, 520, 0.04)];
    if (name === 'textSummarizerSummarize') return [['left'], [], ['left'], []];
    return 'id';
  };
  return { call, calls };
}

describe('atlasTopics', () => {
  it('turns clusters in pixels into the papers in them, without those that are too light', async () => {
    const groupings = await atlasTopics(positions, texts, fakeAtlas().call);
    expect(groupings.map(({ recipe }) => recipe)).toEqual(['Embedding Atlas, 10 px', 'Embedding Atlas, 5 px']);
    for (const { groups, groupOf } of groupings) {
      expect([...groupOf]).toEqual([0, 0, 0, 1, 1, 1, -1]);
      expect(groups.map(({ phrases, size }) => [phrases, size])).toEqual([
        [['left'], 3],
        [[], 3],
      ]);
    }
  });

  it('asks the package for both bandwidths and lets it weigh the words of all regions together', async () => {
    const { call, calls } = fakeAtlas();
    await atlasTopics(positions, texts, call);
    expect(calls.map(({ name }) => name)).toEqual([
      'findClusters',
      'findClusters',
      'textSummarizerCreate',
      'textSummarizerAdd',
      'textSummarizerSummarize',
    ]);
    expect(calls[2].payload).toMatchObject([{ regions: { length: 4 } }]);
    expect(calls[3].payload).toEqual([
      'id',
      { x: Float32Array.of(-1, -1, -1, 1, 1, 1, 0), y: expect.anything(), text: texts },
    ]);
  });
});
