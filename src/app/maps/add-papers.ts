import type { UnfinishedRun } from '../../library/database.web.ts';
import { StageError } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import type { Corpus } from '../../model/paper.ts';
import type { Progress } from '../../model/progress.ts';
import type { ReadReport } from '../../model/read-report.ts';
import { addPapers } from '../../pipeline/add-papers.ts';
import { plural } from '../messages.ts';
import { inOneTab, MAKING } from '../one-tab.ts';
import { encoderOf, mapFiles, projector, runJob } from '../session.ts';
import { unfinishedRuns } from '../storage.ts';
import { getState, notify, type Shown, setState } from '../store.ts';
import { findTopicsOf } from './find-topics.ts';
import { noteSetAside } from './make-map.ts';
import { modelOfMap } from './map-model.ts';
import { editedMap, openMapBytes, showGrown } from './open-map.ts';

interface Addition {
  readonly name: string;
  readonly corpus: Corpus;
  readonly report: ReadReport;
}

/** Adds the papers that wait in the import dialog to the shown map, which stays as it is until they have their places. */
export async function addPlannedPapers(): Promise<void> {
  const { plan, shown } = getState();
  if (!plan || !shown?.map || typeof modelOfMap(shown.map) === 'string') return;
  setState({ plan: null });
  await addToShown(plan, null);
}

/**
 * Opens the map that papers were being added to when its tab died, as it was then, and adds them: what was embedded is in
 * storage, so little is done twice.
 */
export async function goOnAdding(run: UnfinishedRun, corpus: Corpus, base: ArrayBuffer): Promise<void> {
  if (await openMapBytes(run.addsTo ?? '', () => Promise.resolve(base))) await addToShown({ ...run, corpus }, run);
}

/** @param unfinished the run that it goes on with; null: a new one, which is kept until its end */
async function addToShown(found: Addition, unfinished: UnfinishedRun | null): Promise<void> {
  const { shown, mapAt } = getState();
  const map = shown?.map;
  if (!map) return;
  const before = map.corpus.papers.length;
  await runJob({ kind: 'building', name: found.name }, 'project', async (signal, update) => {
    const spec = modelOfMap(map);
    if (typeof spec === 'string') throw new StageError('map-invalid', 'project', spec);
    const setAside: number[] = [];
    const watch = {
      signal,
      onProgress: (progress: Progress) => update({ progress }),
      onEmbedded: unfinishedRuns.embedded,
      onSetAside: (indices: readonly number[]) => setAside.push(...indices),
    };
    const grown = await inOneTab(MAKING, () => {
      if (unfinished) unfinishedRuns.resume(unfinished);
      else begin(found, map);
      return addPapers(map, found, { encoder: encoderOf(spec), projector }, watch).finally(
        () => void unfinishedRuns.end(),
      );
    });
    const { corpus, positions } = grown;
    const added = corpus.papers.length - before;
    showGrown({ corpus, positions, map: grown, grownFrom: map.corpus }, '');
    noteSetAside(corpus, setAside, false);
    if (!grown.topics) void findTopicsOf(grown);
    setState(({ runs }) => ({ runs: runs + 1 }));
    say(added, found.report.papers - added, () => takeBack(grown, shown, mapAt));
  });
}

/** With the map, edits and all, since it may stand in no file yet. */
function begin({ name, corpus, report }: Addition, map: MapData): void {
  const edited = editedMap() ?? map;
  unfinishedRuns.begin({
    name,
    corpus,
    report,
    origin: null,
    created: new Date().toISOString(),
    choices: '',
    addsTo: map.info.name,
    base: () => mapFiles.encode(edited),
  });
}

function say(added: number, known: number, undo: () => void): void {
  const others = known === 0 ? '' : ` ${plural(known, 'other')} ${known === 1 ? 'was' : 'were'} there already.`;
  const title = added === 0 ? 'No paper is new' : `${plural(added, 'paper')} added`;
  const text =
    added === 0
      ? 'All of them were on this map, which now has what it lacked of them. “Save map” keeps it.'
      : `Nothing else moved.${others} “Save map” keeps them.`;
  notify('done', { title, text, stays: true, action: { label: 'Undo', run: undo } });
}

/** Unless another map, or more papers, have come meanwhile. */
function takeBack(grown: MapData, before: Shown, mapAt: string): void {
  if (getState().shown?.corpus !== grown.corpus) {
    notify('done', { title: 'Too late to undo', text: 'Another map is open by now.' });
    return;
  }
  showGrown(before, mapAt);
}
