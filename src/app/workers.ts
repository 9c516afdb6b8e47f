import { makeOutliner } from '../lexical/lexical.client.ts';
import { makeAnalyst } from '../pipeline/analysis.client.ts';
import { makeMapFiles } from '../pipeline/map-file.client.ts';
import { makeProjector } from '../project/project.client.ts';
import { makeReader } from '../read/read.client.ts';

/** The workers of a page but for search and the encoders; each starts when it is first needed. */
export type Workers = ReturnType<typeof makeWorkers>;

/** Starts none of them yet. */
export function makeWorkers() {
  return {
    reader: makeReader(),
    projector: makeProjector(),
    outliner: makeOutliner(),
    mapFiles: makeMapFiles(),
    analyst: makeAnalyst(),
  };
}
