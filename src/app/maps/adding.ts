import type { ModelSpec } from '../../encode/model-spec.ts';
import type { UnfinishedRun } from '../../library/database.web.ts';
import type { UnfinishedRuns } from '../../library/unfinished-run.web.ts';
import { type Failure, StageError } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import { type Noun, nounOf } from '../../model/noun.ts';
import type { Corpus } from '../../model/paper.ts';
import type { Progress } from '../../model/progress.ts';
import type { ReadReport } from '../../model/read-report.ts';
import { addPapers, countNew } from '../../pipeline/add-papers.ts';
import type { Encoders } from '../encoders.ts';
import { failureOf, type Jobs, REPLACED } from '../jobs.ts';
import { countOf, formatCount, plural } from '../messages.ts';
import type { ImportPlan, Shown, State } from '../state.ts';
import type { Store } from '../store.ts';
import { MAKING, type Tabs } from '../tabs.ts';
import type { Workers } from '../workers.ts';
import type { Opening } from './opening.ts';
import { offerAgain } from './replaced.ts';
import { noteSetAside } from './run-notices.ts';
import type { Showing } from './showing.ts';
import type { Waiting } from './waiting.ts';

/** Adds papers to the shown map, which stays unchanged until they have positions. */
export type Adding = ReturnType<typeof makeAdding>;

interface Addition {
  readonly name: string;
  readonly corpus: Corpus;
  readonly report: ReadReport;
}

interface Parts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly tabs: Tabs;
  readonly workers: Pick<Workers, 'projector' | 'mapFiles'>;
  readonly encoders: Pick<Encoders, 'modelOfMap' | 'encoderOf'>;
  readonly unfinishedRuns: UnfinishedRuns;
  readonly opening: Pick<Opening, 'openMap'>;
  readonly showing: Showing;
  readonly waiting: Pick<Waiting, 'wait' | 'mayTakeOver'>;
}

/** Creates the {@link Adding} of one store. */
export function makeAdding(parts: Parts) {
  const { store, encoders, opening } = parts;
  return {
    /** Adds the papers waiting in the import dialog. */
    async addPlannedPapers(): Promise<Failure | null> {
      const { plan, shown } = store.get();
      if (!plan?.isCounted || !shown?.map || typeof encoders.modelOfMap(shown.map) === 'string') return null;
      store.set({ plan: null });
      return addToShown(parts, plan, null);
    },
    /** Adds papers that were read to the shown map, if they can be: see {@link additionOffer}. */
    addPapersOf: (plan: ImportPlan): Promise<Failure | null> => addToShown(parts, plan, null),
    /**
     * Opens the map that papers were being added to when its tab died, as it was then, and adds them. Papers already
     * embedded come from storage.
     */
    async goOnAdding(run: UnfinishedRun, corpus: Corpus, base: ArrayBuffer): Promise<Failure | null> {
      const failure = await opening.openMap(run.addsTo ?? '', () => Promise.resolve(base));
      return failure ?? addToShown(parts, { ...run, corpus }, run);
    },
  };
}

/** What the import dialog says about adding papers to a map. */
export interface AdditionOffer {
  readonly isPossible: boolean;
  /** Whether some papers are new to the map; otherwise it can only gain missing details of papers that it has. */
  readonly isOfPapers: boolean;
  readonly words: string;
}

/** Whether waiting papers can be added to a map; `model` made its vectors, or is the reason why it is unavailable. */
export function additionOffer(map: MapData, model: ModelSpec | string, { corpus, report }: ImportPlan): AdditionOffer {
  const name = map.info.name || 'the map that is open';
  if (typeof model === 'string') {
    return { isPossible: false, isOfPapers: false, words: `They cannot be added to “${name}”: ${model}.` };
  }
  const added = countNew(map, corpus);
  return { isPossible: true, isOfPapers: added > 0, words: offerWords(name, added, report.papers, nounOf(map.corpus)) };
}

function offerWords(name: string, added: number, found: number, noun: Noun): string {
  if (added === 0) {
    return `No ${noun.one} is new to “${name}”. It can only gain what it lacks of these: columns, authors, dates, sources.`;
  }
  const amount = added === found ? 'all of them are' : `${formatCount(added)} of them ${added === 1 ? 'is' : 'are'}`;
  return `Or added to “${name}”: ${amount} new to it, and nothing on it moves.`;
}

