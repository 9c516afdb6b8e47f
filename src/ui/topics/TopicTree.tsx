import { ChevronRight, EyeOff } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { countByTopic, type TopicView } from '../../model/topic-view.ts';
import { useTheme } from '../theme.ts';
import { useApp } from '../use-store.ts';
import { goToTopic } from './topic-actions.ts';
import { BETWEEN, sizeLabel, topicColor } from './topic-colors.ts';
import { useTopics } from './topic-state.ts';
import { stepInTree, type TreeRow, treeRows } from './tree-rows.ts';

/**
 * All topics, coarse to fine, with how many papers (or hits of the search) each has: an ARIA tree, one tab stop, moved
 * in by arrows (ARIA Authoring Practices, tree view).
 */
export function TopicTree() {
  const view = useTopics();
  if (!view || view.tops.length === 0) return null;
  return <Tree view={view} />;
}

function Tree({ view }: { readonly view: TopicView }) {
  const chosen = useApp((state) => state.topic);
  const hits = useApp((state) => state.hits);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [focused, setFocused] = useState(-1);
  const list = useRef<HTMLDivElement>(null);
  const counts = useMemo(() => hits && countByTopic(view, hits.indices), [view, hits]);
  const rows = treeRows(view, opened);
  const current = rows.some(({ id }) => id === focused)
    ? focused
    : (rows.find(({ id }) => id === chosen)?.id ?? rows[0].id);
  const toggle = (id: number, isOpen: boolean): void => {
    const next = new Set(opened);
    if (isOpen) next.add(id);
    else next.delete(id);
    setOpened(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepInTree(view, rows, current, event.key);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    if (step.kind === 'choose') goToTopic(step.id);
    else if (step.kind === 'focus') {
      setFocused(step.id);
      list.current?.querySelector<HTMLElement>(`[data-topic="${step.id}"]`)?.focus();
    } else toggle(step.id, step.kind === 'open');
  };
  return (
    <div className="topics">
      <div role="tree" aria-label="Topics" ref={list} onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            view={view}
            isChosen={row.id === chosen}
            isCurrent={row.id === current}
            hits={counts ? (counts.get(row.id) ?? 0) : null}
            onToggle={() => toggle(row.id, row.isOpen !== true)}
            onFocus={() => setFocused(row.id)}
          />
        ))}
      </div>
      <Between view={view} />
    </div>
  );
}

interface RowProps {
  readonly row: TreeRow;
  readonly view: TopicView;
  readonly isChosen: boolean;
  readonly isCurrent: boolean;
  /** Hits in it; null while nothing is searched for. */
  readonly hits: number | null;
  readonly onToggle: () => void;
  readonly onFocus: () => void;
}

function Row({ row, view, isChosen, isCurrent, hits, onToggle, onFocus }: RowProps) {
  const theme = useTheme();
  const node = view.nodes.get(row.id);
  if (!node) return null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it listens to the keys.
    <div
      className="topic-row"
      role="treeitem"
      data-topic={row.id}
      data-empty={hits === 0 || undefined}
      tabIndex={isCurrent ? 0 : -1}
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={isChosen}
      {...(row.isOpen === null ? {} : { 'aria-expanded': row.isOpen })}
      style={{ paddingLeft: 2 + 16 * row.depth }}
      onClick={() => goToTopic(row.id)}
      onFocus={onFocus}
    >
      <span
        className="topic-twist"
        aria-hidden
        onClick={(event) => {
          if (row.isOpen === null) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {row.isOpen !== null && <ChevronRight size={14} className={row.isOpen ? 'down' : ''} />}
      </span>
      <svg className="swatch" viewBox="0 0 10 10" aria-hidden>
        <circle cx="5" cy="5" r={row.depth === 0 ? 5 : 3.2} fill={topicColor(view, row.id, theme)} />
      </svg>
      <span className="legend-label" title={node.name} dir="auto">
        {node.name}
      </span>
      {node.isHidden && <EyeOff size={13} aria-label="hidden on the map" />}
      <span className="legend-count">{sizeLabel(node.size, hits)}</span>
    </div>
  );
}

/** Papers in no topic are no topic: they are counted below the tree's items. */
function Between({ view }: { readonly view: TopicView }) {
  const theme = useTheme();
  let count = 0;
  for (let at = 0; at < view.paths.length; at += view.levels) if (view.paths[at] < 0) count++;
  if (count === 0) return null;
  return (
    <div className="topic-row topic-between">
      <span className="topic-twist" />
      <svg className="swatch" viewBox="0 0 10 10" aria-hidden>
        <circle cx="5" cy="5" r="5" fill={topicColor(view, -1, theme)} />
      </svg>
      <span className="legend-label">{BETWEEN}</span>
      <span className="legend-count">{sizeLabel(count, null)}</span>
    </div>
  );
}
