import { ChevronRight, EyeOff } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { Filtering } from '../../app/filter/filters.ts';
import { formatCount } from '../../app/messages.ts';
import { byMean } from '../../app/topics/topic-means.ts';
import { stepInTree, type TreeRow, treeRows } from '../../app/topics/tree-rows.ts';
import type { BranchState } from '../../facet/filter.ts';
import { countByTopic, type TopicView } from '../../model/topic-view.ts';
import { BETWEEN, topicColor } from '../../render/topic-colors.ts';
import { useApp, useAppState, useTopics } from '../app-context.ts';
import { useKeepsTopic, useTopicCounts } from '../filter/topic-filter.ts';
import { useTheme } from '../use-theme.ts';
import { MeanCell, MeanOrder, type Means, useMeans } from './TopicMeans.tsx';

// Loaded after the first picture, which it is no part of.
const TopicTools = lazy(async () => ({ default: (await import('./TopicTools.tsx')).TopicTools }));

/**
 * All topics, coarse to fine, with the number of papers (or hits) in each: an ARIA tree, one tab stop with arrow keys
 * (Authoring Practices, tree view). It filters too: a click on a swatch, or Shift+Space, hides or shows a top topic; a
 * click with Shift or Alt, or Shift+Enter, keeps only that topic.
 */
export function TopicTree() {
  const view = useTopics();
  if (!view || view.tops.length === 0) return null;
  return <Tree view={view} />;
}

function Tree({ view }: { readonly view: TopicView }) {
  const { filtering, topics } = useApp();
  const chosen = useAppState((state) => state.topic);
  const hits = useAppState((state) => state.hits);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [focused, setFocused] = useState(-1);
  const list = useRef<HTMLDivElement>(null);
  const hitCounts = useMemo(() => hits && countByTopic(view, hits.indices), [view, hits]);
  const filteredCounts = useTopicCounts(view);
  const counts = hitCounts ?? filteredCounts;
  const means = useMeans(view);
  const [isByMean, setByMean] = useState(false);
  const rows = treeRows(view, opened, means && isByMean ? (ids) => byMean(means.of, ids) : undefined);
  const current = rows.some(({ id }) => id === focused)
    ? focused
    : (rows.find(({ id }) => id === chosen)?.id ?? rows[0].id);
  const toggle = (id: number, isOpen: boolean): void => setOpened(withTopic(opened, id, isOpen));
  const onKeyDown = (event: KeyboardEvent): void => {
    const isFilter = event.shiftKey && filterByKey(filtering, current, event.key);
    const step = isFilter ? null : stepInTree(view, rows, current, event.key);
    if (!isFilter && !step) return;
    event.preventDefault();
    event.stopPropagation();
    if (!step) return;
    if (step.kind === 'choose') topics.goToTopic(step.id);
    else if (step.kind === 'focus') {
      setFocused(step.id);
      list.current?.querySelector<HTMLElement>(`[data-topic="${step.id}"]`)?.focus();
    } else toggle(step.id, step.kind === 'open');
  };
  return (
    <div className="topics">
      {/* As high as the tools, so that no row moves when they come. */}
      <Suspense fallback={<div className="topic-tools" />}>
        <TopicTools />
      </Suspense>
      {means && <MeanOrder means={means} isByMean={isByMean} onChange={setByMean} />}
      <div role="tree" aria-label="Topics" ref={list} onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            view={view}
            isChosen={row.id === chosen}
            isCurrent={row.id === current}
            count={counts ? (counts.get(row.id) ?? 0) : null}
            means={means}
            onToggle={() => toggle(row.id, row.isOpen !== true)}
            onFocus={() => setFocused(row.id)}
          />
        ))}
      </div>
      <Between view={view} />
    </div>
  );
}

/** The open topics, with or without one. */
function withTopic(opened: ReadonlySet<number>, id: number, isOpen: boolean): ReadonlySet<number> {
  const next = new Set(opened);
  if (isOpen) next.add(id);
  else next.delete(id);
  return next;
}

interface RowProps {
  readonly row: TreeRow;
  readonly view: TopicView;
  readonly isChosen: boolean;
  readonly isCurrent: boolean;
  /** Hits in the topic, or papers that pass the filters; null without a search or filter. */
  readonly count: number | null;
  readonly means: Means | null;
  readonly onToggle: () => void;
  readonly onFocus: () => void;
}

