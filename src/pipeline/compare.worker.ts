import { compareLayouts } from '../project/measure/compare-layouts.ts';
import { serve } from '../worker/serve.web.ts';
import type { CompareApi } from './compare.api.ts';
import { matchPapers } from './match-papers.ts';

const api: CompareApi = {
  compare: async (own, other) => compareLayouts(own.positions, other.positions, matchPapers(own, other)),
};

serve(api);
