import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Encoder } from '../encode/encode.client.ts';
import { StageError } from '../model/failure.ts';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import { encodeMapFile } from '../model/map-file/encode-map-file.ts';
import type { Paper } from '../model/paper.ts';
import type { ReadReport } from '../model/read-report.ts';
import { joinSentences, packSentences, reduceSentences, sentenceParts } from '../model/sentence-vectors.ts';
import { loadKernels } from '../project/kernels/kernels.web.ts';
import { extendMap } from '../project/layout/extend-map.ts';
import { reduceEmbedding, reductionOf } from '../project/measure/kept-dimensions.ts';
import type { Projector } from '../project/project.client.ts';
import { makeGate, makeReporter } from '../project/reporter.ts';
import { type AddTools, addPapers, countNew } from './add-papers.ts';

const sample = await decodeMapFile(
  new Uint8Array(readFileSync(join(import.meta.dirname, '../../public/data/sample.parquet'))).buffer,
);
const map = {
  ...sample,
  topics: sample.topics && { ...sample.topics, edits: { names: { 0: 'Mine' }, merged: {}, hidden: [2] } },
  selections: [{ id: 0, name: 'Kept', hue: 1, papers: Int32Array.of(3, 5) }],
};

const paper = (id: string, title: string, text = `A text about ${title}. It has two sentences.`): Paper => ({
  ...{ id, title, text, authors: null, date: null, url: null },
  sources: [{ file: 'new.csv', line: 2 }],
});
const { title: knownTitle, text: knownText } = sample.corpus.papers[7];
const papers = [paper('1', 'One that is new'), paper('2', knownTitle, knownText), paper('3', 'And another')];
const report: ReadReport = {
  ...{ records: 4, papers: 3, merged: 1, groups: [], warnings: [], files: [] },
  skipped: [{ file: 'new.csv', line: 9, reason: 'empty' }],
};
const found = { corpus: { papers, columns: [] }, report };

const kernels = await loadKernels();
const projector = {
  extend: (order) => {
    const clock = { now: () => 0, breathe: async () => undefined };
    return extendMap(
      order,
      kernels,
      makeReporter(clock, { onProgress: () => undefined, onPreview: () => undefined, gate: makeGate() }),
    );
  },
} as Pick<Projector, 'extend'> as Projector; // No other methods are called.

/** Gives each text the vector of a paper of the sample, and records which texts were encoded. */
function makeTools(asked: string[], cols = 384, setAside: readonly number[] = []): AddTools {
  const encode: Encoder['encode'] = async (texts, { onBatch }) => {
    for (let i = 0; i < texts.count; i++) {
      const text = texts.inputOf(i);
      const { segments } = text;
      asked.push(segments.join(' '));
      if (setAside.includes(i)) continue;
      const row = sample.embedding?.data.subarray(i * cols, (i + 1) * cols) ?? new Int8Array();
      const vectors = Float32Array.from(row);
      const salience = [Float32Array.from(segments, () => 1)];
      const sentences = [packSentences(vectors, cols)];
      onBatch({
        indices: Int32Array.of(i),
        texts: [text],
        vectors,
        dimensions: cols,
        salience,
        sentences,
        pieces: Int32Array.of(9),
      });
    }
    const info = { model: 'm', dtype: 'q8', dimensions: cols, maxPieces: 256 };
    return { info, cached: 0, computed: texts.count, setAside };
  };
  return {
    encoder: { encode, encodeQuery: () => Promise.reject(new Error('no')), dispose: () => undefined },
    projector,
  };
}

function watch(aside: number[] = []) {
  return {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onSetAside: (indices: readonly number[]) => void aside.push(...indices),
  };
}

