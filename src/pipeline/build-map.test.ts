import { describe, expect, it } from 'vitest';
import type { Encoder } from '../encode/encode.client.ts';
import type { Outliner } from '../lexical/lexical.client.ts';
import { StageError } from '../model/failure.ts';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import { encodeMapFile } from '../model/map-file/encode-map-file.ts';
import { packSentences, sentenceParts } from '../model/sentence-vectors.ts';
import type { Projector } from '../project/project.client.ts';
import type { TopicFinder } from './analysis.client.ts';
import { type BuildTools, buildMap } from './build-map.ts';
import {
  build,
  corpus,
  D,
  fakeEncoder,
  makeOutliner,
  makeProjector,
  N,
  options,
  report,
  ring,
  silent,
  soon,
  topicDrafter,
  topicFinder,
  vectorOf,
} from './fixtures/build-lab.ts';

describe('buildMap', () => {
  it('shows a map by words first, then one by meaning', async () => {
    const { places, map } = await build(fakeEncoder(8, false, []));
    expect(places[0]).toMatchObject({ by: 'words', embedded: 0, agreement: null });
    expect(places[0].positions).toEqual(ring);
    expect(places.at(-1)).toMatchObject({ by: 'meaning', embedded: N });
    expect(map.positions.every(Number.isFinite)).toBe(true);
  });

  it('gives the same map whatever was shown on the way, and in whichever order vectors came', async () => {
    const one = await build(fakeEncoder(3, false, []));
    const two = await build(fakeEncoder(40, true, []));
    expect(one.glides.count).toBeGreaterThan(0);
    expect(two.map).toEqual(one.map);
  });

  it('begins where the outline stands, and at the principal components without one', async () => {
    const [begun, free] = [await build(fakeEncoder(8, false, [])), await build(fakeEncoder(8, false, []), null)];
    expect(free.map.positions).not.toEqual(begun.map.positions);
    expect(free.map.positions.every(Number.isFinite)).toBe(true);
    expect(free.places.every(({ by }) => by === 'meaning' || by === 'words')).toBe(true);
  });

  it('begins on the eigenvectors of the graph when asked to, whatever the words say', async () => {
    const begun = await build(fakeEncoder(8, false, []), ring, 'spectral');
    const free = await build(fakeEncoder(8, false, []), null, 'spectral');
    const byWords = await build(fakeEncoder(8, false, []));
    expect(begun.map.positions).toEqual(free.map.positions);
    expect(begun.map.positions).not.toEqual(byWords.map.positions);
  });

  it('asks once more for an outline that was lost with its worker', async () => {
    const whole = await build(fakeEncoder(8, false, []));
    const outliner = makeOutliner({ count: 0 }, ring);
    let asked = 0;
    const frail: Outliner = {
      ...outliner,
      outline: (texts, call) =>
        asked++ === 0
          ? Promise.reject(new StageError('worker-silent', 'worker', 'lost'))
          : outliner.outline(texts, call),
    };
    const tools: BuildTools = {
      encoder: fakeEncoder(8, false, []),
      projector: makeProjector(),
      outliner: frail,
      topicFinder,
      topicDrafter,
      after: soon,
    };
    const map = await buildMap({ corpus, report }, options, tools, silent);
    expect(asked).toBe(2);
    expect(map.positions).toEqual(whole.map.positions);
  });

  it.each(['begin', 'add', 'run'] as const)(
    'gives the same map when the layout worker is lost in %s',
    async (method) => {
      const whole = await build(fakeEncoder(8, false, [5]));
      const projector = makeProjector();
      let calls = 0;
      let isGone = false;
      const lost = (): Promise<never> => Promise.reject(new StageError('worker-died', 'worker', 'lost'));
      const frail: Projector = {
        ...projector,
        begin: (n, d) => {
          if (method === 'begin' && calls++ === 0) return lost();
          isGone = false;
          return projector.begin(n, d);
        },
        add: (indices, vectors) => {
          if (method === 'add' && calls++ === 2) isGone = true;
          return isGone ? lost() : projector.add(indices, vectors);
        },
        run: (order, call) => (method === 'run' && calls++ === 0 ? lost() : projector.run(order, call)),
      };
      const { map, aside } = await build(fakeEncoder(8, false, [5]), ring, 'words', frail);
      expect(map).toEqual(whole.map);
      expect(aside).toEqual([5]);
      expect(calls).toBeGreaterThan(1);
    },
  );

  it('gives up on a layout worker that is lost twice', async () => {
    const projector = makeProjector();
    const frail = { ...projector, run: () => Promise.reject(new StageError('worker-silent', 'worker', 'lost')) };
    await expect(build(fakeEncoder(8, false, []), ring, 'pca', frail)).rejects.toMatchObject({
      failure: { code: 'worker-silent' },
    });
  });

  it('asks once more for topics that were lost with their worker', async () => {
    let asked = 0;
    const finder: TopicFinder = {
      findTopics: () => Promise.reject(new StageError(asked++ === 0 ? 'worker-died' : 'internal', 'topics', 'none')),
    };
    const { failures } = await build(fakeEncoder(8, false, []), ring, 'pca', makeProjector(), finder);
    expect(asked).toBe(2);
    expect(failures).toMatchObject([{ code: 'internal' }]);
  });

  it('stands without topics when they fail, and says so', async () => {
    const { map, failures } = await build(fakeEncoder(8, false, []));
    expect(map.topics).toBeNull();
    expect(failures).toMatchObject([{ code: 'internal', stage: 'topics' }]);
  });

  it('places papers that no worker could embed beside the map, and says which', async () => {
    const { map, aside } = await build(fakeEncoder(8, false, [5, 11]));
    expect(aside).toEqual([5, 11]);
    const right = Math.max(...corpus.papers.map((_, i) => (aside.includes(i) ? -9 : map.positions[i * 2])));
    for (const i of aside) expect(map.positions[i * 2]).toBeGreaterThan(right);
    expect(map.summaries?.[5]).toEqual([]);
  });

  it('needs three papers, and passes on what the encoder says', async () => {
    const few = { corpus: { ...corpus, papers: corpus.papers.slice(0, 2) }, report };
    const tools = (encoder: Encoder): BuildTools => ({
      encoder,
      projector: makeProjector(),
      outliner: makeOutliner({ count: 0 }, null),
      topicFinder,
      topicDrafter,
      after: soon,
    });
    await expect(buildMap(few, options, tools(fakeEncoder(8, false, [])), silent)).rejects.toMatchObject({
      failure: { code: 'too-few-papers' },
    });
    const broken = {
      ...fakeEncoder(8, false, []),
      encode: () => Promise.reject(new StageError('model-missing', 'encode', 'no')),
    };
    await expect(buildMap({ corpus, report }, options, tools(broken), silent)).rejects.toMatchObject({
      failure: { code: 'model-missing' },
    });
  });
});

