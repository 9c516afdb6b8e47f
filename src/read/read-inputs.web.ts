import { StageError } from '../model/failure.ts';
import type { Column } from '../model/paper.ts';
import type { OnProgress } from '../model/progress.ts';
import type { FileReport, ReadNote, ReadReport } from '../model/read-report.ts';
import { nextTask } from '../worker/serve.web.ts';
import { expandInputs, type OpenInput } from './archives/expand.web.ts';
import { countBeside } from './beside.ts';
import { settleDates } from './columns.ts';
import { takeParts, takeVectorParts } from './corpus-parts.ts';
import { extensionOf } from './detect.web.ts';
import { guessNoun } from './guess-noun.ts';
import { findLanguages } from './languages.ts';
import { type MergeResult, makeCorpusBuilder } from './merge.ts';
import { isNeighborList } from './peers/neighbor-lists.ts';
import { findPlaces } from './places/find-places.ts';
import type { FileOptions, FilePreview, ReadApi, ReadOptions } from './read.api.ts';
import { readFile } from './read-file.web.ts';
import type { Steps } from './steps.ts';
import { takeVectorFiles, type VectorFiles } from './vectors/vector-files.web.ts';
import { isShortened } from './vectors/vector-text.ts';

/** What reading has found in all files so far. */
interface Findings {
  readonly skipped: ReadNote[];
  readonly warnings: ReadNote[];
  readonly files: FileReport[];
  readonly previews: FilePreview[];
  readonly failures: StageError[];
}

/**
 * The work of the read worker: reads all files, and those in archives, in the order given into one corpus, and hands it over in parts,
 * freeing each. Files are streamed: besides the papers, only one piece of one file is in memory (except for binary
 * files and a JSON file whose top is not a list). A file that fails becomes one skipped note of line 0; the others are
 * kept. When there is no paper at all, the corpus is empty and `failure` says why: the file's own error if there is one
 * file, `empty-input` if there are none or all are empty, otherwise `no-papers`. Rejects only for a limit below 1. May
 * return fewer papers than a map needs.
 */
export const readInputs: ReadApi<Blob>['read'] = async (given, options, receive, onProgress) => {
  const inputs = await expandInputs(given);
  const looks = options.beginnings && new Set(options.beginnings.slice(0, MAX_LOOKS));
  const withVectors = await takeVectorFiles(inputs, looks !== undefined);
  const { merge, limit } = options;
  const builder = makeCorpusBuilder({
    ...(merge === undefined ? {} : { merge }),
    ...(limit === undefined ? {} : { limit }),
  });
  const findings: Findings = { skipped: [], warnings: [], files: [], previews: [], failures: [] };
  const report = makeReporter(inputs, onProgress);
  const files = inputs.map(({ name }) => ({ name, extension: extensionOf(name) }));
  const beside = countBeside(files);
  let before = 0;
  for (const input of withVectors.others) {
    if (builder.isFull()) break;
    if (looks && !looks.has(input.name)) continue;
    const start = before;
    const chosen = { ...(await withVectors.optionsFor(input)), ...optionsOf(options, input.name) };
    const own = { options: chosen, beside: beside(input.name, extensionOf(input.name)) };
    const task = { ...own, builder: withVectors.join(builder, input.name), isLook: looks !== undefined };
    keepResult(findings, await readFile(input, { ...task, onTaken: (bytes) => report(start + bytes) }));
    before += input.size;
    report(before);
  }
  const full = builder.isFull();
  const merged = keepJoined(await unhurried(builder.finish()), looks ? null : withVectors.end(full), findings);
  findings.files.push(...withVectors.reports);
  findings.skipped.push(...withVectors.skipped);
  const { records, corpus } = merged;
  if (full) findings.warnings.push({ file: '', line: 0, reason: `reading stopped at ${records} records, the maximum` });
  const failure = corpus.papers.length === 0 ? whyNothing(inputs, findings).failure : null;
  const papers = [...corpus.papers];
  const columns = keepColumns(corpus.columns, findings.warnings);
  const readReport = { ...makeReport(merged, findings), languages: await findLanguages(papers) };
  const previews = settleDates(papers, columns, findings.previews, (file) => optionsOf(options, file).dayOrder);
  const places = findPlaces(columns);
  for (const part of takeVectorParts(merged.vectors, papers.length)) await receive(part);
  for (const part of takeParts(papers, columns)) await receive(part);
  return { report: readReport, previews, places, failure, noun: options.noun ?? guessNoun(previews) };
};

