import { ProgressBar } from 'react-aria-components';
import { describeProgress, formatCount } from '../app/messages.ts';
import type { Job } from '../app/state.ts';
import { useApp, useAppState } from './app-context.ts';
import { Button } from './controls/Button.tsx';

/** The running job: its stage, its progress, the estimated time left, and a button that stops it. */
export function JobPanel() {
  const { jobs } = useApp();
  const job = useAppState((state) => state.job);
  if (!job) return null;
  return (
    <section className="job" aria-label="Work under way" data-stage={job.progress?.stage ?? job.kind}>
      <div className="job-words">
        <strong aria-live="polite">{headline(job)}</strong>
        <span className="job-amount">{amount(job)}</span>
      </div>
      <ProgressBar aria-label={headline(job)} {...barValue(job)} className="bar">
        {({ percentage, isIndeterminate }) => (
          <div
            className={isIndeterminate ? 'bar-fill bar-unknown' : 'bar-fill'}
            style={{ width: `${percentage ?? 30}%` }}
          />
        )}
      </ProgressBar>
      <div className="job-foot">
        <span data-shown={job.places?.by} data-agreement={job.places?.agreement?.toFixed(3)}>
          {shownAs(job)}
        </span>
        <span className="job-buttons">
          {canPause(job) && <Button onClick={() => jobs.pause(!job.paused)}>{job.paused ? 'Resume' : 'Pause'}</Button>}
          <Button onClick={jobs.cancel}>Cancel</Button>
        </span>
      </div>
    </section>
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
  return describeProgress(isHeld(job) ? { ...job.progress, leftMs: null } : job.progress);
}

function headline(job: Job): string {
  const { kind, name, progress } = job;
  if (isHeld(job)) return 'The layout is paused';
  const stage = progress ? STAGE_WORDS[progress.stage] : undefined;
  if (stage && kind === 'building') return stage;
  return `${kind === 'opening' ? 'Opening' : kind === 'reading' ? 'Reading' : 'Starting with'} ${name}`;
}

function barValue({ progress }: Job): { value: number } | { isIndeterminate: true } {
  if (!progress || progress.total === 0) return { isIndeterminate: true };
  return { value: Math.min(100, (100 * progress.done) / progress.total) };
}

/** How the provisional map was laid out, how many papers are embedded, and what share of neighbours the map keeps. */
function shownAs({ places, total }: Job): string {
  if (!places) return '';
  const { by, embedded, agreement } = places;
  if (by === 'words') return `Shown: a map by shared words · ${formatCount(total)} papers`;
  const amount =
    embedded < total ? `${formatCount(embedded)} of ${formatCount(total)} papers` : `${formatCount(total)} papers`;
  const kept = agreement === null ? '' : ` · ${Math.round(100 * agreement)} % of neighbours kept`;
  return `Shown: a map by meaning, ${amount}${kept}`;
}
