import { useMemo } from 'react';
import { COLUMN, colorValues } from '../../app/coloring.ts';
import { formatCount } from '../../app/messages.ts';
import { type TopicMean, topicMeans } from '../../app/topics/topic-means.ts';
import type { TopicView } from '../../model/topic-view.ts';
import { useApp, useAppState } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';

/** The mean of a column's numbers in each topic. */
export interface Means {
  /** The column. */
  readonly name: string;
  /** By topic. */
  readonly of: ReadonlyMap<number, TopicMean>;
}

/** The means of the numbers that the map is coloured by, and what these are called; null for anything but numbers. */
export function useMeans(view: TopicView): Means | null {
  const { store } = useApp();
  const corpus = useAppState(({ shown }) => shown?.corpus);
  const choice = useAppState(({ colorBy }) => colorBy);
  return useMemo(() => {
    if (!corpus || (choice !== 'year' && !choice.startsWith(COLUMN))) return null;
    const of = topicMeans(view, colorValues(store.get(), view, choice));
    return of && { name: choice.startsWith(COLUMN) ? choice.slice(COLUMN.length) : choice, of };
  }, [view, corpus, choice, store]);
}

function meanText(name: string, of: TopicMean | undefined): { readonly short: string; readonly says: string } {
  if (!of) return { short: '–', says: `No ${name}` };
  const digits = name === 'year' ? 0 : undefined;
  const short = shortNumber(of.mean, digits);
  return {
    short,
    says: `Mean ${name}: ${short} ± ${shortNumber(of.spread)} (standard deviation), of ${formatCount(of.count)} with a value`,
  };
}

/** Three digits that count, or so many after the point. */
function shortNumber(value: number, digits?: number): string {
  if (digits !== undefined) return value.toFixed(digits);
  return Math.abs(value) < 1e6 ? String(Number(value.toPrecision(3))) : value.toExponential(2);
}

interface OrderProps {
  readonly means: Means;
  readonly isByMean: boolean;
  readonly onChange: (isByMean: boolean) => void;
}

/** Orders the topics by size or by mean. */
export function MeanOrder({ means: { name }, isByMean, onChange }: OrderProps) {
  return (
    <Button kind="link" className="topic-order" onClick={() => onChange(!isByMean)}>
      {isByMean ? `By mean ${name}; sort by size` : `By size; sort by mean ${name}`}
    </Button>
  );
}

/** The mean of one topic. */
export function MeanCell({ means, id }: { readonly means: Means; readonly id: number }) {
  const { short, says } = meanText(means.name, means.of.get(id));
  return (
    <span className="topic-mean" title={says}>
      {short}
    </span>
  );
}
