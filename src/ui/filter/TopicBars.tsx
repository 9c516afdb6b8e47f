import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { NamedFacet } from '../../app/filter/facet-set.ts';
import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { CategoryTree } from '../../facet/facet.ts';
import { branchState, chooseBranch, countBranch, isolateKey } from '../../facet/filter.ts';
import { BETWEEN, topicColor } from '../../render/topic-colors.ts';
import { useApp, useAppState, useCounts, useTopics } from '../app-context.ts';
import { useTheme } from '../use-theme.ts';
import { CategoryBar } from './CategoryBars.tsx';

interface Props {
  readonly named: NamedFacet;
  readonly tree: CategoryTree;
}

/** A bar for each topic: its papers under all other filters. Its subtopics open below it on request. */
export function TopicBars({ named, tree }: Props) {
  const counts = useCounts(named.id, tree);
  const hasNone = tree.bins.includes(tree.size);
  const most = Math.max(1, ...tree.tops.map((key) => countBranch(tree, counts, key)));
  const bars = { named, tree, counts, most };
  return (
    <ul className="category-bars">
      {tree.tops.map((key) => (
        <TopicBar key={key} topic={key} depth={0} {...bars} />
      ))}
      {hasNone && <TopicBar topic={NO_VALUE_KEY} depth={0} {...bars} />}
    </ul>
  );
}

interface BarProps extends Props {
  readonly topic: string;
  readonly depth: number;
  readonly counts: Uint32Array;
  readonly most: number;
}

function TopicBar({ topic, depth, ...bars }: BarProps) {
  const { filtering } = useApp();
  const { named, tree, counts, most } = bars;
  const view = useTopics();
  const theme = useTheme();
  const filter = useAppState((state) => state.filters[named.id] ?? null);
  const [isOpen, setOpen] = useState(false);
  const { label = BETWEEN, parts = [] } = tree.branches.get(topic) ?? {};
  const state = branchState(tree, filter, topic);
  return (
    <li>
      <div className="topic-bar" style={{ paddingLeft: 16 * depth }}>
        {parts.length === 0 ? (
          <span className="topic-bar-twist" />
        ) : (
          <button
            type="button"
            className="topic-bar-twist"
            aria-label={`Parts of ${label}`}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronRight size={14} aria-hidden className={isOpen ? 'down' : ''} />
          </button>
        )}
        <CategoryBar
          label={label}
          count={countBranch(tree, counts, topic)}
          most={most}
          isChosen={filter !== null && state === 'all'}
          isOut={state === 'none'}
          color={view ? topicColor(view, topic === NO_VALUE_KEY ? -1 : Number(topic), theme) : 'var(--accent)'}
          onChoose={(isAlone) =>
            filtering.changeFilter(named.id, (before) =>
              isAlone ? isolateKey(before, topic) : chooseBranch(tree, before, topic),
            )
          }
        />
      </div>
      {isOpen && (
        <ul className="topic-bar-parts">
          {parts.map((part) => (
            <TopicBar key={part} topic={part} depth={depth + 1} {...bars} />
          ))}
        </ul>
      )}
    </li>
  );
}
