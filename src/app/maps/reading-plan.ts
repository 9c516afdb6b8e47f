import { type Failure, StageError } from '../../model/failure.ts';
import { type Noun, nounOf } from '../../model/noun.ts';
import { type Corpus, MIN_PAPERS } from '../../model/paper.ts';
import type { GivenPlaces, GivenVectors, ReadNote, ReadReport } from '../../model/read-report.ts';
import { placesKey } from '../../read/places/places-key.ts';
import type { MergeRule, ReadInput, ReadOptions } from '../../read/read.api.ts';
import type { Reader } from '../../read/read.client.ts';
import { type UrlOptions, urlOptions } from '../address/url.ts';
import type { Encoders } from '../encoders.ts';
import { failureOf, type Jobs } from '../jobs.ts';
import type { Page } from '../page.ts';
import type { ImportPlan, State } from '../state.ts';
import type { Store } from '../store.ts';
import { type Change, canBeMended, withChange, withoutChoices } from './choices.ts';

/** Files to read. */
export interface Reading {
  readonly inputs: readonly ReadInput<Blob>[];
  /** Given files that were not read. */
  readonly leftOut: readonly ReadNote[];
}

/** What reading papers needs. */
export interface PlanParts {
  readonly store: Store;
  readonly page: Pick<Page, 'hash'>;
  readonly jobs: Jobs;
  readonly reader: Pick<Reader, 'read'>;
  readonly encoders: Pick<Encoders, 'modelOfMap'>;
}

/**
 * Reads files into the store's `plan` and reads them again as the user decides. Methods resolve when the papers wait
 * there, to why no map can be made of them, or else to null.
 */
export function makeReadingPlan(parts: PlanParts) {
  const { store, jobs } = parts;
  let last: Reading = { inputs: [], leftOut: [] };

  /** Reads the last files as decided now; `files` are the ones that are concerned. */
  async function decide(choices: ReadOptions, files: readonly string[]): Promise<Failure | null> {
    const { plan } = store.get();
    if (!plan) return null;
    const vectorsFrom = plan.isCounted && plan.vectors.length === 0 ? null : plan.vectorsFrom;
    const placesFrom = plan.isCounted && plan.places.length === 0 ? null : plan.placesFrom;
    store.set({
      plan: { ...plan, ...NOT_COUNTED, corpus: withoutPapers(nounOf(plan.corpus)), choices, vectorsFrom, placesFrom },
    });
    return readPapers(parts, last, choices, files);
  }

  return {
    /** Reads these files in place of those before. */
    start(reading: Reading, choices: ReadOptions): Promise<Failure | null> {
      last = reading;
      jobs.cancelReading();
      store.set({ plan: null });
      const names = reading.inputs.map(({ name }) => name);
      return readPapers(parts, reading, choices, names);
    },
    /** Changes how some of the files are read. */
    change: (files: readonly string[], change: Change) =>
      decide(withChange(choicesOf(store.get()), files, change), files),
    /** Has some of the files guessed again. */
    reset: (files: readonly string[]) => decide(withoutChoices(choicesOf(store.get()), files), files),
    /** Changes which records become one paper. */
    chooseMerge: (merge: MergeRule) => decide({ ...choicesOf(store.get()), merge }, []),
    /** Leaves the papers that wait, and stops reading. */
    async leave(): Promise<void> {
      jobs.cancelReading();
      store.set({ plan: null });
    },
  };
}

/**
 * Reads files: first the beginnings of those in `looks`, then all of them whole. The plan says what is known meanwhile.
 */
async function readPapers(
  { store, page, jobs, reader, encoders }: PlanParts,
  { inputs, leftOut }: Reading,
  choices: ReadOptions,
  looks: readonly string[],
): Promise<Failure | null> {
  const name = inputs.length === 1 ? inputs[0].name : `${inputs.length} files`;
  const url = urlOptions(page.hash());
  const options = url.limit > 0 ? { ...choices, limit: url.limit } : choices;
  const outcome = await jobs.read({ kind: 'reading', name }, 'read', async (signal, update) => {
    const call: ReadCall = { signal, onProgress: (progress) => update({ progress }) };
    if (isLarge(inputs, looks)) {
      const { previews, corpus } = await reader.read(inputs, { ...options, beginnings: looks }, { signal });
      store.set(({ plan }) => ({ plan: lookedAt(plan, { name, choices, previews, noun: nounOf(corpus) }) }));
    }
    const { failure, ...found } = await reader.read(inputs, options, call);
    // Without any choice left, a message says as much as a dialog would.
    if (failure && (failure.code === 'too-large' || !found.previews.some(canBeMended))) {
      store.set({ plan: null });
      throw new StageError(failure.code, failure.stage, failure.message);
    }
    const report = { ...found.report, skipped: [...leftOut, ...found.report.skipped] };
    // Too few papers for a map of their own can still be added to an open map.
    const tooFew = canTakeIn(store.get(), encoders) ? null : whyTooFew(report, name, nounOf(found.corpus));
    const before = store.get().plan;
    // The noun may have been chosen while the files were read.
    const noun = before?.choices.noun;
    const chosen = noun ? { choices: { ...choices, noun }, corpus: { ...found.corpus, noun } } : { choices };
    const plan = { ...found, name, report, ...chosen, isCounted: true, failure: failure ?? tooFew };
    const placesFrom = chosenPlaces(found.places, url, before);
    store.set({ plan: { ...plan, ...chosenVectors(found.vectors, url, before), placesFrom } });
  });
  return failureOf(outcome) ?? store.get().plan?.failure ?? null;
}

