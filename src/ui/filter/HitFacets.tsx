import { useMemo } from 'react';
import { keyLabel } from '../../app/filter/filter-text.ts';
import { formatCount } from '../../app/messages.ts';
import { isolateKey } from '../../facet/filter.ts';
import type { SearchHits } from '../../search/search.api.ts';
import { useApp, useAppState, useFiltered } from '../app-context.ts';

/** More than these are a list of their own, which the filters are. */
const SHOWN = 4;

/** How the hits fall on the values that the map is coloured by; one click keeps to one of them. */
export function HitFacets({ hits }: { readonly hits: SearchHits }) {
  const { filtering } = useApp();
  const by = useAppState((state) => state.colorBy);
  const isFiltered = useAppState((state) => by in state.filters);
  const { facets } = useFiltered();
  const named = facets.get(by);
  const counts = useMemo(() => {
    if (named?.facet.kind !== 'category') return [];
    const { keys, bins, size } = named.facet;
    const found = new Uint32Array(size + 1);
    for (const index of hits.indices) found[bins[index]]++;
    return Array.from(found, (count, bar) => ({ key: keys[bar] ?? '', count }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count);
  }, [named, hits]);
  const facet = named?.facet;
  // Filtered already: the chip above says so, and takes it back.
  if (isFiltered || facet?.kind !== 'category' || counts.length < 2) return null;
  return (
    <div className="facets">
      {counts.slice(0, SHOWN).map(({ key, count }) => {
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
