import type {
  PortolanFileFound,
  PortolanFound,
  PortolanMap,
  PortolanPageEvents,
  PortolanPageState,
} from '../../../public/portolan.d.ts';
import type { MapData } from '../../model/map-data.ts';
import { nounOf } from '../../model/noun.ts';
import type { ReadNote } from '../../model/read-report.ts';
import type { FilePreview } from '../../read/read.api.ts';
import { displayTitle } from '../../text/readable.ts';
import { inOneLine, sentenceOf } from '../messages.ts';
import type { Job } from '../runs.ts';
import type { Selectors } from '../selectors.ts';
import { type ImportPlan, phaseOf, type State } from '../state.ts';
import type { Store } from '../store.ts';

/** A page's state as the port reports it. */
export function stateOf(state: State, selectors: Selectors): PortolanPageState {
  const { shown, job, reading, plan, query, hits, selected, topic, selection, colorBy, theme, runs } = state;
  return {
    phase: phaseOf(state),
    progress: progressOfBoth(job, reading),
    map: shown?.map ? mapOf(shown.map) : null,
    found: plan && foundOf(plan),
    topicsShown: selectors.topics(state)?.nodes.size ?? 0,
    replaced: state.replaced.map(({ name, papers, embedded }) => ({ name, papers, embedded })),
    papersShown: shown ? selectors.filtered(state).kept : 0,
    ...{ query, hits: hits?.total ?? 0, isIndexed: state.isIndexed, selected, topic },
    selection: Array.from(selection),
    ...{ color: colorBy, theme, runs },
    meaning: state.meaning.kind === 'off' ? state.meaning.reason : null,
  };
}

/** The detail of each event after a change of state; null when the event has not happened. */
type Tellers = {
  readonly [Event in keyof PortolanPageEvents]: (state: State, before: State) => PortolanPageEvents[Event] | null;
};

const TELLERS: Tellers = {
  progress: ({ job, reading }, before) =>
    job !== before.job || reading !== before.reading ? progressOfBoth(job, reading) : null,
  notice: ({ notices }, before) => {
    const newest = notices.at(-1);
    if (!newest || newest.id === before.notices.at(-1)?.id) return null;
    const { kind, title, text } = newest;
    return { kind, title, text };
  },
  map: ({ shown }, before) => (shown?.map && shown.map !== before.shown?.map ? mapOf(shown.map) : null),
};

/** Calls `listener` with each event until the returned function is called; null for an unknown event. */
export function follow<Name extends keyof PortolanPageEvents>(
  store: Store,
  event: Name,
  listener: (detail: PortolanPageEvents[Name]) => void,
): (() => void) | null {
  const tell = Object.hasOwn(TELLERS, event) ? TELLERS[event] : null;
  return (
    tell &&
    store.subscribe((state, before) => {
      const detail = tell(state, before);
      if (detail !== null) callListener(() => listener(detail));
    })
  );
}

/** Reports an error thrown by a script's listener without interrupting the page. */
function callListener(call: () => void): void {
  try {
    call();
  } catch (error) {
    reportError(error);
  }
}

/** A short description of a map. */
export function mapOf({ corpus, topics, embedding, info }: MapData): PortolanMap {
  return {
    name: info.name,
    papers: corpus.papers.length,
    noun: nounOf(corpus),
    columns: corpus.columns.map(({ name }) => name),
    topics: topics?.topics.length ?? 0,
    dimensions: embedding?.cols ?? 0,
    model: info.encode?.model ?? null,
    seed: info.project?.seed ?? null,
  };
}

/** A short description of what was read. */
export function foundOf({ name, corpus, report, vectors, places, previews, failure }: ImportPlan): PortolanFound {
  const { records, papers, merged, groups } = report;
  return {
    ...{ name, noun: nounOf(corpus), records, papers, merged, groups: groups.length },
    ...{ skipped: notesOf(report.skipped), warnings: notesOf(report.warnings) },
    files: previews.slice(0, MAX_FILES).map(fileOf),
    problem: failure && inOneLine(sentenceOf(failure)),
    columns: corpus.columns.map((column) => column.name),
    vectors: vectors.map(({ column, dimensions }) => ({ column, dimensions })),
    places: places.map(({ x, y }) => ({ x, y })),
    sample: corpus.papers
      .slice(0, SAMPLE_PAPERS)
      .map((paper) => ({ id: paper.id, title: displayTitle(paper), text: paper.text })),
  };
}

function notesOf(notes: readonly ReadNote[]): PortolanFound['skipped'] {
  return notes.map(({ file, line, reason }) => ({ file, line, reason }));
}

function fileOf(preview: FilePreview): PortolanFileFound {
  const { file, format, formats, encoding, table, part, sheets, lists, records, problem } = preview;
  const roles = ROLES.flatMap((role) => {
    const column = table?.roles[role] ?? null;
    return column === null ? [] : [[role, { column, reason: table?.reasons?.[role] ?? null }] as const];
  });
  return {
    ...{ file, format, formats, encoding, part, problem },
    columns: table?.headers ?? [],
    roles: Object.fromEntries(roles),
    delimiter: table?.delimiter ?? null,
    parts: sheets.length > 0 ? sheets : lists,
    records: records.map(({ title, text, authors, date, url }) => ({ title, text, authors, date, url })),
  };
}

const ROLES = ['id', 'title', 'text', 'authors', 'date', 'url'] as const;

/** Files told of one by one; the counts are of all. */
const MAX_FILES = 1000;

/** The progress of a run, or else of a reading. */
function progressOfBoth(run: Job | null, reading: Job | null): PortolanPageEvents['progress'] | null {
  const job = run ?? reading;
  return job && progressOf(job);
}

function progressOf({ kind, progress }: Job): PortolanPageEvents['progress'] {
  const { stage, done, total, unit, leftMs } = progress ?? {
    stage: kind,
    done: 0,
    total: 0,
    unit: 'papers',
    leftMs: null,
  };
  return { stage, done, total, unit, leftMs };
}

/** Number of papers given as examples of what was read. */
const SAMPLE_PAPERS = 5;
