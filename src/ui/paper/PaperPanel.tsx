import { Minus, Plus, X } from 'lucide-react';
import { useMemo } from 'react';
import { formatCount, formatDate } from '../../app/messages.ts';
import type { MapData } from '../../model/map-data.ts';
import { capital } from '../../model/noun.ts';
import type { Paper } from '../../model/paper.ts';
import { pathOf } from '../../model/topic-view.ts';
import { BY_WORDS } from '../../search/fuse.ts';
import { highlightRanges } from '../../search/highlight.ts';
import type { SearchHits } from '../../search/search.api.ts';
import { shortAuthors, splitAuthors } from '../../text/authors.ts';
import { displayTitle, readableNames, readableText } from '../../text/readable.ts';
import { useApp, useAppState, useNoun, useTopics } from '../app-context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { NearestPapers } from '../neighbors/NearestPapers.tsx';
import { Clipped } from './Clipped.tsx';
import { Marked } from './Marked.tsx';
import { TakeAway } from './TakeAway.tsx';

const MAX_COLUMNS = 12;
/** UTF-16 units of a column's value, and of authors' names, that are shown at first. */
const MAX_VALUE = 400;
const MAX_AUTHORS = 240;
/** Places where one paper was read that are shown. */
const MAX_SOURCES = 20;

/** The whole paper, its nearest papers by their vectors, and its sources. */
export function PaperPanel() {
  const noun = useNoun();
  const { store } = useApp();
  const selected = useAppState((state) => state.selected);
  const shown = useAppState((state) => state.shown);
  const paper = shown?.corpus.papers[selected];
  if (!shown || !paper) return null;
  return (
    <aside className="panel" aria-label={capital(noun.one)} key={selected}>
      <div className="panel-head">
        <p className="meta">
          {[readableNames(shortAuthors(paper.authors ?? '')), paper.date === null ? null : formatDate(paper.date)]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <IconButton icon={X} label="Close" onClick={() => store.set({ selected: -1 })} />
      </div>
      <PaperText paper={paper} selected={selected} />
      <AllAuthors authors={paper.authors} />
      <PaperTopics paper={selected} />
      <TakeAway corpus={shown.corpus} index={selected} />
      {shown.map?.embedding && <Examples selected={selected} />}
      {shown.map?.neighbors ? (
        <NearestPapers shown={shown} selected={selected} />
      ) : (
        <p className="quiet">
          {shown.map
            ? 'This map file holds no neighbours.'
            : `Its nearest ${noun.many} are known once the map is ready.`}
        </p>
      )}
      <Columns shown={shown} selected={selected} />
      <Sources paper={paper} />
    </aside>
  );
}

function PaperText({ paper, selected }: { readonly paper: Paper; readonly selected: number }) {
  const hits = useAppState((state) => state.hits);
  const title = displayTitle(paper);
  const text = useMemo(() => readableText(paper.text), [paper]);
  const marks = useMemo(() => {
    const terms = hits ? termsOfHit(hits, selected) : [];
    return { title: highlightRanges(title, terms, 'title'), text: highlightRanges(text, terms, 'text') };
  }, [title, text, hits, selected]);
  return (
    <>
      <h2 dir="auto">
        <Marked text={title} ranges={marks.title} />
      </h2>
      <p className="abstract" dir="auto">
        {text === '' ? (
          <span className="quiet">This record has no abstract.</span>
        ) : (
          <Marked text={text} ranges={marks.text} />
        )}
      </p>
    </>
  );
}

/** What to mark in a paper: nothing for a hit by meaning alone, because shared words are not its reason. */
function termsOfHit(hits: SearchHits, index: number): SearchHits['terms'] {
  const rank = hits.indices.indexOf(index);
  return rank >= 0 && (hits.why[rank] & BY_WORDS) === 0 ? [] : hits.terms;
}

/** Adds the paper to the search as an example of what to find, or of what to avoid. */
function Examples({ selected }: { readonly selected: number }) {
  const { search } = useApp();
  const isLiked = useAppState((state) => state.like.includes(selected));
  const isUnliked = useAppState((state) => state.unlike.includes(selected));
  return (
    <div className="example-buttons">
      <Button icon={Plus} aria-pressed={isLiked} onClick={() => search.chooseExample(selected, 'like')}>
        More like this
      </Button>
      <Button icon={Minus} aria-pressed={isUnliked} onClick={() => search.chooseExample(selected, 'unlike')}>
        Less like this
      </Button>
    </div>
  );
}

/** Every name, where the head of the panel has only some. */
function AllAuthors({ authors }: Pick<Paper, 'authors'>) {
  const names = authors === null ? [] : splitAuthors(authors);
  if (names.length === 0 || shortAuthors(authors ?? '').length >= (authors?.length ?? 0)) return null;
  return (
    <p className="meta all-authors" dir="auto">
      <Clipped
        text={readableNames(names.join('; '))}
        most={MAX_AUTHORS}
        more={`Show all ${formatCount(names.length)} authors`}
      />
    </p>
  );
}

function Columns({ shown, selected }: { readonly shown: { corpus: MapData['corpus'] }; readonly selected: number }) {
  const rows = shown.corpus.columns
    .map(({ name, values }) => ({ name, value: values[selected] }))
    .filter(({ value }) => value !== null && value !== '')
    .slice(0, MAX_COLUMNS);
  if (rows.length === 0) return null;
  return (
    <dl className="facts columns-of-paper">
      {rows.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">
            <Clipped text={readableText(String(value))} most={MAX_VALUE} more="Show all" />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Sources({ paper }: { readonly paper: Paper }) {
  return (
    <p className="meta sources">
      Read from{' '}
      {paper.sources.slice(0, MAX_SOURCES).map((source, i) => (
        <span key={`${source.file}:${source.line}`}>
          {i > 0 && ', '}
          {source.file}, line {formatCount(source.line)}
        </span>
      ))}
      {paper.sources.length > MAX_SOURCES && ` and ${formatCount(paper.sources.length - MAX_SOURCES)} more places`}
    </p>
  );
}

/** The paper's topics, coarse to fine. A click opens one. */
function PaperTopics({ paper }: { readonly paper: number }) {
  const { topics } = useApp();
  const view = useTopics();
  if (!view || view.tops.length === 0) return null;
  const path = pathOf(view, paper);
  if (path.length === 0) return <p className="meta paper-topics">Between topics</p>;
  return (
    <p className="meta paper-topics">
      {path.map((id, depth) => (
        <span key={id}>
          {depth > 0 && ' › '}
          <Button kind="link" onClick={() => topics.goToTopic(id)}>
            {view.nodes.get(id)?.name}
          </Button>
        </span>
      ))}
    </p>
  );
}
