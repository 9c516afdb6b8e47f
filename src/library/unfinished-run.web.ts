import type { IDBPDatabase } from 'idb';
import type { Corpus } from '../model/paper.ts';
import type { Answer, LibraryDb, LibraryStore, RunPart, StoreWork, UnfinishedRun } from './database.web.ts';

/** A run that begins. */
export interface BegunRun extends Omit<UnfinishedRun, 'id' | 'parts' | 'embedded' | 'papers'> {
  readonly corpus: Corpus;
  /** Returns the file of the map that is added to; called once the papers are kept. Present if `addsTo` is. */
  readonly base?: () => Promise<ArrayBuffer>;
}

/**
 * Keeps the current run so that it can continue after its tab has died. Denied or full storage only prevents that:
 * nothing fails or is reported.
 */
export interface UnfinishedRuns {
  /** Keeps the papers and the map they are added to, then the record. Replaces any other run. */
  begin(run: BegunRun): void;
  /** Continues a run returned by {@link find}, without keeping it again. */
  resume(run: UnfinishedRun): void;
  /** Records how many papers have a vector; written at most once a second. */
  embedded(count: number): void;
  /** Deletes the run, which has ended in any way or is not wanted. Resolves when it is deleted. */
  end(): Promise<void>;
  /** The run that a closed tab has left; null when there is none, or it cannot be read. */
  find(): Promise<UnfinishedRun | null>;
  /** Its papers; null when they are missing. */
  corpusOf(run: UnfinishedRun): Promise<Corpus | null>;
  /** The file of the map to which they are added; null when there is none. */
  base(): Promise<ArrayBuffer | null>;
}

const RUN_KEY = 'run';
const PART_PAPERS = 1000;
const WRITE_EVERY_MS = 1000;

/** Makes the store of the run; writes happen one after another, in the order of the calls. */
export function makeUnfinishedRuns(store: LibraryStore): UnfinishedRuns {
  let queue: Promise<unknown> = Promise.resolve();
  let current: UnfinishedRun | null = null;
  let writtenMs = Number.NEGATIVE_INFINITY;
  const next = <Result>(what: string, work: StoreWork<Result>): Promise<Result | null> => {
    const done = queue.then(() => store.run(what, work)).catch(() => null);
    queue = done;
    return done;
  };
  const clear = (): Promise<unknown> => next('forget the run', forgetRun);
  return {
    begin(run) {
      const begun = recordOf(run);
      current = begun;
      void clear();
      const wanted = (): UnfinishedRun | null => (current?.id === begun.id ? current : null);
      void next('keep the run', (db, answer) => keepRun(db, answer, run, wanted));
    },
    resume(run) {
      current = run;
    },
    embedded(count) {
      if (!current) return;
      const run = { ...current, embedded: count };
      current = run;
      if (performance.now() - writtenMs < WRITE_EVERY_MS) return;
      writtenMs = performance.now();
      void next('keep the run', async (db, answer) => {
        if (current?.id === run.id && (await answer(db.getKey('runs', RUN_KEY))) !== undefined) {
          await answer(db.put('runs', run, RUN_KEY));
        }
      });
    },
    async end() {
      current = null;
      await clear();
    },
    find: () => next('find a run', async (db, answer) => (await answer(db.get('runs', RUN_KEY))) ?? null),
    corpusOf: (run) =>
      next('read the run', async (db, answer) => {
        const parts = await answer(db.getAll('parts'));
        return parts.length === run.parts ? { ...corpusOf(parts), ...(run.noun ? { noun: run.noun } : {}) } : null;
      }),
    base: () =>
      next('read the run', async (db, answer) => {
        const bytes = await answer(db.get('files', RUN_KEY));
        return bytes instanceof ArrayBuffer ? bytes : null;
      }),
  };
}

/** Copies only the record's fields, since others of the caller's object may not be storable. */
function recordOf({ corpus, name, report, origin, created, choices, addsTo }: BegunRun): UnfinishedRun {
  const papers = corpus.papers.length;
  const parts = Math.ceil(papers / PART_PAPERS);
  const adding = addsTo === undefined ? {} : { addsTo };
  const id = crypto.randomUUID();
  const called = corpus.noun ? { noun: corpus.noun } : {};
  return { id, name, report, origin, created, choices, papers, embedded: 0, parts, ...adding, ...called };
}

/** @param wanted the current record; null when nobody wants it any more */
async function keepRun(
  db: IDBPDatabase<LibraryDb>,
  answer: Answer,
  { corpus, base }: BegunRun,
  wanted: () => UnfinishedRun | null,
): Promise<void> {
  const parts = Math.ceil(corpus.papers.length / PART_PAPERS);
  for (let number = 0; number < parts && wanted(); number++) {
    await answer(db.put('parts', partOf(corpus, number), number));
  }
  const bytes = wanted() ? await base?.() : undefined;
  if (bytes && wanted()) await answer(db.put('files', bytes, RUN_KEY), bytes.byteLength);
  const run = wanted();
  if (run) await answer(db.put('runs', run, RUN_KEY));
}

async function forgetRun(db: IDBPDatabase<LibraryDb>, answer: Answer): Promise<void> {
  // The record first, since parts without a record are ignored.
  await answer(db.delete('runs', RUN_KEY));
  await answer(db.clear('parts'));
  await answer(db.delete('files', RUN_KEY));
}

function partOf({ papers, columns }: Corpus, number: number): RunPart {
  const [from, to] = [number * PART_PAPERS, (number + 1) * PART_PAPERS];
  return {
    papers: papers.slice(from, to),
    columns: columns.map((column) => ({ ...column, values: column.values.slice(from, to) })),
  };
}

function corpusOf(parts: readonly RunPart[]): Corpus {
  const [first] = parts;
  return {
    papers: parts.flatMap(({ papers }) => papers),
    columns: (first?.columns ?? []).map((column, at) => ({
      ...column,
      values: parts.flatMap(({ columns }) => columns[at].values),
    })),
  };
}
