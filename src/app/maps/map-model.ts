import { type ModelSpec, modelSpecOf } from '../../encode/model-spec.ts';
import type { MapData } from '../../model/map-data.ts';
import { urlOptions } from '../address/url.ts';
import type { State } from '../store.ts';

/**
 * The model that made a map's vectors, reading as much of each text; or why the page cannot embed papers as those were, as a
 * clause.
 */
export function modelOfMap({ embedding, info: { encode } }: MapData): ModelSpec | string {
  if (!embedding) return 'its file holds no vectors';
  if (!encode) return 'it does not say which model made its vectors';
  const ours = (['full', 'fast'] as const).map((budget) => modelSpecOf(urlOptions().model, budget));
  const same = ours.find(
    ({ id, dtype, maxPieces, budget }) =>
      encode.model === id && encode.dtype === dtype && encode.maxPieces === (budget ?? maxPieces),
  );
  const [{ id, dtype }] = ours;
  return same ?? `its vectors were made by ${encode.model} (${encode.dtype}), and the page has ${id} (${dtype})`;
}

/** Whether papers can be added to what is shown. */
export function canTakeIn({ shown }: Pick<State, 'shown'>): boolean {
  return shown?.map != null && typeof modelOfMap(shown.map) !== 'string';
}
