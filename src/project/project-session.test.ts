import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { fill, lab, run } from './fixtures/session-lab.ts';
import learned from './fixtures/umap.json';
import { sampleVectors } from './fixtures/vectors.ts';
import { DEFAULT_DENS_MAP } from './layout/density.ts';

describe('a projection session', () => {
  it('gives positions, neighbours, vectors and quality in map units', async () => {
    const { session, ...rest } = lab(1);
    fill(session, 60, 8);
    const { result } = await run({ session, ...rest });
    expect(Math.max(...result.positions.map(Math.abs))).toBeCloseTo(1, 6);
    expect(result.neighbors.k).toBe(15);
    expect(result.neighbors.indices.length).toBe(60 * 15);
    expect(result.embedding).toMatchObject({ rows: 60, cols: 8 });
    expect(result.quality).toMatchObject({ k: 15, sampled: 60 });
    const shares = Array.from(result.preservation ?? []);
    const mean = shares.reduce((sum, share) => sum + share, 0) / 60;
    expect(mean).toBeCloseTo(result.quality?.neighborPreservation ?? 0, 6);
    const given = { metric: 'cosine', centre: true, components: null, whiten: false, densMap: null, start: 'pca' };
    const rates = { learningRate: 1, negativeSampleRate: 5, setOpMixRatio: 1 };
    expect(result.info).toEqual({
      engine: 'portolan',
      seed: 42,
      neighbors: 15,
      minDist: 0.1,
      spread: 1,
      epochs: 40,
      ...given,
      ...rates,
    });
  });

  it('lays out by umap-js when asked', async () => {
    const made = lab(1);
    fill(made.session, 30, 8);
    const { result } = await run(made, { engine: 'umap-js' });
    expect(result.info.engine).toBe('umap-js');
    expect(result.positions.every(Number.isFinite)).toBe(true);
  });

  it('lays out in more dimensions too when asked, after all else, and beside the same map', async () => {
    const made = lab(1);
    fill(made.session, 60, 8);
    made.session.add(Int32Array.of(7), new Float32Array(8));
    const [flat, spatial] = [await run(made), await run(made, { spaceDimensions: 5, densMap: DEFAULT_DENS_MAP })];
    const { space, info } = spatial.result;
    expect([flat.result.space, flat.result.info.spaceDimensions, info.spaceDimensions]).toEqual([null, undefined, 5]);
    expect([space?.rows, space?.cols, space?.data.every(Number.isFinite)]).toEqual([60, 5, true]);
    expect(space?.data.subarray(35, 40)).toEqual(new Float32Array(5));
    for (let c = 0; c < 5; c++) expect(new Set(space?.data.filter((_, at) => at % 5 === c)).size).toBe(60);
    expect(spatial.progress.at(-1)).toMatchObject({ stage: 'finding topics', unit: 'epochs' });
    expect((await run(made, { spaceDimensions: 5 })).result).toMatchObject({ positions: flat.result.positions, space });
  });

  it('begins at the eigenvectors of the graph when asked, breathing between, and at a given start all the same', async () => {
    const [made, other] = [lab(1), lab(20)];
    for (const { session } of [made, other]) fill(session, 120, 8);
    const [pca, spectral] = [await run(made), await run(made, { start: 'spectral' })];
    expect(spectral.result.positions).not.toEqual(pca.result.positions);
    expect(spectral.result.info).toEqual({ ...pca.result.info, start: 'spectral' });
    expect((await run(other, { start: 'spectral' })).result).toEqual(spectral.result);
    expect(Math.max(...spectral.previews[0].map(Math.abs))).toBeLessThanOrEqual(1);
    expect((await run(other)).result).toEqual(pca.result);
    expect([pca.result.start, spectral.result.start]).toEqual(['pca', 'spectral']);
    const [first, ...rest] = spectral.progress.filter(({ stage }) => stage === 'finding the start');
    expect(first).toMatchObject({ done: 0, total: 120 });
    expect(rest.at(-1)?.done).toBe(120);
    const given = pca.result.positions;
    const [one, two] = [await run(made, {}, given), await run(made, { start: 'spectral' }, given)];
    expect(two.result).toEqual(one.result);
    expect(two.result.start).toBe('given');
  });

  it('begins on principal components, and says so, where the eigenvectors do not converge', async () => {
    const made = lab(1);
    const n = 3000;
    made.session.begin(n, 2);
    // A chain on a long spiral: each paper's neighbours are the ones before and after it.
    const vectors = Float32Array.from({ length: n * 2 }, (_, at) => {
      const angle = (Math.floor(at / 2) / n) * 3;
      return at % 2 ? Math.sin(angle) : Math.cos(angle);
    });
    made.session.add(
      Int32Array.from({ length: n }, (_, i) => i),
      vectors,
    );
    const change = { neighbors: 3, epochs: 2, centre: false };
    const [pca, spectral] = [await run(made, change), await run(made, { ...change, start: 'spectral' })];
    expect(spectral.result.start).toBe('pca');
    expect(spectral.result).toEqual(pca.result);
  }, 60_000);

  it('places papers without a vector beside the map, and lays out the others as if those were not there', async () => {
    const [some, all] = [lab(1), lab(1)];
    fill(some.session, 60, 8);
    all.session.begin(63, 8);
    const random = makeRandom(7);
    const vectors = Float32Array.from({ length: 60 * 8 }, () => random() - 0.5);
    const sound = Array.from({ length: 63 }, (_, i) => i).filter((i) => ![0, 30, 62].includes(i));
    all.session.add(Int32Array.from(sound), vectors);
    all.session.add(Int32Array.of(0, 30, 62), new Float32Array(24).fill(Number.NaN, 0, 8));
    const [{ result: alone }, { result }] = [await run(some), await run(all)];
    expect(Array.from(result.apart)).toEqual([0, 30, 62]);
    expect(alone.apart.length).toBe(0);
    expect(result.quality).toEqual(alone.quality);
    expect(Array.from(result.preservation ?? []).filter((share) => !Number.isNaN(share))).toEqual(
      Array.from(alone.preservation ?? [0]),
    );
    for (const i of [0, 30, 62]) expect(result.preservation?.[i]).toBeNaN();
    expect(result.positions.every(Number.isFinite)).toBe(true);
    const [left] = [Math.max(...sound.map((i) => result.positions[i * 2]))];
    for (const i of [0, 30, 62]) expect(result.positions[i * 2]).toBeGreaterThan(left);
    const [first] = sound;
    const named = Array.from(alone.neighbors.indices.subarray(0, 15), (j) => sound[j]);
    expect(Array.from(result.neighbors.indices.subarray(first * 15, first * 15 + 15))).toEqual(named);
  });

  it('begins at a map that is there, keeps it as it stands, and says how far papers moved', async () => {
    const made = lab(1);
    fill(made.session, 120, 8);
    const first = (await run(made, { epochs: 300 })).result;
    expect(first.drift).toBeNull();
    const start = first.positions.slice().fill(Number.NaN, 200);
    const { result } = await run(made, { epochs: 30, learningRate: 0.1 }, start);
    expect(result.drift?.papers).toBe(100);
    // Random numbers have no structure that would keep papers in place.
    expect(result.drift?.median).toBeLessThan(0.15);
    expect(result.info.epochs).toBe(30);
    expect(result.positions.every(Number.isFinite)).toBe(true);
    let moved = 0;
    for (let at = 0; at < 200; at++) moved += Math.abs(result.positions[at] - first.positions[at]) / 200;
    expect(moved).toBeLessThan(0.1);
  });

  it('keeps given places as they are, and has papers without one beside the map', async () => {
    const made = lab(1);
    fill(made.session, 60, 8);
    made.session.add(Int32Array.of(7), new Float32Array(8));
    const start = Float32Array.from({ length: 120 }, (_, at) => Math.sin(at * at) * (at < 6 ? 9 : 1));
    start.fill(Number.NaN, 22, 24);
    const { result } = await run(made, { keepsStart: true }, start);
    const others = (places: Float32Array) => places.filter((_, at) => at < 22 || at > 23);
    expect(others(result.positions)).toEqual(others(start));
    expect(result.positions[22]).toBeGreaterThan(1);
    expect(Array.from(result.apart)).toEqual([7]);
    expect(result.neighbors.indices.length).toBe(60 * 15);
    expect(result.quality).toMatchObject({ sampled: 59 });
    expect(result.info).toMatchObject({ engine: 'given', start: 'given', epochs: 0 });
    await expect(run(made, { keepsStart: true })).rejects.toThrow('expected 60 places to keep, got 0');
  });

  it('finds neighbours by NN-descent where there are many papers', async () => {
    const made = lab(1);
    fill(made.session, 5100, 8);
    const { result } = await run(made, { epochs: 2 });
    expect(result.neighbors.indices.length).toBe(5100 * 15);
    expect(result.quality?.sampled).toBe(1000);
  });

  it('keeps the neighbours of the vectors as they are, whatever the layout follows', async () => {
    const made = lab(1);
    fill(made.session, 60, 8);
    const plain = (await run(made, { centre: false })).result;
    const changes = [
      { centre: true },
      { components: 4 },
      { components: 4, whiten: true },
      { centre: false, components: 3 },
    ];
    for (const change of changes) {
      const { result } = await run(made, change);
      expect(result.neighbors).toEqual(plain.neighbors);
      expect(result.embedding).toEqual(plain.embedding);
      expect(result.positions).not.toEqual(plain.positions);
    }
    const euclidean = (await run(made, { metric: 'euclidean' })).result;
    expect(euclidean.neighbors.indices).not.toEqual(plain.neighbors.indices);
  });

  it('keeps at least as many neighbours of the sample papers as umap-learn, by its defaults', async () => {
    const made = lab(1);
    const { data, rows, cols } = await sampleVectors();
    made.session.begin(rows, cols);
    made.session.add(
      Int32Array.from({ length: rows }, (_, i) => i),
      data,
    );
    const { result } = await run(made, { epochs: null });
    expect(result.quality?.neighborPreservation).toBeGreaterThan(learned.sample.preservation);
    expect(result.quality?.trustworthiness).toBeGreaterThan(learned.sample.trustworthiness);
  });

  it('places what has arrived', () => {
    const { session } = lab(1);
    fill(session, 10, 4, 6);
    const positions = session.preview();
    expect(Array.from(positions.subarray(0, 12)).every(Number.isNaN)).toBe(true);
    expect(Array.from(positions.subarray(12)).every(Number.isFinite)).toBe(true);
  });

  it('names what is missing and what does not fit', async () => {
    await expect(run(lab(1))).rejects.toThrow('expected begin(n, d) before any other call');
    const made = lab(1);
    fill(made.session, 10, 4, 6);
    await expect(run(made)).rejects.toMatchObject({
      failure: { code: 'internal', message: 'expected vectors of 10 papers, got 4' },
    });
    expect(() => made.session.add(Int32Array.of(1), new Float32Array(3))).toThrow('expected 1×4 = 4 values, got 3');
    expect(() => made.session.add(Int32Array.of(10), new Float32Array(4))).toThrow('expected a paper of 0…9, got 10');
  });

  it.each([0, 1, 2, 3, 5])('stands %i papers', async (n) => {
    const made = lab(1);
    fill(made.session, n, 4);
    const { result } = await run(made);
    expect(result.positions.length).toBe(n * 2);
    expect(result.positions.every(Number.isFinite)).toBe(true);
    expect(result.neighbors.k).toBe(Math.max(0, n - 1));
    expect(result.quality === null).toBe(n < 3);
    expect(result.preservation?.length ?? null).toBe(n < 3 ? null : n);
  });
});
