import { X } from 'lucide-react';
import { useMemo } from 'react';
import type { ColumnValue } from '../model/paper.ts';
import type { SearchHits } from '../search/search.api.ts';
import { colorValues } from './coloring.ts';
import { formatCount } from './messages.ts';
import { searchWithin } from './search-papers.ts';
import { useApp } from './use-store.ts';

/** More than these are a list of their own, which the map's legend is. */
const SHOWN = 4;

/** How the hits fall on the values that the map is coloured by; one click keeps to one of them. */
export function Facets({ hits }: { readonly hits: SearchHits | null }) {
  const by = useApp((state) => state.colorBy);
  const shown = useApp((state) => state.shown);
  const topicEdits = useApp((state) => state.topicEdits);
  const measured = useApp((state) => state.measured);
  const facet = useApp((state) => state.facet);
  const counts = useMemo(
    () => (hits && by !== 'none' ? countValues(colorValues({ shown, topicEdits, measured }, by), hits.indices) : []),
    [shown, topicEdits, measured, hits, by],
  );
  if (facet) {
    return (
      <div className="facets">
        <button type="button" className="facet facet-chosen" onClick={() => searchWithin(null)}>
          <span className="facet-name">{nameOf(facet.value)}</span>
          <X size={12} aria-label="Search in all papers" />
        </button>
      </div>
    );
  }
  if (counts.length < 2) return null;
  return (
    <div className="facets">
      {counts.slice(0, SHOWN).map(([value, count]) => (
        <button
          key={String(value)}
          type="button"
          className="facet"
          title={`Only ${nameOf(value)}`}
          onClick={() => searchWithin({ by, value })}
        >
          <span className="facet-name">{nameOf(value)}</span>
          <span className="facet-count">{formatCount(count)}</span>
        </button>
      ))}
    </div>
  );
}

/** Values and how many of the papers `indices` have each, most first. */
function countValues(values: readonly ColumnValue[], indices: Int32Array): [ColumnValue, number][] {
  const counts = new Map<ColumnValue, number>();
  for (const index of indices) {
    const value = values[index] ?? null;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function nameOf(value: ColumnValue): string {
  return value === null || value === '' ? 'without' : String(value);
}