/** @param unfinished the run to continue; null starts a new one, which is stored until it ends */
async function addToShown(parts: Parts, found: Addition, unfinished: UnfinishedRun | null): Promise<Failure | null> {
  const { store, jobs, tabs, encoders, workers, unfinishedRuns, showing } = parts;
  const began = store.get();
  const { shown, mapAt } = began;
  const map = shown?.map;
  if (!map) return null;
  const before = map.corpus.papers.length;
  const outcome = await jobs.run({ kind: 'building', name: found.name }, 'project', async (signal, update) => {
    const spec = encoders.modelOfMap(map);
    if (typeof spec === 'string') throw new StageError('map-invalid', 'project', spec);
    const setAside: number[] = [];
    const watch = {
      signal,
      onProgress: (progress: Progress) => update({ progress }),
      onEmbedded: unfinishedRuns.embedded,
      onSetAside: (indices: readonly number[]) => setAside.push(...indices),
    };
    const grown = await tabs.alone(MAKING, () => {
      if (unfinished) unfinishedRuns.resume(unfinished);
      else begin(parts, found, map);
      const tools = { encoder: encoders.encoderOf(spec), projector: workers.projector };
      return addPapers(map, found, tools, watch).finally(() => {
        if (signal.reason === REPLACED) offerAgain(parts, found, () => addAgain(parts, found, began));
        else void unfinishedRuns.end();
      });
    });
    const { corpus, positions } = grown;
    const added = corpus.papers.length - before;
    showing.showMap({ corpus, positions, map: grown, grownFrom: map.corpus }, 'of-papers');
    noteSetAside(store, corpus, setAside, false);
    if (!grown.topics) void showing.findTopics(grown);
    store.set(({ runs }) => ({ runs: runs + 1 }));
    say(store, { added, known: found.report.papers - added, noun: nounOf(corpus) }, () =>
      takeBack(parts, grown, shown, mapAt),
    );
  });
  return failureOf(outcome);
}

/** Adds papers to the map as it was before the run that another took the place of, and shows that map again. */
async function addAgain(parts: Parts, found: Addition, before: State): Promise<Failure | null> {
  const { shown, topicEdits, kept, mapAt } = before;
  if (shown?.map && parts.store.get().shown?.map !== shown.map) {
    if (!(await parts.waiting.mayTakeOver(shown.map.info.name))) return null;
    parts.showing.showMap(shown, 'nothing', { topicEdits, kept, mapAt });
  }
  return addToShown(parts, found, null);
}

/** Stores the map with its edits too, since it may not be in any file yet. */
function begin({ unfinishedRuns, showing, workers }: Parts, { name, corpus, report }: Addition, map: MapData): void {
  const edited = showing.editedMap() ?? map;
  unfinishedRuns.begin({
    name,
    corpus,
    report,
    origin: null,
    created: new Date().toISOString(),
    choices: '',
    addsTo: map.info.name,
    base: () => workers.mapFiles.encode(edited),
  });
}

/** How many of the found texts are new to the map, and how many it had. */
interface Added {
  readonly added: number;
  readonly known: number;
  readonly noun: Noun;
}

function say(store: Store, { added, known, noun }: Added, undo: () => void): void {
  const others = known === 0 ? '' : ` ${plural(known, 'other')} ${known === 1 ? 'was' : 'were'} there already.`;
  const title = added === 0 ? `No ${noun.one} is new` : `${countOf(added, noun)} added`;
  const text =
    added === 0
      ? 'All of them were on this map, which now has what it lacked of them. “Save map” keeps it.'
      : `Nothing else moved.${others} “Save map” keeps them.`;
  store.notify('done', { title, text, stays: true, action: { label: 'Undo', run: undo } });
}

/** Undoes the addition unless another map, or more papers, have come since. */
function takeBack({ store, showing }: Parts, grown: MapData, before: Shown, mapAt: string): void {
  if (store.get().shown?.corpus !== grown.corpus) {
    store.notify('done', { title: 'Too late to undo', text: 'Another map is open by now.' });
    return;
  }
  showing.showMap(before, 'of-papers', { mapAt });
}
