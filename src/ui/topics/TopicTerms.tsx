import { formatCount } from '../../app/messages.ts';
import type { TopicNode } from '../../model/topic-view.ts';

const TERMS_SHOWN = 8;

/** Explains a topic's name: the candidates with their scores and how many papers contain each. */
export function TopicTerms({ node, total }: { readonly node: TopicNode; readonly total: number }) {
  const { terms, phrases, size } = node.topic;
  const shown = terms.slice(0, TERMS_SHOWN);
  if (shown.length === 0) return null;
  const best = Math.max(...shown.map(({ score }) => score));
  return (
    <section aria-label="Why this name">
      <h3>Why this name</h3>
      <p className="quiet">What many of its papers say and few others do. In bold: what it is called by.</p>
      <table className="terms">
        <thead>
          <tr>
            <th>
              <span className="visually-hidden">Phrase</span>
            </th>
            <th>
              <span className="visually-hidden">Score</span>
            </th>
            <th title="Papers of this topic that say it">Here</th>
            <th title="Papers of other topics that say it">Elsewhere</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ term, score, papers, corpusPapers }) => (
            <tr key={term} data-chosen={phrases.includes(term) || undefined}>
              <th scope="row" dir="auto">
                {term}
              </th>
              <td className="term-score">
                <span className="term-bar" style={{ width: `${(100 * Math.max(score, 0)) / (best || 1)}%` }} />
                <span className="visually-hidden">{score.toFixed(2)}</span>
              </td>
              <td title={`${formatCount(papers)} of the ${formatCount(size)} papers of this topic`}>
                {formatCount(papers)}
              </td>
              <td title={`${formatCount(corpusPapers - papers)} of the other ${formatCount(total - size)} papers`}>
                {formatCount(corpusPapers - papers)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
