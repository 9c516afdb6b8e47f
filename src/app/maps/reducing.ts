import type { MapData } from '../../model/map-data.ts';
import type { QuantizedMatrix } from '../../model/matrix.ts';
import { nounOf } from '../../model/noun.ts';
import type { MapVectors, ReducedVectors } from '../../pipeline/analysis.api.ts';
import type { KeptChoice } from '../../project/measure/kept-dimensions.ts';
import { formatCount } from '../messages.ts';
import type { Search } from '../search/search.ts';
import type { Store } from '../store.ts';
import type { Workers } from '../workers.ts';
import type { Showing } from './showing.ts';

/** The data for choosing a reduction. */
export interface Survey {
  readonly choices: readonly KeptChoice[];
  /** Size of the map's file now. */
  readonly fileBytes: number;
  /** Bytes of `fileBytes` that are sentence vectors. */
  readonly sentenceBytes: number;
}

/** Shortens the vectors of the shown map. */
export type Reducing = ReturnType<typeof makeReducing>;

interface Parts {
  readonly store: Store;
  readonly workers: Pick<Workers, 'analyst' | 'mapFiles'>;
  readonly search: Pick<Search, 'indexVectors'>;
  readonly showing: Pick<Showing, 'editedMap'>;
}

/** Creates the {@link Reducing} of one store. */
export function makeReducing({ store, workers, search, showing }: Parts) {
  /** Replaces the vectors `before` by `after`. Returns whether the shown map had `before`. */
  function exchange(before: MapVectors, after: MapVectors | ReducedVectors): boolean {
    const { shown } = store.get();
    if (!shown?.map || shown.map.embedding !== before.embedding) return false;
    const { reduction: _, sentences: __, ...map } = shown.map;
    const changed = { ...map, ...after };
    store.set({ shown: { ...shown, map: changed } });
    void search.indexVectors(changed);
    return true;
  }
  function takeBack(reduced: ReducedVectors, whole: MapVectors): void {
    if (exchange(reduced, whole)) return;
    store.notify('done', { title: 'Too late to undo', text: 'The map’s vectors are others by now.' });
  }
  return {
    /** Measures the loss of each choice and the size of the map's file. Rejects as the workers do. */
    async surveyMap(
      embedding: QuantizedMatrix,
      call: { readonly signal: AbortSignal; readonly onDone: (done: number, total: number) => void },
    ): Promise<Survey> {
      const map = showing.editedMap();
      const file = map ? workers.mapFiles.encode(map) : Promise.resolve(new ArrayBuffer());
      const [choices, bytes] = await Promise.all([workers.analyst.surveyDimensions(embedding, call), file]);
      return { choices, fileBytes: bytes.byteLength, sentenceBytes: map?.sentences?.packed.length ?? 0 };
    },
    /**
     * Shortens only the vectors. A notice offers to undo it. Rejects as the worker does.
     * @param map the map that `choice` was measured on
     */
    async reduceShownMap({ embedding, sentences }: MapData, choice: KeptChoice, signal: AbortSignal): Promise<void> {
      if (!embedding) return;
      const whole = { embedding, ...(sentences ? { sentences } : {}) };
      const reduced = await workers.analyst.reduceVectors(whole, choice, signal);
      if (!exchange(whole, reduced)) return;
      const { reduction } = reduced;
      store.notify('done', {
        title: `${formatCount(reduction.kept)} of ${formatCount(reduction.from)} dimensions kept`,
        text: 'Places, topics and neighbours are still those of the whole vectors. “Save map” writes the smaller file.',
        stays: true,
        action: { label: 'Undo', run: () => takeBack(reduced, whole) },
      });
    },
  };
}

/** Why a map's vectors cannot be shortened, as sentences; null when they can. */
export function whyNotReduced({ embedding, reduction, corpus }: MapData): string | null {
  if (reduction) {
    const { kept, from } = reduction;
    return `These vectors have been made shorter before: ${formatCount(kept)} of ${formatCount(from)} dimensions are left. The others are gone; “Embed these ${nounOf(corpus).many} again, here” brings them back.`;
  }
  return embedding ? null : 'This map has kept no vectors.';
}

/** Share of the neighbours that the suggested choice must keep. */
const MIN_SHARE = 0.95;

/**
 * The fewest dimensions that keep {@link MIN_SHARE} of the neighbours, else the most, among the choices that suit the
 * model and make the file smaller. With few papers, the stored directions may take more than they save.
 */
export function suggestedChoice(survey: Survey, { embedding, info }: MapData): KeptChoice | null {
  if (!embedding) return null;
  const own = survey.choices.filter(({ kind }) => kind === (info.encode?.matryoshka === true ? 'prefix' : 'pca'));
  const smaller = own.filter((choice) => reducedFileBytes(survey, embedding, choice) < survey.fileBytes);
  return smaller.findLast(({ agreement }) => agreement.share >= MIN_SHARE) ?? smaller[0] ?? own.at(-1) ?? null;
}

/** Approximate size of a row's scale in JSON. */
const SCALE_BYTES = 21;

/**
 * Approximate bytes of a map file with reduced vectors: each removed number saves a byte, sentence vectors shrink by
 * the same share, and the directions are added in base64, each with a scale.
 * @param whole the file with unreduced vectors
 */
export function reducedFileBytes(
  { fileBytes, sentenceBytes }: Pick<Survey, 'fileBytes' | 'sentenceBytes'>,
  { rows, cols }: Pick<QuantizedMatrix, 'rows' | 'cols'>,
  { kind, kept }: Pick<KeptChoice, 'kind' | 'kept'>,
): number {
  const directions = kind === 'pca' ? kept * (cols * (4 / 3) + SCALE_BYTES) : 0;
  const gone = rows * (cols - kept) + sentenceBytes * (1 - kept / cols);
  return Math.round(fileBytes - gone + directions);
}
