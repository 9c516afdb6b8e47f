import type { MapMeasures, MeasuredMap } from './measure-map.ts';

/** What the measures worker offers. It holds nothing between calls. */
export interface MeasuresApi {
  measure(map: MeasuredMap): MapMeasures;
}
