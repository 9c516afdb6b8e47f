import { transfer } from 'comlink';
import { StageError } from '../model/failure.ts';
import { nextTask, serve } from '../worker/serve.web.ts';
import type { EncodeApi, EncodedTexts } from './encode.api.ts';
import { type Engine, loadEngine } from './engine.web.ts';
import { filesHashOf, type ModelSpec, vectorNamespace } from './model-spec.ts';
import { type CachedVector, makeVectorCache, type VectorCache } from './vector-cache.web.ts';

interface Configured {
  readonly spec: ModelSpec;
  readonly baseUrl: string;
  readonly cache: VectorCache;
}

let configured: Configured | null = null;
let loading: Promise<Engine> | null = null;
/** Storing of the newest batch. */
let storing: Promise<void> = Promise.resolve();

/** Throws if this worker replaced one that died after its configuration. */
function needConfigured(): Configured {
  if (!configured) throw new StageError('worker-died', 'encode', 'the encode worker was used before configure()');
  return configured;
}

function needEngine(): Promise<Engine> {
  if (!loading) throw new StageError('worker-died', 'encode', 'the encode worker was used before load()');
  return loading;
}

const api: EncodeApi = {
  async configure(spec, baseUrl) {
    if (configured && vectorNamespace(configured.spec, '') === vectorNamespace(spec, '')) return;
    if (loading) throw new StageError('internal', 'encode', 'one worker serves one model: start another');
    configured = { spec, baseUrl, cache: makeVectorCache(vectorNamespace(spec, filesHashOf(spec, MODEL_FILES))) };
  },
  async recall(inputs) {
    const found = await needConfigured().cache.find(inputs);
    let row = 0;
    const rows = Int32Array.from(found, (entry) => (entry ? row++ : -1));
    const texts = pack(found.filter((entry) => entry !== null));
    return transfer({ rows, texts }, [texts.vectors.buffer]);
  },
  async load(onLoad, files = []) {
    const { spec, baseUrl } = needConfigured();
    loading ??= loadEngine(spec, { baseUrl, files, onLoad });
    await loading;
  },
  async isMatryoshka() {
    return loading !== null && (await loading).isMatryoshka;
  },
  async files() {
    return (await needEngine()).files;
  },
  async encode(inputs) {
    const engine = await needEngine();
    const encoded: CachedVector[] = [];
    for (let from = 0; from < inputs.length; from += engine.atOnce) {
      encoded.push(...(await engine.encode(inputs.slice(from, from + engine.atOnce))));
      await nextTask();
    }
    // Stores one batch at a time, so that a crash loses no more than one.
    await storing;
    storing = needConfigured().cache.store(inputs, encoded);
    const texts = pack(encoded);
    return transfer(texts, [texts.vectors.buffer]);
  },
  async settle() {
    await storing;
  },
  async encodeQuery(input) {
    const [{ vector }] = await (await needEngine()).encode([input], 'query');
    return transfer(vector, [vector.buffer]);
  },
  async pieceIds(text) {
    return (await needEngine()).pieceIds(text);
  },
  async encodeIds(ids) {
    const engine = await needEngine();
    const vectors = await Promise.all(ids.map((row) => engine.encodeIds(row)));
    return Float32Array.from(vectors.flatMap((vector) => Array.from(vector)));
  },
};

function pack(entries: readonly CachedVector[]): EncodedTexts {
  const dimensions = entries[0]?.vector.length ?? 0;
  const vectors = new Float32Array(entries.length * dimensions);
  entries.forEach((entry, i) => {
    vectors.set(entry.vector, i * dimensions);
  });
  return {
    vectors,
    salience: entries.map((entry) => entry.salience),
    sentences: entries.map((entry) => entry.sentences),
    pieces: Int32Array.from(entries, (entry) => entry.pieces),
  };
}

serve(api);
