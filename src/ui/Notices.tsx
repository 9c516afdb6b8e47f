import { X } from 'lucide-react';
import { useEffect } from 'react';
import { countOf, formatCount } from '../app/messages.ts';
import { isBusy, type Notice } from '../app/state.ts';
import { nounOf } from '../model/noun.ts';
import { useApp, useAppState } from './app-context.ts';
import { Button, IconButton } from './controls/Button.tsx';

const DONE_VISIBLE_MS = 8000;

/** The latest messages: failures stay until dismissed, good news stays for a few seconds. */
export function Notices() {
  const notices = useAppState((state) => state.notices);
  return (
    <div className="notices">
      <UpdateBox />
      <UnfinishedBox />
      <ReplacedBoxes />
      {notices.map((notice) => (
        <NoticeBox key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

/** Offers a new version of the page. The old one keeps running until the user accepts. */
function UpdateBox() {
  const { offline, store } = useApp();
  const hasUpdate = useAppState((state) => state.hasUpdate);
  const isWorking = useAppState(isBusy);
  if (!hasUpdate) return null;
  return (
    <div className="notice" role="status">
      <div className="notice-words">
        <strong>New version</strong>
        <p>
          {isWorking ? 'It can be loaded when this is done.' : 'The page reloads once; the map that is open stays.'}
        </p>
        <Button disabled={isWorking} onClick={() => void offline.acceptNewVersion()}>
          Reload
        </Button>
      </div>
      <IconButton icon={X} size={16} label="Later" onClick={() => store.set({ hasUpdate: false })} />
    </div>
  );
}

/** Offers to continue an unfinished map. Its papers are kept until the user answers. */
function UnfinishedBox() {
  const { unfinished } = useApp();
  const run = useAppState((state) => state.unfinished);
  const isWorking = useAppState(isBusy);
  if (!run || run === 'unknown') return null;
  return (
    <div className="notice" role="status">
      <div className="notice-words">
        <strong>Go on with “{run.name}”?</strong>
        <p>
          {run.addsTo === undefined
            ? `A map of ${countOf(run.papers, nounOf(run))} was being made`
            : `${countOf(run.papers, nounOf(run))} ${run.papers === 1 ? 'was' : 'were'} being added to “${run.addsTo}”`}{' '}
          when the page was closed ({formatCount(run.embedded)} read).
        </p>
        <div className="notice-actions">
          <Button disabled={isWorking} onClick={() => void unfinished.goOn()}>
            Go on
          </Button>
          <Button onClick={() => void unfinished.discardUnfinished()}>Discard</Button>
        </div>
      </div>
    </div>
  );
}

/** Offers to go on with runs that others took the place of. */
function ReplacedBoxes() {
  const runs = useAppState((state) => state.replaced);
  const isWaiting = useAppState((state) => state.job?.kind === 'building');
  return runs.map(({ id, name, noun, papers, embedded, goOn, discard }) => (
    <div key={id} className="notice" role="status">
      <div className="notice-words">
        <strong>“{name}” was left</strong>
        <p>
          {formatCount(embedded)} of its {countOf(papers, noun)} have been read, which is kept.
        </p>
        <div className="notice-actions">
          <Button onClick={goOn}>{isWaiting ? 'Go on with it next' : 'Go on with it'}</Button>
          <Button onClick={discard}>Discard</Button>
        </div>
      </div>
    </div>
  ));
}

function NoticeBox({ notice }: { readonly notice: Notice }) {
  const { store } = useApp();
  const { id, kind, title, text, details, action, stays, times } = notice;
  useEffect(() => {
    if (kind !== 'done' || stays) return;
    const timer = setTimeout(() => store.dismissNotice(id), DONE_VISIBLE_MS);
    return () => clearTimeout(timer);
  }, [id, kind, stays, store]);
  return (
    <div className={`notice notice-${kind}`} role={kind === 'done' ? 'status' : 'alert'}>
      <div className="notice-words">
        <strong>{title}</strong>
        {times > 1 && <span className="quiet"> ({formatCount(times)} times)</span>}
        <p>{text}</p>
        {details !== null && (
          <details>
            <summary>Details</summary>
            <code>{details}</code>
          </details>
        )}
      </div>
      {action && (
        <Button
          className="notice-action"
          onClick={() => {
            store.dismissNotice(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon={X} size={16} label="Dismiss" onClick={() => store.dismissNotice(id)} />
    </div>
  );
}
