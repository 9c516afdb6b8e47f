/** Declarations, comments and instructions before the first element. */
const PROLOG = /^(?:\s|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE(?:[^>[]|\[[^\]]*\])*>)*/iu;
const FIRST_TAG = /^<([\p{L}_][\p{L}\p{N}_.:-]*)(?:\s[^<>]*)?\/?>/u;

/** What stands before the first element of an XML text: its declaration, its document type, comments. */
export function prologOf(text: string): string {
  return PROLOG.exec(text)?.[0] ?? '';
}

/** The name of the first element with its prefix; null when the text does not begin with one. */
export function firstElement(text: string): string | null {
  const { length } = prologOf(text);
  return FIRST_TAG.exec(text.slice(length, length + 4000))?.[1] ?? null;
}
