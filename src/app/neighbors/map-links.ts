import type { TrueNeighbor } from '../../project/measure/map-neighbors.ts';
import { MAX_MARKED_NEIGHBORS } from '../../render/paper-marks.ts';
import type { Renderer } from '../../render/renderer.ts';
import type { LinkGroup } from '../../render/scene.ts';
import type { Selectors } from '../selectors.ts';
import type { Shown, State } from '../state.ts';
import type { Store } from '../store.ts';

/** Delay before a hovered paper's neighbours are drawn, so that lines do not flicker as the pointer moves. */
const REST_MS = 150;

interface Parts {
  readonly store: Store;
  readonly selectors: Selectors;
}

/**
 * Draws lines from the selected paper to its true neighbours and thin lines from the hovered one, dashed for neighbours
 * that are far apart on the map. Returns a function that stops this.
 */
export function feedLinks({ store, selectors }: Parts, renderer: Renderer): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  let rested = -1;
  const linksOf = (shown: Shown | null, from: number, isThin: boolean): LinkGroup[] =>
    linkGroups(selectors.neighborhood(shown, from)?.nearest ?? [], from, isThin);
  const draw = ({ shown, selected }: State): void => {
    const hint = rested === selected ? [] : linksOf(shown, rested, true);
    renderer.setLinks([...hint, ...linksOf(shown, selected, false)]);
  };
  const feed = (state: State, before: State | null): void => {
    const isHovered = state.hovered !== before?.hovered;
    const isChanged = state.shown !== before?.shown || state.selected !== before?.selected;
    if (!isHovered && !isChanged) return;
    const hadHint = rested >= 0;
    if (isHovered) {
      rested = -1;
      clearTimeout(resting);
      resting = setTimeout(() => {
        rested = state.hovered;
        if (rested >= 0) draw(store.get());
      }, REST_MS);
    }
    if (isChanged || hadHint) draw(state);
  };
  feed(store.get(), null);
  const stop = store.subscribe(feed);
  return () => {
    clearTimeout(resting);
    stop();
  };
}

function linkGroups(neighbors: readonly TrueNeighbor[], from: number, isThin: boolean): LinkGroup[] {
  const nearest = neighbors.slice(0, MAX_MARKED_NEIGHBORS);
  const to = (isTorn: boolean): number[] =>
    nearest.filter((other) => other.isTorn === isTorn).map(({ index }) => index);
  return [true, false]
    .map((isTorn) => ({ from, to: to(isTorn), isThin, isDashed: isTorn }))
    .filter((group) => group.to.length > 0);
}
