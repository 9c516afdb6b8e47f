import type { Block, Document } from './document.ts';
import { openPackage, readXml } from './package.ts';
import { readProperties } from './properties.ts';

/** Elements whose words are not a document's text. */
const SKIPPED = new Set(['annotation', 'tracked-changes', 'note', 'deletion', 'table-of-content', 'notes', 'scripts']);

/** The text of an OpenDocument text or presentation. Source: OpenDocument 1.3 part 3, 5 and 6. */
export function readOpenDocument(bytes: ArrayBuffer): Document {
  const file = openPackage(bytes, 'this OpenDocument file', (name) => name === 'content.xml' || name === 'meta.xml');
  const { title, fields } = readProperties(file.part('meta.xml'));
  const { blocks, titleBlock } = readBlocks(file.part('content.xml') ?? '');
  return { title: titleBlock ?? title, fields, blocks };
}

function readBlocks(xml: string): { blocks: Block[]; titleBlock: string | null } {
  const blocks: Block[] = [];
  const open: { words: string; level: number; isTitle: boolean }[] = [];
  let titleBlock: string | null = null;
  let skipped = 0;
  const close = (): void => {
    const paragraph = open.pop();
    const text = paragraph?.words.trim() ?? '';
    if (!paragraph || text === '') return;
    if (paragraph.isTitle && titleBlock === null) titleBlock = text;
    else blocks.push({ level: paragraph.level, text, raw: text, line: blocks.length + 1 });
  };
  readXml(xml, {
    open(name, attributes) {
      if (SKIPPED.has(name)) skipped++;
      const paragraph = open.at(-1);
      if (skipped > 0) return;
      if (name === 'p' || name === 'h') {
        const level = name === 'h' ? Math.min(6, Math.max(1, Number(attributes.get('outline-level')) || 1)) : 0;
        open.push({ words: '', level, isTitle: /^title$/iu.test(attributes.get('style-name') ?? '') });
      } else if (!paragraph) return;
      else if (name === 's') paragraph.words += ' '.repeat(Math.min(100, Number(attributes.get('c')) || 1));
      else if (name === 'tab') paragraph.words += '\t';
      else if (name === 'line-break') paragraph.words += '\n';
    },
    close(name) {
      if (SKIPPED.has(name)) skipped--;
      else if ((name === 'p' || name === 'h') && skipped === 0) close();
    },
    text(text) {
      const paragraph = open.at(-1);
      if (paragraph && skipped === 0) paragraph.words += text.replace(/\s+/gu, ' ');
    },
  });
  while (open.length > 0) close();
  return { blocks, titleBlock };
}
