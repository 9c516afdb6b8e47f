import { X } from 'lucide-react';
import { useEffect } from 'react';
import { dismissNotice, type Notice } from './store.ts';
import { useApp } from './use-store.ts';

const DONE_VISIBLE_MS = 8000;

/** What was said last: failures until dismissed, good news for a few seconds. */
export function Notices() {
  const notices = useApp((state) => state.notices);
  return (
    <div className="notices">
      {notices.map((notice) => (
        <NoticeBox key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeBox({ notice }: { readonly notice: Notice }) {
  const { id, kind, title, text, details } = notice;
  useEffect(() => {
    if (kind !== 'done') return;
    const timer = setTimeout(() => dismissNotice(id), DONE_VISIBLE_MS);
    return () => clearTimeout(timer);
  }, [id, kind]);
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
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismissNotice(id)}>
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}
