import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import learned from '../fixtures/densmap.json';
import { digitVectors } from '../fixtures/vectors.ts';
import type { MakeKernels } from '../kernels/kernels.ts';
import { loadKernels } from '../kernels/kernels.web.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { makeQualityMeter } from '../measure/quality.ts';
import { makeExactNeighbors } from '../neighbors/exact-search.ts';
import { DEFAULT_DENS_MAP, makeDensity } from './density.ts';
import { DEFAULT_PROJECT_OPTIONS, epochsOf, type ProjectOptions } from './engine.ts';
import { fitCurve, forceAt, makeForceTable } from './forces.ts';
import { makeGraphRun, makeSchedule } from './fuzzy-graph.ts';
import { pcaStart } from './starts.ts';
import { makeUmapEngine } from './umap-engine.ts';

const makeKernels = await loadKernels();

function search(vectors: Matrix, metric: 'cosine' | 'euclidean' = 'cosine'): Neighbors {
  const run = makeExactNeighbors(vectors, 15, { makeKernels, metric });
  while (run.step());
  return run.result();
}

function layOut(change: Partial<ProjectOptions>, make: MakeKernels = makeKernels): Float32Array {
  const options = { ...DEFAULT_PROJECT_OPTIONS, densMap: DEFAULT_DENS_MAP, ...change };
  const start = pcaStart(digitVectors, options.seed);
  const run = makeUmapEngine(make).start({ neighbors: search(digitVectors), n: digitVectors.rows, start, options });
  while (run.step());
  const positions = new Float32Array(digitVectors.rows * 2);
  run.positions(positions);
  return positions;
}

/** Logarithms of the mean squared distance to the 15 nearest, as in make-densmap.py, not as in densMAP. */
function radii({ k, distances }: Neighbors): number[] {
  return Array.from({ length: distances.length / k }, (_, i) => {
    const squares = distances.subarray(i * k, (i + 1) * k).map((distance) => distance * distance);
    return Math.log(squares.reduce((sum, square) => sum + square, 0) / k);
  });
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const along = (p: readonly number[], mp: number, q: readonly number[], mq: number) =>
    p.reduce((sum, value, i) => sum + (value - mp) * (q[i] - mq), 0);
  return along(a, ma, b, mb) / Math.sqrt(along(a, ma, a, ma) * along(b, mb, b, mb));
}

function measure(change: Partial<ProjectOptions>): { correlation: number; preservation: number; trust: number } {
  const sum = { correlation: 0, preservation: 0, trust: 0 };
  const truth = radii(search(digitVectors));
  for (const seed of [1, 2, 3]) {
    const positions = layOut({ ...change, seed });
    sum.correlation += correlation(truth, radii(search(matrix(positions, digitVectors.rows, 2), 'euclidean'))) / 3;
    const meter = makeQualityMeter({ vectors: digitVectors, positions, seed: 1 });
    while (meter.step(100));
    sum.preservation += (meter.result()?.neighborPreservation ?? 0) / 3;
    sum.trust += (meter.result()?.trustworthiness ?? 0) / 3;
  }
  return sum;
}

describe('densMAP', () => {
  it('keeps local radii, neighbours and trust as umap-learn’s does', () => {
    const got = measure({});
    expect(got.correlation).toBeGreaterThan(learned.densMap.correlation - 0.02);
    expect(got.preservation).toBeGreaterThan(learned.densMap.preservation - 0.01);
    expect(got.trust).toBeGreaterThan(learned.densMap.trustworthiness - 0.005);
    const plain = measure({ densMap: null, epochs: 700 });
    expect(plain.correlation).toBeLessThan(learned.plain.correlation + 0.1);
  }, 60_000);

  it('gives the same bytes in WASM and plain, and those of UMAP where it has no weight or no epoch', () => {
    const plain = layOut({ epochs: 60 }, makePlainKernels);
    expect(layOut({ epochs: 60 })).toEqual(plain);
    const umap = layOut({ epochs: 60, densMap: null });
    expect(umap).not.toEqual(plain);
    expect(layOut({ epochs: 60, densMap: { ...DEFAULT_DENS_MAP, lambda: 0 } })).toEqual(umap);
    expect(layOut({ epochs: 60, densMap: { ...DEFAULT_DENS_MAP, fraction: 0 } })).toEqual(umap);
  });

  it('takes 200 epochs more by itself, the last 0.3 of which have the term', () => {
    const options = { ...DEFAULT_PROJECT_OPTIONS, densMap: DEFAULT_DENS_MAP };
    expect(epochsOf(options, 300)).toBe(700);
    expect(epochsOf(options, 20_000)).toBe(400);
    expect(epochsOf({ ...options, epochs: 50 }, 300)).toBe(50);
  });

  it('pulls each edge as umap-learn’s formula has it', () => {
    const { density, schedule, positions, table, curve, neighbors } = smallCase();
    const pairs = new Float32Array(schedule.n * 2);
    density.measure(positions, pairs);
    const wanted = formula({ schedule, positions, neighbors, curve });
    for (let i = 0; i < schedule.n; i++) {
      for (let e = schedule.starts[i]; e < schedule.starts[i + 1]; e++) {
        const j = schedule.tails[e];
        const s = (positions[i * 2] - positions[j * 2]) ** 2 + (positions[i * 2 + 1] - positions[j * 2 + 1]) ** 2;
        const f = forceAt(table, 0, s);
        const slope = (s * f) / 2;
        const [radius, sum] = [pairs[i * 2] + pairs[j * 2], pairs[i * 2 + 1] + pairs[j * 2 + 1]];
        const got = schedule.intervals[e] * (1 + slope / curve.b) * (radius * (1 + slope) - (sum * f) / 2);
        expect(Math.abs(got - wanted[e])).toBeLessThan(3e-3 * (0.1 + Math.abs(wanted[e])));
      }
    }
  });

  it('is due in the last epochs alone', () => {
    const { density } = smallCase();
    expect([0, 68, 69, 70, 99].map((epoch) => density.isDue(epoch))).toEqual([false, false, false, true, true]);
  });
});

