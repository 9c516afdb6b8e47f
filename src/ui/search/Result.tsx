import { ListBoxItem } from 'react-aria-components';
import { setState } from '../../app/store.ts';
import { summaryText } from '../../app/summary.ts';
import { displayTitle } from '../../model/paper.ts';
import { BY_MEANING, BY_WORDS } from '../../search/fuse.ts';
import { highlightRanges, snippet } from '../../search/highlight.ts';
import type { SearchHits } from '../../search/search.api.ts';
import { Marked } from '../paper/Marked.tsx';
import { useApp } from '../use-store.ts';

const SNIPPET_CHARACTERS = 150;

/** Why a paper is a hit, by the bits of fuse.ts. */
const BADGES: Readonly<Record<number, { readonly label: string; readonly says: string }>> = {
  [BY_WORDS]: { label: 'words', says: 'It holds the words' },
  [BY_MEANING]: { label: 'meaning', says: 'Its vector stands out as near to the query' },
  [BY_WORDS | BY_MEANING]: { label: 'both', says: 'It holds the words, and its vector is near to the query' },
};

interface Props {
  readonly index: number;
  /** Place among the hits, from 0. */
  readonly rank: number;
  readonly hits: SearchHits;
}

/** One hit of a list box. What stands in it is an element of its own: of most hits it is never made. */
export function Result({ index, rank, hits, title }: Props & { readonly title: string }) {
  return (
    <ListBoxItem
      id={index}
      textValue={title}
      className="result"
      onHoverStart={() => setState({ hovered: index })}
      onHoverEnd={() => setState({ hovered: -1 })}
    >
      <ResultText index={index} rank={rank} hits={hits} />
    </ListBoxItem>
  );
}

/** Title, the place that matched (or, by meaning alone, what the paper says), and why it is a hit. O(length of the text). */
function ResultText({ index, rank, hits }: Props) {
  const paper = useApp((state) => state.shown?.corpus.papers[index]);
  const summaries = useApp((state) => state.shown?.map?.summaries);
  if (!paper) return null;
  const why = hits.why[rank];
  // A word in common is no reason for a hit by meaning.
  const terms = (why & BY_WORDS) !== 0 ? hits.terms : [];
  const title = displayTitle(paper);
  const text = terms.length > 0 ? paper.text : summaryText(paper, summaries?.[index]);
  const body = snippet(text, highlightRanges(text, terms, 'text'), SNIPPET_CHARACTERS);
  const badge = BADGES[why];
  return (
    <>
      <span className="result-title" dir="auto">
        <Marked text={title} ranges={highlightRanges(title, terms, 'title')} />
      </span>
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
