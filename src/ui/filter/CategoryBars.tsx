import { useState } from 'react';
import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { CategoryFacet } from '../../facet/facet.ts';
import { chooseKey, type Filter, isolateKey, keepsKey } from '../../facet/filter.ts';
import { formatCount } from '../messages.ts';
import { useApp } from '../use-store.ts';
import type { NamedFacet } from './facet-set.ts';
import { changeFilter } from './filter-actions.ts';
import { useCounts } from './filter-state.ts';
import { keyLabel } from './filter-text.ts';

/** Values shown at first, and how many each further click adds. */
const SHOWN = 6;
const MORE = 50;

interface Props {
  readonly named: NamedFacet;
  readonly facet: CategoryFacet;
  /** The colour of a value; the accent's where there is none. */
  readonly colorOf?: (key: string) => string;
}

/** A bar a value, with how many papers have it under all other filters. A click chooses values, with Shift or Alt one alone. */
export function CategoryBars({ named, facet, colorOf }: Props) {
  const counts = useCounts(named.id, facet);
  const filter = useApp((state) => state.filters[named.id] ?? null);
  const [limit, setLimit] = useState(SHOWN);
  const keys = [...facet.keys, ...(facet.bins.includes(facet.size) ? [NO_VALUE_KEY] : [])];
  const shown = keys.length <= limit + 1 ? keys : keptFirst(keys, filter, limit);
  const countOf = (key: string): number => counts[key === NO_VALUE_KEY ? facet.size : facet.keys.indexOf(key)];
  const most = Math.max(1, ...counts);
  return (
    <ul className="category-bars">
      {shown.map((key) => (
        <li key={key}>
          <button
            type="button"
            className="category-bar"
            aria-pressed={filter !== null && keepsKey(filter, key)}
            data-out={!keepsKey(filter, key) || undefined}
            onClick={(event) => {
              const act = event.shiftKey || event.altKey ? isolateKey : chooseKey;
              changeFilter(named.id, (before) => act(before, key));
            }}
          >
            <span className="category-name" dir="auto">
              {keyLabel(named.id, facet, key)}
            </span>
            <span className="legend-count">{formatCount(countOf(key))}</span>
            <span
              className="category-fill"
              style={{ width: `${(100 * countOf(key)) / most}%`, background: colorOf?.(key) ?? 'var(--accent)' }}
            />
          </button>
        </li>
      ))}
      {shown.length < keys.length && (
        <li>
          <button type="button" className="text-button" onClick={() => setLimit(limit + MORE)}>
            {formatCount(keys.length - shown.length)} more
          </button>
        </li>
      )}
    </ul>
  );
}

/** The first values, and those that are filtered by wherever they stand. */
function keptFirst(keys: readonly string[], filter: Filter | null, limit: number): string[] {
  const named = filter && filter.kind !== 'ranges' ? new Set(filter.keys) : null;
  return keys.filter((key, place) => place < limit || named?.has(key));
}
