import { X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { WaitingOrder } from '../app/maps/waiting-order.ts';
import { countOf, describeProgress, formatCount, plural } from '../app/messages.ts';
import type { Job } from '../app/runs.ts';
import { nounOf } from '../model/noun.ts';
import { useApp, useAppState } from './app-context.ts';
import { Button, IconButton } from './controls/Button.tsx';
import { ProgressLine } from './controls/ProgressLine.tsx';
import { useCovers } from './map/use-covers.ts';

/** What is under way: a run, a reading beside it, and what waits for the end of the run. */
export function JobPanel() {
  const { jobs, importing } = useApp();
  const job = useAppState((state) => state.job);
  const reading = useAppState((state) => state.reading);
  const covers = useCovers<HTMLDivElement>((own) => [own]);
  useTitle(job);
  if (!job && !reading) return null;
  return (
    <div className="jobs" ref={covers}>
      {reading && <OneJob job={reading} onCancel={importing.leave} />}
      {job && (
        <OneJob job={job} onCancel={jobs.cancel}>
          {job.kind === 'building' && <TellMe />}
          <WaitingChips />
        </OneJob>
      )}
    </div>
  );
}

interface OneJobProps {
  readonly job: Job;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}

/** A job: its stage, its progress, the estimated time left, and a button that stops it. */
function OneJob({ job, onCancel, children }: OneJobProps) {
  const { jobs } = useApp();
  return (
    <section className="job" aria-label="Work under way" data-stage={job.progress?.stage ?? job.kind}>
      <div className="job-words">
        <strong aria-live="polite">{headline(job)}</strong>
        <span className="job-amount">{amount(job)}</span>
      </div>
      <ProgressLine label={headline(job)} share={shareOf(job)} />
      <div className="job-foot">
        <span data-shown={job.places?.by} data-agreement={job.places?.agreement?.toFixed(3)}>
          {shownAs(job)}
        </span>
        <span className="job-buttons">
          {canPause(job) && <Button onClick={() => jobs.pause(!job.paused)}>{job.paused ? 'Resume' : 'Pause'}</Button>}
          <Button onClick={onCancel}>Cancel</Button>
        </span>
      </div>
      {children}
    </section>
  );
}

/** Says in the title of the tab how far the run is; afterwards it is the page's own again. */
function useTitle(job: Job | null): void {
  const title = job?.kind === 'building' ? titleOf(job) : null;
  useEffect(() => {
    if (title === null) return;
    const own = document.title;
    document.title = `${title} — ${own}`;
    return () => {
      document.title = own;
    };
  }, [title]);
}

/** `43 % · name` while texts are embedded, which takes most of the time, then the stage in words. */
function titleOf(job: Job): string {
  const { name, progress } = job;
  if (progress?.stage !== 'encoding') return `${headline(job)} · ${name}`;
  return `${Math.floor((100 * progress.done) / Math.max(1, progress.total))} % · ${name}`;
}

/** Offers to tell the user of the end of the run, by a notification of the system. */
function TellMe() {
  const { page, store } = useApp();
  const telling = useAppState((state) => state.telling);
  // The permission may have been given or withdrawn since.
  useEffect(() => store.set({ telling: page.telling() }), [page, store]);
  if (telling === 'impossible') return null;
  if (telling === 'allowed') return <p className="quiet job-tells">You will be told when it is ready.</p>;
  return (
    <Button kind="link" onClick={() => void page.askToTell().then((answer) => store.set({ telling: answer }))}>
      Tell me when it is ready
    </Button>
  );
}

const ORDER_WORDS: Record<WaitingOrder['kind'], string> = {
  make: 'gets a map next',
  add: 'will be added',
  open: 'will be opened',
};

/** What waits for the end of the run; each can be taken out. */
function WaitingChips() {
  const { waiting } = useApp();
  const orders = useAppState((state) => state.waiting);
  if (orders.length === 0) return null;
  return (
    <ul className="waiting" aria-label={`${plural(orders.length, 'file')} ${orders.length === 1 ? 'waits' : 'wait'}`}>
      {orders.map(({ id, kind, name }) => (
        <li key={id} className="waiting-chip">
          <span>
            {name} {ORDER_WORDS[kind]}
          </span>
          <IconButton icon={X} isSmall label={`Do not wait with ${name}`} onClick={() => waiting.drop(id)} />
        </li>
      ))}
    </ul>
  );
}

const STAGE_WORDS: Record<string, string> = {
  reading: 'Reading',
  'loading the model': 'Loading the language model',
  encoding: 'Embedding',
  'finding neighbours': 'Finding neighbours',
  'finding the start': 'Finding where the layout begins',
  'laying out': 'Laying out the map',
  measuring: 'Measuring the map',
  'finding topics': 'Finding topics',
  'naming topics': 'Naming topics',
};

/** Only the layout can be paused, because the map on screen is worth looking at meanwhile. */
function canPause({ kind, progress }: Job): boolean {
  return kind === 'building' && progress?.stage === 'laying out';
}

function isHeld(job: Job): boolean {
  return job.paused && canPause(job);
}

function amount(job: Job): string {
  if (!job.progress) return '';
  return describeProgress(isHeld(job) ? { ...job.progress, leftMs: null } : job.progress, nounOf(job));
}

function headline(job: Job): string {
  const { kind, name, progress } = job;
  if (isHeld(job)) return 'The layout is paused';
  const stage = progress ? STAGE_WORDS[progress.stage] : undefined;
  if (stage && kind === 'building') return stage;
  return `${kind === 'opening' ? 'Opening' : kind === 'reading' ? 'Reading' : 'Starting with'} ${name}`;
}

/** What is done of the stage under way, 0…1; null where that is not known. */
function shareOf({ progress }: Job): number | null {
  return !progress || progress.total === 0 ? null : progress.done / progress.total;
}

/** How the provisional map was laid out, how many papers are embedded, and what share of neighbours the map keeps. */
function shownAs(job: Job): string {
  const { places, total } = job;
  if (!places) return '';
  const { many } = nounOf(job);
  const { by, embedded, agreement } = places;
  if (by === 'given') return `Shown: the places that came with the file · ${countOf(total, nounOf(job))}`;
  if (by === 'words') return `Shown: a map by shared words · ${countOf(total, nounOf(job))}`;
  const amount =
    embedded < total ? `${formatCount(embedded)} of ${formatCount(total)} ${many}` : `${formatCount(total)} ${many}`;
  const kept = agreement === null ? '' : ` · ${Math.round(100 * agreement)} % of neighbours kept`;
  return `Shown: a map by meaning, ${amount}${kept}`;
}
