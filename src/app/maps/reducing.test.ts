import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { encodeMapFile } from '../../model/map-file/encode-map-file.ts';
import { defaultInfo } from '../../model/map-file/info.ts';
import { matrix, quantizeRows } from '../../model/matrix.ts';
import { joinSentences, packSentences, reduceSentences } from '../../model/sentence-vectors.ts';
import { reduceEmbedding, reductionOf } from '../../project/measure/kept-dimensions.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import { reducedFileBytes, suggestedChoice, whyNotReduced } from './reducing.ts';

it('the size that is told is about what the file then has', () => {
  const random = makeRandom(1);
  const n = 300;
  const embedding = quantizeRows(
    matrix(
      Float32Array.from({ length: n * 96 }, () => random() - 0.5),
      n,
      96,
    ),
  );
  const papers = Array.from({ length: n }, (_, i) => ({
    ...{ id: `${i}`, title: `Paper ${i}`, text: '', authors: null, date: null, url: null, sources: [] },
  }));
  const parts = papers.map(() =>
    packSentences(
      Float32Array.from({ length: 4 * 96 }, () => random() + random() + random() - 1.5),
      96,
    ),
  );
  const map = {
    ...{ sentences: joinSentences(parts, 96) },
    ...{ corpus: { papers, columns: [] }, positions: new Float32Array(2 * n), neighbors: null, preservation: null },
    ...{ summaries: null, topics: null, info: defaultInfo(n), embedding },
  };
  const fileBytes = encodeMapFile(map).byteLength;
  const sentenceBytes = map.sentences.packed.length;
  expect(sentenceBytes).toBeGreaterThan(fileBytes / 2);
  for (const kind of ['pca', 'prefix'] as const) {
    const choice = { kind, kept: 32, agreement: { k: 15, share: 1, sampled: n } };
    const reduction = reductionOf(embedding, choice, 1);
    const sentences = joinSentences(
      parts.map((part) => reduceSentences(part, reduction)),
      32,
    );
    const file = encodeMapFile({ ...map, embedding: reduceEmbedding(embedding, reduction), sentences, reduction });
    const told = reducedFileBytes({ fileBytes, sentenceBytes }, embedding, choice);
    expect(Math.abs(told - file.byteLength)).toBeLessThan(fileBytes * 0.02);
  }
});

describe('a map that keeps fewer dimensions', () => {
  const n = 100;
  /** A map whose papers differ almost only in two of their 64 dimensions. */
  async function lab() {
    const random = makeRandom(3);
    const rows = Float32Array.from({ length: n * 64 }, (_, i) => (random() - 0.5) * (i % 64 < 2 ? 1 : 0.01));
    const map = { ...mapOf(corpusOf(n)), embedding: quantizeRows(matrix(rows, n, 64)) };
    const app = wholeApp();
    app.show(map);
    const { signal } = new AbortController();
    const steps: number[] = [];
    const survey = await app.reducing.surveyMap(map.embedding, { signal, onDone: (done) => steps.push(done) });
    return { ...app, map, survey, signal, steps };
  }

  it('is told by choices from what each keeps, and how large the file is now', async () => {
    const { survey, map, mapFiles, steps } = await lab();
    expect(survey.choices.length).toBeGreaterThan(0);
    expect(survey.choices.every(({ kept }) => kept < 64)).toBe(true);
    expect(survey).toMatchObject({ fileBytes: (await mapFiles.encode(map)).byteLength, sentenceBytes: 0 });
    expect(steps.at(-1)).toBe(Math.max(...steps));
    const suggested = suggestedChoice(survey, map);
    expect(survey.choices).toContain(suggested);
    expect(suggested?.kind).toBe('pca');
    expect(suggestedChoice(survey, { ...map, embedding: null })).toBeNull();
  });

  it('has them, all else as it was, and can take that back', async () => {
    const { store, reducing, survey, map, signal, said } = await lab();
    const [choice] = survey.choices;
    await reducing.reduceShownMap(map, choice, signal);
    const reduced = store.get().shown?.map;
    expect(reduced).toMatchObject({ embedding: { cols: choice.kept }, reduction: { from: 64, kept: choice.kept } });
    expect([reduced?.positions, reduced?.corpus]).toEqual([map.positions, map.corpus]);
    expect(said()).toEqual([`${choice.kept} of 64 dimensions kept`]);
    expect(reduced && whyNotReduced(reduced)).toContain(`${choice.kept} of 64 dimensions are left`);
    store.get().notices[0].action?.run();
    expect(store.get().shown?.map).toMatchObject({ embedding: map.embedding });
    expect(store.get().shown?.map?.reduction).toBeUndefined();
  });

  it('is left as it is where another one came meanwhile, and cannot be taken back from under it', async () => {
    const { store, reducing, survey, map, signal, show, said } = await lab();
    const reduced = reducing.reduceShownMap(map, survey.choices[0], signal);
    const other = mapOf(corpusOf(5));
    show(other);
    await reduced;
    expect([store.get().shown?.map, said()]).toEqual([other, []]);
    show(map);
    await reducing.reduceShownMap(map, survey.choices[0], signal);
    const undo = store.get().notices[0].action;
    show(other);
    undo?.run();
    expect([store.get().shown?.map, said().at(-1)]).toEqual([other, 'Too late to undo']);
  });

  it('needs vectors', async () => {
    const { reducing, survey, signal, said } = await lab();
    const bare = mapOf(corpusOf(5));
    expect(whyNotReduced(bare)).toBe('This map has kept no vectors.');
    await reducing.reduceShownMap(bare, survey.choices[0], signal);
    expect(said()).toEqual([]);
  });
});
