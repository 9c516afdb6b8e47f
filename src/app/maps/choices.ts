import type { Noun } from '../../model/noun.ts';
import type { FileOptions, FilePreview, ReadOptions } from '../../read/read.api.ts';
import type { ImportPlan } from '../state.ts';

/** A change of what was decided about a file. A field that is undefined is guessed again; so is a role. */
export type Change = { readonly [Field in keyof FileOptions]?: FileOptions[Field] | undefined };

/** `options` with a change for some files. What was decided before stays, also the other roles. */
export function withChange(options: ReadOptions, files: readonly string[], change: Change): ReadOptions {
  const before = new Map(Object.entries(options.files ?? {}));
  for (const file of files) {
    const own = before.get(file) ?? {};
    const roles = change.roles ? { roles: { ...own.roles, ...change.roles } } : {};
    before.set(file, withoutUndefined({ ...own, ...change, ...roles }));
  }
  return { ...options, files: Object.fromEntries(before) };
}

/** The papers that wait, called as the user says. */
export function withNoun(plan: ImportPlan, noun: Noun): ImportPlan {
  return { ...plan, choices: { ...plan.choices, noun }, corpus: { ...plan.corpus, noun } };
}

/** `options` without what was decided about some files. */
export function withoutChoices(options: ReadOptions, files: readonly string[]): ReadOptions {
  const gone = new Set(files);
  const kept = Object.entries(options.files ?? {}).filter(([file]) => !gone.has(file));
  return { ...options, files: Object.fromEntries(kept) };
}

/** Whether anything was decided about a file alone. */
export function hasChoices({ files }: ReadOptions, file: string): boolean {
  return files !== undefined && Object.hasOwn(files, file) && Object.keys(files[file]).length > 0;
}

/** Files that are read alike, so that one of them stands for all in the dialog. */
export interface FileGroup {
  readonly preview: FilePreview;
  readonly files: readonly string[];
}

/** Files of the same format and columns, in their own order; those that were not read come first. O(files). */
export function groupFiles(previews: readonly FilePreview[]): FileGroup[] {
  const groups = new Map<string, { readonly preview: FilePreview; readonly files: string[] }>();
  for (const preview of previews) {
    const { format, encoding, table, problem, part } = preview;
    const key = JSON.stringify([format, encoding, table?.headers, table?.roles, table?.delimiter, problem, part]);
    const group = groups.get(key);
    if (group) group.files.push(preview.file);
    else groups.set(key, { preview, files: [preview.file] });
  }
  const all = [...groups.values()];
  return [...all.filter(({ preview }) => preview.problem), ...all.filter(({ preview }) => !preview.problem)];
}

/** Whether a file that was not read could be read by other choices. */
export function canBeMended({ lines, table, sheets, lists }: FilePreview): boolean {
  return lines.length > 0 || table !== null || sheets.length > 0 || lists.length > 0;
}

function withoutUndefined(change: Change): FileOptions {
  // Every value that is left is one that the field may have.
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as FileOptions;
}
