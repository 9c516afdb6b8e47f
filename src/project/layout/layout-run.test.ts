import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { type Kernels, LAYOUT_RECORD, negativesDue, seedStates } from '../kernels/kernels.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { makeSchedule, type Schedule, type SparseGraph } from './fuzzy-graph.ts';
import { makeLayoutRun } from './layout-run.ts';

function ring(n: number): SparseGraph {
  const random = makeRandom(n);
  const starts = Int32Array.from({ length: n + 1 }, (_, i) => i * 2);
  const tails = Int32Array.from({ length: n * 2 }, (_, e) => ((e >> 1) + (e % 2 ? 1 : n - 1)) % n);
  return { n, starts, tails, weights: Float32Array.from({ length: n * 2 }, () => 0.01 + 0.99 * random()) };
}

function start(schedule: Schedule, kernels: Kernels, epochs: number) {
  const random = makeRandom(1);
  const head = Float32Array.from({ length: schedule.n * 2 }, () => random() * 20 - 10);
  const options = { minDist: 0.1, spread: 1, negativeSampleRate: 5, alpha: 1, seed: 3, densMap: null };
  return makeLayoutRun(kernels, { schedule, head, anchors: null, epochs, ...options });
}

describe('a layout run', () => {
  it('draws each edge as often as umap-learn does, with as many negative samples', () => {
    const epochs = 200;
    const schedule = makeSchedule(ring(40), epochs);
    let memory = new ArrayBuffer(0);
    let record = 0;
    const plain = makePlainKernels();
    const spy: Kernels = {
      ...plain,
      reserve: (bytes) => {
        const got = plain.reserve(bytes);
        memory = got.buffer;
        record = got.at.at(-1) ?? 0;
        return got;
      },
    };
    const run = start(schedule, spy, epochs);
    while (run.step());
    const words = new Int32Array(memory, record, LAYOUT_RECORD.words);
    const next = new Float32Array(memory, words[LAYOUT_RECORD.next], schedule.tails.length);
    let [drawn, wanted, negatives, wantedNegatives] = [0, 0, 0, 0];
    schedule.intervals.forEach((interval, e) => {
      let [positive, negative, due] = [interval, interval / 5, interval];
      for (let epoch = 0; epoch < epochs; epoch++) {
        if (due <= epoch) {
          negatives += negativesDue(epoch, due, interval, 5);
          due = Math.fround(due + interval);
        }
        if (positive > epoch) continue;
        positive += interval;
        negative += (Math.trunc((epoch - negative) / (interval / 5)) * interval) / 5;
      }
      expect(next[e]).toBe(due);
      expect(Math.abs((next[e] - positive) / interval)).toBeLessThan(1.01);
      drawn += Math.round(next[e] / interval) - 1;
      wanted += Math.round(positive / interval) - 1;
      wantedNegatives += Math.round((negative * 5) / interval) - 1;
    });
    expect(Math.abs(drawn / wanted - 1)).toBeLessThan(0.002);
    expect(Math.abs(negatives / wantedNegatives - 1)).toBeLessThan(0.005);
  });

  it('is the same in one slice or many', () => {
    const graph = ring(300);
    const [whole, parts] = [makePlainKernels(), makePlainKernels()];
    const cut: Kernels = {
      ...parts,
      epoch: (record, slice) => {
        for (let i = slice.from; i < slice.to; i += 7) {
          parts.epoch(record, { ...slice, from: i, to: Math.min(slice.to, i + 7) });
        }
      },
    };
    const runs = [whole, cut].map((kernels) => start(makeSchedule(graph, 30), kernels, 30));
    for (const run of runs) while (run.step());
    expect(runs[1].positions).toEqual(runs[0].positions);
  });

  it('leaves out edges that would not be drawn once', () => {
    const graph = ring(10);
    graph.weights.fill(1, 0, 19).fill(0.004, 19);
    expect(makeSchedule(graph, 200).tails.length).toBe(19);
    expect(makeSchedule(graph, 500).tails.length).toBe(20);
    expect(makeSchedule(graph, 5).tails.length).toBe(20);
  });

  it('gives every row a state of its own', () => {
    const states = new Int32Array(10_000);
    seedStates(states, 42);
    expect(new Set(states).size).toBeGreaterThan(9_990);
    expect(states.includes(0)).toBe(false);
  });
});
