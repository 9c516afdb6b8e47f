import { StageError } from '../../model/failure.ts';
import { MAX_TEXT_LENGTH } from '../limits.ts';
import type { Block, Document } from './document.ts';
import { readHtml } from './html.ts';
import { openPackage, readXml } from './package.ts';
import { readProperties } from './properties.ts';

/** The text of a book in EPUB in its reading order, as much as a text can hold. Source: EPUB 3.3, 5. */
export function readEpub(bytes: ArrayBuffer): Document {
  const file = openPackage(bytes, 'this EPUB book', (name) => /\.(?:opf|xhtml|html?|xml)$/iu.test(name));
  const at = file.names.find((name) => /\.opf$/iu.test(name)) ?? '';
  const source = file.part(at);
  if (source === null)
    throw new StageError('bad-format', 'read', 'this EPUB book has no list of its chapters: convert it to text');
  const { title, fields } = readProperties(source);
  const folder = at.slice(0, at.lastIndexOf('/') + 1);
  const blocks: Block[] = [];
  let length = 0;
  for (const chapter of readingOrder(source)) {
    if (length > MAX_TEXT_LENGTH) break;
    const text = file.part(resolve(folder + chapter));
    if (text === null) continue;
    for (const block of readHtml(text).blocks) {
      length += block.text.length;
      blocks.push({ ...block, line: blocks.length + 1 });
    }
  }
  return { title, fields, blocks };
}

/** Addresses of the chapters, from the manifest by the spine. */
function readingOrder(source: string): string[] {
  const addresses = new Map<string, string>();
  const order: string[] = [];
  readXml(source, {
    open(name, attributes) {
      if (name === 'item') addresses.set(attributes.get('id') ?? '', attributes.get('href') ?? '');
      else if (name === 'itemref') order.push(attributes.get('idref') ?? '');
    },
  });
  return order.flatMap((id) => addresses.get(id) ?? []);
}

/** `a/../b%20c.html#d` → `b c.html`. */
function resolve(path: string): string {
  const parts: string[] = [];
  for (const part of path.replace(/#.*$/u, '').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  try {
    return decodeURIComponent(parts.join('/'));
  } catch {
    return parts.join('/');
  }
}
