import { Download, ListChecks, Maximize2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Collection, ListBox, ListBoxItem, ListBoxLoadMoreItem, ListLayout, Virtualizer } from 'react-aria-components';
import { keyLabel } from '../../app/filter/filter-text.ts';
import { countOf, formatCount } from '../../app/messages.ts';
import { questionKey } from '../../app/search/search.ts';
import { summaryText } from '../../app/summary.ts';
import { barsOf } from '../../facet/facet.ts';
import { isolateKey } from '../../facet/filter.ts';
import type { Paper } from '../../model/paper.ts';
import { yearOf } from '../../model/paper.ts';
import { BY_MEANING, BY_WORDS } from '../../search/fuse.ts';
import { highlightRanges, snippet } from '../../search/highlight.ts';
import type { SearchHits } from '../../search/search.api.ts';
import { shortAuthors } from '../../text/authors.ts';
import { displayTitle, readableNames, readableText } from '../../text/readable.ts';
import { useApp, useAppState, useFiltered, useNoun } from '../app-context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { Marked } from '../paper/Marked.tsx';

/** Estimated height of a hit with a title and two lines of text. Each is measured once it is shown. */
const ROW_PX = 104;
/** Rows added at a time as the user scrolls, because even unseen rows cost time with each key typed. */
const MORE_ROWS = 100;
const NO_PAPERS: readonly Paper[] = [];

interface Props {
  readonly hits: SearchHits;
  readonly query: string;
  /** Called when an arrow key leaves the list at its top. */
  readonly onLeave: () => void;
}

/** The hits, best first. Only those in view are rendered. Arrow keys show each on the map, Enter opens it. */
export function ResultList({ hits, query, onLeave }: Props) {
  const { store, view } = useApp();
  const papers = useAppState((state) => state.shown?.corpus.papers ?? NO_PAPERS);
  const selected = useAppState((state) => state.selected);
  const [{ of, count }, setShown] = useState({ of: hits, count: MORE_ROWS });
  const wanted = of === hits ? count : MORE_ROWS;
  const rows = useMemo(
    () =>
      Array.from(hits.indices.subarray(0, wanted), (index, rank) => ({ id: index, rank })).flatMap((row) => {
        const paper = papers[row.id];
        return paper ? [{ ...row, title: displayTitle(paper) }] : [];
      }),
    [hits, papers, wanted],
  );
  if (rows.length === 0) return <NoHits query={query} hits={hits} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list inside takes the keys and the focus.
    <div
      className="results"
      onFocus={(event) => {
        const key = event.target.closest<HTMLElement>('[data-key]')?.dataset.key;
        if (key !== undefined) view.walkToPaper(Number(key));
      }}
      onBlur={() => store.set({ hovered: -1 })}
      onKeyDownCapture={(event) => {
        const isFirst = event.target instanceof HTMLElement && event.target.dataset.key === String(rows[0].id);
        if (event.key === 'ArrowUp' && isFirst) onLeave();
      }}
    >
      <ResultHead hits={hits} />
      <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight: ROW_PX, padding: 6 }}>
        <ListBox
          className="result-list"
          aria-label="Search results"
          selectionMode="single"
          selectedKeys={selected >= 0 ? [selected] : []}
          onSelectionChange={(keys) => {
            const [key] = keys === 'all' ? [] : keys;
            if (key !== undefined) view.goToPaper(Number(key));
          }}
        >
          <Collection items={rows} dependencies={[hits]}>
            {({ id, rank, title }) => <Result index={id} rank={rank} hits={hits} title={title} />}
          </Collection>
          {wanted < hits.indices.length && (
            <ListBoxLoadMoreItem onLoadMore={() => setShown({ of: hits, count: wanted + MORE_ROWS })} />
          )}
        </ListBox>
      </Virtualizer>
      {hits.endsAtChance && <p className="results-end">Nothing else is nearer in meaning than chance.</p>}
    </div>
  );
}

function ResultHead({ hits }: { readonly hits: SearchHits }) {
  const noun = useNoun();
  const { picking, saving, view } = useApp();
  return (
    <>
      <div className="results-head">
        <p>
          {countOf(hits.total, noun)}
          {hits.relaxed && (hits.nearest ? ' · none has all the words' : ' · none has all the words, these have some')}
        </p>
        <Button kind="text" icon={Maximize2} onClick={() => view.fitPapers(hits.indices)}>
          Fit to results
        </Button>
        <IconButton
          icon={ListChecks}
          size={14}
          isSmall
          label={`Select these ${noun.many}`}
          title={`Select these ${noun.many}`}
          onClick={(event) => picking.selectHits(event)}
        />
        <IconButton
          icon={Download}
          size={14}
          isSmall
          label="Save hits (JSONL)"
          title="Save hits (JSONL)"
          onClick={saving.exportHits}
        />
      </div>
      <HitFacets hits={hits} />
    </>
  );
}

