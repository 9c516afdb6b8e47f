import fc from 'fast-check';
import { vi } from 'vitest';

/** Set by `npm run fuzz`. */
const isFuzz = process.env.PORTOLAN_FUZZ !== undefined;
/** `npm run fuzz` tries every property this many times as often as `npm test`. */
const FUZZ_FACTOR = 10;
/** Runs of fast-check where a test does not give a number. */
const DEFAULT_RUNS = 100;

// Every `npm test` uses the same examples, so that it never fails or passes by chance. `npm run fuzz` uses new ones;
// its failures print the seed and the path that repeat them: `fc.assert(property, { seed, path })`.
if (!isFuzz) fc.configureGlobal({ seed: 20261121 });

if (isFuzz) {
  // A mock, so that tests which give a number of runs are multiplied as well, and no test can opt out.
  vi.doMock('fast-check', async (importOriginal) => {
    const original = await importOriginal<{ default: typeof fc }>();
    const longer = (...[property, how]: Parameters<typeof fc.assert>) =>
      original.default.assert(property, { ...how, numRuns: FUZZ_FACTOR * (how?.numRuns ?? DEFAULT_RUNS) });
    return { ...original, default: { ...original.default, assert: longer } };
  });
}
