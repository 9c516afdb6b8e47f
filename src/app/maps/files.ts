import { isHidden } from '../../read/beside.ts';

/** As many files as are read at once; importing says so when more are given. */
export const MAX_FILES = 10_000;

/** A file with its path in the folder that was chosen or dropped. */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}

/** Files with the paths that a folder chooser assigned. */
export function chosenFiles(files: readonly File[]): GivenFile[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * All files of a drop, including those in folders, without hidden ones; no more than one over {@link MAX_FILES}. A file
 * that cannot be opened is given empty. Reads the entries before the first await, because a drop's list is empty afterwards.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<GivenFile[]> {
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  if (entries.some((entry) => entry?.isDirectory)) {
    const files: GivenFile[] = [];
    for (const entry of entries) if (entry) await collect(entry, files);
    return files;
  }
  return chosenFiles(Array.from(transfer.files));
}

async function collect(entry: FileSystemEntry, files: GivenFile[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//u, '');
  if (files.length > MAX_FILES || isHidden(path)) return;
  if (isFile(entry)) {
    const opened = new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    files.push({ path, file: await opened.catch(() => new File([], entry.name)) });
    return;
  }
  if (!isDirectory(entry)) return;
  const children = await allChildren(entry.createReader());
  children.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const child of children) await collect(child, files);
}

/** Reads on until the list is empty, since a reader returns only about a hundred entries at a time. */
async function allChildren(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const children: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return children;
    children.push(...batch);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A name valid on every file system, without the extension of a readable file type. */
export function fileName(name: string): string {
  const plain = name
    .replace(/\.(?:parquet|csv|tsv|txt|jsonl?|ndjson|bib|ris|gz|zip|xlsx|ods|xml|md|html?|docx|odt|pdf)$/iu, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/gu, '');
  return plain.slice(0, 80) || 'map';
}
