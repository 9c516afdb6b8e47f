import { useMemo, useState } from 'react';
import { colorChoices, colorValues } from '../../app/coloring.ts';
import { formatCount } from '../../app/messages.ts';
import type { Shown } from '../../app/state.ts';
import { type DistributionBar, distributionOf } from '../../model/distribution.ts';
import type { Selection } from '../../model/selection.ts';
import { useAppState, useMeasuring, useNoun, useTopics } from '../app-context.ts';
import { Choice } from '../controls/Choice.tsx';

interface Props {
  readonly shown: Shown;
  readonly a: Selection;
  /** Null: all other papers. */
  readonly b: Selection | null;
  readonly nameB: string;
}

/** How two sets of papers are distributed over topics, files, years or a column; at first over the map's colouring. */
export function DistributionBars({ shown, a, b, nameB }: Props) {
  const noun = useNoun();
  const topics = useTopics();
  const kept = useAppState((state) => state.kept);
  const measured = useAppState((state) => state.measured);
  const colored = useAppState((state) => state.colorBy);
  const [chosen, choose] = useState<string | null>(null);
  const comparison = useAppState((state) => state.comparison);
  const has = { topics: topics !== null, kept: kept.length > 0, drift: comparison !== null };
  const choices = colorChoices(shown, has).filter(({ value }) => value !== 'none');
  const wanted = chosen ?? colored;
  const by = choices.some(({ value }) => value === wanted) ? wanted : (choices[0]?.value ?? 'source');
  useMeasuring(by === 'trust');
  const values = useMemo(
    () => colorValues({ shown, kept, measured, comparison }, topics, by),
    [shown, topics, kept, measured, comparison, by],
  );
  const { bars, sizeA, sizeB } = useMemo(() => distributionOf(values, a, b), [values, a, b]);
  const shareOf = (count: number, size: number): number => (size === 0 ? 0 : count / size);
  const most = Math.max(...bars.map((bar) => Math.max(shareOf(bar.a, sizeA), shareOf(bar.b, sizeB))), 0.01);
  return (
    <section aria-label="Distribution" className="distribution">
      <h3>Distribution</h3>
      <Choice label="Over" value={by} options={choices} onChange={choose} />
      <p className="distribution-key">
        <span className="key-a" aria-hidden /> Selection
        <span className="key-b" aria-hidden /> {nameB}, both in shares of their {noun.many}
      </p>
      <table>
        <colgroup>
          <col className="col-label" />
          <col />
          <col className="col-count" />
          <col className="col-count" />
        </colgroup>
        <thead className="visually-hidden">
          <tr>
            <th>Value</th>
            <th>Shares</th>
            <th>Selection</th>
            <th>{nameB}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <Row
              key={`${bar.kind}:${bar.label}`}
              bar={bar}
              a={shareOf(bar.a, sizeA) / most}
              b={shareOf(bar.b, sizeB) / most}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `a` and `b` are the lengths of the two bars, 0…1. */
function Row({ bar, a, b }: { readonly bar: DistributionBar; readonly a: number; readonly b: number }) {
  return (
    <tr data-kind={bar.kind}>
      <th scope="row" dir="auto" title={bar.label}>
        {bar.label}
      </th>
      <td className="distribution-bars">
        <span className="bar-a" style={{ width: `${100 * a}%` }} />
        <span className="bar-b" style={{ width: `${100 * b}%` }} />
      </td>
      <td>{formatCount(bar.a)}</td>
      <td className="quiet">{formatCount(bar.b)}</td>
    </tr>
  );
}
