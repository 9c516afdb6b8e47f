import type { TopicView } from '../../model/topic-view.ts';

/** A visible row of the tree of topics. */
export interface TreeRow {
  readonly id: number;
  /** 0 at the top level. */
  readonly depth: number;
  /** Its position among its siblings, from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
  /** Null for a topic without parts. */
  readonly isOpen: boolean | null;
}

/** The effect of a key in the tree. */
export interface TreeStep {
  readonly kind: 'focus' | 'open' | 'close' | 'choose';
  readonly id: number;
}

/** The visible rows when the topics in `opened` are expanded; siblings by size, or as `sort` orders them. */
export function treeRows(
  view: TopicView,
  opened: ReadonlySet<number>,
  sort: (ids: readonly number[]) => readonly number[] = (ids) => ids,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (ids: readonly number[], depth: number): void => {
    sort(ids).forEach((id, i) => {
      const children = view.nodes.get(id)?.children ?? [];
      const isOpen = children.length === 0 ? null : opened.has(id);
      rows.push({ id, depth, position: i + 1, siblings: ids.length, isOpen });
      if (isOpen) visit(children, depth + 1);
    });
  };
  visit(view.tops, 0);
  return rows;
}

/** The effect of `key` on topic `current`; null for none. A letter goes to the next name beginning with it. */
export function stepInTree(view: TopicView, rows: readonly TreeRow[], current: number, key: string): TreeStep | null {
  const at = rows.findIndex(({ id }) => id === current);
  const row = rows[at];
  if (!row) return null;
  const focus = (to: TreeRow | undefined): TreeStep | null => (to ? { kind: 'focus', id: to.id } : null);
  switch (key) {
    case 'ArrowDown':
      return focus(rows[at + 1]);
    case 'ArrowUp':
      return focus(rows[at - 1]);
    case 'Home':
      return focus(rows[0]);
    case 'End':
      return focus(rows[rows.length - 1]);
    case 'ArrowRight':
      return row.isOpen === null ? null : row.isOpen ? focus(rows[at + 1]) : { kind: 'open', id: row.id };
    case 'ArrowLeft':
      if (row.isOpen) return { kind: 'close', id: row.id };
      return focus(rows.slice(0, at).findLast(({ depth }) => depth < row.depth));
    case 'Enter':
    case ' ':
      return { kind: 'choose', id: row.id };
    default:
      return key.length === 1 ? focus(nextNamed(view, rows, at, key)) : null;
  }
}

function nextNamed(view: TopicView, rows: readonly TreeRow[], at: number, letter: string): TreeRow | undefined {
  const order = [...rows.slice(at + 1), ...rows.slice(0, at)];
  return order.find(({ id }) => view.nodes.get(id)?.name.toLowerCase().startsWith(letter.toLowerCase()));
}
