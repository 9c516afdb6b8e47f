import { describe, expect, it } from 'vitest';
import type { EncodedBatch, Encoder } from '../encode/encode.client.ts';
import type { Outliner } from '../lexical/lexical.client.ts';
import { makeRandom } from '../math/random.ts';
import { type Failure, StageError } from '../model/failure.ts';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import { encodeMapFile } from '../model/map-file/encode-map-file.ts';
import type { Corpus } from '../model/paper.ts';
import { packSentences, sentenceParts } from '../model/sentence-vectors.ts';
import { loadKernels } from '../project/kernels.web.ts';
import type { Projector } from '../project/project.client.ts';
import { makeProjectSession } from '../project/project-session.ts';
import { makeUmapEngine } from '../project/umap-engine.ts';
import { type BuildOptions, type BuildTools, buildMap } from './build-map.ts';
import { DEFAULT_LAYOUT, type LayoutStart } from './layout-options.ts';
import type { Places } from './places.ts';
import type { TopicFinder } from './topics.client.ts';

const N = 40;
const D = 8;

const corpus: Corpus = {
  papers: Array.from({ length: N }, (_, i) => ({
    id: String(i),
    title: `Paper ${i}`,
    text: `It is about matter ${i % 4}. And no more.`,
    authors: null,
    date: null,
    url: null,
    sources: [{ file: 'x', line: i }],
  })),
  columns: [],
};
const report = { records: N, papers: N, merged: 0, skipped: [], groups: [], warnings: [], files: [] };
const options: BuildOptions = {
  name: 'x',
  origin: null,
  layout: { ...DEFAULT_LAYOUT, seed: 7 },
  generator: 'test',
  created: '2026',
};

function vectorOf(index: number): number[] {
  const random = makeRandom(index + 1);
  return Array.from({ length: D }, (_, j) => (j === index % 4 ? 2 : 0) + random());
}

/** Gives the vectors in `batches` of so many papers, from the last paper to the first when `reversed`. */
function fakeEncoder(batches: number, reversed: boolean, setAside: readonly number[]): Encoder {
  return {
    async encode(texts, { onBatch }) {
      const all = Array.from({ length: texts.count }, (_, i) => i).filter((i) => !setAside.includes(i));
      if (reversed) all.reverse();
      for (let from = 0; from < all.length; from += batches) {
        const part = all.slice(from, from + batches);
        const batch: EncodedBatch = {
          indices: Int32Array.from(part),
          vectors: Float32Array.from(part.flatMap(vectorOf)),
          dimensions: D,
          sentences: part.map((i) => packSentences(Float32Array.from([...vectorOf(i), ...vectorOf(i + 1)]), D)),
          salience: part.map((i) => Float32Array.from(texts.inputOf(i).segments, () => 1)),
          pieces: new Int32Array(part.length),
        };
        onBatch(batch);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      const info = { model: 'm', dtype: 'q8', dimensions: D, maxPieces: 256 };
      return { info, cached: 0, computed: all.length, setAside };
    },
    encodeQuery: () => Promise.reject(new Error('not asked')),
    dispose: () => undefined,
  };
}

function makeProjector(): Projector {
  const kernels = loadKernels();
  let ms = 0;
  const session = makeProjectSession({
    engine: async () => makeUmapEngine(await kernels),
    kernels,
    cores: 1,
    startHelper: null,
    now: () => ms++,
    breathe: async () => undefined,
    rest: async () => undefined,
  });
  return {
    begin: async (n, d) => session.begin(n, d),
    add: async (indices, vectors) => session.add(indices, vectors),
    preview: async () => session.preview(),
    run: (order, { onProgress = () => undefined, onPreview = () => undefined, start = null } = {}) =>
      session.run(order, onProgress, onPreview, start),
    extend: () => Promise.reject(new Error('not asked')),
    pause: async () => session.pause(),
    resume: async () => session.resume(),
    dispose: () => undefined,
  };
}

/** An outline on a ring; each glide pushes the papers further out. */
function makeOutliner(glides: { count: number }, outline: Float32Array | null): Outliner {
  return {
    outline: async (_texts, { onOutline }) => {
      if (outline) onOutline(outline.slice());
      return outline;
    },
    arrive: async () => undefined,
    glide: async () => {
      glides.count++;
      return { positions: ring.map((value) => value * (1 + glides.count)), arrived: 3, agreement: 0.5 };
    },
    stop: () => undefined,
  };
}

const ring = Float32Array.from({ length: N * 2 }, (_, at) =>
  at % 2 === 0 ? Math.cos((at * Math.PI) / N) : Math.sin(((at - 1) * Math.PI) / N),
);

/** Finds nothing, and says why. */
const topicFinder: TopicFinder = {
  find: () => Promise.reject(new StageError('internal', 'topics', 'none today')),
  dispose: () => undefined,
};

async function build(
  encoder: Encoder,
  outline: Float32Array | null = ring,
  start: LayoutStart = 'words',
  projector = makeProjector(),
  finder = topicFinder,
) {
  const glides = { count: 0 };
  const outliner = makeOutliner(glides, outline);
  const tools: BuildTools = { encoder, projector, outliner, topicFinder: finder };
  const places: Places[] = [];
  const aside: number[] = [];
  const failures: Failure[] = [];
  const map = await buildMap({ corpus, report }, { ...options, layout: { ...options.layout, start } }, tools, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onPlaces: (shown) => places.push(shown),
    onSetAside: (papers) => aside.push(...papers),
    onFailure: (failure) => failures.push(failure),
    onOtherStart: () => undefined,
  });
  return { map, places, aside, glides, failures };
}

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
    };
    const map = await buildMap({ corpus, report }, options, tools, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onPlaces: () => undefined,
      onSetAside: () => undefined,
      onFailure: () => undefined,
      onOtherStart: () => undefined,
    });
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
      ...topicFinder,
      find: () => Promise.reject(new StageError(asked++ === 0 ? 'worker-died' : 'internal', 'topics', 'none')),
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
    expect(map.sentences && sentenceParts(map.sentences)[5]).toHaveLength(0);
  });

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

  it('needs three papers, and passes on what the encoder says', async () => {
    const few = { corpus: { ...corpus, papers: corpus.papers.slice(0, 2) }, report };
    const watch = {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onPlaces: () => undefined,
      onSetAside: () => undefined,
      onFailure: () => undefined,
      onOtherStart: () => undefined,
    };
    const tools = (encoder: Encoder): BuildTools => ({
      encoder,
      projector: makeProjector(),
      outliner: makeOutliner({ count: 0 }, null),
      topicFinder,
    });
    await expect(buildMap(few, options, tools(fakeEncoder(8, false, [])), watch)).rejects.toMatchObject({
      failure: { code: 'too-few-papers' },
    });
    const broken = {
      ...fakeEncoder(8, false, []),
      encode: () => Promise.reject(new StageError('model-missing', 'encode', 'no')),
    };
    await expect(buildMap({ corpus, report }, options, tools(broken), watch)).rejects.toMatchObject({
      failure: { code: 'model-missing' },
    });
  });
});
