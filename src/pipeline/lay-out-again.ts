import { dequantizeRows, type QuantizedMatrix } from '../model/matrix.ts';
import type { OnProgress } from '../model/progress.ts';
import { DEFAULT_PROJECT_OPTIONS, type ProjectOptions } from '../project/layout/engine.ts';
import type { Projector } from '../project/project.client.ts';

/** What makes a second layout of the same vectors another one. */
export type LayoutChoice = Pick<ProjectOptions, 'seed' | 'neighbors' | 'minDist'>;

/**
 * Lays papers out anew by the vectors that a map has kept of them: n×2 in map units. Begins on principal components, all
 * else by default. Neighbours beyond n − 1 count as n − 1.
 */
export async function layOutAgain(
  embedding: QuantizedMatrix,
  choice: LayoutChoice,
  projector: Projector,
  watch: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
): Promise<Float32Array> {
  const { rows, cols } = embedding;
  const { signal, onProgress } = watch;
  await projector.begin(rows, cols, { signal });
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  await projector.add(all, dequantizeRows(embedding).data, { signal });
  const { positions } = await projector.run({ ...DEFAULT_PROJECT_OPTIONS, ...choice }, { signal, onProgress });
  return positions;
}
