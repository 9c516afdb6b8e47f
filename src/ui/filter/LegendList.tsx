import { useMemo } from 'react';
import { type LegendLines, legendLines } from '../../app/filter/legend-lines.ts';
import { formatCount } from '../../app/messages.ts';
import type { LegendEntry } from '../../render/palette.ts';
import { useApp, useAppState, useCounts, useFiltered } from '../app-context.ts';

interface Props {
  /** The facet that the map is coloured by. */
  readonly id: string;
  readonly legend: readonly LegendEntry[];
}

/** The legend of the colours, and a filter: a click hides or shows a value, with Shift or Alt it hides all others. */
export function LegendList({ id, legend }: Props) {
  const { facets } = useFiltered();
  const lines = useMemo(() => {
    const named = facets.get(id);
    return named && legendLines(named, legend);
  }, [facets, id, legend]);
  return (
    <>
      <ScaleBar legend={legend} />
      {lines ? (
        <LiveLegend id={id} legend={legend} lines={lines} />
      ) : (
        <ul>
          {legend.map((entry) => (
            <li key={`${entry.kind}:${entry.label}`}>
              <LegendLabel entry={entry} count={entry.count} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The colours of an ordered column as one bar from low to high; nothing for categories. */
function ScaleBar({ legend }: Pick<Props, 'legend'>) {
  const steps = legend.filter(({ kind }) => kind === 'range');
  if (steps.length < 2) return null;
  const middle = steps[steps.length >> 1];
  return (
    <div className="scale-bar" aria-hidden>
      <div style={{ background: `linear-gradient(to right, ${steps.map(({ color }) => color).join(', ')})` }} />
      <p className="years-ends">
        <span>{steps[0].label}</span>
        {steps.length > 2 && steps.length % 2 === 1 && <span>{middle.label}</span>}
        <span>{steps[steps.length - 1].label}</span>
      </p>
    </div>
  );
}

function LiveLegend({ id, legend, lines }: Props & { readonly lines: LegendLines }) {
  const { filtering } = useApp();
  const filter = useAppState((state) => state.filters[id] ?? null);
  const counts = useCounts(id, lines);
  return (
    <ul aria-label="Colours: click to take a value off the map, Shift and click to see it alone">
      {legend.map((entry, line) => {
        const isKept = lines.keeps(filter, line);
        return (
          <li key={`${entry.kind}:${entry.label}`}>
            <button
              type="button"
              className="legend-line"
              aria-pressed={isKept}
              data-out={!isKept || undefined}
              onClick={(event) => {
                const act = event.shiftKey || event.altKey ? lines.isolate : lines.toggle;
                filtering.changeFilter(id, (before) => act(before, line));
              }}
            >
              <LegendLabel entry={entry} count={counts[line]} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function LegendLabel({ entry, count }: { readonly entry: LegendEntry; readonly count: number }) {
  return (
    <>
      <svg className="swatch" viewBox="0 0 10 10" aria-hidden>
        {entry.kind === 'missing' ? (
          <circle cx="5" cy="5" r="4.2" fill="none" stroke={entry.color} strokeWidth="1.6" />
        ) : (
          <circle cx="5" cy="5" r="5" fill={entry.color} />
        )}
      </svg>
      <span className="legend-label" title={entry.label} data-kind={entry.kind}>
        {entry.label}
      </span>
      <span className="legend-count">{formatCount(count)}</span>
    </>
  );
}
