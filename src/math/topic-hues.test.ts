import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { areApart, HUES } from '../model/hues.ts';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import type { Topic, TopicTree } from '../model/topics.ts';
import { NO_EDITS } from '../model/topics.ts';
import { makeRandom } from './random.ts';
import { confusedPairs, withHues, withPartHues, withSoundHues } from './topic-hues.ts';
import { touching } from './touching.ts';

const SAMPLE = join(import.meta.dirname, '../../public/data/sample.parquet');

function topic(id: number, densest: number, parent = -1): Topic {
  const level = parent < 0 ? 0 : 1;
  return { id, parent, level, size: 40, centroid: densest, exemplars: [], densest, phrases: [], terms: [], hue: 0 };
}

/** A map of `count` topics of 40 papers each, in blobs that overlap at random places of a square. */
function blobs(count: number, seed: number): { tree: TopicTree; positions: Float32Array } {
  const random = makeRandom(seed);
  const paths: number[] = [];
  const places: number[] = [];
  for (let id = 0; id < count; id++) {
    const [x, y] = [random(), random()];
    for (let i = 0; i < 40; i++) {
      paths.push(id);
      places.push(x + 0.14 * (random() - 0.5), y + 0.14 * (random() - 0.5));
    }
  }
  const positions = Float32Array.from(places);
  const topics = Array.from({ length: count }, (_, id) => topic(id, 40 * id));
  const rest = {
    levels: 1,
    paths: Int32Array.from(paths),
    confidence: new Float32Array(),
    nearest: Int32Array.from(paths),
  };
  const hued = withHues(topics, { ...rest, positions });
  return { tree: { ...rest, topics: hued, edits: NO_EDITS }, positions };
}

describe('the hues of topics', () => {
  it('are told apart where topics touch, on crowded maps of any number of topics, and none comes twice in vain', () => {
    let touches = 0;
    for (let seed = 0; seed < 40; seed++) {
      const count = 2 + (seed % 30);
      const { tree, positions } = blobs(count, seed);
      touches +=
        touching(positions, tree.paths, count)
          .flatMap((row) => [...row])
          .filter((share) => share > 0).length / 2;
      expect(confusedPairs(tree, positions), `${count} topics, seed ${seed}`).toEqual([]);
      if (count <= HUES) expect(new Set(tree.topics.map(({ hue }) => hue)).size).toBe(count);
    }
    expect(touches).toBeGreaterThan(400);
  });

  it('go to the parts of topics', () => {
    const topics = [topic(0, 0), topic(1, 1), topic(2, 0, 1), topic(3, 0, 2)];
    const places = { levels: 1, paths: Int32Array.of(0, 1), positions: Float32Array.of(0, 0, 1, 1) };
    const [first, second, ...parts] = withHues(topics, places).map(({ hue }) => hue);
    expect(areApart(first, second)).toBe(true);
    expect(parts).toEqual([second, second]);
  });

  it('of parts that stand for their topic are told apart, and the others keep theirs', () => {
    const { tree, positions } = blobs(9, 5);
    // The three last topics are parts of one that had hue 0.
    const given = tree.topics.map((each) =>
      each.id > 5 ? { ...each, hue: tree.topics[6].hue, size: 50 - each.id } : each,
    );
    const hued = withPartHues(given, { ...tree, positions });
    expect(hued.slice(0, 7)).toEqual(given.slice(0, 7));
    expect(new Set(hued.map(({ hue }) => hue)).size).toBe(9);
    expect(confusedPairs({ ...tree, topics: hued }, positions)).toEqual([]);
  });

  it('stay as a file has them where they are told apart, and are found anew where not', async () => {
    const { tree, positions } = blobs(12, 3);
    expect(withSoundHues(tree, positions)).toBe(tree);
    const old = { ...tree, topics: tree.topics.map((each) => ({ ...each, hue: each.id % 10 })) };
    expect(confusedPairs(old, positions)).not.toEqual([]);
    expect(confusedPairs(withSoundHues(old, positions), positions)).toEqual([]);
  });

  it('are told apart on the sample', async () => {
    const { topics, positions } = await decodeMapFile(new Uint8Array(readFileSync(SAMPLE)).buffer);
    if (!topics) throw new Error('the sample has no topics');
    expect(confusedPairs(withSoundHues(topics, positions), positions)).toEqual([]);
  });

  it('do without papers, places or topics', () => {
    const none = { levels: 0, paths: new Int32Array(), positions: new Float32Array() };
    expect(withHues([], none)).toEqual([]);
    const unplaced = { levels: 1, paths: Int32Array.of(0, 1), positions: Float32Array.of(NaN, NaN, 0, 0) };
    expect(new Set(withHues([topic(0, 0), topic(1, 1)], unplaced).map(({ hue }) => hue)).size).toBe(2);
  });
});
