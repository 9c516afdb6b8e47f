import { useState } from 'react';
import type { NamedFacet } from '../../app/filter/facet-set.ts';
import { keyLabel } from '../../app/filter/filter-text.ts';
import { formatCount } from '../../app/messages.ts';
import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { CategoryFacet } from '../../facet/facet.ts';
import { chooseKey, type Filter, isolateKey, keepsKey } from '../../facet/filter.ts';
import { useApp, useAppState, useCounts } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';

/** Values shown at first, and how many each further click adds. */
const SHOWN = 6;
const MORE = 50;

interface Props {
  readonly named: NamedFacet;
  readonly facet: CategoryFacet;
}

/** A bar for each value: its papers under all other filters. A click chooses values, with Shift or Alt only one. */
export function CategoryBars({ named, facet }: Props) {
  const { filtering } = useApp();
  const counts = useCounts(named.id, facet);
  const filter = useAppState((state) => state.filters[named.id] ?? null);
  const [limit, setLimit] = useState(SHOWN);
  const keys = [...facet.keys, ...(facet.bins.includes(facet.size) ? [NO_VALUE_KEY] : [])];
  const shown = keys.length <= limit + 1 ? keys : keptFirst(keys, filter, limit);
  const countOf = (key: string): number => counts[key === NO_VALUE_KEY ? facet.size : facet.keys.indexOf(key)];
  const most = Math.max(1, ...counts);
  return (
    <ul className="category-bars">
      {shown.map((key) => (
        <li key={key}>
          <CategoryBar
            label={keyLabel(named.id, facet, key)}
            count={countOf(key)}
            most={most}
            isChosen={filter !== null && keepsKey(filter, key)}
            isOut={!keepsKey(filter, key)}
            onChoose={(isAlone) =>
              filtering.changeFilter(named.id, (before) => (isAlone ? isolateKey : chooseKey)(before, key))
            }
          />
        </li>
      ))}
      {shown.length < keys.length && (
        <li>
          <Button kind="text" onClick={() => setLimit(limit + MORE)}>
            {formatCount(keys.length - shown.length)} more
          </Button>
        </li>
      )}
    </ul>
  );
}

interface BarProps {
  readonly label: string;
  readonly count: number;
  /** The count of the longest bar. */
  readonly most: number;
  readonly isChosen: boolean;
  readonly isOut: boolean;
  readonly color?: string;
  /** Called with whether Shift or Alt was held. */
  readonly onChoose: (isAlone: boolean) => void;
}

/** One value: its name, its number of papers, and a bar of that length. */
export function CategoryBar({ label, count, most, isChosen, isOut, color = 'var(--accent)', onChoose }: BarProps) {
  return (
    <button
      type="button"
      className="category-bar"
      aria-pressed={isChosen}
      data-out={isOut || undefined}
      onClick={(event) => onChoose(event.shiftKey || event.altKey)}
    >
      <span className="category-name" dir="auto">
        {label}
      </span>
      <span className="legend-count">{formatCount(count)}</span>
      <span className="category-fill" style={{ width: `${(100 * count) / most}%`, background: color }} />
    </button>
  );
}

/** The first `limit` values, and all that the filter names. */
function keptFirst(keys: readonly string[], filter: Filter | null, limit: number): string[] {
  const named = filter && filter.kind !== 'ranges' ? new Set(filter.keys) : null;
  return keys.filter((key, place) => place < limit || named?.has(key));
}
