import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatCount } from '../../app/messages.ts';
import { hasOpenPanel } from '../../app/state.ts';
import type { Side } from '../../app/view/moves.ts';
import type { Insets } from '../../render/viewport.ts';
import { useApp, useAppState } from '../app-context.ts';
import { useCovers } from './use-covers.ts';

const ARROWS = { top: ArrowUp, right: ArrowRight, bottom: ArrowDown, left: ArrowLeft } as const;
const WHERE: Readonly<Record<Side, string>> = {
  top: 'above',
  right: 'to the right of',
  bottom: 'below',
  left: 'to the left of',
};
const SIDES: readonly Side[] = ['top', 'right', 'bottom', 'left'];

/** How many hits lie beyond each side of the view. A click brings them into view. */
export function HitsOutside() {
  const { view } = useApp();
  const hits = useAppState((state) => state.hits);
  const positions = useAppState((state) => state.shown?.positions);
  const hasPanel = useAppState(hasOpenPanel);
  const [counts, setCounts] = useState('');
  const pills = useCovers<HTMLDivElement>((layer) => layer.children);
  // biome-ignore lint/correctness/useExhaustiveDependencies: positions and an opened panel also change what is outside.
  useEffect(() => {
    if (!hits) {
      setCounts('');
      return;
    }
    const count = (): void => {
      const outside = view.papersOutside(hits.indices);
      setCounts(SIDES.map((side) => outside[side].length).join());
    };
    count();
    return view.followViewport(count);
  }, [hits, positions, hasPanel]);
  if (!hits || counts === '') return null;
  const outside = counts.split(',').map(Number);
  const insets = view.freeInsets();
  const right = besideButtons(insets) ?? insets.right + GAP_PX;
  const shown = SIDES.map((side, i) => {
    const Arrow = ARROWS[side];
    if (outside[i] === 0) return null;
    return (
      <button
        key={side}
        type="button"
        className={`outside outside-${side}`}
        style={
          side === 'top' || side === 'bottom'
            ? { [side]: insets[side] + GAP_PX, left: `calc((100% + ${insets.left - insets.right}px) / 2)` }
            : {
                [side]: side === 'right' ? right : insets[side] + GAP_PX,
                top: `calc((100% + ${insets.top - insets.bottom}px) / 2)`,
              }
        }
        aria-label={`${formatCount(outside[i])} hits ${WHERE[side]} the view: show them`}
        onClick={() => view.fitPapers(view.papersOutside(hits.indices)[side])}
      >
        <Arrow size={14} aria-hidden />
        {formatCount(outside[i])}
        <span className="outside-words">outside the view</span>
      </button>
    );
  });
  return (
    <div className="outsides" ref={pills}>
      {shown}
    </div>
  );
}

const GAP_PX = 6;
/** Half the height of a count plus a margin. */
const REACH_PX = 20;

/** Distance of the map's buttons from the right edge, if the count at the right would touch them; else null. */
function besideButtons({ top, bottom }: Insets): number | null {
  const buttons = document.querySelector('.controls')?.getBoundingClientRect();
  if (!buttons || buttons.height === 0) return null;
  const middle = (window.innerHeight + top - bottom) / 2;
  const isAmong = Math.abs(middle - (buttons.top + buttons.bottom) / 2) < buttons.height / 2 + REACH_PX;
  return isAmong ? window.innerWidth - buttons.left + GAP_PX : null;
}