function smallCase() {
  const n = 60;
  const random = makeRandom(5);
  const vectors = matrix(digitVectors.data.slice(0, n * 64), n, 64);
  const neighbors = search(vectors);
  const building = makeGraphRun({ n, neighbors, options: DEFAULT_PROJECT_OPTIONS });
  while (building.step());
  const schedule = makeSchedule(building.result(), 100);
  const positions = Float32Array.from({ length: n * 2 }, () => random() * 6);
  const curve = fitCurve(0.1, 1);
  const table = makeForceTable(curve);
  const density = makeDensity({ schedule, neighbors, curve, table, epochs: 100, options: DEFAULT_DENS_MAP });
  return { density, schedule, positions, table, curve, neighbors };
}

/** `2·grad_cor_coeff` of umap-learn 0.5 for each edge, in float64, with every edge counted at both ends as it does. */
function formula({
  schedule: { n, starts, tails, intervals },
  positions,
  neighbors,
  curve: { a, b },
}: Pick<ReturnType<typeof smallCase>, 'schedule' | 'positions' | 'neighbors' | 'curve'>): number[] {
  const { lambda, varShift } = DEFAULT_DENS_MAP;
  const rows = (value: (i: number, j: number, e: number) => number): number[] => {
    const sums = new Array<number>(n).fill(0);
    for (let i = 0; i < n; i++) {
      for (let e = starts[i]; e < starts[i + 1]; e++) {
        sums[i] += value(i, tails[e], e);
        sums[tails[e]] += value(i, tails[e], e);
      }
    }
    return sums;
  };
  const distance = (i: number, j: number): number => {
    const at = (p: number, q: number) => neighbors.indices.subarray(p * 15, p * 15 + 15).indexOf(q);
    return at(i, j) >= 0 ? neighbors.distances[i * 15 + at(i, j)] : neighbors.distances[j * 15 + at(j, i)];
  };
  const square = (i: number, j: number) =>
    (positions[i * 2] - positions[j * 2]) ** 2 + (positions[i * 2 + 1] - positions[j * 2 + 1]) ** 2;
  const phi = (i: number, j: number) => 1 / (1 + a * square(i, j) ** b);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const variance = (values: readonly number[]) => mean(values.map((value) => (value - mean(values)) ** 2));
  const mu = rows((_, __, e) => 1 / intervals[e]);
  const ro = rows((i, j, e) => distance(i, j) ** 2 / intervals[e]).map((sum, i) => Math.log(1e-8 + sum / mu[i]));
  const R = ro.map((value) => (value - mean(ro)) / Math.sqrt(variance(ro)));
  const phis = rows(phi);
  const re = rows((i, j) => phi(i, j) * square(i, j)).map((sum, i) => Math.log(1e-8 + sum / phis[i]));
  const std = Math.sqrt(variance(re) + varShift);
  const covariance = re.reduce((sum, value, i) => sum + value * R[i], 0) / (n - 1);
  const total = mu.reduce((sum, value) => sum + value, 0) / 2;
  const out: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      const j = tails[e];
      const slope = (a * b * square(i, j) ** (b - 1)) / (1 + a * square(i, j) ** b);
      const part = (v: number) =>
        (R[v] - (covariance * (re[v] - mean(re))) / std ** 2) *
        ((phi(i, j) / phis[v]) * ((1 - b * (1 - phi(i, j))) / Math.exp(re[v]) + slope));
      out.push((2 * lambda * total * (part(i) + part(j)) * intervals[e]) / (std * n));
    }
  }
  return out;
}
