import { StageError } from '../../model/failure.ts';
import type { Block, Document } from './document.ts';
import { openPackage, readXml } from './package.ts';
import { readProperties } from './properties.ts';

/**
 * The text of a Word document: its paragraphs without deleted words, notes and headers, its headings by the names of their
 * styles or their outline levels. Throws `bad-format` when it holds no document. Source: ECMA-376 part 1, 17.
 */
export function readWord(bytes: ArrayBuffer): Document {
  const wanted = /^(?:word\/(?:document|styles)\d*\.xml|docProps\/core\.xml)$/u;
  const file = openPackage(bytes, 'this Word document', (name) => wanted.test(name));
  const main =
    file.part('word/document.xml') ??
    file.part(file.names.find((name) => /^word\/document\d*\.xml$/u.test(name)) ?? '');
  if (main === null)
    throw new StageError('bad-format', 'read', 'this Word document has no text: save it again in Word');
  const levels = styleLevels(file.part('word/styles.xml'));
  const { title, fields } = readProperties(file.part('docProps/core.xml'));
  const { blocks, titleBlock } = readParagraphs(main, levels);
  return { title: titleBlock ?? title, fields, blocks };
}

/** The level of a paragraph of the style `Title`. */
const TITLE_LEVEL = -1;

/** Heading levels by the ids of styles, whose names are English whatever the language of Word. */
function styleLevels(xml: string | null): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  let id = '';
  readXml(xml ?? '', {
    open(name, attributes) {
      const value = attributes.get('val') ?? '';
      if (name === 'style') id = attributes.get('styleId') ?? '';
      else if (name === 'name' && id !== '') {
        const heading = /^heading (\d)/iu.exec(value);
        if (heading) levels.set(id, Number(heading[1]));
        else if (/^title$/iu.test(value)) levels.set(id, TITLE_LEVEL);
      } else if (name === 'outlineLvl' && id !== '' && !levels.has(id) && /^[0-5]$/u.test(value))
        levels.set(id, Number(value) + 1);
    },
  });
  return levels;
}

interface OpenParagraph {
  words: string;
  level: number;
}

function readParagraphs(
  xml: string,
  levels: ReadonlyMap<string, number>,
): { blocks: Block[]; titleBlock: string | null } {
  const blocks: Block[] = [];
  const open: OpenParagraph[] = [];
  let titleBlock: string | null = null;
  let inText = false;
  let skipped = 0;
  const close = (): void => {
    const paragraph = open.pop();
    const text = paragraph?.words.trim() ?? '';
    if (!paragraph || text === '') return;
    if (paragraph.level === TITLE_LEVEL && titleBlock === null) titleBlock = text;
    else blocks.push({ level: Math.max(0, paragraph.level), text, raw: text, line: blocks.length + 1 });
  };
  readXml(xml, {
    open(name, attributes) {
      // Drawings are written twice; moved text stands where it was moved to.
      if (name === 'Fallback' || name === 'moveFrom') skipped++;
      const paragraph = open.at(-1);
      if (name === 'p' && skipped === 0) open.push({ words: '', level: 0 });
      else if (!paragraph || skipped > 0) return;
      else if (name === 't') inText = true;
      else if (name === 'tab') paragraph.words += '\t';
      else if (name === 'br' || name === 'cr') paragraph.words += '\n';
      else if (name === 'noBreakHyphen') paragraph.words += '-';
      else if (name === 'pStyle') paragraph.level = levels.get(attributes.get('val') ?? '') ?? 0;
      else if (name === 'outlineLvl' && /^[0-5]$/u.test(attributes.get('val') ?? ''))
        paragraph.level ||= Number(attributes.get('val')) + 1;
    },
    close(name) {
      if (name === 'Fallback' || name === 'moveFrom') skipped--;
      else if (name === 't') inText = false;
      else if (name === 'p' && skipped === 0) close();
    },
    text(text) {
      const paragraph = open.at(-1);
      if (inText && paragraph && skipped === 0) paragraph.words += text;
    },
  });
  while (open.length > 0) close();
  return { blocks, titleBlock };
}
