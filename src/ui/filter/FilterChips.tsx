import { X } from 'lucide-react';
import type { NamedFacet } from '../../app/filter/facet-set.ts';
import { filterText, keptText } from '../../app/filter/filter-text.ts';
import { formatCount } from '../../app/messages.ts';
import type { Filter } from '../../facet/filter.ts';
import { useApp, useAppState, useFiltered, useNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';

/** A chip for each filter, and how many papers are left. Screen readers announce that number when it changes. */
export function FilterChips() {
  const noun = useNoun();
  const { filtering } = useApp();
  const filters = useAppState((state) => state.filters);
  const { facets, kept, total } = useFiltered();
  const chips = Object.entries(filters).flatMap(([id, filter]) => {
    const named = facets.get(id);
    return named ? [{ named, filter }] : [];
  });
  return (
    <>
      <p className="visually-hidden" role="status" data-kept={kept}>
        {chips.length > 0 ? `${keptText(kept, total, noun)} left by filters` : ''}
      </p>
      {chips.length > 0 && (
        <section className="filter-chips" aria-label="Filters">
          {chips.map(({ named, filter }) => (
            <Chip key={named.id} named={named} filter={filter} />
          ))}
          <span className="filter-foot">
            <span className="filter-kept">
              {formatCount(kept)} of {formatCount(total)}
            </span>
            <Button kind="text" onClick={filtering.clearFilters}>
              Clear all
            </Button>
          </span>
        </section>
      )}
    </>
  );
}

function Chip({ named, filter }: { readonly named: NamedFacet; readonly filter: Filter }) {
  const { filtering } = useApp();
  const text = filterText(named, filter);
  return (
    <button
      type="button"
      className="facet facet-chosen filter-chip"
      title={`${named.name}: ${text}`}
      onClick={() => filtering.setFilter(named.id, null)}
    >
      <span className="facet-name" dir="auto">
        {named.name}: {text}
      </span>
      <X size={12} aria-label="Remove this filter" />
    </button>
  );
}
