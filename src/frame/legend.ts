import type { TopicView } from '../model/topic-view.ts';
import type { ColorChoice } from '../render/color-choices.ts';
import type { LegendEntry, PaletteTheme } from '../render/palette.ts';
import { topicColor } from '../render/topic-colors.ts';
import { make } from './panels.ts';

/** What the legend shows. */
export interface LegendState {
  readonly colors: readonly ColorChoice[];
  readonly color: string;
  readonly entries: readonly LegendEntry[];
  readonly view: TopicView | null;
  /** The chosen topic, −1 for none. */
  readonly topic: number;
  readonly theme: PaletteTheme;
}

/** A panel that opens: the meaning of the colours, and the list of topics. */
export interface Legend {
  /** Width that it covers at the right edge, CSS pixels; 0 while it is closed. */
  readonly widthPx: number;
  show(state: LegendState): void;
  open(): void;
}

/** Callbacks of the legend. */
export interface LegendEvents {
  readonly onColor: (value: string) => void;
  /** A topic was chosen in the list. */
  readonly onTopic: (id: number) => void;
  readonly onToggle: () => void;
}

/** Makes the legend in `panel`, a `details` element of frame.html. */
export function makeLegend(panel: HTMLDetailsElement, events: LegendEvents): Legend {
  const summary = make('summary', {});
  const choice = make('select', {});
  const topics = listOf('Topics');
  const others = listOf('Colours');
  choice.setAttribute('aria-label', 'Colour by');
  panel.append(summary, choice, topics, others);
  panel.addEventListener('toggle', events.onToggle);
  choice.addEventListener('change', () => events.onColor(choice.value));
  topics.addEventListener('keydown', (event) => walk(topics, event));
  let colors: readonly ColorChoice[] = [];
  return {
    get widthPx() {
      return panel.open && !panel.hidden ? panel.offsetWidth : 0;
    },
    open() {
      panel.open = true;
    },
    show(state) {
      if (colors !== state.colors)
        choice.replaceChildren(...state.colors.map(({ value, label }) => make('option', { value }, label)));
      colors = state.colors;
      choice.value = state.color;
      panel.hidden = colors.length < 2;
      const isByTopic = state.color === 'topic' || state.color === 'nearest-topic';
      summary.textContent = state.view ? 'Topics' : 'Colours';
      // A column's legend comes before the topics; the row of papers in no topic comes after them.
      if (isByTopic === (panel.lastChild === topics)) panel.append(isByTopic ? others : topics);
      const entries = isByTopic ? state.entries.filter(({ kind }) => kind === 'missing') : state.entries;
      others.replaceChildren(...scaleRow(entries), ...entries.map(entryRow));
      const focused = topics.contains(document.activeElement) ? focusedTopic() : undefined;
      topics.replaceChildren(...(state.view ? topicRows(state.view, state, isByTopic, events.onTopic) : []));
      makeOneStop(topics, focused);
    },
  };
}

function listOf(label: string): HTMLUListElement {
  const list = make('ul', {});
  list.setAttribute('aria-label', label);
  return list;
}

/** The top topics, and the subtopics of the one that is chosen or contains the chosen one. */
function topicRows(
  view: TopicView,
  { topic, theme }: LegendState,
  hasColors: boolean,
  onTopic: (id: number) => void,
): HTMLElement[] {
  const path = new Set<number>();
  for (let at = view.nodes.get(topic); at; at = view.nodes.get(at.topic.parent)) path.add(at.topic.id);
  const rows: HTMLElement[] = [];
  const visit = (ids: readonly number[], depth: number): void => {
    for (const id of ids) {
      const node = view.nodes.get(id);
      if (!node) continue;
      const button = make('button', { type: 'button' });
      button.dataset.topic = String(id);
      button.setAttribute('aria-pressed', String(id === topic));
      if (hasColors) button.append(swatch(topicColor(view, id, theme), depth === 0));
      button.append(text('name', node.name), text('number', String(node.size)));
      button.addEventListener('click', () => onTopic(id));
      const row = make('li', {}, button);
      row.style.paddingInlineStart = `${14 * depth}px`;
      rows.push(row);
      if (path.has(id)) visit(node.children, depth + 1);
    }
  };
  visit(view.tops, 0);
  return rows;
}

function entryRow({ label, color, count }: LegendEntry): HTMLElement {
  return make('li', { className: 'entry' }, swatch(color, true), text('name', label), text('number', String(count)));
}

/** The colours of an ordered column as one bar; none for categories. */
function scaleRow(entries: readonly LegendEntry[]): HTMLElement[] {
  const steps = entries.filter(({ kind }) => kind === 'range');
  if (steps.length < 2) return [];
  const row = make('li', { className: 'scale' });
  row.setAttribute('aria-hidden', 'true');
  row.style.background = `linear-gradient(to right, ${steps.map(({ color }) => color).join(', ')})`;
  return [row];
}

function swatch(color: string, isLarge: boolean): HTMLElement {
  const made = make('span', { className: isLarge ? 'swatch' : 'swatch small' });
  made.style.background = color;
  return made;
}

function text(className: string, content: string): HTMLElement {
  return make('span', { className, dir: 'auto' }, content);
}

function focusedTopic(): string | undefined {
  return document.activeElement instanceof HTMLElement ? document.activeElement.dataset.topic : undefined;
}

/** Makes the list one tab stop. Arrow keys move within it. */
function makeOneStop(rows: HTMLElement, focused: string | undefined): void {
  const buttons = Array.from(rows.querySelectorAll('button'));
  const stop =
    buttons.find(({ dataset }) => dataset.topic === focused) ??
    buttons.find((button) => button.getAttribute('aria-pressed') === 'true') ??
    buttons[0];
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  if (focused !== undefined) stop?.focus();
}

function walk(rows: HTMLElement, event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const buttons = Array.from(rows.querySelectorAll('button'));
  const at = buttons.findIndex(({ tabIndex }) => tabIndex === 0);
  const next = buttons[at + step];
  event.preventDefault();
  if (!next) return;
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}
