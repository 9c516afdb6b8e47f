import { Check, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { allCommands, paperCommands } from '../../app/commands/commands.ts';
import type { Command } from '../../app/commands/menu-commands.ts';
import { rankCommands } from '../../app/commands/rank-commands.ts';
import { plural } from '../../app/messages.ts';
import { useApp, useDialog, useNoun } from '../app-context.ts';

const COMMANDS_SHOWN = 40;
const PAPERS_SHOWN = 8;
const MIN_LETTERS = 2;

/** Finds commands, papers and topics by typing: an ARIA combobox (Authoring Practices, editable combobox). */
export function CommandPalette() {
  const noun = useNoun();
  const { isOpen, close } = useDialog('palette');
  return (
    <ModalOverlay className="overlay overlay-top" isOpen={isOpen} onOpenChange={close} isDismissable>
      <Modal className="modal palette">
        <Dialog className="palette-dialog" aria-label={`Commands, topics and ${noun.many}`}>
          <Palette onClose={close} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Palette({ onClose }: { readonly onClose: () => void }) {
  const noun = useNoun();
  const app = useApp();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const papers = usePapers(query);
  const commands = useMemo(() => allCommands(app, app.store.get()), [app]);
  const rows = [...rankCommands(commands, query, app.recentCommands.ids()).slice(0, COMMANDS_SHOWN), ...papers];
  const at = Math.min(active, rows.length - 1);
  const id = useId();
  const run = (command: Command | undefined): void => {
    if (!command) return;
    app.recentCommands.use(command.id);
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = step(event.key, at, rows.length);
    if (event.key === 'Enter') run(rows[at]);
    else if (next === null) return;
    else setActive(next);
    event.preventDefault();
  };
  return (
    <>
      <div className="palette-bar">
        <Search size={17} className="search-icon" aria-hidden />
        <input
          className="search-input"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={rows.length > 0 ? `${id}-${at}` : undefined}
          aria-label={`Commands, topics and ${noun.many}`}
          placeholder="A command, a topic, words of a title"
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the user opens the palette to type.
          autoFocus
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <p className="visually-hidden" role="status">
        {rows.length === 0 ? 'Nothing has that name' : plural(rows.length, 'entry', 'entries')}
      </p>
      <Rows id={id} rows={rows} at={at} query={query} onRun={run} />
      {rows.length === 0 && <p className="palette-none quiet">Nothing has that name.</p>}
    </>
  );
}

interface RowsProps {
  readonly id: string;
  readonly rows: readonly Command[];
  /** Index of the active row. */
  readonly at: number;
  readonly query: string;
  readonly onRun: (command: Command) => void;
}

function Rows({ id, rows, at, query, onRun }: RowsProps) {
  const noun = useNoun();
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list may have another row at the same index.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, query]);
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={`Commands, topics and ${noun.many}`}
      className="palette-list"
      ref={list}
    >
      {rows.map((command, i) => (
        <Row key={command.id} id={`${id}-${i}`} command={command} isActive={i === at} onRun={() => onRun(command)} />
      ))}
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly command: Command;
  readonly isActive: boolean;
  readonly onRun: () => void;
}

function Row({ id, command, isActive, onRun }: RowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input above keeps the focus and listens to the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points to it.
    <div id={id} role="option" aria-selected={isActive} className="palette-row" onClick={onRun}>
      <span className="palette-label" dir="auto">
        {command.label}
      </span>
      {command.isChosen && <Check size={14} aria-label="chosen" />}
      <span className="palette-group">{command.group}</span>
    </div>
  );
}

/** Papers with the typed words in their titles, found by the search worker. */
function usePapers(query: string): Command[] {
  const { search, store, view } = useApp();
  const [found, setFound] = useState<{ readonly query: string; readonly papers: Command[] }>({ query: '', papers: [] });
  useEffect(() => {
    if (query.trim().length < MIN_LETTERS) {
      setFound({ query, papers: [] });
      return;
    }
    let isAlive = true;
    void search.findTitles(query, PAPERS_SHOWN).then((indices) => {
      if (isAlive) setFound({ query, papers: paperCommands(view, store.get(), indices) });
    });
    return () => {
      isAlive = false;
    };
  }, [query, search, store, view]);
  // Until the answer arrives, keep the papers of the previous query, so that the list does not flicker.
  return found.papers;
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
