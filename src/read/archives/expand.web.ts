import { StageError } from '../../model/failure.ts';
import { isHidden, isKnownKind } from '../beside.ts';
import { hasBytes, headOfBlob, holdsZipEntry, streamBytes } from '../bytes.web.ts';
import { detectBinary, extensionOf } from '../detect.web.ts';
import { MAX_ARCHIVE_BYTES, MAX_ARCHIVE_FILES, MAX_BYTES } from '../limits.ts';
import type { ReadInput } from '../read.api.ts';
import { listTar } from './tar.web.ts';
import { listZip, openZipEntry, type ZipEntry } from './zip.web.ts';

/** A file to read: given as it is, or in an archive, from which it is unpacked when its turn comes. */
export interface OpenInput {
  /** Of a file in an archive `archive.zip/inner/path`. */
  readonly name: string;
  /** Bytes as they were given, for progress. */
  readonly size: number;
  /** Throws a StageError of stage `read` when it cannot be unpacked. */
  open(): Promise<Blob>;
}

/**
 * All files, with those of ZIP and tar archives (also `.tar.gz`) in place of the archives. Hidden files in them are left out;
 * archives in archives are not unpacked. An archive that cannot be read stays as a file that fails to open with the reason.
 */
export async function expandInputs(inputs: readonly ReadInput<Blob>[]): Promise<OpenInput[]> {
  const files: OpenInput[] = [];
  for (const input of inputs) {
    const kind = await archiveKind(input);
    if (kind === null) files.push({ name: input.name, size: input.blob.size, open: () => Promise.resolve(input.blob) });
    else if (typeof kind === 'object')
      files.push(failing(input.name, new StageError('bad-format', 'read', kind.reason)));
    else files.push(...(await expand(input, kind).catch((error: unknown) => [failing(input.name, error)])));
  }
  return files;
}

type ArchiveKind = 'zip' | 'tar' | 'packed tar';

/** Documents of a kind that is not read, which are ZIP archives, by an entry of theirs, and what to do with them. */
const UNREAD: readonly (readonly [entry: string, reason: string])[] = [
  ['xl/workbook.bin', 'this is a binary Excel workbook (.xlsb), which is not read: save it as .xlsx or CSV'],
  [
    'Index/Document.iwa',
    'this is a document of Pages, Numbers or Keynote, which is not read: export it as Word, Excel or CSV',
  ],
  ['Index.zip', 'this is a document of Pages, Numbers or Keynote, which is not read: export it as Word, Excel or CSV'],
  ['AndroidManifest.xml', 'this is an Android app, which holds no texts'],
  ['META-INF/MANIFEST.MF', 'this is a Java archive, which holds no texts'],
];

async function archiveKind({ name, blob }: ReadInput<Blob>): Promise<ArchiveKind | { readonly reason: string } | null> {
  const extension = extensionOf(name);
  if (isKnownKind(extension)) return null;
  try {
    const head = await headOfBlob(extension, blob);
    if (hasBytes(head.first, 0, 'PK\x03\x04')) {
      const unread = UNREAD.find(([entry]) => holdsZipEntry(head, entry));
      if (unread) return { reason: unread[1] };
      return detectBinary(head) ? null : 'zip';
    }
    if (hasBytes(head.first, 257, 'ustar')) return 'tar';
    return hasBytes(head.first, 0, '\x1f\x8b') && /^(?:tar|tgz)$/u.test(extension) ? 'packed tar' : null;
  } catch {
    // Reading it will report the error.
    return null;
  }
}

function expand(input: ReadInput<Blob>, kind: ArchiveKind): Promise<OpenInput[]> {
  if (kind === 'zip') return expandZip(input);
  return expandTar(input, kind === 'packed tar');
}

async function expandZip({ name, blob }: ReadInput<Blob>): Promise<OpenInput[]> {
  const entries = await listZip(blob);
  const meter = makeMeter();
  const open = (entry: ZipEntry) => async (): Promise<Blob> => {
    const own = meter(entry.packed);
    return openZipEntry(blob, entry, own);
  };
  return limited(
    name,
    entries.map((entry) => ({ name: `${name}/${entry.name}`, size: entry.packed, open: open(entry) })),
  );
}

async function expandTar({ name, blob }: ReadInput<Blob>, isPacked: boolean): Promise<OpenInput[]> {
  const whole = isPacked ? await unpack(blob) : blob;
  const { entries, isWhole } = await listTar(whole);
  const files = entries.map((entry) => ({
    name: `${name}/${entry.name.replace(/^\.\//u, '')}`,
    size: entry.to - entry.from,
    open: () => Promise.resolve(whole.slice(entry.from, entry.to)),
  }));
  const broken = new StageError(
    'bad-format',
    'read',
    'this tar archive breaks off or is damaged: what is before is read',
  );
  return [...limited(name, files), ...(isWhole ? [] : [failing(name, broken)])];
}

async function unpack(blob: Blob): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of streamBytes(blob, { onTaken: () => {}, onBroken: () => {} })) pieces.push(piece.slice());
  return new Blob(pieces);
}

/** Without hidden files; with one that fails in place of those over the maximum. */
function limited(archive: string, files: readonly OpenInput[]): OpenInput[] {
  const shown = files.filter(({ name }) => !isHidden(name.slice(archive.length + 1)));
  if (shown.length === 0) {
    return [failing(archive, new StageError('empty-input', 'read', 'this archive holds no files but hidden ones'))];
  }
  if (shown.length <= MAX_ARCHIVE_FILES) return shown;
  const reason = `only the first ${MAX_ARCHIVE_FILES} of the ${shown.length} files in this archive are read`;
  return [...shown.slice(0, MAX_ARCHIVE_FILES), failing(archive, new StageError('too-large', 'read', reason))];
}

function failing(name: string, error: unknown): OpenInput {
  return { name, size: 0, open: () => Promise.reject(error) };
}

/** A text never grows by more than this factor when unpacked; checked once so many bytes have come out. */
const MAX_RATIO = 200;
const MIN_BOMB_BYTES = 50 * 1024 * 1024;

/** Counts what is unpacked of one archive, and of each file of it; the counters throw `too-large` over the limits. */
function makeMeter(): (packed: number) => (bytes: number) => void {
  let total = 0;
  return (packed) => {
    let own = 0;
    return (bytes) => {
      own += bytes;
      total += bytes;
      const isBomb = own > MIN_BOMB_BYTES && own > packed * MAX_RATIO;
      if (own <= MAX_BYTES && total <= MAX_ARCHIVE_BYTES && !isBomb) return;
      const size = `${Math.floor((total > MAX_ARCHIVE_BYTES ? total : own) / 1e6)} MB`;
      throw new StageError(
        'too-large',
        'read',
        `too much to unpack from this archive (${size}): unpack it and give fewer files`,
      );
    };
  };
}
