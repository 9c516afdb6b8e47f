import { capital, nounOf } from '../../model/noun.ts';
import { displayTitle } from '../../text/readable.ts';
import { colorChoices } from '../coloring.ts';
import type { Comparing } from '../compare/comparing.ts';
import type { Filtering } from '../filter/filters.ts';
import type { Making } from '../maps/making.ts';
import type { Search } from '../search/search.ts';
import type { Drawing } from '../selection/drawing.ts';
import type { Picking } from '../selection/selecting.ts';
import type { Selectors } from '../selectors.ts';
import type { State } from '../state.ts';
import { toggleTable } from '../table/choices.ts';
import type { FindingAgain } from '../topics/finding-again.ts';
import type { Topics } from '../topics/topics.ts';
import type { View } from '../view/view.ts';
import { type Command, type MenuParts, menuCommands } from './menu-commands.ts';

/** The parts of the app that commands act on. */
export interface CommandParts extends MenuParts {
  readonly selectors: Selectors;
  readonly view: View;
  readonly search: Search;
  readonly filtering: Filtering;
  readonly picking: Picking;
  readonly drawing: Drawing;
  readonly topics: Topics;
  readonly findingAgain: FindingAgain;
  readonly comparing: Comparing;
  readonly making: Making;
}

const ZOOM = 1.6;

/** Every command except opening papers: menu, view, selections, colours, topics, themes. O(topics + columns). */
export function allCommands(parts: CommandParts, state: State): Command[] {
  const menu = menuCommands(parts, state)
    .flat()
    .filter(({ id, isDisabled }) => id !== 'palette' && !isDisabled);
  const themes = menu.filter(({ group }) => group === 'Theme');
  return [
    ...menu.filter(({ group }) => group !== 'Theme'),
    ...viewCommands(parts, state),
    ...selectionCommands(parts, state),
    ...colorCommands(parts, state),
    ...topicCommands(parts, state),
    ...themes,
  ];
}

/** Commands that open the papers found by the search. */
export function paperCommands(view: Pick<View, 'goToPaper'>, { shown }: State, indices: ArrayLike<number>): Command[] {
  return Array.from(indices).flatMap((index) => {
    const paper = shown?.corpus.papers[index];
    if (!paper) return [];
    return [
      {
        id: `paper:${paper.id}`,
        label: displayTitle(paper),
        group: capital(nounOf(shown?.corpus).one),
        run: () => view.goToPaper(index),
      },
    ];
  });
}

function viewCommands(parts: CommandParts, { shown, hits, contours, job, comparison, table }: State): Command[] {
  const { store, view, search, saving, topics, findingAgain, comparing, making } = parts;
  if (!shown) return [];
  const found = hits && [
    action('fit-hits', 'Fit to results', () => view.fitPapers(hits.indices)),
    action('export-hits', 'Export hits', saving.exportHits),
    action('clear-search', 'Clear the search', () => void search.clearSearch()),
  ];
  const finished = shown.map && [
    ...(job
      ? []
      : [
          action(
            'again',
            `Embed these ${nounOf(shown.corpus).many} again, here`,
            () => void making.makeShownMapAgain(),
          ),
        ]),
    action('contours', contours ? 'Hide density contours' : 'Show density contours', () =>
      store.set({ contours: !contours }),
    ),
    ...(job ? [] : [action('topics-again', 'Find topics again', () => void findingAgain.findTopicsAgain())]),
    action('undo', 'Undo', topics.undoEdit),
    action('redo', 'Redo', topics.redoEdit),
  ];
  return [
    action('fit', 'Show all', view.fitMap),
    action('zoom-in', 'Zoom in', () => view.zoomBy(ZOOM)),
    action('zoom-out', 'Zoom out', () => view.zoomBy(1 / ZOOM)),
    action('table', table.isOpen ? 'Close the table of rows' : 'Show a table of rows', () => store.set(toggleTable)),
    ...(found ?? []),
    ...(comparison ? [action('leave-comparison', 'End the comparison of two maps', comparing.leaveComparison)] : []),
    ...(finished ?? []),
  ];
}

function selectionCommands(parts: CommandParts, state: State): Command[] {
  const { selectors, picking, drawing, filtering } = parts;
  const { shown, hits, selection, filters, timeline } = state;
  if (!shown) return [];
  const hasTime = timeline !== null || selectors.filtered(state).facets.timelines().length > 0;
  return [
    action('lasso', 'Select with a lasso', () => drawing.chooseTool('lasso')),
    action('rectangle', 'Select with a rectangle', () => drawing.chooseTool('rectangle')),
    action('select-in-view', 'Select what is in view', () => picking.selectInView()),
    ...(hits ? [action('select-hits', 'Select results', () => picking.selectHits())] : []),
    action('invert', 'Invert the selection', picking.invertSelection),
    ...(selection.length > 0 ? [action('clear-selection', 'Clear the selection', picking.clearSelection)] : []),
    action('selections', 'Selections', picking.openSelections),
    ...(Object.keys(filters).length > 0 ? [action('clear-filters', 'Clear all filters', filtering.clearFilters)] : []),
    ...(hasTime
      ? [action('time', timeline === null ? 'Show time' : 'Close the time line', filtering.toggleTimeline)]
      : []),
  ];
}

function colorCommands({ store, selectors }: CommandParts, state: State): Command[] {
  const { shown } = state;
  if (!shown) return [];
  const has = {
    topics: selectors.topics(state) !== null,
    kept: state.kept.length > 0,
    drift: state.comparison !== null,
  };
  return colorChoices(shown, has).map(({ value, label }) => ({
    id: `color:${value}`,
    label,
    group: 'Colour by',
    isChosen: value === state.colorBy,
    run: () => store.set({ colorBy: value }),
  }));
}

function topicCommands({ selectors, topics }: CommandParts, state: State): Command[] {
  const view = selectors.topics(state);
  if (!view) return [];
  return Array.from(view.nodes, ([id, { name }]) => ({
    id: `topic:${id}`,
    label: name,
    group: 'Topic',
    run: () => topics.goToTopic(id),
  }));
}

function action(id: string, label: string, run: () => void): Command {
  return { id, label, group: 'Action', run };
}