function NoHits({ query, hits }: Pick<Props, 'query' | 'hits'>) {
  const noun = useNoun();
  const isFiltered = useAppState((state) => Object.keys(state.filters).length > 0);
  const mode = useAppState((state) => state.searchMode);
  const isPending = useAppState((state) => state.answered !== questionKey(state) && state.meaning.kind !== 'off');
  const byMeaning = hits.nearest ? ', and none is nearer to it in meaning than chance' : '';
  const which = `No ${noun.one} ${isFiltered ? 'left by the filters ' : ''}`;
  // A search by examples has no words.
  if (query.trim() === '') {
    return (
      <div className="results">
        <p className="no-hits">{which}stands out as like the examples.</p>
      </div>
    );
  }
  if (isPending) {
    return (
      <div className="results">
        <p className="no-hits">Nothing yet; still searching …</p>
      </div>
    );
  }
  return (
    <div className="results">
      <div className="no-hits">
        <p>
          {which}
          {mode === 'meaning' ? 'is nearer to ' : 'holds '}
          <b dir="auto">{query}</b>
          {mode === 'meaning' ? ' in meaning than chance' : byMeaning}.
        </p>
        <p className="quiet">
          Try fewer words, or the beginning of a word. Quotes find a phrase, a minus leaves a word out.
        </p>
      </div>
    </div>
  );
}

const SNIPPET_CHARACTERS = 150;

/** Why a paper is a hit, keyed by the bits of fuse.ts. */
const BADGES: Readonly<Record<number, { readonly label: string; readonly says: string }>> = {
  [BY_WORDS]: { label: 'words', says: 'It holds the words' },
  [BY_MEANING]: { label: 'meaning', says: 'Its vector stands out as near to the query' },
  [BY_WORDS | BY_MEANING]: { label: 'both', says: 'It holds the words, and its vector is near to the query' },
};

interface ResultProps {
  readonly index: number;
  /** Index among the hits, from 0. */
  readonly rank: number;
  readonly hits: SearchHits;
}

/** One hit of a list box. Its content is a component of its own, because most hits never render it. */
function Result({ index, rank, hits, title }: ResultProps & { readonly title: string }) {
  const { store } = useApp();
  return (
    <ListBoxItem
      id={index}
      textValue={title}
      className="result"
      onHoverStart={() => store.set({ hovered: index })}
      onHoverEnd={() => store.set({ hovered: -1 })}
    >
      <ResultText index={index} rank={rank} hits={hits} />
    </ListBoxItem>
  );
}

/** Title, the passage that matched (by meaning alone: a summary), and why it is a hit. O(length of the text). */
function ResultText({ index, rank, hits }: ResultProps) {
  const paper = useAppState((state) => state.shown?.corpus.papers[index]);
  const summaries = useAppState((state) => state.shown?.map?.summaries);
  if (!paper) return null;
  const why = hits.why[rank];
  // A shared word is not the reason for a hit by meaning.
  const terms = (why & BY_WORDS) !== 0 ? hits.terms : [];
  const title = displayTitle(paper);
  const text = terms.length > 0 ? readableText(paper.text) : summaryText(paper, summaries?.[index]);
  const body = snippet(text, highlightRanges(text, terms, 'text'), SNIPPET_CHARACTERS);
  const badge = BADGES[why];
  const about = [readableNames(shortAuthors(paper.authors ?? '')), yearOf(paper.date)].filter(Boolean).join(' · ');
  return (
    <>
      <span className="result-title" dir="auto">
        <Marked text={title} ranges={highlightRanges(title, terms, 'title')} />
      </span>
      {about !== '' && (
        <span className="result-about" dir="auto">
          {about}
        </span>
      )}
      {paper.title !== '' && (
        <span className="result-text" dir="auto">
          {body.leading && '… '}
          <Marked text={body.text} ranges={body.ranges} />
          {body.trailing && ' …'}
        </span>
      )}
      {badge && (
        <span className={`badge badge-${badge.label}`} title={badge.says}>
          {badge.label}
        </span>
      )}
    </>
  );
}

/** Facet values shown; for more, the filter panel is the better list. */
const FACETS_SHOWN = 4;

/** How many hits have each value that the map is coloured by. A click filters by one value. */
function HitFacets({ hits }: { readonly hits: SearchHits }) {
  const { filtering } = useApp();
  const by = useAppState((state) => state.colorBy);
  const isFiltered = useAppState((state) => by in state.filters);
  const { facets } = useFiltered();
  const named = facets.get(by);
  const counts = useMemo(() => {
    if (named?.facet.kind !== 'category') return [];
    const { keys, size } = named.facet;
    const found = new Uint32Array(size + 1);
    for (const index of hits.indices) for (const bar of barsOf(named.facet, index)) found[bar]++;
    return Array.from(found, (count, bar) => ({ key: keys[bar] ?? '', count }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count);
  }, [named, hits]);
  const facet = named?.facet;
  // When filtered already, the chip above shows and removes the filter.
  if (isFiltered || facet?.kind !== 'category' || counts.length < 2) return null;
  return (
    <div className="facets">
      {counts.slice(0, FACETS_SHOWN).map(({ key, count }) => {
        const label = keyLabel(by, facet, key);
        return (
          <button
            key={key}
            type="button"
            className="facet"
            title={`Only ${label}`}
            onClick={() => filtering.changeFilter(by, (filter) => isolateKey(filter, key))}
          >
            <span className="facet-name">{label}</span>
            <span className="facet-count">{formatCount(count)}</span>
          </button>
        );
      })}
    </div>
  );
}
