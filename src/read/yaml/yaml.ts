import type { LazyTextFormat, TextHead } from '../format.ts';

/** YAML 1.2: a list of records, a map of them, or one record in each of several documents. */
export const YAML: LazyTextFormat = {
  name: 'yaml',
  score: (head) => {
    if (/^(?:yml|yaml)$/u.test(head.extension)) return KEY.test(head.text) ? 0.9 : 0.5;
    return isList(head) ? 0.75 : 0;
  },
  load: async () => (await import('./yaml-parser.ts')).makeYamlParser,
};

const KEY = /^(?:- )?\s*["']?[\p{L}_$][\p{L}\p{N}_ .$-]{0,60}["']?\s?:(?:\s|$)/mu;

/** Whether a text without that ending is a list of maps: `- title: …` and indented keys below. */
function isList({ start, text }: TextHead): boolean {
  if (!/^(?:%YAML[^\n]*\n)?(?:---[^\n]*\n)?(?:#[^\n]*\n)*-\s+[\w"'-]{1,40}:\s/u.test(start)) return false;
  const items = text.match(/^- {1,3}[\w"'-]{1,40}:\s/gmu)?.length ?? 0;
  const keys = text.match(/^ {2,4}[\w"'-]{1,40}:\s/gmu)?.length ?? 0;
  return items > 1 && keys >= items;
}
