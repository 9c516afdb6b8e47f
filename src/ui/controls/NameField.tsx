import { useState } from 'react';
import { Button } from './Button.tsx';

interface Props {
  /** For screen readers: the name of what. */
  readonly label: string;
  readonly name: string;
  /** Called with another name than before, which may be empty. */
  readonly onRename: (name: string) => void;
  readonly onEnd: () => void;
}

/** Enter keeps the new name, Escape the old one. */
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
