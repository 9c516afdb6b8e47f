import { makeOutliner } from '../lexical/lexical.client.ts';
import { makeAnalyst } from '../pipeline/analysis.client.ts';
import { makeMapFiles } from '../pipeline/map-file.client.ts';
import { makeProjector } from '../project/project.client.ts';
import { makeReader } from '../read/read.client.ts';

/** The page's workers except for search and the encoders; each starts on first use. */
export type Workers = ReturnType<typeof makeWorkers>;

/** Creates the {@link Workers} without starting any. */
export function makeWorkers() {
  return {
    reader: makeReader(),
    projector: makeProjector(),
    outliner: makeOutliner(),
    mapFiles: makeMapFiles(),
    analyst: makeAnalyst(),
  };
}
