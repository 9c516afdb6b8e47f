import { Expand } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { countOf, formatCount } from '../../app/messages.ts';
import { hasOpenPanel } from '../../app/state.ts';
import { farRows } from '../../model/places.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { useCovers } from './use-covers.ts';

/** How many papers lie so far outside that the first view leaves them out, while they are not seen. A click shows all. */
export function FarOutside() {
  const noun = useNoun();
  const { view } = useApp();
  const map = useAppState((state) => state.shown?.map ?? null);
  const hasPanel = useAppState(hasOpenPanel);
  const far = useMemo(() => (map ? farRows(map.positions) : []), [map]);
  const [unseen, setUnseen] = useState(0);
  const covers = useCovers<HTMLButtonElement>((own) => [own]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an opened panel also changes what is outside.
  useEffect(() => {
    if (far.length === 0) return;
    const count = (): void => {
      const outside = view.papersOutside(far);
      setUnseen(outside.top.length + outside.right.length + outside.bottom.length + outside.left.length);
    };
    count();
    return view.followViewport(count);
  }, [far, hasPanel]);
  if (far.length === 0 || unseen === 0) return null;
  const { bottom, left, right } = view.freeInsets();
  return (
    <button
      ref={covers}
      type="button"
      className="outside outside-bottom"
      style={{ bottom: bottom + GAP_PX, left: `calc((100% + ${left - right}px) / 2)` }}
      aria-label={`${countOf(far.length, noun)} far outside: show all`}
      onClick={view.fitAll}
    >
      {formatCount(far.length)} far outside <Expand size={14} aria-hidden />
    </button>
  );
}

/** Above the counts of hits. */
const GAP_PX = 44;
