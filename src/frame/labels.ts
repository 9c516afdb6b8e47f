import { formOf, type Noun } from '../model/noun.ts';
import type { TopicView } from '../model/topic-view.ts';
import { STYLE_COUNT } from '../render/labels/label-text.ts';
import {
  labelBudget,
  solveTopicLabels,
  type TopicLabels,
  type VisibleLabel,
  visibleLabels,
} from '../render/labels/labels.ts';
import type { Renderer } from '../render/renderer.ts';
import type { Insets } from '../render/viewport.ts';
import { make } from './panels.ts';

/** What the labels are placed on. */
export interface LabelGround {
  /** Null for a map without topics. */
  readonly view: TopicView | null;
  readonly positions: Float32Array;
  /** What the map's texts are called. */
  readonly noun: Noun;
  /** The chosen topic, −1 for none. */
  readonly topic: number;
  /** Topics whose papers are not filtered out; null: all. */
  readonly kept: readonly number[] | null;
  /** What panels cover at each edge. */
  readonly insets: Insets;
}

/** The names of topics over the map in a frame. */
export interface FrameLabels {
  /** Ids of the topics that have a name on the map now. */
  readonly named: ReadonlySet<number>;
  /** Shows the names for the part of the map in view. Places all anew when map or size have changed, else O(names). */
  show(ground: LabelGround, renderer: Pick<Renderer, 'viewport' | 'fitScale'>): void;
  /** Marks the name of the topic under the pointer, −1 for none. */
  point(topic: number): void;
}

/** As in render/labels/topic-labels.css. */
const NARROW_PX = 640;

/** Makes the names in `layer`, which lies over the map. They are not tab stops: the list of topics is one instead. */
export function makeLabels(layer: HTMLElement): FrameLabels {
  const pen = document.createElement('canvas').getContext('2d');
  const buttons = new Map<number, HTMLButtonElement>();
  let named: ReadonlySet<number> = new Set();
  let solved: { readonly of: readonly unknown[]; readonly labels: TopicLabels } | null = null;
  let kept: ReadonlySet<number> = new Set();
  let scale = 0;
  const widthOf = (text: string, font: string): number => {
    if (!pen) return 0;
    pen.font = font;
    return pen.measureText(text).width;
  };
  const solve = (view: TopicView, positions: Float32Array, fitScale: number, isNarrow: boolean): TopicLabels => {
    const of = [view, positions, fitScale, isNarrow];
    if (!solved || solved.of.some((part, i) => part !== of[i])) {
      solved = { of, labels: solveTopicLabels(view, positions, { fitScale, isNarrow, widthOf }) };
      named = new Set();
      kept = new Set();
      buttons.clear();
      layer.replaceChildren();
    }
    return solved.labels;
  };
  return {
    get named() {
      return named;
    },
    show({ view, positions, noun, topic, kept: passing, insets }, { viewport, fitScale }) {
      if (!view || positions.length === 0) {
        solved = null;
        layer.replaceChildren();
        return;
      }
      const labels = solve(view, positions, fitScale, viewport.widthPx <= NARROW_PX);
      const budget = labelBudget(viewport.widthPx * viewport.heightPx);
      // Names stay while the view is dragged. After a zoom the choice must not depend on the way there.
      const keep = viewport.scale === scale ? kept : undefined;
      const visible = visibleLabels(labels.intervals, { ...viewport, insets }, budget, keep);
      scale = viewport.scale;
      kept = new Set(visible.map(({ index }) => index));
      named = new Set(visible.map(({ index }) => labels.intervals.candidates[index].id));
      place(visible, { layer, labels, view, noun, buttons });
      for (const [id, button] of buttons) {
        button.setAttribute('aria-pressed', String(id === topic));
        button.classList.toggle('out', passing !== null && !isKept(view, id, passing));
      }
    },
    point(topic) {
      for (const [id, button] of buttons) button.classList.toggle('near', id === topic);
    },
  };
}

interface Layer {
  readonly layer: HTMLElement;
  readonly labels: TopicLabels;
  readonly view: TopicView;
  readonly noun: Noun;
  readonly buttons: Map<number, HTMLButtonElement>;
}

function place(visible: readonly VisibleLabel[], { layer, labels, view, noun, buttons }: Layer): void {
  const { candidates } = labels.intervals;
  const gone = new Set(buttons.keys());
  for (const { index, px, py } of visible) {
    const { id, level } = candidates[index];
    gone.delete(id);
    const button = buttons.get(id) ?? labelOf({ view, noun }, id, level, labels.texts[index].lines);
    if (!buttons.has(id)) layer.append(button);
    buttons.set(id, button);
    // Whole pixels, because text between pixels is blurred.
    button.style.transform = `translate(${Math.round(px)}px, ${Math.round(py)}px) translate(-50%, -50%)`;
  }
  for (const id of gone) {
    buttons.get(id)?.remove();
    buttons.delete(id);
  }
}

function labelOf(
  { view, noun }: Pick<Layer, 'view' | 'noun'>,
  id: number,
  level: number,
  lines: readonly string[],
): HTMLButtonElement {
  const texts = lines.map((line) => make('span', { dir: 'auto' }, line));
  const className = `topic-label topic-label-${Math.min(level, STYLE_COUNT - 1)}`;
  const button = make('button', { type: 'button', tabIndex: -1, className }, ...texts);
  button.dataset.topic = String(id);
  const node = view.nodes.get(id);
  button.setAttribute('aria-label', `${node?.name}, ${node?.size} ${formOf(noun, node?.size ?? 0)}`);
  return button;
}

/** Whether the topic, an ancestor or a descendant of it is in `kept`. */
function isKept(view: TopicView, id: number, kept: readonly number[]): boolean {
  const above = (from: number): number[] => {
    const node = view.nodes.get(from);
    return node ? [from, ...above(node.topic.parent)] : [];
  };
  return above(id).some((own) => kept.includes(own)) || kept.some((own) => above(own).includes(id));
}
