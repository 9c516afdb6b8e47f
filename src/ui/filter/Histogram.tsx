import { useMemo } from 'react';
import type { NamedFacet } from '../../app/filter/facet-set.ts';
import { endLabels, missingText, rangeLabel } from '../../app/filter/filter-text.ts';
import { countOf } from '../../app/messages.ts';
import type { RangeFacet } from '../../facet/facet.ts';
import { keepMissing, wholeRange } from '../../facet/filter.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { type BrushHands, useBrush } from './use-brush.ts';

/** One layer of bars, stacked on those before it. */
interface BarLayer {
  readonly color: string;
  /** One for each bar. */
  readonly counts: ArrayLike<number>;
}

interface Props {
  readonly named: NamedFacet;
  readonly facet: RangeFacet;
  readonly layers: readonly BarLayer[];
  readonly heightPx: number;
}

/** A histogram with a brush: drag across the bars, drag the range, drag its ends or move these with the arrow keys. */
export function Histogram({ named, facet, layers, heightPx }: Props) {
  const noun = useNoun();
  const hands = useBrush(named.id, facet);
  const { size, edges } = facet;
  const { brush, isOn, hovered } = hands;
  const sums = Array.from({ length: size }, (_, bar) => layers.reduce((sum, { counts }) => sum + counts[bar], 0));
  const [first, last] = endLabels(facet);
  const readout = hovered >= 0 ? { from: edges[hovered], to: edges[hovered + 1] } : null;
  return (
    <div className="histogram">
      <div
        className="histogram-hands"
        onPointerDown={hands.onPointerDown}
        onPointerMove={hands.onPointerMove}
        onPointerUp={hands.onPointerEnd}
        onPointerCancel={hands.onPointerEnd}
        onPointerLeave={hands.onPointerLeave}
      >
        <div className="histogram-plot" data-plot style={{ height: heightPx }}>
          <Bars layers={layers} sums={sums} />
          {isOn && <div className="histogram-veil" style={{ left: 0, width: percent(brush.from, size) }} />}
          {isOn && <div className="histogram-veil" style={{ right: 0, width: percent(size - brush.to, size) }} />}
          <Handle grip="from" named={named} facet={facet} hands={hands} />
          <Handle grip="to" named={named} facet={facet} hands={hands} />
        </div>
      </div>
      <p className="years-ends histogram-ends" aria-hidden>
        {readout ? (
          <>
            <span>{rangeLabel(facet, readout)}</span>
            <span>{countOf(sums[hovered], noun)}</span>
          </>
        ) : (
          <>
            <span>{first}</span>
            {isOn && (
              <span className="histogram-range">
                {rangeLabel(facet, { from: edges[brush.from], to: edges[brush.to] })}
              </span>
            )}
            <span>{last}</span>
          </>
        )}
      </p>
    </div>
  );
}

interface HandleProps {
  readonly grip: 'from' | 'to';
  readonly named: NamedFacet;
  readonly facet: RangeFacet;
  readonly hands: BrushHands;
}

/** One end of the brush. Shift moves both. */
function Handle({ grip, named, facet, hands }: HandleProps) {
  const { brush, isOn } = hands;
  const { size, edges } = facet;
  const bar = grip === 'from' ? brush.from : brush.to - 1;
  return (
    <div
      className={`histogram-handle histogram-handle-${grip}`}
      data-grip={grip}
      data-on={isOn || undefined}
      role="slider"
      tabIndex={0}
      aria-label={`${named.name}, ${grip}`}
      aria-valuemin={grip === 'from' ? 0 : brush.from + 1}
      aria-valuemax={grip === 'from' ? brush.to - 1 : size}
      aria-valuenow={brush[grip]}
      aria-valuetext={rangeLabel(facet, { from: edges[bar], to: edges[bar + 1] })}
      style={{ left: percent(brush[grip], size) }}
      onKeyDown={(event) => hands.onKeyDown(event, grip)}
    />
  );
}

/** One path for each layer, because one element for each bar would be a thousand in a time line by topic. */
function Bars({ layers, sums }: { readonly layers: readonly BarLayer[]; readonly sums: readonly number[] }) {
  const most = Math.max(1, ...sums);
  const size = sums.length;
  const gap = useMemo(() => (size > 60 ? 0.06 : 0.1), [size]);
  const floors = new Float64Array(size);
  return (
    <svg className="histogram-bars" viewBox={`0 0 ${size} 1`} preserveAspectRatio="none" aria-hidden>
      {layers.map(({ color, counts }) => {
        let path = '';
        for (let bar = 0; bar < size; bar++) {
          if (counts[bar] === 0) continue;
          const height = counts[bar] / most;
          path += `M${bar + gap} ${(1 - floors[bar]).toFixed(4)}h${1 - 2 * gap}v${(-height).toFixed(4)}h${2 * gap - 1}z`;
          floors[bar] += height;
        }
        return <path key={color} d={path} fill={color} />;
      })}
    </svg>
  );
}

function percent(part: number, whole: number): string {
  return `${(100 * part) / whole}%`;
}

/** How many papers are in no bar, why, and whether the filter keeps them. */
export function MissingValues({ named, facet }: { readonly named: NamedFacet; readonly facet: RangeFacet }) {
  const noun = useNoun();
  const { filtering } = useApp();
  const filter = useAppState((state) => state.filters[named.id] ?? null);
  const text = useMemo(() => missingText({ id: named.id, facet }, noun), [named.id, facet, noun]);
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
        aria-label={isKept ? `Leave out ${noun.many}: ${text}` : `Keep ${noun.many}: ${text}`}
        onClick={() => filtering.changeFilter(named.id, (before) => keepMissing(before, !isKept, wholeRange(facet)))}
      >
        {isKept ? 'Leave out' : 'Keep'}
      </Button>
    </p>
  );
}