type ReadCall = NonNullable<Parameters<Reader['read']>[2]>;

/** Bytes from which a file's beginning is read before the whole of it. */
const LARGE_BYTES = 1_000_000;

function isLarge(inputs: readonly ReadInput<Blob>[], looks: readonly string[]): boolean {
  return looks.length > 0 && inputs.reduce((sum, { blob }) => sum + blob.size, 0) > LARGE_BYTES;
}

const NOTHING: ReadReport = { records: 0, papers: 0, merged: 0, groups: [], skipped: [], warnings: [], files: [] };

/** A plan of which only the beginnings of files are known. */
const NOT_COUNTED = {
  report: NOTHING,
  vectors: [],
  places: [],
  isCounted: false,
  failure: null,
} satisfies Partial<ImportPlan>;

/**
 * The plan with new previews. A large file whose beginning alone cannot be read, as of JSON with one root, keeps its
 * earlier preview; without any preview there is no plan yet.
 */
function lookedAt(
  plan: ImportPlan | null,
  { name, choices, previews, noun }: Pick<ImportPlan, 'name' | 'choices' | 'previews'> & { readonly noun: Noun },
): ImportPlan | null {
  const found = new Map(previews.filter(({ problem }) => problem === null).map((preview) => [preview.file, preview]));
  if (found.size === 0) return plan;
  if (!plan) {
    const unknown = { vectorsFrom: null, vectorsModel: '', placesFrom: null };
    return { name, ...NOT_COUNTED, corpus: withoutPapers(noun), choices, previews: [...found.values()], ...unknown };
  }
  return { ...plan, previews: plan.previews.map((preview) => found.get(preview.file) ?? preview) };
}

/** A corpus that is not read yet, of which it is known what its texts are called. */
function withoutPapers(noun: Noun): Corpus {
  return { papers: [], columns: [], noun };
}

function choicesOf({ plan }: State): ReadOptions {
  return plan?.choices ?? {};
}

/** Whether papers can be added to the shown map. */
function canTakeIn({ shown }: State, { modelOfMap }: Pick<Encoders, 'modelOfMap'>): boolean {
  return shown?.map != null && typeof modelOfMap(shown.map) !== 'string';
}

/** The column that the address names, or the first one. Throws `bad-format` if the named one is missing. */
function chosenVectors(
  vectors: readonly GivenVectors[],
  { vectors: wanted, model }: UrlOptions,
  before: ImportPlan | null,
): Pick<ImportPlan, 'vectorsFrom' | 'vectorsModel'> {
  const found = wanted === '' ? vectors[0] : vectors.find(({ column }) => column === wanted);
  if (wanted !== '' && !found) {
    const others = vectors.map(({ column }) => `“${column}”`).join(', ') || 'none does';
    throw new StageError('bad-format', 'read', `no column “${wanted}” holds vectors of 8 numbers or more: ${others}`);
  }
  // The user's choice stays as long as there is such a column.
  if (before?.vectorsFrom === '') return { vectorsFrom: '', vectorsModel: '' };
  const kept = vectors.find(({ column }) => column === before?.vectorsFrom);
  if (before && kept) return { vectorsFrom: kept.column, vectorsModel: before.vectorsModel };
  // A model in the address without a column means that this model should make the vectors.
  if (!found || (wanted === '' && model !== '')) return { vectorsFrom: '', vectorsModel: '' };
  return { vectorsFrom: found.column, vectorsModel: wanted === '' ? '' : model };
}

/** The pair that the address names, or the likeliest; on the globe only when asked for. Throws as above. */
function chosenPlaces(
  places: readonly GivenPlaces[],
  { places: wanted }: UrlOptions,
  before: ImportPlan | null,
): string {
  const has = (key: string): boolean => places.some((each) => placesKey(each) === key);
  if (wanted !== '' && wanted !== 'none' && !has(wanted)) {
    const others = places.map((each) => `“${placesKey(each)}”`).join(', ') || 'none do';
    throw new StageError('bad-format', 'read', `no columns “${wanted}” hold places: ${others}`);
  }
  // The user's choice stays as long as there are such columns.
  const kept = before?.placesFrom ?? null;
  if (kept !== null && (kept === '' || has(kept))) return kept;
  if (wanted !== '') return wanted === 'none' ? '' : wanted;
  const likeliest = places.find(({ isGeographic }) => !isGeographic);
  return likeliest ? placesKey(likeliest) : '';
}

/** Why papers are too few for a map; null when they are enough. */
function whyTooFew({ papers, records }: ReadReport, name: string, noun: Noun): Failure | null {
  if (papers >= MIN_PAPERS) return null;
  const found = papers === 1 ? `one ${noun.one}` : `${papers} ${noun.many}`;
  const merged = records > papers ? `, after merging ${records} records that are the same` : '';
  return { code: 'too-few-papers', stage: 'read', message: `${name} holds ${found}${merged}` };
}
