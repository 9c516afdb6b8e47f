import { useMemo } from 'react';
import type { NamedFacet } from '../../app/filter/facet-set.ts';
import { changeFilter } from '../../app/filter/filter-actions.ts';
import { missingText } from '../../app/filter/filter-text.ts';
import type { RangeFacet } from '../../facet/facet.ts';
import { keepMissing, wholeRange } from '../../facet/filter.ts';
import { Button } from '../controls/Button.tsx';
import { useApp } from '../use-store.ts';

/** How many papers have no bar, why, and whether they are kept. */
export function Missing({ named, facet }: { readonly named: NamedFacet; readonly facet: RangeFacet }) {
  const filter = useApp((state) => state.filters[named.id] ?? null);
  const text = useMemo(() => missingText({ id: named.id, facet }), [named.id, facet]);
  if (text === '') return null;
  const isKept = filter === null || (filter.kind === 'ranges' && filter.keepsMissing);
  return (
    <p className="filter-missing">
      <span>
        {text}
        {isKept ? '' : ', left out'}
      </span>
      <Button
        kind="text"
        aria-label={isKept ? `Leave out papers: ${text}` : `Keep papers: ${text}`}
        onClick={() => changeFilter(named.id, (before) => keepMissing(before, !isKept, wholeRange(facet)))}
      >
        {isKept ? 'Leave out' : 'Keep'}
      </Button>
    </p>
  );
}
