import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import type { Progress } from '../model/progress.ts';
import { DEFAULT_PROJECT_OPTIONS, type ProjectOptions, warmOptions } from './engine.ts';
import learned from './fixtures/umap.json';
import { sampleVectors } from './fixtures/vectors.ts';
import { loadKernels } from './kernels.web.ts';
import { makeProjectSession, type ProjectSession } from './project-session.ts';
import { makeUmapEngine } from './umap-engine.ts';
import { umapJsEngine } from './umap-js-engine.ts';

const kernels = loadKernels();
const options = { ...DEFAULT_PROJECT_OPTIONS, epochs: 40 };

interface Lab {
  readonly session: ProjectSession;
  breaths: number;
}

/** A session whose clock goes on by `tickMs` each time that it is read. */
function lab(tickMs: number): Lab {
  let ms = 0;
  const made: Lab = {
    breaths: 0,
    session: makeProjectSession({
      engine: async (name) => (name === 'umap-js' ? umapJsEngine : makeUmapEngine(await kernels)),
      kernels,
      cores: 1,
      startHelper: null,
      now: () => {
        ms += tickMs;
        return ms;
      },
      breathe: async () => {
        made.breaths++;
      },
    }),
  };
  return made;
}

function fill(session: ProjectSession, n: number, d: number, from = 0): void {
  session.begin(n, d);
  const random = makeRandom(7);
  const vectors = Float32Array.from({ length: (n - from) * d }, () => random() - 0.5);
  session.add(
    Int32Array.from({ length: n - from }, (_, i) => i + from),
    vectors,
  );
}

async function run(
  { session }: Lab,
  change: Partial<ProjectOptions> = {},
  start: Float32Array | null = null,
): Promise<{
  progress: Progress[];
  previews: Float32Array[];
  result: Awaited<ReturnType<ProjectSession['run']>>;
}> {
  const progress: Progress[] = [];
  const previews: Float32Array[] = [];
  const result = await session.run(
    { ...options, ...change },
    (step) => progress.push(step),
    (positions) => previews.push(positions),
    start,
  );
  return { progress, previews, result };
}

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
    expect(result.info).toEqual({ engine: 'portolan', seed: 42, neighbors: 15, minDist: 0.1, spread: 1, epochs: 40 });
  });

  it('lays out by umap-js when asked', async () => {
    const made = lab(1);
    fill(made.session, 30, 8);
    const { result } = await run(made, { engine: 'umap-js' });
    expect(result.info.engine).toBe('umap-js');
    expect(result.positions.every(Number.isFinite)).toBe(true);
  });

  it('begins at the eigenvectors of the graph when asked, breathing between, and at a given start all the same', async () => {
    const [made, other] = [lab(1), lab(20)];
    for (const { session } of [made, other]) fill(session, 120, 8);
    const [pca, spectral] = [await run(made), await run(made, { start: 'spectral' })];
    expect(spectral.result.positions).not.toEqual(pca.result.positions);
    expect(spectral.result.info).toEqual(pca.result.info);
    expect((await run(other, { start: 'spectral' })).result).toEqual(spectral.result);
    expect(Math.max(...spectral.previews[0].map(Math.abs))).toBeLessThanOrEqual(1);
    expect((await run(other)).result).toEqual(pca.result);
    const given = pca.result.positions;
    const [one, two] = [await run(made, {}, given), await run(made, { start: 'spectral' }, given)];
    expect(two.result).toEqual(one.result);
  });

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
    const { result } = await run(made, warmOptions(options), start);
    expect(result.drift?.papers).toBe(100);
    // Numbers at random have no structure to hold on to.
    expect(result.drift?.median).toBeLessThan(0.15);
    expect(result.info.epochs).toBe(30);
    expect(result.positions.every(Number.isFinite)).toBe(true);
    let moved = 0;
    for (let at = 0; at < 200; at++) moved += Math.abs(result.positions[at] - first.positions[at]) / 200;
    expect(moved).toBeLessThan(0.1);
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
    const straight = (await run(made, { metric: 'euclidean' })).result;
    expect(straight.neighbors.indices).not.toEqual(plain.neighbors.indices);
  });

  it('reports each stage to its end, with the time left', async () => {
    const made = lab(11);
    fill(made.session, 60, 8);
    const { progress } = await run(made);
    for (const stage of ['finding neighbours', 'laying out', 'measuring']) {
      const steps = progress.filter((step) => step.stage === stage);
      expect(steps[0]).toMatchObject({ done: 0, leftMs: null });
      expect(steps.at(-1)?.done).toBe(steps.at(-1)?.total);
      for (let i = 1; i < steps.length; i++) expect(steps[i].done).toBeGreaterThanOrEqual(steps[i - 1].done);
    }
  });

  it('shows pictures at most every 100 ms of its clock and breathes between', async () => {
    const slow = lab(25);
    fill(slow.session, 40, 8);
    const { previews } = await run(slow);
    expect(previews.length).toBeGreaterThan(3);
    expect(previews.length).toBeLessThan(45);
    for (const positions of previews) expect(Math.max(...positions.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(slow.breaths).toBeGreaterThan(previews.length);
    const fast = lab(0);
    fill(fast.session, 40, 8);
    expect((await run(fast)).previews.length).toBe(1);
  });

  it('gives the same bytes whatever the clock says', async () => {
    const [one, two] = [lab(0), lab(17)];
    for (const { session } of [one, two]) fill(session, 40, 8);
    expect((await run(one)).result).toEqual((await run(two)).result);
  });

  it('stands still while it is paused, and ends in the same bytes as if it had not been', async () => {
    const [whole, held] = [lab(20), lab(20)];
    for (const { session } of [whole, held]) fill(session, 60, 8);
    const undisturbed = (await run(whole)).result;
    let previews = 0;
    const running = held.session.run(
      options,
      () => {},
      () => {
        previews++;
        if (previews === 2) held.session.pause();
      },
    );
    const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 40));
    await later();
    const breaths = held.breaths;
    await later();
    expect(previews).toBe(2);
    expect(held.breaths).toBe(breaths);
    held.session.resume();
    expect(await running).toEqual(undisturbed);
    expect(previews).toBeGreaterThan(2);
  });

  it('begins a run unpaused', async () => {
    const made = lab(20);
    fill(made.session, 30, 8);
    made.session.pause();
    expect((await run(made)).result.positions.length).toBe(60);
  });

  it('posts n × 8 bytes a picture', async () => {
    const made = lab(25);
    fill(made.session, 45, 8);
    for (const positions of (await run(made)).previews) expect(positions.buffer.byteLength).toBe(45 * 8);
  });

  it('keeps its result whole when pictures are transferred away', async () => {
    const made = lab(40);
    fill(made.session, 30, 8);
    const result = await made.session.run(
      options,
      () => {},
      (positions) => structuredClone(positions, { transfer: [positions.buffer] }),
    );
    expect(result.positions.every(Number.isFinite)).toBe(true);
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
