import { StageError } from '../model/failure.ts';
import { NO_PROMPTS, type Prompts } from './model-spec.ts';
import type { Pooling } from './pooling.ts';

/** What a sentence encoder's settings say of how it is used. */
export interface LocalSettings {
  readonly maxPieces: number;
  readonly pooling: Pooling;
  readonly prompts: Prompts;
  readonly matryoshka: boolean;
}

/** The parsed settings files of a folder; undefined where there is none. */
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
 * sentence-transformers keeps them. One that is named as the default stands in for what has none. Anything that is not
 * of that form counts as no prompt.
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
 * Whether one of a model's settings files (`config.json`, `config_sentence_transformers.json`) says that the first numbers
 * of its vectors are good vectors by themselves: Matryoshka representation learning (Kusupati et al. 2022). Most models
 * that are say so in words alone.
 */
export function isMatryoshka(settings: readonly unknown[]): boolean {
  const isLength = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
  return settings.some((file) => MATRYOSHKA_NAMES.some((name) => [fieldOf(file, name)].flat().some(isLength)));
}

/**
 * What the settings say, as sentence-transformers keeps them: mean pooling and 512 pieces where they say nothing. Throws
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

/** Names that models give to the prompt of each kind. */
const QUERY_NAMES = ['query', 'search_query'];
const DOCUMENT_NAMES = ['document', 'passage', 'search_document', 'text', 'corpus'];

/** Names under which models tell of the lengths that their vectors were trained to be cut to. */
const MATRYOSHKA_NAMES = ['matryoshka_dims', 'matryoshka_dimensions', 'truncate_dim'];

/** More than most models were trained on, and a window's cost grows with its square. */
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

/** Says that a folder holds a model that would be computed otherwise than its makers do. */
export function refusedModel(why: string): StageError {
  return new StageError('model-folder', 'encode', `this model cannot be used: ${why}`);
}
