import { CalendarRange, ChevronDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { NamedFacet } from '../../app/filter/facet-set.ts';
import { plural } from '../../app/messages.ts';
import type { RangeFacet } from '../../facet/facet.ts';
import { useApp, useAppState, useCounts, useFiltered, useNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { DayOrderChoice } from '../import/DayOrderChoice.tsx';
import { CategoryBars } from './CategoryBars.tsx';
import { Histogram, MissingValues } from './Histogram.tsx';
import { TopicBars } from './TopicBars.tsx';

/** How many facets are open at first. The others cost nothing until they are opened. */
const OPEN = 6;
const HISTOGRAM_PX = 52;

/** Everything that can be filtered by, each with its counts under all other filters. */
export function FilterPanel() {
  const noun = useNoun();
  const { facets } = useFiltered();
  const { facets: all, columnsLeft } = useMemo(() => facets.all(), [facets]);
  if (all.length === 0) {
    return <p className="quiet">These {noun.many} have nothing to filter by: no topics, dates or columns.</p>;
  }
  return (
    <div className="filters">
      {all.map((named, place) => (
        <FacetSection key={named.id} named={named} isOpenFirst={place < OPEN} />
      ))}
      {columnsLeft > 0 && <p className="quiet">{plural(columnsLeft, 'further column')} not shown.</p>}
    </div>
  );
}

function FacetSection({ named, isOpenFirst }: { readonly named: NamedFacet; readonly isOpenFirst: boolean }) {
  const { filtering } = useApp();
  const isFiltered = useAppState((state) => named.id in state.filters);
  const [isOpen, setOpen] = useState(isOpenFirst);
  return (
    <section className="filter-facet" aria-label={`Filter by ${named.name}`}>
      <div className="filter-head">
        <button type="button" className="filter-title" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <ChevronDown size={13} aria-hidden className={isOpen ? '' : 'turned'} />
          <span>{named.name}</span>
        </button>
        {isFiltered && (
          <Button kind="text" onClick={() => filtering.setFilter(named.id, null)}>
            Reset
          </Button>
        )}
      </div>
      {isOpen && <FacetBody named={named} />}
    </section>
  );
}

function FacetBody({ named }: { readonly named: NamedFacet }) {
  const { facet } = named;
  if (facet.kind !== 'category') return <RangeBody named={named} facet={facet} />;
  if (facet.tree) return <TopicBars named={named} tree={facet.tree} />;
  return <CategoryBars named={named} facet={facet} />;
}

function RangeBody({ named, facet }: { readonly named: NamedFacet; readonly facet: RangeFacet }) {
  const { filtering, store } = useApp();
  const counts = useCounts(named.id, facet);
  const timeline = useAppState((state) => state.timeline);
  return (
    <>
      <Histogram named={named} facet={facet} layers={[{ color: 'var(--accent)', counts }]} heightPx={HISTOGRAM_PX} />
      <MissingValues named={named} facet={facet} />
      {named.days && <DayOrderChoice days={named.days} onChange={(order) => filtering.readDays(named.id, order)} />}
      {facet.kind === 'date' && timeline !== named.id && (
        <Button kind="text" icon={CalendarRange} onClick={() => store.set({ timeline: named.id })}>
          Play, and topics over time
        </Button>
      )}
    </>
  );
}
