import { Check } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { allCommands, paperCommands } from '../../app/commands/commands.ts';
import type { Command } from '../../app/commands/menu-commands.ts';
import { rankCommands } from '../../app/commands/rank-commands.ts';
import { plural } from '../../app/messages.ts';
import { useApp, useNoun } from '../app-context.ts';

const COMMANDS_SHOWN = 40;
const PAPERS_SHOWN = 8;
const MIN_LETTERS = 2;

/** Properties of {@link PaletteRows}. */
export interface PaletteRowsProps {
  /** Id of the list; row i has this id, a dash and i. */
  readonly id: string;
  readonly query: string;
  /** Index of the active row. */
  readonly active: number;
  /** Told whenever the rows change. */
  readonly onRows: (rows: readonly Command[]) => void;
  readonly onRun: (command: Command) => void;
}

/** The commands, topics and papers that fit what is typed in `CommandPalette`. */
export function PaletteRows({ id, query, active, onRows, onRun }: PaletteRowsProps) {
  const app = useApp();
  const noun = useNoun();
  const papers = usePapers(query);
  const commands = useMemo(() => allCommands(app, app.store.get()), [app]);
  const rows = useMemo(
    () => [...rankCommands(commands, query, app.recentCommands.ids()).slice(0, COMMANDS_SHOWN), ...papers],
    [commands, query, app, papers],
  );
  useLayoutEffect(() => onRows(rows), [rows, onRows]);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(active, rows.length - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list may have another row at the same index.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, query]);
  return (
    <>
      <p className="visually-hidden" role="status">
        {rows.length === 0 ? 'Nothing has that name' : plural(rows.length, 'entry', 'entries')}
      </p>
      <div id={id} role="listbox" aria-label={`Commands, topics and ${noun.many}`} className="palette-list" ref={list}>
        {rows.map((command, i) => (
          <Row key={command.id} id={`${id}-${i}`} command={command} isActive={i === at} onRun={() => onRun(command)} />
        ))}
      </div>
      {rows.length === 0 && <p className="palette-none quiet">Nothing has that name.</p>}
    </>
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
