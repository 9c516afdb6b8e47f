import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeRandom, shuffledIndices } from '../math/random.ts';
import type { MapData } from '../model/map-data.ts';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import { dequantizeRows, type Matrix } from '../model/matrix.ts';
import { loadKernels } from '../project/kernels/kernels.web.ts';
import { makeQualityMeter } from '../project/measure/quality.ts';
import type { Glide, LexicalApi } from './lexical.api.ts';
import { makeLexicalSession } from './lexical-session.ts';

let map: MapData;
let vectors: Matrix;

beforeAll(async () => {
  const bytes = readFileSync(join(import.meta.dirname, '../../public/data/sample.parquet'));
  map = await decodeMapFile(new Uint8Array(bytes).buffer);
  if (!map.embedding) throw new Error('expected vectors in the sample map');
  vectors = dequantizeRows(map.embedding);
});

function startSession(tickMs = 1): LexicalApi {
  let ms = 0;
  return makeLexicalSession({
    kernels: loadKernels(),
    now: () => {
      ms += tickMs;
      return ms;
    },
    breathe: async () => {},
  });
}

async function outlineOf(session: LexicalApi, texts: readonly string[], seed = 1): Promise<Float32Array | null> {
  await session.begin();
  await session.add(texts.slice(0, 100));
  await session.add(texts.slice(100));
  return session.outline(seed, () => {});
}

const sampleTexts = (): string[] => map.corpus.papers.map(({ title, text }) => `${title}. ${text}`);

function keptBy(positions: Float32Array): number {
  const meter = makeQualityMeter({ vectors, positions, seed: 1 });
  while (meter.step(50));
  return meter.result()?.neighborPreservation ?? 0;
}

function arrive(session: LexicalApi, papers: Int32Array): Promise<void> {
  const rows = new Float32Array(papers.length * vectors.cols);
  papers.forEach((paper, i) => {
    rows.set(vectors.data.subarray(paper * vectors.cols, (paper + 1) * vectors.cols), i * vectors.cols);
  });
  return session.arrive(papers, rows);
}

describe('the instant map', () => {
  it('keeps a good part of the neighbours by meaning, from words alone', async () => {
    const outline = await outlineOf(startSession(), sampleTexts());
    // Measured 0.24; a random map keeps 0.03, the finished one 0.39.
    expect(keptBy(outline ?? new Float32Array())).toBeGreaterThan(0.2);
  });

  it('is the same for the same texts and seed, however fast the machine is', async () => {
    const [one, two] = [
      await outlineOf(startSession(1), sampleTexts().slice(0, 200)),
      await outlineOf(startSession(40), sampleTexts().slice(0, 200)),
    ];
    expect(two).toEqual(one);
  });

  it('moves towards meaning as vectors arrive, and says so', async () => {
    const session = startSession();
    await outlineOf(session, sampleTexts());
    const order = shuffledIndices(468, makeRandom(1));
    const glides: Glide[] = [];
    for (const [from, to] of [
      [0, 156],
      [156, 312],
      [312, 468],
    ]) {
      await arrive(session, order.slice(from, to));
      glides.push(await session.glide());
    }
    expect(glides.map(({ arrived }) => arrived)).toEqual([156, 312, 468]);
    const said = glides.map(({ agreement }) => agreement ?? 0);
    expect(said).toEqual(said.toSorted((a, b) => a - b));
    // Once all vectors are there, the agreement equals the quality measure of a finished map.
    expect(said[2]).toBeCloseTo(keptBy(glides[2].positions), 6);
    expect(said[2]).toBeGreaterThan(0.33);
  });

  it('gives papers without a shared word no place, until their vector brings one', async () => {
    const session = startSession();
    const texts = [...sampleTexts().slice(0, 30), '', '…', 'zyxwv'];
    const outline = await outlineOf(session, texts);
    expect(
      Array.from(outline ?? [])
        .map(Number.isNaN)
        .indexOf(true),
    ).toBe(60);
    expect(outline?.slice(0, 60).every(Number.isFinite)).toBe(true);
    await arrive(
      session,
      Int32Array.from({ length: 33 }, (_, i) => i),
    );
    expect((await session.glide()).positions.every(Number.isFinite)).toBe(true);
  });

  it('has none for texts that share no words, and says nothing of agreement before there are vectors', async () => {
    expect(await outlineOf(startSession(), ['one', 'two', 'three', 'four'])).toBeNull();
    expect(await outlineOf(startSession(), [])).toBeNull();
    const session = startSession();
    await outlineOf(session, sampleTexts().slice(0, 20));
    expect(await session.glide()).toMatchObject({ arrived: 0, agreement: null });
  });
});
