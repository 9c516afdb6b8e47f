import { serve } from '../worker/serve.web.ts';
import type { ReadApi } from './read.api.ts';
import { readInParts } from './read-inputs.web.ts';

const api: ReadApi<Blob> = { read: readInParts };

serve(api);
