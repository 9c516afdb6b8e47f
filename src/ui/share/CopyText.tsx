import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';

interface Props {
  readonly label: string;
  readonly text: string;
  readonly rows?: number;
}

/** A text to copy, with a button that says whether it did. Where the browser refuses, the text can be selected. */
export function CopyText({ label, text, rows = 2 }: Props) {
  const [copied, setCopied] = useState<{ readonly text: string; readonly isDone: boolean } | null>(null);
  const copy = async (): Promise<void> => {
    const isDone = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setCopied({ text, isDone });
  };
  const outcome = copied?.text === text ? copied : null;
  return (
    <div className="share-copy">
      <textarea aria-label={label} readOnly rows={rows} value={text} onFocus={({ target }) => target.select()} />
      <Button kind="main" icon={outcome?.isDone ? Check : Copy} onClick={() => void copy()}>
        {outcome?.isDone ? 'Copied' : 'Copy'}
      </Button>
      <p className="quiet" role="status">
        {outcome?.isDone === false ? 'The browser does not allow it. Select the text and copy it yourself.' : ''}
      </p>
    </div>
  );
}
