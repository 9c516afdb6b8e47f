import { describe, expect, it } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { topicView } from '../../model/topic-view.ts';
import { stepInTree, treeRows } from './tree-rows.ts';

// Topic 0 "maps" has the parts 2 "maps a" and 3 "maps b"; topic 1 is "renamed".
const view = topicView({ ...topicTree(10, 2, 'maps'), edits: { names: { 1: 'renamed' }, merged: {}, hidden: [] } });
const closed = treeRows(view, new Set());
const open = treeRows(view, new Set([0]));

describe('the tree of topics', () => {
  it('shows the parts of what is open', () => {
    expect(closed.map(({ id, isOpen }) => [id, isOpen])).toEqual([
      [0, false],
      [1, null],
    ]);
    expect(open.map(({ id, depth, position, siblings }) => [id, depth, position, siblings])).toEqual([
      [0, 0, 1, 2],
      [2, 1, 1, 2],
      [3, 1, 2, 2],
      [1, 0, 2, 2],
    ]);
  });

  it.each([
    ['ArrowDown', 0, { kind: 'focus', id: 2 }],
    ['ArrowDown', 1, null],
    ['ArrowUp', 2, { kind: 'focus', id: 0 }],
    ['ArrowUp', 0, null],
    ['End', 0, { kind: 'focus', id: 1 }],
    ['Home', 1, { kind: 'focus', id: 0 }],
    ['ArrowRight', 0, { kind: 'focus', id: 2 }],
    ['ArrowRight', 2, null],
    ['ArrowLeft', 0, { kind: 'close', id: 0 }],
    ['ArrowLeft', 3, { kind: 'focus', id: 0 }],
    ['ArrowLeft', 1, null],
    ['Enter', 3, { kind: 'choose', id: 3 }],
    [' ', 3, { kind: 'choose', id: 3 }],
    ['R', 2, { kind: 'focus', id: 1 }],
    ['m', 1, { kind: 'focus', id: 0 }],
    ['q', 1, null],
    ['Tab', 1, null],
  ])('%s at topic %i', (key, at, step) => {
    expect(stepInTree(view, open, at, key)).toEqual(step);
  });

  it('opens what is closed', () => {
    expect(stepInTree(view, closed, 0, 'ArrowRight')).toEqual({ kind: 'open', id: 0 });
  });
});
