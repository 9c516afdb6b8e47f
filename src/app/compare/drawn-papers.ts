import { getState, type State, setState } from '../store.ts';

/** A point of the map that was picked; −1 for one that is no paper of the shown map but of the one it is compared with. */
export function ownPaper(index: number): number {
  return index < ownCount(getState()) ? index : -1;
}

/** A point of the map is under the pointer, −1 for none: a paper, or one that only the other map has. */
export function hoverPoint(index: number): void {
  const { comparison } = getState();
  const hovered = ownPaper(index);
  const pointed = index < 0 || hovered >= 0 ? -1 : index - ownCount(getState());
  const isSame = !comparison || comparison.pointed === pointed;
  setState(isSame ? { hovered } : { hovered, comparison: { ...comparison, pointed } });
}

/** The point that is under the pointer, as the renderer counts; −1 for none. */
export function hoveredPoint(state: State): number {
  const pointed = state.comparison?.pointed ?? -1;
  return pointed < 0 ? state.hovered : ownCount(state) + pointed;
}

function ownCount({ shown }: State): number {
  return shown?.corpus.papers.length ?? 0;
}