/** Lets the worker's sign of life and its messages through between two steps. */
async function unhurried<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTask();
  }
}

/** Files that are looked at in one call. */
const MAX_LOOKS = 50;

/** Without columns that hold numbers of other rows, and with a note on vectors that were printed in part. */
function keepColumns(columns: readonly Column[], warnings: ReadNote[]): Column[] {
  return columns.filter(({ name, values }) => {
    const some = values.filter((value) => typeof value === 'string').slice(0, 20);
    const note = (reason: string) => void warnings.push({ file: '', line: 0, reason: `column “${name}” ${reason}` });
    if (some.length > 0 && some.every(isShortened)) {
      note(
        'holds vectors that were shortened by “...” when they were printed, so they are of no use: save them as lists',
      );
    }
    const isRows = some.length > 0 && some.every(isNeighborList);
    if (isRows) note('is left out: it holds numbers of rows, and neighbours are found anew');
    return !isRows;
  });
}

/** Without the rows of vector files that fit no records, which is told. @param joined null where files were not read whole */
function keepJoined(
  merged: MergeResult,
  joined: ReturnType<VectorFiles['end']> | null,
  findings: Findings,
): MergeResult {
  if (!joined || joined.notes.length === 0) return merged;
  findings.skipped.push(...joined.notes);
  const columns = merged.corpus.columns.filter(({ name }) => !joined.wrong.has(name));
  const vectors = merged.vectors.filter(({ column }) => !joined.wrong.has(column));
  return { ...merged, vectors, corpus: { ...merged.corpus, columns } };
}

/** What was decided about one file: for itself, else for every file. */
function optionsOf({ all, files }: ReadOptions, name: string): FileOptions {
  const own = files && Object.hasOwn(files, name) ? files[name] : {};
  const roles = all?.roles || own.roles ? { roles: { ...all?.roles, ...own.roles } } : {};
  return { ...all, ...own, ...roles };
}

function keepResult(findings: Findings, { intake, report, preview, failure }: Awaited<ReturnType<typeof readFile>>) {
  const { skipped, warnings } = intake.notes();
  findings.skipped.push(...skipped);
  findings.warnings.push(...warnings);
  findings.previews.push(preview);
  if (report) findings.files.push(report);
  if (failure) findings.failures.push(failure);
}

/** Reports progress in bytes of all files, in at most a hundred steps at least 256 kB apart. */
function makeReporter(inputs: readonly OpenInput[], onProgress: OnProgress): (done: number) => void {
  const total = inputs.reduce((sum, input) => sum + input.size, 0);
  const step = Math.max(total / 100, 256 * 1024);
  let next = 0;
  return (done) => {
    if (done < next && done < total) return;
    next = done + step;
    onProgress({ stage: 'reading', done, total, unit: 'bytes', leftMs: null });
  };
}

function makeReport({ corpus, records, groups, nearCopies, warnings }: MergeResult, findings: Findings): ReadReport {
  const papers = corpus.papers.length;
  return {
    records,
    papers,
    merged: records - papers,
    groups,
    nearCopies,
    skipped: findings.skipped,
    warnings: [...findings.warnings, ...warnings],
    files: findings.files,
  };
}

function whyNothing(inputs: readonly OpenInput[], findings: Findings): StageError {
  if (inputs.length === 0) return new StageError('empty-input', 'read', 'there is no file and no text to read');
  const [failure] = findings.failures;
  if (failure && inputs.length === 1) return failure;
  if (
    findings.failures.length === inputs.length &&
    findings.failures.every((each) => each.failure.code === 'empty-input')
  ) {
    return new StageError('empty-input', 'read', `all ${inputs.length} files are empty`);
  }
  const [first] = findings.skipped;
  const where = first && first.line > 0 ? `, line ${first.line}` : '';
  const reason = first ? `${first.file}${where}: ${first.reason}` : 'only headers were found';
  const what = inputs.length === 1 ? 'this file holds no text' : `none of the ${inputs.length} files holds a text`;
  return new StageError('no-papers', 'read', `${what} that can be read: ${reason}`);
}
