import { Ban } from 'lucide-react';
import { formatCount } from '../../app/messages.ts';
import { capital } from '../../model/noun.ts';
import type { TopicNode } from '../../model/topic-view.ts';
import { useApp, useNoun } from '../app-context.ts';
import { IconButton } from '../controls/Button.tsx';

const TERMS_SHOWN = 8;

/** Explains a topic's name: the candidates with their scores and how many papers contain each. */
export function TopicTerms({ node, total }: { readonly node: TopicNode; readonly total: number }) {
  const noun = useNoun();
  const { terms, phrases, size } = node.topic;
  const shown = terms.slice(0, TERMS_SHOWN);
  if (shown.length === 0) return null;
  const best = Math.max(...shown.map(({ score }) => score));
  return (
    <section aria-label="Why this name">
      <h3>Why this name</h3>
      <p className="quiet">What many of its {noun.many} say and few others do. In bold: what it is called by.</p>
      <table className="terms">
        <thead>
          <tr>
            <th>
              <span className="visually-hidden">Phrase</span>
            </th>
            <th>
              <span className="visually-hidden">Score</span>
            </th>
            <th title={`${capital(noun.many)} of this topic that say it`}>Here</th>
            <th title={`${capital(noun.many)} of other topics that say it`}>Elsewhere</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ term, score, papers, corpusPapers }) => (
            <tr key={term} data-chosen={phrases.includes(term) || undefined}>
              <th scope="row" dir="auto">
                {term} <Bar term={term} />
              </th>
              <td className="term-score">
                <span className="term-bar" style={{ width: `${(100 * Math.max(score, 0)) / (best || 1)}%` }} />
                <span className="visually-hidden">{score.toFixed(2)}</span>
              </td>
              <td title={`${formatCount(papers)} of the ${formatCount(size)} ${noun.many} of this topic`}>
                {formatCount(papers)}
              </td>
              <td
                title={`${formatCount(corpusPapers - papers)} of the other ${formatCount(total - size)} ${noun.many}`}
              >
                {formatCount(corpusPapers - papers)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Takes a term out of all names, for words that are typical of the texts but name nothing. */
function Bar({ term }: { readonly term: string }) {
  const { topics } = useApp();
  const label = `Never use “${term}” in a name`;
  return (
    <IconButton icon={Ban} label={label} title={label} size={13} isSmall onClick={() => topics.barWord(term, true)} />
  );
}
