const MAX_FILES = 1000;

/** A file, and its path in the folder that it came with. */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}

/** Files with the paths that a folder's chooser gave them. */
export function chosenFiles(files: readonly File[]): GivenFile[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * All files of a drop, those in folders included (at most 1,000), in the order of their paths.
 * The entries must be taken before the first await: a drop's list is empty afterwards.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<GivenFile[]> {
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  if (entries.some((entry) => entry?.isDirectory)) {
    const files: GivenFile[] = [];
    for (const entry of entries) if (entry) await collect(entry, files);
    return files.filter(({ file }) => !file.name.startsWith('.'));
  }
  return chosenFiles(Array.from(transfer.files));
}

async function collect(entry: FileSystemEntry, files: GivenFile[]): Promise<void> {
  if (files.length >= MAX_FILES) return;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    files.push({ path: entry.fullPath.replace(/^\//u, ''), file });
    return;
  }
  if (!isDirectory(entry)) return;
  const children = await allChildren(entry.createReader());
  children.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const child of children) await collect(child, files);
}

/** A reader gives about a hundred entries at a time, and an empty list at the end. */
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

/** A name that every file system takes, without the ending of a kind of file that is read. */
export function fileName(name: string): string {
  const plain = name
    .replace(/\.(?:parquet|csv|tsv|txt|jsonl?|ndjson|bib|ris|gz)$/iu, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/gu, '');
  return plain.slice(0, 80) || 'map';
}
