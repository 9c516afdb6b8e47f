import { setState } from '../store.ts';

const STORED = 'portolan-single-keys';

/** The choice of the last visit: on, unless it was switched off. */
export function rememberedSingleKeys(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

/** Takes a choice for now and, where storage is allowed, for the next visits. */
export function chooseSingleKeys(singleKeys: boolean): void {
  setState({ singleKeys });
  try {
    localStorage.setItem(STORED, singleKeys ? 'on' : 'off');
  } catch {
    // A frame with its storage blocked: the choice holds for this visit.
  }
}
