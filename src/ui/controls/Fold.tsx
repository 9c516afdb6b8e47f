import { type ReactNode, useEffect, useState } from 'react';

interface Props {
  readonly className: string;
  readonly summary: ReactNode;
  /** Opens it when it becomes true; closing is left to the user. */
  readonly opens: boolean;
  readonly children: ReactNode;
}

/** Details under a summary. */
export function Fold({ className, summary, opens, children }: Props) {
  const [isOpen, setOpen] = useState(opens);
  useEffect(() => {
    if (opens) setOpen(true);
  }, [opens]);
  return (
    <details className={className} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
