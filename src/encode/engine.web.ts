import {
  AutoModel,
  AutoTokenizer,
  env,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  Tensor,
} from '@huggingface/transformers';
import { StageError } from '../model/failure.ts';
import type { EncodeInput, OnLoad } from './encode.api.ts';
import { makeModelFetch } from './model-files.web.ts';
import type { ModelSpec } from './model-spec.ts';
import { addWindow, finishPool, makePool, type Pooled } from './pooling.ts';
import { equalWindows } from './windows.ts';

/** A loaded encoder. One text at a time: dynamic int8 makes a vector depend on what else is in its batch. */
export interface Engine {
  /** The text's vector and saliences; `pieces` counts special pieces of each window too. */
  encode(input: EncodeInput): Promise<Pooled & { readonly pieces: number }>;
  pieceIds(text: string): number[];
  encodeIds(ids: readonly number[]): Promise<Float32Array>;
}

/** What the model wants around the pieces of a window. */
interface SpecialIds {
  readonly first: number;
  readonly last: number;
}

/**
 * Loads tokenizer and model.
 * transformers.js chains loads and runs on one module-level promise: after a failure this worker is of no use.
 * @param baseUrl the site's own folder, which holds `models/` and `ort/`; ends with a slash
 */
export async function loadEngine(spec: ModelSpec, baseUrl: string, onLoad: OnLoad): Promise<Engine> {
  pointAtOwnFiles(spec, baseUrl);
  env.fetch = makeModelFetch(baseUrl, MODEL_FILES[`${spec.id}/${spec.dtype}`]?.bytes ?? 0, onLoad);
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(spec.id);
    const model = await AutoModel.from_pretrained(spec.id, { dtype: spec.dtype, device: 'wasm' });
    return makeEngine(tokenizer, model, spec.maxPieces);
  } catch (error) {
    throw loadFailure(spec, error);
  } finally {
    // The files' bytes are in the runtime's own memory now: let go of ours.
    env.fetch = (input, init) => fetch(new URL(String(input), baseUrl), init);
  }
}

/** Without this the library fetches WASM from a CDN and models from a hub, and imports its module from a blob. */
function pointAtOwnFiles(spec: ModelSpec, baseUrl: string): void {
  env.allowLocalModels = !spec.remote;
  env.allowRemoteModels = spec.remote;
  // A path, not an address: the library takes a local model at a full URL for missing.
  env.localModelPath = new URL('models/', baseUrl).pathname;
  env.useWasmCache = false;
  env.useBrowserCache = spec.remote;
  const wasm = env.backends.onnx.wasm;
  if (!wasm) throw new StageError('model-failed', 'encode', 'this build of onnxruntime-web has no WASM backend');
  wasm.wasmPaths = new URL('ort/', baseUrl).href;
  wasm.numThreads = 1;
}

function loadFailure(spec: ModelSpec, error: unknown): StageError {
  if (error instanceof StageError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const isMissing = /404|could not locate|failed to fetch|networkerror|not found locally/iu.test(message);
  return new StageError(isMissing ? 'model-missing' : 'model-failed', 'encode', `model ${spec.id}: ${message}`);
}

function makeEngine(tokenizer: PreTrainedTokenizer, model: PreTrainedModel, maxPieces: number): Engine {
  const specials = specialIdsOf(tokenizer);
  const capacity = maxPieces - 2;

  return {
    async encode(input) {
      const { ids, segmentOf } = joinSegments(tokenizer, input);
      let pool: ReturnType<typeof makePool> | null = null;
      for (const { start, end } of equalWindows(ids.length, capacity)) {
        const states = await run(model, [specials.first, ...ids.slice(start, end), specials.last]);
        pool ??= makePool(states.dimensions, input.segments.length);
        addWindow(pool, states.data, Int32Array.from([-1, ...segmentOf.slice(start, end), -1]));
      }
      if (!pool) throw new StageError('internal', 'encode', 'a text without any window');
      const pooled = finishPool(pool);
      checkVector(pooled.vector);
      return { ...pooled, pieces: pool.pieces };
    },
    pieceIds: (text) => [specials.first, ...piecesOf(tokenizer, text), specials.last],
    async encodeIds(ids) {
      const states = await run(model, ids);
      const pool = makePool(states.dimensions, 0);
      addWindow(pool, states.data, new Int32Array(ids.length).fill(-1));
      return finishPool(pool).vector;
    },
  };
}

function piecesOf(tokenizer: PreTrainedTokenizer, text: string): number[] {
  return tokenizer.encode(text, { add_special_tokens: false });
}

/** [CLS] and [SEP], read off an empty text, so that any model's own pair is found. */
function specialIdsOf(tokenizer: PreTrainedTokenizer): SpecialIds {
  const [first, last] = tokenizer.encode('');
  if (first === undefined || last === undefined) {
    throw new StageError('model-failed', 'encode', 'this model puts no special pieces around a text');
  }
  return { first, last };
}

/** Word pieces split at blanks and punctuation anyway, so the pieces of the segments are the pieces of the whole. */
function joinSegments(tokenizer: PreTrainedTokenizer, input: EncodeInput): { ids: number[]; segmentOf: number[] } {
  const ids: number[] = [];
  const segmentOf: number[] = [];
  input.segments.forEach((segment, s) => {
    for (const id of piecesOf(tokenizer, segment)) {
      ids.push(id);
      segmentOf.push(s);
    }
  });
  return { ids, segmentOf };
}

async function run(
  model: PreTrainedModel,
  ids: readonly number[],
): Promise<{ data: Float32Array; dimensions: number }> {
  const shape = [1, ids.length];
  const output = await model({
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
  });
  const states: unknown = output.last_hidden_state ?? output.token_embeddings;
  if (!(states instanceof Tensor) || !(states.data instanceof Float32Array)) {
    throw new StageError('model-failed', 'encode', 'the model gave no token states in float32');
  }
  const dimensions = states.data.length / ids.length;
  const data = states.data.slice();
  states.dispose();
  return { data, dimensions };
}

function checkVector(vector: Float32Array): void {
  for (const value of vector) {
    if (!Number.isFinite(value)) throw new StageError('model-failed', 'encode', 'the model gave a vector with NaN');
  }
}
