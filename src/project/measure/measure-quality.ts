import type { Quality } from '../../model/map-data.ts';
import type { Reporter } from '../reporter.ts';
import { makeQualityMeter, type QualityInput } from './quality.ts';

const QUALITY_ROWS = 8;

/** The whole of a {@link makeQualityMeter}, with reports and breaths; null below three papers. */
export async function measureQuality(input: QualityInput, reporter: Reporter): Promise<Quality | null> {
  const meter = makeQualityMeter(input);
  await reporter.work(() => meter.step(QUALITY_ROWS), {
    stage: 'measuring',
    unit: 'papers',
    total: meter.total,
    done: () => meter.done,
  });
  return meter.result();
}
