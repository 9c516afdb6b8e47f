import { hasBytes, holdsZipEntry } from '../bytes.web.ts';
import type { BinaryFormat, BinaryHead } from '../format.ts';
import type { FileOptions } from '../read.api.ts';
import type { Document } from './document.ts';

const MAX_BYTES = 256 * 1024 * 1024;

/** Documents of one text each. */
export const DOCUMENT_FILES: readonly BinaryFormat[] = [
  documentFormat('word', 'a Word document', holds('word/document.xml', 'word/document2.xml'), async (bytes) =>
    (await import('./word.ts')).readWord(bytes),
  ),
  documentFormat('slides', 'a PowerPoint presentation', holds('ppt/presentation.xml'), async (bytes) =>
    (await import('./slides.ts')).readSlides(bytes),
  ),
  documentFormat('opendocument', 'an OpenDocument text', isOpenDocument, async (bytes) =>
    (await import('./open-document.ts')).readOpenDocument(bytes),
  ),
  documentFormat('epub', 'an EPUB book', isEpub, async (bytes) => (await import('./epub.ts')).readEpub(bytes)),
  documentFormat('pdf', 'a PDF document', isPdf, async (bytes, warn) =>
    (await import('./pdf.web.ts')).readPdf(bytes, warn),
  ),
];

type DocumentReader = (bytes: ArrayBuffer, warn: (reason: string) => void) => Promise<Document>;

function documentFormat(
  name: string,
  label: string,
  matches: (head: BinaryHead) => boolean,
  reader: DocumentReader,
): BinaryFormat {
  return {
    name,
    label,
    maxBytes: MAX_BYTES,
    matches,
    async read(bytes, sink, options: FileOptions, _isFull, file) {
      const { takeDocument } = await import('./document.ts');
      takeDocument(await reader(bytes, (reason) => sink.warn(0, reason)), sink, options, file);
    },
  };
}

function holds(...names: readonly string[]): (head: BinaryHead) => boolean {
  return (head) => names.some((name) => holdsZipEntry(head, name));
}

/** OpenDocument and EPUB files begin with an entry `mimetype` that is not compressed. */
function mimeTypeOf({ first }: BinaryHead): string {
  if (!hasBytes(first, 0, 'PK\x03\x04') || !hasBytes(first, 30, 'mimetype')) return '';
  return String.fromCharCode(...first.subarray(38, 120));
}

function isOpenDocument(head: BinaryHead): boolean {
  return /^application\/vnd\.oasis\.opendocument\.(?:text|presentation)/u.test(mimeTypeOf(head));
}

function isEpub(head: BinaryHead): boolean {
  return mimeTypeOf(head).startsWith('application/epub+zip') || holdsZipEntry(head, 'META-INF/container.xml');
}

/** Some programs write a byte order mark or line ends before the signature. */
function isPdf({ first }: BinaryHead): boolean {
  return [0, 1, 2, 3].some((offset) => hasBytes(first, offset, '%PDF-'));
}
