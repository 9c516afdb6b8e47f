import { displayTitle } from '../../model/paper.ts';
import { colorChoices } from '../coloring.ts';
import { leaveComparison } from '../compare/leave-comparison.ts';
import { clearFilters, toggleTimeline } from '../filter/filter-actions.ts';
import { filteredOf } from '../filter/filter-state.ts';
import { exportHits } from '../maps/export-hits.ts';
import { makeShownMapAgain } from '../maps/make-map.ts';
import { clearSearch } from '../search/search-papers.ts';
import { chooseTool } from '../selection/area-actions.ts';
import { clearSelection, invert, openSelections, selectHits, selectInView } from '../selection/selection-actions.ts';
import { type State, setState } from '../store.ts';
import { goToTopic, redoEdit, undoEdit } from '../topics/topic-actions.ts';
import { topicsOf } from '../topics/topic-state.ts';
import { fitMap, fitPapers, goToPaper, zoomBy } from '../view/map-actions.ts';
import { type Command, menuCommands } from './menu-commands.ts';

const ZOOM = 1.6;

/** All that can be done now but for opening a paper: the menu, the view, selections, colours, topics, themes. O(topics + columns). */
export function allCommands(state: State): Command[] {
  const menu = menuCommands(state)
    .flat()
    .filter(({ id, isDisabled }) => id !== 'palette' && !isDisabled);
  const themes = menu.filter(({ group }) => group === 'Theme');
  return [
    ...menu.filter(({ group }) => group !== 'Theme'),
    ...viewCommands(state),
    ...selectionCommands(state),
    ...colorCommands(state),
    ...topicCommands(state),
    ...themes,
  ];
}

/** Commands that open papers, which the search has found. */
export function paperCommands({ shown }: State, indices: ArrayLike<number>): Command[] {
  return Array.from(indices).flatMap((index) => {
    const paper = shown?.corpus.papers[index];
    if (!paper) return [];
    return [{ id: `paper:${paper.id}`, label: displayTitle(paper), group: 'Paper', run: () => goToPaper(index) }];
  });
}

function viewCommands({ shown, hits, contours, job, comparison }: State): Command[] {
  if (!shown) return [];
  const found = hits && [
    action('fit-hits', 'Fit to results', () => fitPapers(hits.indices)),
    action('export-hits', 'Export hits', exportHits),
    action('clear-search', 'Clear the search', clearSearch),
  ];
  const finished = shown.map && [
    ...(job ? [] : [action('again', 'Embed these papers again, here', () => void makeShownMapAgain())]),
    action('contours', contours ? 'Hide density contours' : 'Show density contours', () =>
      setState({ contours: !contours }),
    ),
    action('undo', 'Undo', undoEdit),
    action('redo', 'Redo', redoEdit),
  ];
  return [
    action('fit', 'Show all', fitMap),
    action('zoom-in', 'Zoom in', () => zoomBy(ZOOM)),
    action('zoom-out', 'Zoom out', () => zoomBy(1 / ZOOM)),
    ...(found ?? []),
    ...(comparison ? [action('leave-comparison', 'End the comparison of two maps', leaveComparison)] : []),
    ...(finished ?? []),
  ];
}

function selectionCommands(state: State): Command[] {
  const { shown, hits, selection, filters, timeline } = state;
  if (!shown) return [];
  const hasTime = timeline !== null || filteredOf(state).facets.timelines().length > 0;
  return [
    action('lasso', 'Select with a lasso', () => chooseTool('lasso')),
    action('rectangle', 'Select with a rectangle', () => chooseTool('rectangle')),
    action('select-in-view', 'Select what is in view', () => selectInView()),
    ...(hits ? [action('select-hits', 'Select results', () => selectHits())] : []),
    action('invert', 'Invert the selection', invert),
    ...(selection.length > 0 ? [action('clear-selection', 'Clear the selection', clearSelection)] : []),
    action('selections', 'Selections', openSelections),
    ...(Object.keys(filters).length > 0 ? [action('clear-filters', 'Clear all filters', clearFilters)] : []),
    ...(hasTime ? [action('time', timeline === null ? 'Show time' : 'Close the time line', toggleTimeline)] : []),
  ];
}

function colorCommands(state: State): Command[] {
  const { shown } = state;
  if (!shown) return [];
  const has = { topics: topicsOf(state) !== null, kept: state.kept.length > 0, drift: state.comparison !== null };
  return colorChoices(shown, has).map(({ value, label }) => ({
    id: `color:${value}`,
    label,
    group: 'Colour by',
    isChosen: value === state.colorBy,
    run: () => setState({ colorBy: value }),
  }));
}

function topicCommands(state: State): Command[] {
  const view = topicsOf(state);
  if (!view) return [];
  return Array.from(view.nodes, ([id, { name }]) => ({
    id: `topic:${id}`,
    label: name,
    group: 'Topic',
    run: () => goToTopic(id),
  }));
}

function action(id: string, label: string, run: () => void): Command {
  return { id, label, group: 'Action', run };
}
