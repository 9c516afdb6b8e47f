import { Search, X } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { SEARCH_INPUT } from '../../app/commands/shortcuts.ts';
import { plural } from '../../app/messages.ts';
import { clearSearch, questionKey, search } from '../../app/search/search-papers.ts';
import { goToPaper } from '../../app/view/map-actions.ts';
import { IconButton } from '../controls/Button.tsx';
import { FilterChips } from '../filter/FilterChips.tsx';
import { MainMenu } from '../menu/MainMenu.tsx';
import { useApp } from '../use-store.ts';
import { SearchExamples } from './SearchExamples.tsx';
import { SearchModes } from './SearchModes.tsx';

// Of its own file, which is on its way as soon as the box has the focus: a list that holds only what is seen is not small.
const loadResults = () => import('./ResultList.tsx');
const ResultList = lazy(async () => ({ default: (await loadResults()).ResultList }));

/** Search box with the program's name and menu; below it how is searched, and the ranked hits. */
export function SearchPanel() {
  const query = useApp((state) => state.query);
  const hits = useApp((state) => state.hits);
  const isAsked = useApp((state) => state.query.trim() !== '' || state.like.length + state.unlike.length > 0);
  const question = useApp(questionKey);
  const isAnswered = useApp((state) => state.hits !== null && state.answered === questionKey(state));
  const isIndexed = useApp((state) => state.isIndexed);
  const panel = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const goToFirst = (): void => {
    const first = hits?.indices[0];
    if (first !== undefined) goToPaper(first);
  };
  return (
    <search className="search" ref={panel} data-indexed={isIndexed} data-answered={isAnswered}>
      <div className="search-bar">
        <MainMenu />
        <Search size={17} className="search-icon" aria-hidden />
        <input
          ref={input}
          id={SEARCH_INPUT}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          className="search-input"
          aria-label="Search titles and texts"
          placeholder="Search titles and texts"
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => void search(event.target.value)}
          onFocus={() => void loadResults()}
          onDrop={(event) => takeText(event)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') goToFirst();
            if (event.key === 'Escape') clearSearch();
            if (event.key === 'ArrowDown') focusFirstHit(event, panel.current);
          }}
        />
        {isAsked ? (
          <IconButton icon={X} size={16} label="Clear the search" onClick={clearSearch} />
        ) : (
          <kbd className="hint-key">/</kbd>
        )}
      </div>
      <SearchExamples />
      <FilterChips />
      {isAsked && <SearchModes />}
      <p className="visually-hidden" role="status">
        {hits ? `${plural(hits.total, 'paper matches', 'papers match')}` : ''}
      </p>
      {/* By its question: the list of another one begins at its top. */}
      {hits && (
        <Suspense fallback={null}>
          <ResultList key={question} hits={hits} query={query} onLeave={() => input.current?.focus()} />
        </Suspense>
      )}
    </search>
  );
}

function focusFirstHit(event: React.KeyboardEvent, panel: HTMLElement | null): void {
  const first = panel?.querySelector<HTMLElement>('[role="option"]');
  if (!first) return;
  event.preventDefault();
  first.focus();
}

/** A text drawn here from a paper or another window is the query, in place of what stood there. */
function takeText(event: React.DragEvent): void {
  const text = event.dataTransfer.getData('text/plain').replace(/\s+/gu, ' ').trim();
  if (text === '' || event.dataTransfer.types.includes('Files')) return;
  event.preventDefault();
  void search(text);
}
