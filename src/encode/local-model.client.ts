import { StageError } from '../model/failure.ts';
import { sha256Hex } from '../offline/verified-files.web.ts';
import type { ModelFile } from './encode.api.ts';
import { localSettings, planLocalModel } from './local-model.ts';
import { DEFAULT_MODEL, type ModelDtype, type ModelSpec, modelFileOf, modelFolder } from './model-spec.ts';

/** A file of a folder, with its path there. */
export interface FolderFile {
  readonly path: string;
  readonly blob: Blob;
}

/** An encoder from a folder of this device. */
export interface LocalModel {
  readonly name: string;
  readonly spec: ModelSpec;
  /** What the workers get in place of what they would fetch. */
  readonly files: readonly ModelFile[];
}

/**
 * Makes an encoder of a folder's files: `config.json`, `tokenizer.json` and a model file, with the settings of
 * sentence-transformers where they are there. Nothing is loaded yet. Its id holds a hash of all of it, so that vectors are
 * never taken for another model's. Reads the model file once. Rejects with `model-folder`, in words.
 */
export async function readLocalModel(files: readonly FolderFile[]): Promise<LocalModel> {
  const plan = planLocalModel(files.map(({ path }) => path));
  const blobOf = (name: string): Blob | undefined => files.find(({ path }) => path === plan.root + name)?.blob;
  // How vectors are shortened later is no part of how they are made.
  const { matryoshka, ...settings } = localSettings({
    config: await json(blobOf('config.json'), 'config.json'),
    window: await json(blobOf('sentence_bert_config.json'), 'sentence_bert_config.json'),
    pooling: await json(blobOf('1_Pooling/config.json'), '1_Pooling/config.json'),
    modules: await json(blobOf('modules.json'), 'modules.json'),
    prompts: await json(blobOf('config_sentence_transformers.json'), 'config_sentence_transformers.json'),
  });
  const models = files.filter(({ path }) => Object.values(plan.models).includes(path));
  const hash = await hashOf([...models.map(({ blob }) => blob), blobOf('tokenizer.json'), JSON.stringify(settings)]);
  const id = `local/${plan.name}-${hash}`;
  const spec: ModelSpec = {
    ...DEFAULT_MODEL,
    ...settings,
    matryoshka,
    id,
    dtype: plan.dtype,
    floats: plan.floats,
    isLocal: true,
  };
  // A model needs no settings for its tokenizer but what tokenizer.json holds; the library insists on the file.
  const named: [string, Blob | undefined][] = [
    ['config.json', blobOf('config.json')],
    ['tokenizer.json', blobOf('tokenizer.json')],
    ['tokenizer_config.json', blobOf('tokenizer_config.json') ?? new Blob(['{}'])],
    ...Object.entries(plan.models).map(([dtype, path]): [string, Blob | undefined] => [
      modelFileOf(dtype as ModelDtype), // The plan's keys are nothing else.
      models.find((file) => file.path === path)?.blob,
    ]),
  ];
  const folder = new URL(modelFolder(spec), new URL(import.meta.env.BASE_URL, document.baseURI)).href;
  return {
    name: plan.name,
    spec,
    files: named.flatMap(([name, blob]) => (blob ? [{ url: folder + name, blob }] : [])),
  };
}

async function json(blob: Blob | undefined, name: string): Promise<unknown> {
  if (!blob) return undefined;
  try {
    return JSON.parse(await blob.text());
  } catch {
    throw new StageError('model-folder', 'encode', `the model’s ${name} is no JSON`);
  }
}

/** Twelve hexadecimal digits; of the lengths alone where the browser gives no digests. */
async function hashOf(parts: readonly (Blob | string | undefined)[]): Promise<string> {
  const blobs = parts.map((part) => (part instanceof Blob ? part : new Blob([part ?? ''])));
  const { subtle } = crypto as { subtle?: SubtleCrypto }; // Missing without a secure context.
  if (!subtle) return blobs.map(({ size }) => size.toString(16)).join('-');
  const digests = await Promise.all(blobs.map(async (blob) => subtle.digest('SHA-256', await blob.arrayBuffer())));
  return (await sha256Hex(await new Blob(digests).arrayBuffer())).slice(0, 12);
}