describe('addPapers', () => {
  it('embeds what is new alone, and moves nothing, not even through a file', async () => {
    const asked: string[] = [];
    const grown = await addPapers(map, found, makeTools(asked), watch());
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain('One that is new');
    expect(countNew(map, found.corpus)).toBe(2);
    expect(grown.corpus.papers).toHaveLength(470);
    expect(grown.positions.slice(0, 936)).toEqual(sample.positions);
    const again = await decodeMapFile(encodeMapFile(grown));
    expect(new Uint8Array(again.positions.buffer, 0, 936 * 4)).toEqual(
      new Uint8Array(sample.positions.buffer, 0, 936 * 4),
    );
    expect(again.topics?.edits).toEqual(map.topics?.edits);
    expect(again.selections).toEqual(map.selections);
    expect(again.info.counts).toEqual({
      ...sample.info.counts,
      records: sample.info.counts.records + 4,
      merged: sample.info.counts.merged + 2,
      papers: 470,
      skipped: sample.info.counts.skipped + 1,
    });
    // With the vector of a paper of the map, each is in that paper's topic.
    expect(grown.topics?.paths.slice(-2 * (sample.topics?.levels ?? 0))[0]).toBe(sample.topics?.paths[0]);
    expect(grown.summaries?.at(-1)).not.toEqual([]);
    expect(grown.info.quality?.neighborPreservation).not.toBe(sample.info.quality?.neighborPreservation);
  });

  it('asks nobody when all are there already', async () => {
    const asked: string[] = [];
    const corpus = { papers: [papers[1]], columns: [] };
    const same = await addPapers(map, { corpus, report: { ...report, records: 1 } }, makeTools(asked), watch());
    expect(asked).toEqual([]);
    expect(same.positions).toBe(map.positions);
    expect(same.corpus.papers[7].sources).toHaveLength(sample.corpus.papers[7].sources.length + 1);
  });

  it('says which papers nobody could embed, and gives them no topic', async () => {
    const aside: number[] = [];
    const grown = await addPapers(map, found, makeTools([], 384, [1]), watch(aside));
    expect(aside).toEqual([469]);
    expect(grown.topics?.confidence.at(-1)).toBe(0);
    expect(grown.preservation?.at(-1)).toBeNaN();
  });

  it('takes no other vectors than those of the map, and none into a map without', async () => {
    await expect(addPapers(map, found, makeTools([], 8), watch())).rejects.toMatchObject({
      failure: { code: 'map-invalid' },
    });
    await expect(addPapers({ ...map, embedding: null }, found, makeTools([]), watch())).rejects.toMatchObject({
      failure: { code: 'map-invalid' },
    });
  });

  it('makes new vectors shorter as those of a reduced map are', async () => {
    const whole = sample.embedding;
    if (!whole) throw new Error('the sample has vectors');
    const reduction = reductionOf(whole, { kind: 'pca', kept: 32, agreement: { k: 15, share: 0.7, sampled: 468 } }, 1);
    const { sentences: _, ...bare } = map;
    const reduced = { ...bare, embedding: reduceEmbedding(whole, reduction), reduction };
    const grown = await addPapers(reduced, found, makeTools([]), watch());
    expect(grown.reduction).toBe(reduction);
    expect(grown.embedding).toMatchObject({ rows: 470, cols: 32 });
    // The reduced vectors of the first two papers of the map are nearest to these.
    const { k = 0, indices = [] } = grown.neighbors ?? {};
    expect([indices[468 * k], indices[469 * k]]).toEqual([0, 1]);
    await expect(addPapers(reduced, found, makeTools([], 32), watch())).rejects.toMatchObject({
      failure: { message: 'the map has vectors of 384 numbers, not 32' },
    });
  });

  it('joins the vectors of sentences to those that a map has, made shorter where those are', async () => {
    const whole = sample.embedding;
    if (!whole) throw new Error('the sample has vectors');
    const own = (row: number): Uint8Array =>
      packSentences(Float32Array.from(whole.data.subarray(row * 384, (row + 1) * 384)), 384);
    const old = sample.corpus.papers.map((_, row) => own(row));
    const { sentences: _, ...bare } = map;
    const grown = await addPapers({ ...bare, sentences: joinSentences(old, 384) }, found, makeTools([]), watch());
    expect(grown.sentences && sentenceParts(grown.sentences)).toEqual([...old, old[0], old[1]]);
    expect('sentences' in (await addPapers(bare, found, makeTools([]), watch()))).toBe(false);
    const reduction = { kind: 'prefix', from: 384, kept: 64, agreement: null, axes: null } as const;
    const shorter = old.map((part) => reduceSentences(part, reduction));
    const reduced = {
      ...{ ...bare, embedding: reduceEmbedding(whole, reduction), reduction },
      sentences: joinSentences(shorter, 64),
    };
    const both = await addPapers(reduced, found, makeTools([], 384, [1]), watch());
    expect(both.sentences && sentenceParts(both.sentences)).toEqual([...shorter, shorter[0], new Uint8Array()]);
  });

  it('does the last part once more when its worker is lost', async () => {
    let calls = 0;
    const tools = makeTools([]);
    const frail = {
      ...projector,
      extend: (order) =>
        calls++ === 0 ? Promise.reject(new StageError('worker-died', 'worker', 'lost')) : projector.extend(order),
    } as Projector; // As above.
    const [one, two] = [
      await addPapers(map, found, { ...tools, projector: frail }, watch()),
      await addPapers(map, found, tools, watch()),
    ];
    expect(one).toEqual(two);
  });
});
