import { X } from 'lucide-react';
import { useEffect } from 'react';
import { discardUnfinished, goOn } from '../app/maps/unfinished.ts';
import { formatCount, plural } from '../app/messages.ts';
import { acceptNewVersion } from '../app/offline.ts';
import { dismissNotice, type Notice, setState } from '../app/store.ts';
import { Button, IconButton } from './controls/Button.tsx';
import { useApp } from './use-store.ts';

const DONE_VISIBLE_MS = 8000;

/** What was said last: failures until dismissed, good news for a few seconds. */
export function Notices() {
  const notices = useApp((state) => state.notices);
  return (
    <div className="notices">
      <UpdateBox />
      <UnfinishedBox />
      {notices.map((notice) => (
        <NoticeBox key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

/** Stays until accepted or put off: the old version goes on meanwhile. */
function UpdateBox() {
  const hasUpdate = useApp((state) => state.hasUpdate);
  const isBusy = useApp((state) => state.job !== null);
  if (!hasUpdate) return null;
  return (
    <div className="notice" role="status">
      <div className="notice-words">
        <strong>New version</strong>
        <p>{isBusy ? 'It can be loaded when this is done.' : 'The page reloads once; the map that is open stays.'}</p>
        <Button disabled={isBusy} onClick={() => void acceptNewVersion()}>
          Reload
        </Button>
      </div>
      <IconButton icon={X} size={16} label="Later" onClick={() => setState({ hasUpdate: false })} />
    </div>
  );
}

/** Stays until answered: what was read is kept meanwhile. */
function UnfinishedBox() {
  const run = useApp((state) => state.unfinished);
  const isBusy = useApp((state) => state.job !== null);
  if (!run || run === 'unknown') return null;
  return (
    <div className="notice" role="status">
      <div className="notice-words">
        <strong>Go on with “{run.name}”?</strong>
        <p>
          {run.addsTo === undefined
            ? `A map of ${plural(run.papers, 'paper')} was being made`
            : `${plural(run.papers, 'paper')} ${run.papers === 1 ? 'was' : 'were'} being added to “${run.addsTo}”`}{' '}
          when the page was closed ({formatCount(run.embedded)} read).
        </p>
        <div className="notice-actions">
          <Button disabled={isBusy} onClick={() => void goOn()}>
            Go on
          </Button>
          <Button onClick={() => void discardUnfinished()}>Discard</Button>
        </div>
      </div>
    </div>
  );
}

function NoticeBox({ notice }: { readonly notice: Notice }) {
  const { id, kind, title, text, details, action, stays } = notice;
  useEffect(() => {
    if (kind !== 'done' || stays) return;
    const timer = setTimeout(() => dismissNotice(id), DONE_VISIBLE_MS);
    return () => clearTimeout(timer);
  }, [id, kind, stays]);
  return (
    <div className={`notice notice-${kind}`} role={kind === 'done' ? 'status' : 'alert'}>
      <div className="notice-words">
        <strong>{title}</strong>
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
            dismissNotice(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon={X} size={16} label="Dismiss" onClick={() => dismissNotice(id)} />
    </div>
  );
}
