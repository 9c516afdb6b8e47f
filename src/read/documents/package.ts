import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { StageError } from '../../model/failure.ts';

/** Bytes of all parts of one document or workbook that are unpacked. */
const MAX_UNPACKED = 512 * 1024 * 1024;

/** The parts of a file that is a ZIP archive of XML, such as .docx and .epub. */
export interface Package {
  readonly names: readonly string[];
  /** The text of a part; null without it. */
  part(name: string): string | null;
}

/**
 * Unpacks the parts that `isWanted`. Throws `bad-format` for a damaged or encrypted file and `too-large` for more than 512 MB,
 * which is checked before anything is unpacked; fflate unpacks no more than the archive's directory declares.
 * @param label of the file in a sentence, such as `this Word document`
 * @param isMeasured which parts count, for a library that unpacks them itself
 */
export function openPackage(
  bytes: ArrayBuffer,
  label: string,
  isWanted: (name: string) => boolean,
  isMeasured: (name: string) => boolean = isWanted,
): Package {
  const names: string[] = [];
  let total = 0;
  try {
    const files = unzipSync(new Uint8Array(bytes), {
      filter: ({ name, originalSize }) => {
        names.push(name);
        if (isMeasured(name)) total += originalSize;
        if (total > MAX_UNPACKED) throw tooMuch(label);
        return isWanted(name);
      },
    });
    const parts = new Map(Object.entries(files));
    return {
      names,
      part(name) {
        const content = parts.get(name);
        return content ? strFromU8(content).replace(/^\ufeff/u, '') : null;
      },
    };
  } catch (error) {
    if (error instanceof StageError) throw error;
    const reason = `${label} is damaged or protected by a password: open it in its program and save it again without one`;
    throw new StageError('bad-format', 'read', reason, { cause: error });
  }
}

function tooMuch(label: string): StageError {
  const reason = `${label} unpacks to more than ${MAX_UNPACKED / 1024 ** 2} MB: save its texts as a table (CSV) or as text`;
  return new StageError('too-large', 'read', reason);
}

/** What happens in an XML text, in its order. Names are without prefixes. */
export interface XmlEvents {
  open?(name: string, attributes: ReadonlyMap<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Reads XML up to its first fault; entities of its own are not expanded. Returns whether it was whole. */
export function readXml(source: string, events: XmlEvents): boolean {
  let isWhole = true;
  const parser = new SaxesParser({ xmlns: false, position: false, fragment: false });
  parser.on('error', () => {
    isWhole = false;
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    events.open?.(localName(name), new Map(Object.entries(attributes).map(([key, value]) => [localName(key), value])));
  });
  parser.on('closetag', ({ name }: SaxesTagPlain) => events.close?.(localName(name)));
  parser.on('text', (text: string) => events.text?.(text));
  parser.on('cdata', (text: string) => events.text?.(text));
  // In pieces, so that a hostile part ends at its first fault.
  for (let at = 0; at < source.length && isWhole; at += 65_536) parser.write(source.slice(at, at + 65_536));
  if (isWhole) parser.close();
  return isWhole;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
