import { countOf, formatCount } from '../../app/messages.ts';
import { type Corpus, yearOf } from '../../model/paper.ts';
import { useNoun } from '../app-context.ts';

/** More bars would be too thin to see. */
const MAX_BARS = 40;

/** A topic's papers by year, as far as their years are known. */
export function TopicYears({ papers, corpus }: { readonly papers: readonly number[]; readonly corpus: Corpus }) {
  const noun = useNoun();
  const years = papers.map((paper) => yearOf(corpus.papers[paper].date)).filter((year) => year !== null);
  if (new Set(years).size < 2) return null;
  const bars = barsOf(years);
  const most = Math.max(...bars.map(({ count }) => count));
  const summary = `${countOf(years.length, noun)} from ${bars[0].from} to ${bars[bars.length - 1].to}`;
  const unknown = papers.length - years.length;
  return (
    <section aria-label="Years">
      <h3>Years</h3>
      <svg
        className="years"
        role="img"
        aria-label={summary}
        viewBox={`0 0 ${bars.length * 10} 40`}
        preserveAspectRatio="none"
      >
        {bars.map(({ from, to, count }, i) => (
          <rect key={from} x={i * 10 + 1} width={8} y={40 - (38 * count) / most} height={(38 * count) / most}>
            <title>{`${from === to ? from : `${from}–${to}`}: ${countOf(count, noun)}`}</title>
          </rect>
        ))}
      </svg>
      <p className="years-ends">
        <span>{bars[0].from}</span>
        {unknown > 0 && <span>{formatCount(unknown)} without a year</span>}
        <span>{bars[bars.length - 1].to}</span>
      </p>
    </section>
  );
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Bars of equal spans of years, empty ones included. */
function barsOf(years: readonly number[]): Bar[] {
  const first = Math.min(...years);
  const last = Math.max(...years);
  const span = Math.ceil((last - first + 1) / MAX_BARS);
  const bars: Bar[] = [];
  for (let from = first; from <= last; from += span) {
    const to = from + span - 1;
    bars.push({ from, to, count: years.filter((year) => year >= from && year <= to).length });
  }
  return bars;
}
