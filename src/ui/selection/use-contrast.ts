import { useEffect, useState } from 'react';
import { analyst, reportFailure } from '../../app/session.ts';
import { isCancelled, toFailure } from '../../model/failure.ts';
import type { Paper } from '../../model/paper.ts';
import type { Selection } from '../../model/selection.ts';
import type { Contrast } from '../../topics/naming/contrast-terms.ts';

/** A selection that changes again within so long is not looked at. */
const REST_MS = 120;

/** What tells `a` from `b` (null: from the rest); null while it is being found. What was found last stays meanwhile. */
export function useContrast(
  papers: readonly Paper[],
  a: Selection,
  b: Selection | null,
): { readonly contrast: Contrast | null; readonly isFresh: boolean } {
  const [found, setFound] = useState<{ a: Selection; b: Selection | null; contrast: Contrast } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const find = async (): Promise<void> => {
      try {
        const contrast = await analyst.tellApart(papers, { a, b });
        if (contrast && isWanted) setFound({ a, b, contrast });
      } catch (error) {
        if (isWanted && !isCancelled(error)) reportFailure(toFailure(error, 'topics'));
      }
    };
    const timer = setTimeout(() => void find(), REST_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [papers, a, b]);
  return { contrast: found?.contrast ?? null, isFresh: found?.a === a && found.b === b };
}
