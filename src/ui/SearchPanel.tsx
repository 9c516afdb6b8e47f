import { Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { MainMenu } from './MainMenu.tsx';
import { goToPaper } from './map-actions.ts';
import { formatCount } from './messages.ts';
import { ResultList } from './ResultList.tsx';
import { search } from './search-papers.ts';
import { useApp } from './use-store.ts';

/** Search box with the program's name and menu; below it the ranked hits. */
export function SearchPanel() {
  const query = useApp((state) => state.query);
  const hits = useApp((state) => state.hits);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => focusOnSlash(input), []);
  const goToFirst = (): void => {
    const first = hits?.indices[0];
    if (first !== undefined) goToPaper(first);
  };
  return (
    <search className="search">
      <div className="search-bar">
        <MainMenu />
        <Search size={17} className="search-icon" aria-hidden />
        <input
          ref={input}
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
          onKeyDown={(event) => {
            if (event.key === 'Enter') goToFirst();
            if (event.key === 'Escape') void search('');
          }}
        />
        {query === '' ? (
          <kbd className="hint-key">/</kbd>
        ) : (
          <button type="button" className="icon-button" aria-label="Clear the search" onClick={() => void search('')}>
            <X size={16} aria-hidden />
          </button>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {hits ? `${formatCount(hits.total)} papers match` : ''}
      </p>
      {hits && <ResultList hits={hits} query={query} />}
    </search>
  );
}

/** `/` goes to the search box from anywhere but a text field. */
function focusOnSlash(input: React.RefObject<HTMLInputElement | null>): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, [role="dialog"]');
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    input.current?.focus();
    input.current?.select();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
