import { StageError } from '../model/failure.ts';
import { sha256Hex } from '../offline/verified-files.web.ts';
import type { ModelFile } from './encode.api.ts';
import { refusedModel, settingsOf } from './model-settings.ts';
import { DEFAULT_MODEL, type ModelDtype, type ModelSpec, modelFileOf, modelFolder } from './model-spec.ts';

/** A file with its path in a folder. */
export interface FolderFile {
  readonly path: string;
  readonly blob: Blob;
}

/** An encoder from a folder of this device. */
export interface LocalModel {
  readonly name: string;
  readonly spec: ModelSpec;
  /** The files that workers get instead of fetching them. */
  readonly files: readonly ModelFile[];
}

/**
 * Makes an encoder from a folder's files: `config.json`, `tokenizer.json` and a model file, with the settings of
 * sentence-transformers if present. Loads nothing yet. Its id includes a hash of all these files, so that vectors of
 * different models are never confused. Reads the model file once. Rejects with `model-folder` and an explanation.
 */
export async function readLocalModel(files: readonly FolderFile[]): Promise<LocalModel> {
  const plan = planFolder(files.map(({ path }) => path));
  const blobOf = (name: string): Blob | undefined => files.find(({ path }) => path === plan.root + name)?.blob;
  // Shortening vectors later does not affect how they are made.
  const { matryoshka, ...settings } = settingsOf({
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
  // The model needs no tokenizer settings besides tokenizer.json, but the library insists on the file.
  const named: [string, Blob | undefined][] = [
    ['config.json', blobOf('config.json')],
    ['tokenizer.json', blobOf('tokenizer.json')],
    ['tokenizer_config.json', blobOf('tokenizer_config.json') ?? new Blob(['{}'])],
    ...Object.entries(plan.models).map(([dtype, path]): [string, Blob | undefined] => [
      modelFileOf(dtype as ModelDtype), // The plan has no other keys.
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

/** The files of a folder that make an encoder, by the paths given. */
interface FolderPlan {
  /** The folder's own name. */
  readonly name: string;
  /** The folder's path: '' or with a trailing slash. */
  readonly root: string;
  /** Format for the processor. */
  readonly dtype: ModelDtype;
  /** Formats in float arithmetic for a graphics device; may be empty. */
  readonly floats: readonly ModelDtype[];
  /** Path of each model file. */
  readonly models: Readonly<Partial<Record<ModelDtype, string>>>;
}

/** In order of preference on a processor: dynamic int8 is the fastest there. */
const FILES: readonly (readonly [ModelDtype, RegExp])[] = [
  ['q8', /^(?:onnx\/)?model_quantized\.onnx$/u],
  ['int8', /^(?:onnx\/)?model_int8\.onnx$/u],
  ['fp32', /^(?:onnx\/)?model\.onnx$/u],
  ['fp16', /^(?:onnx\/)?model_fp16\.onnx$/u],
];
/** Formats for graphics devices. Hub models use `int8` for dynamic int8 too, which graphics devices compute wrongly. */
const FLOATS: readonly ModelDtype[] = ['fp16', 'fp32'];
/** Chooses a folder's files. Throws `model-folder` with the name of what is missing, or for unsupported weights. */
function planFolder(paths: readonly string[]): FolderPlan {
  const root = rootOf(paths);
  const inside = new Set(paths.filter((path) => path.startsWith(root)).map((path) => path.slice(root.length)));
  for (const name of ['config.json', 'tokenizer.json']) {
    if (!inside.has(name)) throw missing(`the model’s folder has no ${name}`);
  }
  const models: Partial<Record<ModelDtype, string>> = {};
  for (const [dtype, pattern] of FILES) {
    const path = [...inside].find((name) => pattern.test(name));
    if (path !== undefined) models[dtype] = root + path;
  }
  const dtype = FILES.map(([name]) => name).find((name) => models[name] !== undefined);
  if (dtype === undefined) throw missing(`the model’s folder has no onnx/model_quantized.onnx and no onnx/model.onnx`);
  const outside = [...inside].find(
    (name) => /\.onnx_data/u.test(name) && models[dtype]?.startsWith(root + name.split('_data')[0]),
  );
  if (outside !== undefined)
    throw refusedModel(`its weights are in a file of their own, ${outside}, which is not read`);
  return { name: nameOf(root), root, dtype, floats: FLOATS.filter((name) => models[name] !== undefined), models };
}

/** The folder of the tokenizer nearest to the top. */
function rootOf(paths: readonly string[]): string {
  const marks = paths.filter((path) => /(?:^|\/)(?:tokenizer|config)\.json$/u.test(path));
  const folders = marks.map((path) => path.slice(0, path.lastIndexOf('/') + 1));
  return folders.reduce((best, folder) => (folder.length < best.length ? folder : best), folders[0] ?? '');
}

function nameOf(root: string): string {
  const name = root.replace(/\/$/u, '').split('/').at(-1) ?? '';
  return name.replace(/[^\w.-]+/gu, '-').slice(0, 60) || 'model';
}

function missing(message: string): StageError {
  return new StageError('model-folder', 'encode', message);
}

async function json(blob: Blob | undefined, name: string): Promise<unknown> {
  if (!blob) return undefined;
  try {
    return JSON.parse(await blob.text());
  } catch {
    throw new StageError('model-folder', 'encode', `the model’s ${name} is no JSON`);
  }
}

/** Twelve hexadecimal digits, or the lengths alone where the browser offers no digests. */
async function hashOf(parts: readonly (Blob | string | undefined)[]): Promise<string> {
  const blobs = parts.map((part) => (part instanceof Blob ? part : new Blob([part ?? ''])));
  const { subtle } = crypto as { subtle?: SubtleCrypto }; // Missing without a secure context.
  if (!subtle) return blobs.map(({ size }) => size.toString(16)).join('-');
  const digests = await Promise.all(blobs.map(async (blob) => subtle.digest('SHA-256', await blob.arrayBuffer())));
  return (await sha256Hex(await new Blob(digests).arrayBuffer())).slice(0, 12);
}
