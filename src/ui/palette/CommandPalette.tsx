import { Search } from 'lucide-react';
import { type KeyboardEvent, Suspense, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Command } from '../../app/commands/menu-commands.ts';
import { useApp, useDialog, useNoun } from '../app-context.ts';
import { lazyPart, ReloadOffer } from '../lazy-part.tsx';

// The field is there at once and keeps what is typed; the list comes from a file of its own.
const PaletteRows = lazyPart(
  async () => (await import('./PaletteRows.tsx')).PaletteRows,
  () => <ReloadOffer isWanted />,
);

/** Finds commands, papers and topics by typing: an ARIA combobox (Authoring Practices, editable combobox). */
export function CommandPalette() {
  const { isOpen, close } = useDialog('palette');
  return isOpen ? <Palette onClose={close} /> : null;
}

/**
 * The browser's own modal dialog: it takes the focus as soon as it is opened and returns it when it closes, without a
 * library that would have to be fetched first.
 */
function Palette({ onClose }: { readonly onClose: () => void }) {
  const noun = useNoun();
  const [query, setQuery] = useState('');
  const { box, rows, at, id, setRows, setActive, run, onKeyDown } = usePalette(onClose);
  const name = `Commands, topics and ${noun.many}`;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same.
    <dialog
      ref={box}
      className="modal palette"
      aria-label={name}
      onClose={onClose}
      onClick={(event) => {
        // A click beside it meets the dialog itself, which its content covers.
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div className="palette-dialog">
        <div className="palette-bar">
          <Search size={17} className="search-icon" aria-hidden />
          <input
            className="search-input"
            role="combobox"
            aria-expanded="true"
            aria-controls={id}
            aria-autocomplete="list"
            aria-activedescendant={rows.length > 0 ? `${id}-${at}` : undefined}
            aria-label={name}
            placeholder="A command, a topic, words of a title"
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <Suspense
          fallback={
            <p id={id} className="palette-none quiet">
              Loading the commands…
            </p>
          }
        >
          <PaletteRows id={id} query={query} active={at} onRows={setRows} onRun={run} />
        </Suspense>
      </div>
    </dialog>
  );
}

const NO_ROWS: readonly Command[] = [];

/** The rows, the active one, and what keys do. Enter pressed before the rows have come takes the first one then. */
function usePalette(onClose: () => void) {
  const { recentCommands } = useApp();
  const box = useRef<HTMLDialogElement>(null);
  const [rows, setRows] = useState<readonly Command[] | null>(null);
  const [active, setActive] = useState(0);
  const [isEntered, setEntered] = useState(false);
  const { length } = rows ?? NO_ROWS;
  const at = Math.max(0, Math.min(active, length - 1));
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    // Before it is removed: only closing returns the focus.
    return () => dialog?.close();
  }, []);
  const run = useCallback(
    (command: Command | undefined): void => {
      if (!command) return;
      recentCommands.use(command.id);
      // The focus goes back first, for the command may move it on.
      box.current?.close();
      onClose();
      command.run();
    },
    [recentCommands, onClose],
  );
  useEffect(() => {
    if (isEntered && rows) run(rows[0]);
  }, [isEntered, rows, run]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = step(event.key, at, length);
    if (event.key === 'Escape') {
      // At once: the browser tells of its own closing only later, and keys pressed until then would be lost.
      box.current?.close();
      onClose();
    } else if (event.key === 'Enter') {
      if (rows) run(rows[at]);
      else setEntered(true);
    } else if (next !== null) setActive(next);
    else {
      setEntered(false);
      return;
    }
    event.preventDefault();
  };
  return { box, rows: rows ?? NO_ROWS, at, id: useId(), setRows, setActive, run, onKeyDown };
}

/** The row that a key moves to in a list of `count` rows, wrapping at its ends; null for other keys. */
function step(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'PageDown') return Math.min(count - 1, at + 8);
  if (key === 'PageUp') return Math.max(0, at - 8);
  return null;
}
