import { useState } from 'react';
import { Button } from '../controls/Button.tsx';

interface Props {
  readonly text: string;
  /** UTF-16 units that are shown at first. */
  readonly most: number;
  /** What the button at the end says. */
  readonly more: string;
}

/** A text of which only the beginning is shown, if it is long, until the user asks for all of it. */
export function Clipped({ text, most, more }: Props) {
  const [isWhole, setWhole] = useState(false);
  // A button for a few letters more would be longer than they are.
  if (isWhole || text.length < 1.2 * most) return text;
  const cut = text.slice(0, most).replace(/[\s;,]+[^\s;,]*$/u, '');
  return (
    <>
      {cut} …{' '}
      <Button kind="link" onClick={() => setWhole(true)}>
        {more}
      </Button>
    </>
  );
}
