import { transfer } from 'comlink';
import { serve } from '../../worker/serve.web.ts';
import { measureMap } from './measure-map.ts';
import type { MeasuresApi } from './measures.api.ts';

const api: MeasuresApi = {
  measure(map) {
    const measures = measureMap(map);
    return transfer(measures, measures.preservation ? [measures.preservation.buffer] : []);
  },
};

serve(api);
