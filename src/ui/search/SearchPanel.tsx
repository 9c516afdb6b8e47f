import { Compass, List, Map as MapIcon, Minus, Plus, Search, X } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { SEARCH_INPUT } from '../../app/commands/shortcuts.ts';
import { countOf, formatBytes } from '../../app/messages.ts';
import { questionKey } from '../../app/search/search.ts';
import type { MeaningStatus } from '../../app/state.ts';
import { withArticle } from '../../model/noun.ts';
import type { SearchMode } from '../../search/search.api.ts';
import { displayTitle } from '../../text/readable.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { Segments } from '../controls/Segments.tsx';
import { FilterChips } from '../filter/FilterChips.tsx';
import { MainMenu } from '../menu/MainMenu.tsx';
import { useFoldedHits } from './use-folded-hits.ts';

// In its own file, because a virtual list needs much code. Fetched as soon as the box has the focus.
const loadResults = () => import('./ResultList.tsx');
const ResultList = lazy(async () => ({ default: (await loadResults()).ResultList }));

/** The search box with the main menu; below it the search mode and the ranked hits. */
export function SearchPanel() {
  const noun = useNoun();
  const { search, view, page } = useApp();
  const { isFolded, fold, unfold } = useFoldedHits();
  const query = useAppState((state) => state.query);
  const hits = useAppState((state) => state.hits);
  const isAsked = useAppState((state) => state.query.trim() !== '' || state.like.length + state.unlike.length > 0);
  const question = useAppState(questionKey);
  const isAnswered = useAppState((state) => state.hits !== null && state.answered === questionKey(state));
  const isIndexed = useAppState((state) => state.isIndexed);
  const panel = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  return (
    <search className="search" ref={panel} data-indexed={isIndexed} data-answered={isAnswered}>
      <div className="search-bar">
        <Brand />
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
          placeholder="Search"
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => {
            unfold();
            void search.search(event.target.value);
          }}
          onFocus={() => void loadResults()}
          onDrop={(event) => takeText(event, (text) => void search.search(text))}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && hits && hits.indices.length > 0) view.goToPaper(hits.indices[0]);
            // On a phone the first Escape makes room for the map, with the hits on it.
            if (event.key === 'Escape' && !(page.isNarrow() && fold())) void search.clearSearch();
            if (event.key === 'ArrowDown') focusFirstHit(event, panel.current);
          }}
        />
        <ClearButton isAsked={isAsked} />
      </div>
      <SearchExamples />
      <FilterChips />
      {isAsked && <SearchModes />}
      <p className="visually-hidden" role="status">
        {hits ? `${`${countOf(hits.total, noun)} ${hits.total === 1 ? 'matches' : 'match'}`}` : ''}
      </p>
      {/* Keyed by the question, so that the list of a new one begins at its top. */}
      {hits && !isFolded && (
        <Suspense fallback={null}>
          <ResultList key={question} hits={hits} query={query} onLeave={() => input.current?.focus()} />
        </Suspense>
      )}
    </search>
  );
}

/** Clears the search; before there is one, the key that leads to it. */
function ClearButton({ isAsked }: { readonly isAsked: boolean }) {
  const { search } = useApp();
  if (!isAsked) return <kbd className="hint-key">/</kbd>;
  return <IconButton icon={X} size={16} label="Clear the search" onClick={search.clearSearch} />;
}

function Brand() {
  return (
    <h1 className="brand">
      <Compass size={19} aria-hidden />
      <span className="brand-name">Portolan</span>
    </h1>
  );
}

function focusFirstHit(event: React.KeyboardEvent, panel: HTMLElement | null): void {
  const first = panel?.querySelector<HTMLElement>('[role="option"]');
  if (!first) return;
  event.preventDefault();
  first.focus();
}

/** A text dragged here, from a paper or another window, replaces the query. */
function takeText(event: React.DragEvent, search: (text: string) => void): void {
  const text = event.dataTransfer.getData('text/plain').replace(/\s+/gu, ' ').trim();
  if (text === '' || event.dataTransfer.types.includes('Files')) return;
  event.preventDefault();
  search(text);
}

/** The papers chosen as examples. Each can be removed. */
function SearchExamples() {
  const noun = useNoun();
  const like = useAppState((state) => state.like);
  const unlike = useAppState((state) => state.unlike);
  const isHalf = useAppState((state) => state.like.length === 0 && state.query.trim() === '');
  if (like.length + unlike.length === 0) return null;
  return (
    <ul className="examples" aria-label="Examples">
      {like.map((index) => (
        <Example key={index} index={index} side="like" />
      ))}
      {unlike.map((index) => (
        <Example key={index} index={index} side="unlike" />
      ))}
      {isHalf && (
        <li className="quiet">Search for something too, or choose {withArticle(noun)} to find more like it.</li>
      )}
    </ul>
  );
}

function Example({ index, side }: { readonly index: number; readonly side: 'like' | 'unlike' }) {
  const { search } = useApp();
  const paper = useAppState((state) => state.shown?.corpus.papers[index]);
  if (!paper) return null;
  const title = displayTitle(paper);
  const words = side === 'like' ? 'More like' : 'Less like';
  const Sign = side === 'like' ? Plus : Minus;
  return (
    <li className={`example example-${side}`}>
      <Sign size={13} aria-hidden />
      <span className="example-title" title={`${words} ${title}`}>
        <span className="example-words">{words}</span> <span dir="auto">{title}</span>
      </span>
      <button
        type="button"
        aria-label={`Remove: ${words.toLowerCase()} ${title}`}
        onClick={() => search.chooseExample(index, side)}
      >
        <X size={13} aria-hidden />
      </button>
    </li>
  );
}

const MODES: readonly { readonly value: SearchMode; readonly label: string; readonly tooltip: string }[] = [
  { value: 'hybrid', label: 'Hybrid', tooltip: 'By words and by meaning, whichever has more to say' },
  { value: 'words', label: 'Words', tooltip: 'Texts that hold the words' },
  { value: 'meaning', label: 'Meaning', tooltip: 'Texts on the same matter, in whatever words' },
];

/** Hybrid, words or meaning; and what the search by meaning is waiting for. */
function SearchModes() {
  const { search } = useApp();
  const mode = useAppState((state) => state.searchMode);
  const meaning = useAppState((state) => state.meaning);
  const status = mode === 'words' ? '' : statusOf(meaning);
  return (
    <div className="search-modes">
      <Segments label="Search by" value={mode} options={MODES} onChange={search.searchBy} />
      <FoldButton />
      {status !== '' && (
        <p className="meaning-status" data-off={meaning.kind === 'off'}>
          {status}
        </p>
      )}
    </div>
  );
}

/** Shown where the list of hits and the map have no room side by side, and wherever the list is folded. */
function FoldButton() {
  const hasHits = useAppState((state) => state.hits !== null && state.hits.total > 0);
  const { isFolded, fold, unfold } = useFoldedHits();
  if (!hasHits) return null;
  return (
    <Button
      kind="text"
      className="fold-hits"
      aria-expanded={!isFolded}
      icon={isFolded ? List : MapIcon}
      onClick={isFolded ? unfold : fold}
    >
      {isFolded ? 'List' : 'On the map'}
    </Button>
  );
}

function statusOf(meaning: MeaningStatus): string {
  if (meaning.kind === 'off') return meaning.reason;
  if (meaning.kind !== 'reading' || meaning.total === 0 || meaning.loaded >= meaning.total) return '';
  return `Loading the model, ${formatBytes(meaning.loaded)} of ${formatBytes(meaning.total)} …`;
}
