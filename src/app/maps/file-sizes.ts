import type { QuantizedMatrix } from '../../model/matrix.ts';
import type { KeptChoice } from '../../project/measure/kept-dimensions.ts';
import type { Survey } from './reduce-map.ts';

/** A row's scale as JSON has it, about. */
const SCALE_BYTES = 21;

/**
 * Bytes of a map file, about, once its vectors are reduced: a byte a number goes, those of sentences shrink as much, and the
 * directions come, in base64 and with a scale each.
 * @param whole the file with the vectors as they are
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
