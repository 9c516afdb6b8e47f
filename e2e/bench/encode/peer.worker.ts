import { env, pipeline } from '@huggingface/transformers';
import { expose } from 'comlink';
import { InferenceSession, env as runtime, Tensor } from 'onnxruntime-web/wasm';

/** The two that ours is measured against, each in a worker of its own, with our own copies of the runtime. */
export interface PeerApi {
  /** Makes ready; `site` is the address of the built site. */
  loadBare(site: string, id: string): Promise<void>;
  /** A loop over the runtime and nothing else: no tokenizer, no pooling beyond the mean. One text after the other. */
  runBare(ids: readonly (readonly number[])[]): Promise<number[][]>;
  loadPipeline(site: string, id: string): Promise<void>;
  /** transformers.js as its documentation has it, 32 texts a batch. */
  runPipeline(texts: readonly string[]): Promise<number[][]>;
}

const BATCH = 32;
let session: InferenceSession | null = null;
let extract: Awaited<ReturnType<typeof makePipeline>> | null = null;

async function fetchWasm(site: string, name: string): Promise<ArrayBuffer> {
  const response = await fetch(new URL(`ort/${name}.wasm.gzip`, site));
  return new Response(response.body?.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

async function makePipeline(site: string, id: string) {
  env.allowLocalModels = true;
  env.allowRemoteModels = false;
  env.localModelPath = '/models/';
  env.useWasmCache = false;
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new Error('no WASM backend');
  // What it fetches by itself, on a processor too.
  const name = 'ort-wasm-simd-threaded.asyncify';
  wasm.wasmPaths = { mjs: new URL(`ort/${name}.mjs`, site).href };
  wasm.wasmBinary = await fetchWasm(site, name);
  return pipeline('feature-extraction', id, { dtype: 'q8', device: 'wasm' });
}

const api: PeerApi = {
  async loadBare(site, id) {
    runtime.wasm.wasmPaths = new URL('ort/', site).href;
    runtime.wasm.wasmBinary = await fetchWasm(site, 'ort-wasm-simd-threaded');
    runtime.wasm.numThreads = 1;
    const response = await fetch(new URL(`models/${id}/onnx/model_quantized.onnx`, site));
    session = await InferenceSession.create(new Uint8Array(await response.arrayBuffer()));
  },
  async runBare(rows) {
    if (!session) throw new Error('not loaded');
    const out: number[][] = [];
    for (const ids of rows) {
      const shape = [1, ids.length];
      const { last_hidden_state: states } = await session.run({
        input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
        attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
        token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
      });
      out.push(meanOf(states.data as Float32Array, ids.length)); // The model's states are float32.
      states.dispose();
    }
    return out;
  },
  async loadPipeline(site, id) {
    extract = await makePipeline(site, id);
  },
  async runPipeline(texts) {
    if (!extract) throw new Error('not loaded');
    const out: number[][] = [];
    for (let from = 0; from < texts.length; from += BATCH) {
      const result = await extract(texts.slice(from, from + BATCH), { pooling: 'mean', normalize: true });
      out.push(...result.tolist());
    }
    return out;
  },
};

function meanOf(states: Float32Array, length: number): number[] {
  const d = states.length / length;
  const mean = new Float64Array(d);
  for (let at = 0; at < states.length; at++) mean[at % d] += states[at];
  const norm = Math.hypot(...mean);
  return Array.from(mean, (value) => value / norm);
}

expose(api);
