import { describe, expect, it } from 'vitest';
import type { Progress } from '../../model/progress.ts';
import { corpusOf, labPage } from '../fixtures/app-lab.ts';
import { estimateWords, makeRates, piecesOf } from './estimate.ts';

const encoding = (done: number): Progress => ({ stage: 'encoding', done, total: 9000, unit: 'word pieces', leftMs: 0 });

/** Rates by a clock that the test sets. */
function lab() {
  const page = labPage();
  const clock = { at: 0 };
  const rates = makeRates(page, () => clock.at);
  /** A run of 100 papers that embeds 5,000 pieces in 10 s and then takes 2 s. */
  const run = (isPaused = false): void => {
    const watch = rates.watch('mini', 100);
    watch.see(encoding(1000), false);
    clock.at += 10_000;
    watch.see(encoding(6000), isPaused);
    clock.at += 2000;
    watch.see({ ...encoding(1), stage: 'laying out', unit: 'epochs' }, false);
    watch.end();
  };
  return { page, clock, rates, run };
}

describe('the time of a map', () => {
  it('is estimated at the pace of the last run of the same model, also in a later visit', () => {
    const { page, run } = lab();
    run();
    const later = makeRates(page, () => 0);
    expect(later.rateOf('mini')).toEqual({ pieces: 500, paperMs: 20 });
    expect(later.rateOf('other')).toBeNull();
    expect(estimateWords(100_000, 2000, later.rateOf('mini'))).toBe(
      'About 5 min on this device, at the pace of its last map.',
    );
  });

  it('is a range before the first run', () => {
    expect(estimateWords(1_000_000, 5000, null)).toBe(
      'Between 4 min and 36 min, as devices go; the first map measures this one.',
    );
  });

  it('is not learnt from a run that was held, was short, or found its vectors in the cache', () => {
    const { page, clock, rates, run } = lab();
    run(true);
    const short = rates.watch('mini', 3);
    short.see(encoding(0), false);
    clock.at += 5000;
    short.see(encoding(100), false);
    short.end();
    rates.watch('mini', 3).end();
    expect(page.stored.size).toBe(0);
  });

  it('is not spoilt by what storage holds', () => {
    const { page, rates, run } = lab();
    for (const stored of ['{', '[]', 'null', '{"mini":{"pieces":-1,"paperMs":0}}', '{"mini":7}']) {
      page.stored.set('portolan-rates', stored);
      expect(rates.rateOf('mini')).toBeNull();
    }
    run();
    expect(rates.rateOf('mini')?.pieces).toBe(500);
  });

  it('grows with what the model reads of each text', () => {
    const { papers } = corpusOf(3);
    const long = papers.map((paper) => ({ ...paper, text: 'x'.repeat(5000) }));
    expect(piecesOf(long, 'full')).toBeGreaterThan(3000);
    expect(piecesOf(long, 'fast')).toBe(3 * 128);
  });
});
