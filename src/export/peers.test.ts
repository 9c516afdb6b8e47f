import { writeFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { corpusOf, mapOf } from '../app/fixtures/app-lab.ts';
import type { MapData } from '../model/map-data.ts';
import { encodeAtlasFile } from '../model/map-file/encode-atlas-file.ts';
import { topicTree } from '../model/map-file/fixtures/topic-tree.ts';
import { topicView } from '../model/topic-view.ts';
import { readAll } from '../read/fixtures/collect.ts';
import { wizmapZip } from './wizmap.ts';

const N = 40;

/** A map of papers in two groups, with topics, neighbours, and a column that has the name of another program's. */
function lab(): MapData {
  const { papers } = corpusOf(N);
  const corpus = {
    papers: papers.map((paper, i) => ({
      ...paper,
      text: `It is about matter ${i % 4}, no. ${i}, and what is beside it.`,
    })),
    columns: [{ name: 'projection_x', values: papers.map((_, i) => i) }],
  };
  const k = 3;
  return {
    ...mapOf(corpus, topicTree(N, 2, 'maps')),
    positions: Float32Array.from({ length: 2 * N }, (_, at) => ((at >> 1) % 2) - 0.5 + Math.sin(at * at) / 3),
    neighbors: {
      k,
      indices: Int32Array.from({ length: N * k }, (_, at) => (Math.floor(at / k) + 1 + (at % k)) % N),
      distances: new Float32Array(N * k).fill(0.25),
    },
  };
}

const all = Array.from({ length: N }, (_, i) => i);

/** Places of the map, and those read from its export, as multiples of one another. */
async function expectPlaces(map: MapData, name: string, bytes: BlobPart, count = N) {
  const { corpus, places, failure } = await readAll([{ name, blob: new Blob([bytes]) }]);
  expect(failure).toBeNull();
  expect(corpus.papers).toHaveLength(count);
  const read = places[0].positions;
  const scale = (read[2] - read[0]) / (map.positions[2] - map.positions[0]);
  for (let at = 2; at < 2 * count; at += 2) {
    expect((read[at] - read[0]) / scale).toBeCloseTo(map.positions[at] - map.positions[0], 4);
    expect((read[at + 1] - read[1]) / scale).toBeCloseTo(map.positions[at + 1] - map.positions[1], 4);
  }
  return corpus;
}

/** Keeps an export for `python/check_exports.py`, in the folder that PORTOLAN_EXPORTS names. */
function keep(name: string, bytes: Uint8Array): void {
  if (process.env.PORTOLAN_EXPORTS) writeFileSync(`${process.env.PORTOLAN_EXPORTS}/${name}`, bytes);
}

describe('an export for WizMap', () => {
  const map = lab();
  const zip = wizmapZip(map, all, map.topics && topicView(map.topics));
  const files = unzipSync(zip);
  const grid = JSON.parse(strFromU8(files['grid.json']));
  keep('map.wizmap.zip', zip);

  it('has a point on each line, with its group, and comes back with its places', async () => {
    const lines = strFromU8(files['data.ndjson']).trim().split('\n');
    expect(lines).toHaveLength(N);
    const [x, y, text, time, group] = JSON.parse(lines[7]);
    expect([x, y]).toEqual([expect.closeTo(map.positions[14] * 10, 3), expect.closeTo(map.positions[15] * 10, 3)]);
    expect([text, time]).toEqual(['Paper 7\n\nIt is about matter 3, no. 7, and what is beside it.', '']);
    expect(grid.groupNames[group]).toBeDefined();
    const corpus = await expectPlaces(map, 'map.zip', zip);
    expect(corpus.columns.find(({ name }) => name === 'group')?.values).toHaveLength(N);
  });

  it('has a density of all and of each group, each summing up to about 1', () => {
    const { grid: cells, xRange, yRange, groupGrids, groupNames, groupTotalPointSizes, totalPointSize } = grid;
    expect([cells.length, cells[0].length, totalPointSize]).toEqual([200, 200, N]);
    const area = ((xRange[1] - xRange[0]) / 199) * ((yRange[1] - yRange[0]) / 199);
    for (const each of [cells, ...Object.values<number[][]>(groupGrids)]) {
      // What the kernel spreads beyond the edge is lost, as in WizMap's own.
      const sum = each.flat().reduce((total: number, value: number) => total + value, 0) * area;
      expect(sum).toBeGreaterThan(0.6);
      expect(sum).toBeLessThan(1.01);
    }
    const sizes = groupNames.map((name: string) => groupTotalPointSizes[name]);
    expect(sizes.reduce((total: number, size: number) => total + size, 0)).toBe(N);
  });

  it('is densest where the papers are', () => {
    const at = (x: number, y: number): number => {
      const cell = (value: number, [from, to]: number[]) => Math.round(((value - from) / (to - from)) * 199);
      return grid.grid[cell(y, grid.yRange)][cell(x, grid.xRange)];
    };
    const mean = (axis: number, group: number) =>
      all.filter((i) => i % 2 === group).reduce((sum, i) => sum + map.positions[2 * i + axis] * 10, 0) / (N / 2);
    const [a, b] = [0, 1].map((group) => at(mean(0, group), mean(1, group)));
    expect(Math.min(a, b)).toBeGreaterThan(2 * at(grid.xRange[0], grid.yRange[1]));
  });

  it('has the names of topics for each depth, and none without topics', () => {
    expect(Object.keys(grid.topic.data)).toEqual(['5', '6', '7', '8', '9', '10']);
    expect(grid.topic.data['5'][0]).toEqual([expect.any(Number), expect.any(Number), expect.any(String)]);
    const bare = JSON.parse(strFromU8(unzipSync(wizmapZip(map, [3, 1, 2], null))['grid.json']));
    expect(bare).toMatchObject({ totalPointSize: 3, topic: { data: { 5: [] } } });
    expect(bare.groupGrids).toBeUndefined();
  });
});

describe('an export for Embedding Atlas', () => {
  it('comes back with its places, and keeps every column', async () => {
    const map = lab();
    const bytes = encodeAtlasFile(map);
    keep('map.atlas.parquet', new Uint8Array(bytes));
    const corpus = await expectPlaces(map, 'map.atlas.parquet', bytes);
    expect(corpus.papers[5]).toMatchObject({ id: '5', title: 'Paper 5' });
    const names = corpus.columns.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['topic', 'projection_x', 'projection_y', 'projection_x (column)']));
    expect(names).not.toContain('__neighbors');
  });
});
