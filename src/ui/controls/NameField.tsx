import { useState } from 'react';
import { Button } from './Button.tsx';

interface Props {
  /** For screen readers: whose name it is. */
  readonly label: string;
  readonly name: string;
  /** Called with the new name if it differs; it may be empty. */
  readonly onRename: (name: string) => void;
  readonly onEnd: () => void;
}

/** A field for renaming. Enter takes the new name, Escape keeps the old one. */
export function NameField({ label, name: before, onRename, onEnd }: Props) {
  const [name, setName] = useState(before);
  return (
    <form
      className="topic-rename"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== before) onRename(name);
        onEnd();
      }}
    >
      <input
        aria-label={label}
        // biome-ignore lint/a11y/noAutofocus: the user has just asked to type here.
        autoFocus
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onEnd();
        }}
      />
      <Button kind="main" type="submit">
        Keep
      </Button>
      <Button onClick={onEnd}>Cancel</Button>
    </form>
  );
}