describe('vectors of sentences in buildMap', () => {
  it('keeps the vectors of sentences by paper, where the encoder gives any, and reads them from a file again', async () => {
    const { map } = await build(fakeEncoder(3, true, [7]));
    const parts = map.sentences ? sentenceParts(map.sentences) : [];
    expect(parts).toHaveLength(N);
    parts.forEach((part, i) => {
      const expected = packSentences(Float32Array.from([...vectorOf(i), ...vectorOf(i + 1)]), D);
      expect(part).toEqual(i === 7 ? new Uint8Array() : expected);
    });
    expect((await decodeMapFile(encodeMapFile(map))).sentences).toEqual(map.sentences);
    const encoder = fakeEncoder(3, false, []);
    const without: Encoder = {
      ...encoder,
      encode: (texts, run) =>
        encoder.encode(texts, {
          ...run,
          onBatch: (batch) => run.onBatch({ ...batch, sentences: batch.sentences.map(() => new Uint8Array()) }),
        }),
    };
    expect('sentences' in (await build(without)).map).toBe(false);
  });

  it('takes no vectors of sentences that are not as long as those of the papers', async () => {
    const encoder = fakeEncoder(3, false, []);
    const odd = packSentences(
      Float32Array.from({ length: D + 1 }, () => 1),
      D + 1,
    );
    const broken: Encoder = {
      ...encoder,
      encode: (texts, run) =>
        encoder.encode(texts, {
          ...run,
          onBatch: (batch) => run.onBatch({ ...batch, sentences: batch.sentences.map(() => odd) }),
        }),
    };
    await expect(build(broken)).rejects.toThrow(`sentences of paper 0: expected vectors of ${D} numbers, got ${D + 1}`);
  });
});
