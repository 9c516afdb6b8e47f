import { transfer } from 'comlink';
import { serve } from '../worker/serve.web.ts';
import type { CorpusPart, ReadApi } from './read.api.ts';
import { readInputs } from './read-inputs.web.ts';

const api: ReadApi<Blob> = {
  read: (inputs, options, receive, onProgress) =>
    readInputs(inputs, options, (part) => receive(owned(part)), onProgress),
};

/** Vectors are handed over, not copied. */
function owned(part: CorpusPart): CorpusPart {
  return part.kind === 'vector rows' ? transfer(part, [part.rows.buffer]) : part;
}

serve(api);
