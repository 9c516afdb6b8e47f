import { isCancelled, toFailure } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import { GIVEN_DTYPE } from '../../pipeline/given-encoder.ts';
import { makeLatest } from '../../search/latest.ts';
import { cleanText } from '../../text/clean.ts';
import { sentenceOf } from '../messages.ts';
import { currentEncoder, currentModel } from '../session.ts';
import { getState, setState } from '../store.ts';

/** The vectors of the last queries, oldest first, by model and text: going back costs nothing. */
const kept = new Map<string, Float32Array>();
const KEPT = 50;

/** Why the papers shown cannot be searched by meaning with the current model, as a sentence; null when they can. */
export function whyNoMeaning(map: MapData | null): string | null {
  if (map === null) return 'By words only: meaning comes with the finished map.';
  const { embedding, info } = map;
  if (embedding === null) return 'By words only: this map file holds no vectors.';
  const { id } = currentModel();
  if (info.encode === null) return 'By words only: the map does not say which model made its vectors.';
  // Whatever its number format: vectors of one text in two formats have a cosine of .99 and more.
  if (info.encode.model === id) return null;
  if (info.encode.dtype === GIVEN_DTYPE) {
    return `By words only: the vectors came with the papers (${info.encode.model}), and ${id} did not make them.`;
  }
  return `By words only: the vectors were made by ${info.encode.model}, the page has ${id}.`;
}

/** The vector of a query's text, when it is at hand. */
export function knownVector(text: string): Float32Array | null {
  return kept.get(keyOf(text)) ?? null;
}

/**
 * The vector of a query's text, by the current model, which is loaded when it is first needed; the store's `meaning`
 * tells how far that is. One text is read at a time: null for one that a newer one overtakes, and on failure, of which
 * the store then tells.
 */
export const readQuery = makeLatest(async (text: string): Promise<Float32Array | null> => {
  const known = knownVector(text);
  if (known) return known;
  setState({ meaning: { kind: 'reading', loaded: 0, total: 0 } });
  try {
    const vector = await currentEncoder().encodeQuery(cleanText(text), (loaded, total) => {
      if (getState().meaning.kind === 'reading') setState({ meaning: { kind: 'reading', loaded, total } });
    });
    kept.set(keyOf(text), vector);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '');
    setState({ meaning: { kind: 'idle' } });
    return vector;
  } catch (error) {
    if (isCancelled(error)) setState({ meaning: { kind: 'idle' } });
    else
      setState({ meaning: { kind: 'off', reason: `By words only. ${sentenceOf(toFailure(error, 'encode')).title}.` } });
    return null;
  }
});

function keyOf(text: string): string {
  const { id, dtype } = currentModel();
  return `${id}/${dtype} ${text}`;
}
