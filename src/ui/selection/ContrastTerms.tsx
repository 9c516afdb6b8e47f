import { useEffect, useState } from 'react';
import { countOf, formatCount } from '../../app/messages.ts';
import type { Paper } from '../../model/paper.ts';
import type { Selection } from '../../model/selection.ts';
import type { Contrast, ContrastTerm } from '../../topics/naming/contrast.ts';
import { useApp, useNoun } from '../app-context.ts';

interface Props {
  readonly papers: readonly Paper[];
  readonly a: Selection;
  /** Null: all other papers. */
  readonly b: Selection | null;
  readonly nameB: string;
}

/** The phrases that distinguish two sets of papers, side by side. */
export function ContrastTerms({ papers, a, b, nameB }: Props) {
  const { contrast, isFresh } = useContrast(papers, a, b);
  const most = Math.max(contrast?.a[0]?.z ?? 0, contrast?.b[0]?.z ?? 0, 1);
  return (
    <section aria-label="What tells it apart" aria-busy={!isFresh} className="contrast">
      <h3>What tells it apart</h3>
      <p className="quiet" title="Log-odds with an informative Dirichlet prior, as z-scores (Monroe et al. 2008)">
        Said more often on one side than on the other, the surest first; bars show how sure.
      </p>
      {contrast ? (
        <div className="contrast-sides">
          <Side name="Selection" terms={contrast.a} most={most} />
          <Side name={nameB} terms={contrast.b} most={most} />
        </div>
      ) : (
        <p className="quiet">Reading the phrases …</p>
      )}
    </section>
  );
}

interface SideProps {
  readonly name: string;
  readonly terms: readonly ContrastTerm[];
  /** The highest z of both sides; its bar fills the width. */
  readonly most: number;
}

function Side({ name, terms, most }: SideProps) {
  const noun = useNoun();
  return (
    <div>
      <h4>{name}</h4>
      {terms.length === 0 && <p className="quiet">Nothing that is sure.</p>}
      <ol>
        {terms.map(({ term, z, here, there }) => (
          <li key={term} title={`${countOf(here, noun)} here, ${formatCount(there)} there; z = ${z.toFixed(1)}`}>
            <span className="contrast-term" dir="auto">
              {term}
            </span>
            <span className="contrast-count">
              {formatCount(here)}
              <span className="visually-hidden">
                {' '}
                {noun.many}, {formatCount(there)} on the other side
              </span>
            </span>
            <span className="term-bar" style={{ width: `${(100 * z) / most}%` }} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** How long a selection must rest before its phrases are searched for. */
const REST_MS = 120;

/** What distinguishes `a` from `b` (null: from the rest). Until it is found, the last result, with `isFresh` false. */
function useContrast(
  papers: readonly Paper[],
  a: Selection,
  b: Selection | null,
): { readonly contrast: Contrast | null; readonly isFresh: boolean } {
  const { store, workers } = useApp();
  const [found, setFound] = useState<{ a: Selection; b: Selection | null; contrast: Contrast } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const find = async (): Promise<void> => {
      try {
        const contrast = await workers.analyst.tellApart(papers, { a, b });
        if (contrast && isWanted) setFound({ a, b, contrast });
      } catch (error) {
        if (isWanted) store.report(error, 'topics');
      }
    };
    const timer = setTimeout(() => void find(), REST_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [papers, a, b, store, workers]);
  return { contrast: found?.contrast ?? null, isFresh: found?.a === a && found.b === b };
}
