import { bench, describe } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { visibleLabels } from './labels.ts';
import { type LabelCandidate, solveLabels } from './placement.ts';

const VIEW = { center: { x: 0, y: 0 }, scale: 600, widthPx: 1440, heightPx: 900 };

/** Topics with nine parts each, which are placed around them. */
function topics(count: number): LabelCandidate[] {
  const random = makeRandom(3);
  const labels: LabelCandidate[] = [];
  for (let id = 0; id < count; id++) {
    const top = id % 10 === 0 ? null : labels[id - (id % 10)];
    const reach = top ? 1.5 / Math.sqrt(count / 10) : 0.9;
    const x = (top?.anchor.x ?? 0) + reach * (2 * random() - 1);
    const y = (top?.anchor.y ?? 0) + reach * (2 * random() - 1);
    const size = Math.ceil(500 * random());
    const widthPx = 60 + 120 * random();
    labels.push({ id, parent: top?.id ?? -1, level: top ? 1 : 0, size, anchor: { x, y }, widthPx, heightPx: 18 });
  }
  return labels;
}

for (const count of [200, 500, 2000]) {
  const candidates = topics(count);
  const intervals = solveLabels(candidates);
  console.log(`${count} candidates: ${intervals.comparisons} pairs compared, ${intervals.order.length} ever shown`);
  describe(`${count} candidates`, () => {
    bench('solve', () => void solveLabels(candidates));
    bench('choose for one view', () => void visibleLabels(intervals, VIEW, 20));
  });
}
