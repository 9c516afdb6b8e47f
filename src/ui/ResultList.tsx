import { useEffect, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { displayTitle } from '../model/paper.ts';
import { highlightRanges, snippet } from '../search/highlight.ts';
import type { WordHits } from '../search/search.api.ts';
import { Marked } from './Marked.tsx';
import { goToPaper } from './map-actions.ts';
import { formatCount, plural } from './messages.ts';
import { setState } from './store.ts';
import { useApp } from './use-store.ts';

const FIRST_SHOWN = 50;
const SNIPPET_CHARACTERS = 150;

/** The hits, best first, with the words that matched marked. */
export function ResultList({ hits, query }: { readonly hits: WordHits; readonly query: string }) {
  const papers = useApp((state) => state.shown?.corpus.papers ?? []);
  const selected = useApp((state) => state.selected);
  const [shown, setShown] = useState(FIRST_SHOWN);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query begins at the top again.
  useEffect(() => setShown(FIRST_SHOWN), [query]);
  if (hits.indices.length === 0) return <NoHits query={query} />;
  const visible = Array.from(hits.indices.subarray(0, shown)).filter((index) => index < papers.length);
  return (
    <div className="results">
      <p className="results-head">
        {plural(hits.total, 'paper')}
        {hits.relaxed && ' · none has all the words, these have some'}
      </p>
      <ListBox
        className="result-list"
        aria-label="Search results"
        selectionMode="single"
        selectedKeys={selected >= 0 ? [selected] : []}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : keys;
          if (key !== undefined) goToPaper(Number(key));
        }}
      >
        {visible.map((index) => {
          const paper = papers[index];
          const title = displayTitle(paper);
          const body = snippet(paper.text, highlightRanges(paper.text, hits.terms, 'text'), SNIPPET_CHARACTERS);
          return (
            <ListBoxItem
              key={index}
              id={index}
              textValue={title}
              className="result"
              onHoverStart={() => setState({ hovered: index })}
              onHoverEnd={() => setState({ hovered: -1 })}
            >
              <span className="result-title" dir="auto">
                <Marked text={title} ranges={highlightRanges(title, hits.terms, 'title')} />
              </span>
              {paper.title !== '' && (
                <span className="result-text" dir="auto">
                  {body.leading && '… '}
                  <Marked text={body.text} ranges={body.ranges} />
                  {body.trailing && ' …'}
                </span>
              )}
            </ListBoxItem>
          );
        })}
      </ListBox>
      {hits.indices.length > shown && (
        <button type="button" className="button more" onClick={() => setShown(shown + FIRST_SHOWN)}>
          Show more ({formatCount(hits.indices.length - shown)} left)
        </button>
      )}
    </div>
  );
}

function NoHits({ query }: { readonly query: string }) {
  return (
    <div className="results no-hits">
      <p>
        No paper holds <b dir="auto">{query}</b>.
      </p>
      <p className="quiet">
        Try fewer words, or the beginning of a word. Quotes find a phrase, a minus leaves a word out.
      </p>
    </div>
  );
}
