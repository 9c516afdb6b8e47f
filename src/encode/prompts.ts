/** What a model wants to stand before a text; '' for nothing. */
export interface Prompts {
  readonly query: string;
  readonly document: string;
}

export const NO_PROMPTS: Prompts = { query: '', document: '' };

/** Names that models give to the prompt of each kind. */
const QUERY_NAMES = ['query', 'search_query'];
const DOCUMENT_NAMES = ['document', 'passage', 'search_document', 'text', 'corpus'];

/**
 * The prompts of a model (`query: `, `passage: ` and the like) from its `config_sentence_transformers.json`, where
 * sentence-transformers keeps them. One that is named as the default stands in for what has none. Anything that is not
 * of that form counts as no prompt.
 */
export function promptsOf(config: unknown): Prompts {
  const prompts = entryOf(config, 'prompts');
  const standard = textAt(prompts, [String(entryOf(config, 'default_prompt_name') ?? '')]);
  return {
    query: textAt(prompts, QUERY_NAMES) ?? standard ?? '',
    document: textAt(prompts, DOCUMENT_NAMES) ?? standard ?? '',
  };
}

function entryOf(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? Reflect.get(object, key)
    : undefined;
}

function textAt(prompts: unknown, names: readonly string[]): string | null {
  for (const name of names) {
    const text = entryOf(prompts, name);
    if (typeof text === 'string') return text;
  }
  return null;
}
