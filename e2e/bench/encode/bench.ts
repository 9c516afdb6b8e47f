import { proxy, wrap } from 'comlink';
import { makeEncoder, makeEncodeSlot } from '../../../src/encode/encode.client.ts';
import { DEFAULT_MODEL, type ModelSpec } from '../../../src/encode/model-spec.ts';
import type { PeerApi } from './peer.worker.ts';

export type Contender = 'ours' | 'bare' | 'pipeline';

/** What the bench asks of the page. */
export interface BenchDoor {
  /** Word pieces of each text, special ones included. */
  pieces(texts: readonly string[]): Promise<number[]>;
  /** Starts one and lets it encode a short text, which the time does not count. */
  ready(contender: Contender, options: Partial<ModelSpec> & { readonly workers?: number }): Promise<void>;
  /** Milliseconds, and the vectors. */
  run(texts: readonly string[]): Promise<{ ms: number; vectors: number[][] }>;
  end(): Promise<void>;
}

const site = new URL('./', document.baseURI).href;
let encode: ((texts: readonly string[]) => Promise<number[][]>) | null = null;
let dispose: () => void = () => undefined;

async function idsOf(texts: readonly string[]): Promise<number[][]> {
  const slot = makeEncodeSlot();
  await slot.call((api) => api.configure(DEFAULT_MODEL, site));
  await slot.call((api) => api.load(proxy(() => undefined)));
  const ids: number[][] = [];
  for (const text of texts) ids.push(await slot.call((api) => api.pieceIds(text)));
  slot.stop();
  return ids;
}

async function encodeByOurs(encoder: ReturnType<typeof makeEncoder>, texts: readonly string[]): Promise<number[][]> {
  const vectors: number[][] = [];
  const source = {
    count: texts.length,
    lengthOf: (index: number) => texts[index].length,
    inputOf: (index: number) => ({ segments: [texts[index]] }),
  };
  await encoder.encode(source, {
    onBatch({ indices, vectors: rows, dimensions }) {
      indices.forEach((index, i) => {
        vectors[index] = Array.from(rows.subarray(i * dimensions, (i + 1) * dimensions));
      });
    },
  });
  return vectors;
}

function startPeer(): { peer: ReturnType<typeof wrap<PeerApi>>; worker: Worker } {
  const worker = new Worker(new URL('./peer.worker.ts', import.meta.url), { type: 'module' });
  return { peer: wrap<PeerApi>(worker), worker };
}

const knownIds = new Map<string, number[]>();

const door: BenchDoor = {
  async pieces(texts) {
    const ids = await idsOf(texts);
    texts.forEach((text, i) => {
      knownIds.set(text, ids[i]);
    });
    return ids.map(({ length }) => length);
  },
  async ready(contender, { workers = 1, ...change }) {
    if (contender === 'ours') {
      const encoder = makeEncoder({ ...DEFAULT_MODEL, ...change }, { workers, device: 'wasm' });
      encode = (texts) => encodeByOurs(encoder, texts);
      dispose = () => encoder.dispose();
    } else {
      const peers = Array.from({ length: workers }, startPeer);
      dispose = () => {
        for (const { worker } of peers) worker.terminate();
      };
      const isBare = contender === 'bare';
      for (const { peer } of peers) await (isBare ? peer.loadBare : peer.loadPipeline)(site, DEFAULT_MODEL.id);
      encode = (texts) =>
        dealOut(
          texts,
          peers.map(
            ({ peer }) =>
              (some) =>
                isBare ? runBare(peer, some) : peer.runPipeline(some),
          ),
        );
    }
    knownIds.set('Warm.', (knownIds.values().next().value ?? []).slice(0, 8));
    await encode(['Warm.']);
  },
  async run(texts) {
    if (!encode) throw new Error('not ready');
    const began = performance.now();
    const vectors = await encode(texts);
    return { ms: performance.now() - began, vectors };
  },
  async end() {
    dispose();
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase('portolan-vectors');
      request.onsuccess = resolve;
      request.onerror = resolve;
    });
  },
};

/** Gives each of several every so-manieth text; all of them run at the same time. */
async function dealOut(
  texts: readonly string[],
  runs: readonly ((some: readonly string[]) => Promise<number[][]>)[],
): Promise<number[][]> {
  const parts = await Promise.all(runs.map((run, r) => run(texts.filter((_, i) => i % runs.length === r))));
  return texts.map((_, i) => parts[i % runs.length][Math.floor(i / runs.length)]);
}

async function runBare(peer: ReturnType<typeof wrap<PeerApi>>, texts: readonly string[]): Promise<number[][]> {
  return peer.runBare(texts.map((text) => knownIds.get(text) ?? []));
}

Object.assign(window, { benchDoor: door });
