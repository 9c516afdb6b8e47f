import type { MapData } from '../../model/map-data.ts';
import type { QuantizedMatrix } from '../../model/matrix.ts';
import type { MapVectors, ReducedVectors } from '../../pipeline/analysis.api.ts';
import type { KeptChoice } from '../../project/measure/kept-dimensions.ts';
import { formatCount } from '../messages.ts';
import { indexVectors } from '../search/search-papers.ts';
import { analyst, mapFiles } from '../session.ts';
import { getState, notify, setState } from '../store.ts';
import { editedMap } from './open-map.ts';

/** What a choice is made by. */
export interface Survey {
  readonly choices: readonly KeptChoice[];
  /** Bytes of the map's file as it is now. */
  readonly fileBytes: number;
  /** Of them those of the vectors of sentences. */
  readonly sentenceBytes: number;
}

/** Measures what the shown map's vectors lose by each choice, and how large its file is. Rejects as the workers do. */
export async function surveyMap(
  embedding: QuantizedMatrix,
  call: { readonly signal: AbortSignal; readonly onDone: (done: number, total: number) => void },
): Promise<Survey> {
  const map = editedMap();
  const file = map ? mapFiles.encode(map) : Promise.resolve(new ArrayBuffer());
  const [choices, bytes] = await Promise.all([analyst.surveyDimensions(embedding, call), file]);
  return { choices, fileBytes: bytes.byteLength, sentenceBytes: map?.sentences?.packed.length ?? 0 };
}

/**
 * Makes the shown map's vectors shorter; all else of it stays. A notice takes it back. Rejects as the worker does.
 * @param map the one that `choice` was measured on
 */
export async function reduceShownMap(map: MapData, choice: KeptChoice, signal: AbortSignal): Promise<void> {
  const { embedding, sentences } = map;
  if (!embedding) return;
  const whole = { embedding, ...(sentences ? { sentences } : {}) };
  const reduced = await analyst.reduceVectors(whole, choice, signal);
  if (!exchange(whole, reduced)) return;
  const { reduction } = reduced;
  notify('done', {
    title: `${formatCount(reduction.kept)} of ${formatCount(reduction.from)} dimensions kept`,
    text: 'Places, topics and neighbours are still those of the whole vectors. “Save map” writes the smaller file.',
    stays: true,
    action: { label: 'Undo', run: () => takeBack(reduced, whole) },
  });
}

function takeBack(reduced: ReducedVectors, whole: MapVectors): void {
  if (exchange(reduced, whole)) return;
  notify('done', { title: 'Too late to undo', text: 'The map’s vectors are others by now.' });
}

/** Whether the shown map has the vectors `before`: it then has `after`. */
function exchange(before: MapVectors, after: MapVectors | ReducedVectors): boolean {
  const { shown } = getState();
  if (!shown?.map || shown.map.embedding !== before.embedding) return false;
  const { reduction: _, sentences: __, ...map } = shown.map;
  const changed = { ...map, ...after };
  setState({ shown: { ...shown, map: changed } });
  void indexVectors(changed);
  return true;
}
