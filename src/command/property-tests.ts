import fc from 'fast-check';
import { vi } from 'vitest';

/** Set by `npm run fuzz`. */
const isFuzz = process.env.PORTOLAN_FUZZ !== undefined;
/** How many times as often `npm run fuzz` tries every property as `npm test` does. */
const FUZZ_FACTOR = 10;
/** What fast-check runs where a test does not say how often. */
const DEFAULT_RUNS = 100;

// The same examples in every `npm test`: a check must not fail, or pass, by luck. New ones are for `npm run fuzz`, whose
// failures print the seed and the path that bring them back: `fc.assert(property, { seed, path })`.
if (!isFuzz) fc.configureGlobal({ seed: 20261121 });

if (isFuzz) {
  // By a mock, so that a test which names its number of runs is repeated as well, and none can forget to be.
  vi.doMock('fast-check', async (importOriginal) => {
    const original = await importOriginal<{ default: typeof fc }>();
    const longer = (...[property, how]: Parameters<typeof fc.assert>) =>
      original.default.assert(property, { ...how, numRuns: FUZZ_FACTOR * (how?.numRuns ?? DEFAULT_RUNS) });
    return { ...original, default: { ...original.default, assert: longer } };
  });
}
