import { CalendarRange } from 'lucide-react';
import { useMemo } from 'react';
import { toggleTimeline } from '../../app/filter/filter-actions.ts';
import { IconButton } from '../controls/Button.tsx';
import { useApp, useFiltered } from '../use-store.ts';

/** Opens and closes the time line; absent where no paper has a date. */
export function TimeButton() {
  const isOpen = useApp((state) => state.timeline !== null);
  const hasMap = useApp((state) => (state.shown?.map ?? null) !== null);
  const { facets } = useFiltered();
  const hasTime = useMemo(() => hasMap && facets.timelines().length > 0, [facets, hasMap]);
  if (!hasTime) return null;
  return (
    <IconButton
      icon={CalendarRange}
      size={16}
      label="Time"
      aria-pressed={isOpen}
      title="Papers over time"
      onClick={toggleTimeline}
    />
  );
}
