import { serve } from '../worker/serve.web.ts';
import type { ReadApi } from './read.api.ts';
import { readInputs } from './read-inputs.web.ts';

const api: ReadApi<Blob> = { read: readInputs };

serve(api);