function Row({ row, view, isChosen, isCurrent, count, means, onToggle, onFocus }: RowProps) {
  const { filtering, topics } = useApp();
  const theme = useTheme();
  const node = view.nodes.get(row.id);
  const kept = useKeepsTopic(row.id);
  // Grey while the papers' colours mean something else: one legend at a time.
  const isLegend = useAppState(({ colorBy }) => ['topic', 'nearest-topic', 'none'].includes(colorBy));
  if (!node) return null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it listens to the keys.
    <div
      className="topic-row"
      role="treeitem"
      data-topic={row.id}
      data-empty={count === 0 || kept === 'none' || undefined}
      tabIndex={isCurrent ? 0 : -1}
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={isChosen}
      {...(row.isOpen === null ? {} : { 'aria-expanded': row.isOpen })}
      style={{ paddingLeft: 2 + 16 * row.depth }}
      onClick={(event) => {
        if (event.shiftKey || event.altKey) filtering.isolateTopic(row.id);
        else topics.goToTopic(row.id);
      }}
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
      <span
        className="topic-swatch"
        aria-hidden
        title="Take this topic off the map, or put it back"
        onClick={(event) => {
          if (event.shiftKey || event.altKey) return;
          event.stopPropagation();
          filtering.toggleTopic(row.id);
        }}
      >
        <Swatch color={topicColor(view, isLegend ? row.id : -1, theme)} isTop={row.depth === 0} kept={kept} />
      </span>
      <span className="legend-label" title={node.name} dir="auto">
        {node.name}
      </span>
      {node.isHidden && <EyeOff size={13} aria-label="hidden on the map" />}
      {means && <MeanCell means={means} id={row.id} />}
      <span className="legend-count">{sizeLabel(node.size, count)}</span>
    </div>
  );
}

interface SwatchProps {
  readonly color: string;
  readonly isTop: boolean;
  readonly kept: BranchState;
}

/** A ring for a hidden topic, half filled when only a part is hidden. */
function Swatch({ color, isTop, kept }: SwatchProps) {
  const radius = isTop ? 5 : 3.2;
  const inner = radius - 0.8;
  return (
    <svg className="swatch" viewBox="0 0 10 10" aria-hidden>
      {kept === 'all' ? (
        <circle cx="5" cy="5" r={radius} fill={color} />
      ) : (
        <circle cx="5" cy="5" r={inner} fill="none" stroke={color} strokeWidth="1.6" />
      )}
      {kept === 'some' && <path d={`M5 ${5 - inner}a${inner} ${inner} 0 0 0 0 ${2 * inner}z`} fill={color} />}
    </svg>
  );
}

/** `41`, or `3 of 41` during a search or filter. */
function sizeLabel(size: number, hits: number | null): string {
  return hits === null ? formatCount(size) : `${formatCount(hits)} of ${formatCount(size)}`;
}

/** Applies Shift+Space or Shift+Enter to a topic. Returns whether it did anything. */
function filterByKey(filtering: Filtering, id: number, key: string): boolean {
  if (key !== ' ' && key !== 'Enter') return false;
  if (key === ' ') filtering.toggleTopic(id);
  else filtering.isolateTopic(id);
  return true;
}

/** Papers in no topic, counted below the tree because they are not a topic. */
function Between({ view }: { readonly view: TopicView }) {
  const { filtering } = useApp();
  const theme = useTheme();
  const kept = useKeepsTopic(-1);
  let count = 0;
  for (let at = 0; at < view.paths.length; at += view.levels) if (view.paths[at] < 0) count++;
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="topic-row topic-between"
      aria-pressed={kept === 'all'}
      onClick={(event) => (event.shiftKey || event.altKey ? filtering.isolateTopic(-1) : filtering.toggleTopic(-1))}
    >
      <span className="topic-twist" />
      <span className="topic-swatch" aria-hidden>
        <Swatch color={topicColor(view, -1, theme)} isTop kept={kept} />
      </span>
      <span className="legend-label">{BETWEEN}</span>
      <span className="legend-count">{sizeLabel(count, null)}</span>
    </button>
  );
}
