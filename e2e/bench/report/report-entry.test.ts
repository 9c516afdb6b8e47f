import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeMapFile } from '../../../src/model/map-file/encode-map-file.ts';
import { NO_EDITS, type TopicTree } from '../../../src/model/topics.ts';
import { openMap, spaceOf, storedTopics, tileGrouping, topicsAnew } from './report-entry.ts';
import { measure } from './report-table.ts';

const SAMPLE = join(import.meta.dirname, '../../../public/data/sample.parquet');
const folder = mkdtempSync(join(tmpdir(), 'portolan-report-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sample = await openMap(SAMPLE);

/** Two topics that hold one half of the papers each. */
function halves(n: number): TopicTree {
  const topics = ['model', 'learning'].map((phrase, id) => ({
    ...{ id, parent: -1, level: 0, size: n / 2, centroid: id, exemplars: [id], densest: id, terms: [], hue: id },
    phrases: [phrase],
  }));
  const paths = Int32Array.from({ length: n }, (_, i) => i % 2);
  return { levels: 1, topics, paths, confidence: new Float32Array(n).fill(1), nearest: paths, edits: NO_EDITS };
}

describe('the report on the sample map', () => {
  it('finds topics in five dimensions, by the map’s own seed', async () => {
    const space = await spaceOf(sample);
    expect([space?.rows, space?.cols]).toEqual([sample.titles.length, 5]);
    const { levels } = topicsAnew(sample, space);
    expect(levels[0].recipe).toBe('Portolan, in 5 dimensions, level 1');
    expect(levels[0].groupOf).not.toEqual(topicsAnew(sample).levels[0].groupOf);
    expect(await spaceOf({ ...sample, map: { ...sample.map, embedding: null } })).toBeNull();
  });

  it('measures what is found anew at every level, each paper in one topic at most', () => {
    const { levels, clusterSeconds } = topicsAnew(sample);
    expect(levels.length).toBeGreaterThan(1);
    expect(clusterSeconds).toBeGreaterThan(0);
    for (const grouping of levels) {
      const counts = grouping.groups.map((_, group) => grouping.groupOf.filter((own) => own === group).length);
      expect(counts).toEqual(grouping.groups.map(({ size }) => size));
      const { names } = measure(grouping, sample.searched, null);
      names.covered.forEach((count, group) => {
        expect(count).toBeLessThanOrEqual(counts[group]);
      });
    }
  });

  it('leaves no paper out of WizMap’s tiles', () => {
    const { groups, groupOf } = tileGrouping(sample);
    expect(groupOf.every((tile) => tile >= 0)).toBe(true);
    expect(groups.reduce((sum, { size }) => sum + size, 0)).toBe(sample.titles.length);
  });

  it('reads the topics that a map file holds', async () => {
    const path = join(folder, 'map.parquet');
    const topics = halves(sample.titles.length);
    writeFileSync(path, new Uint8Array(await encodeMapFile({ ...sample.map, topics })));
    const [grouping, ...finer] = storedTopics(await openMap(path));
    expect(finer).toEqual([]);
    expect(grouping.seconds).toBeNull();
    expect(grouping.groups.map(({ phrases }) => phrases)).toEqual([['model'], ['learning']]);
    expect(grouping.groupOf).toEqual(topics.paths);
  });

  it('has no stored topics for a map without them', async () => {
    const path = join(folder, 'bare.parquet');
    writeFileSync(path, new Uint8Array(await encodeMapFile({ ...sample.map, topics: null })));
    expect(storedTopics(await openMap(path))).toEqual([]);
  });
});
