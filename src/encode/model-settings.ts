import { StageError } from '../model/failure.ts';
import { NO_PROMPTS, type Prompts } from './model-spec.ts';
import type { Pooling } from './pooling.ts';

/** How a sentence encoder is used, according to its settings. */
export interface LocalSettings {
  readonly maxPieces: number;
  readonly pooling: Pooling;
  readonly prompts: Prompts;
  readonly matryoshka: boolean;
}

/** The parsed settings files of a folder; undefined for missing files. */
export interface SettingsFiles {
  readonly config: unknown;
  /** `sentence_bert_config.json` */
  readonly window?: unknown;
  /** `1_Pooling/config.json` */
  readonly pooling?: unknown;
  /** `modules.json` */
  readonly modules?: unknown;
  /** `config_sentence_transformers.json` */
  readonly prompts?: unknown;
}

/**
 * The prompts of a model (`query: `, `passage: ` and the like) from its `config_sentence_transformers.json`, where
 * sentence-transformers keeps them. The prompt named as the default replaces missing ones. Anything of another form
 * counts as no prompt.
 */
export function promptsOf(config: unknown): Prompts {
  const prompts = fieldOf(config, 'prompts');
  const standard = textAt(prompts, [String(fieldOf(config, 'default_prompt_name') ?? '')]);
  return {
    query: textAt(prompts, QUERY_NAMES) ?? standard ?? '',
    document: textAt(prompts, DOCUMENT_NAMES) ?? standard ?? '',
  };
}

/**
 * Whether one of a model's settings files (`config.json`, `config_sentence_transformers.json`) says that a prefix of
 * its vectors is itself a good vector: Matryoshka representation learning (Kusupati et al. 2022). Most such models say
 * so only in their documentation.
 */
export function isMatryoshka(settings: readonly unknown[]): boolean {
  const isLength = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
  return settings.some((file) => MATRYOSHKA_NAMES.some((name) => [fieldOf(file, name)].flat().some(isLength)));
}

/**
 * A model's settings in the format of sentence-transformers; defaults to mean pooling and 512 pieces. Throws
 * `model-folder` for what is not supported.
 */
export function settingsOf({ config, window, pooling, modules, prompts }: SettingsFiles): LocalSettings {
  const unknown = (Array.isArray(modules) ? modules : [])
    .map((module: unknown) => String(fieldOf(module, 'type') ?? '').replace(/^.*\./su, ''))
    .find((name) => !['Transformer', 'Pooling', 'Normalize', ''].includes(name));
  if (unknown !== undefined) throw refusedModel(`it has a further layer, ${unknown}, which is not in the ONNX file`);
  const longest = [fieldOf(window, 'max_seq_length'), fieldOf(config, 'max_position_embeddings'), MAX_WINDOW];
  const pieces = longest.filter((value): value is number => Number.isSafeInteger(value) && Number(value) >= 8);
  return {
    maxPieces: Math.min(...pieces),
    pooling: poolingOf(pooling),
    prompts: prompts === undefined ? NO_PROMPTS : promptsOf(prompts),
    matryoshka: isMatryoshka([config, prompts]),
  };
}

/** Names that models use for the prompt of each kind. */
const QUERY_NAMES = ['query', 'search_query'];
const DOCUMENT_NAMES = ['document', 'passage', 'search_document', 'text', 'corpus'];

/** Settings for the lengths to which a model's vectors were trained to be cut. */
const MATRYOSHKA_NAMES = ['matryoshka_dims', 'matryoshka_dimensions', 'truncate_dim'];

/** Most models were trained on less, and a window's cost grows with its square. */
const MAX_WINDOW = 512;

function textAt(prompts: unknown, names: readonly string[]): string | null {
  for (const name of names) {
    const text = fieldOf(prompts, name);
    if (typeof text === 'string') return text;
  }
  return null;
}

function poolingOf(settings: unknown): Pooling {
  const modes: readonly (readonly [string, Pooling])[] = [
    ['pooling_mode_mean_tokens', 'mean'],
    ['pooling_mode_cls_token', 'first'],
    ['pooling_mode_lasttoken', 'last'],
  ];
  if (settings === undefined) return 'mean';
  const found = modes.find(([name]) => fieldOf(settings, name) === true);
  if (!found) throw refusedModel('it pools its tokens in a way that is not known here (mean, first or last token are)');
  return found[1];
}

function fieldOf(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? Reflect.get(object, key)
    : undefined;
}

/** The error for a model that would be computed differently than its makers intended. */
export function refusedModel(why: string): StageError {
  return new StageError('model-folder', 'encode', `this model cannot be used: ${why}`);
}
