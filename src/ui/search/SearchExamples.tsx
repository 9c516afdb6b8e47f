import { Minus, Plus, X } from 'lucide-react';
import { chooseExample } from '../../app/search/search-papers.ts';
import { displayTitle } from '../../model/paper.ts';
import { useApp } from '../use-store.ts';

/** The papers chosen as examples, each to be taken away again. */
export function SearchExamples() {
  const like = useApp((state) => state.like);
  const unlike = useApp((state) => state.unlike);
  const isHalf = useApp((state) => state.like.length === 0 && state.query.trim() === '');
  if (like.length + unlike.length === 0) return null;
  return (
    <ul className="examples" aria-label="Examples">
      {like.map((index) => (
        <Example key={index} index={index} side="like" />
      ))}
      {unlike.map((index) => (
        <Example key={index} index={index} side="unlike" />
      ))}
      {isHalf && <li className="quiet">Search for something too, or choose a paper to find more like it.</li>}
    </ul>
  );
}

function Example({ index, side }: { readonly index: number; readonly side: 'like' | 'unlike' }) {
  const paper = useApp((state) => state.shown?.corpus.papers[index]);
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
        onClick={() => chooseExample(index, side)}
      >
        <X size={13} aria-hidden />
      </button>
    </li>
  );
}
