import type { Getter } from './select.ts';
import { select } from './select.ts';
import { elementsOf, hasWords, textOf, type XmlNode } from './tree.ts';

/** UTF-16 units of a body that stand for a missing abstract; a model reads less. */
const BODY_LENGTH = 20_000;

/** The first paragraphs of the body at the first of `paths` that is there, with headings, up to 20,000 characters. */
export function bodyText(...paths: readonly string[]): Getter {
  return (record) => {
    for (const path of paths) {
      const parts: string[] = [];
      let length = 0;
      for (const part of select(record, path).flatMap(paragraphsOf)) {
        if (length + part.length > BODY_LENGTH && length > 0) break;
        length += part.length;
        parts.push(part.slice(0, BODY_LENGTH));
      }
      if (parts.length > 0) return parts.join('\n\n');
    }
    return null;
  };
}

function paragraphsOf(node: XmlNode): string[] {
  if (hasWords(node)) return [textOf(node)];
  return elementsOf(node)
    .flatMap(paragraphsOf)
    .filter((part) => part !== '');
}
