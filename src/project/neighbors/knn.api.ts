import type { Matrix } from '../../model/matrix.ts';
import type { SearchOrder } from './neighbor-search.ts';
import type { SearchState } from './shared-search.ts';

/** API of a worker that helps to find neighbours; see `SearchHelper`. It holds one copy of the vectors. */
export interface KnnApi {
  open(vectors: Matrix, order: SearchOrder): Promise<void>;
  /** Throws `internal` when no search has been opened. */
  work(share: number, state: SearchState): Promise<SearchState>;
}
