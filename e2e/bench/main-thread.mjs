/** @typedef {import('@playwright/test').Page} Page */

/**
 * Reads the processor time of a page's main thread, which is the same however busy the machine is.
 * @param {Page} page @returns {Promise<() => Promise<number>>} gives milliseconds since some beginning
 */
export async function threadClock(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN);
  };
}

/**
 * Reads the bytes that a page's main thread holds after a garbage collection: JavaScript's heap and its buffers.
 * @param {Page} page @returns {Promise<() => Promise<number>>}
 */
export async function heapScale(page) {
  const session = await page.context().newCDPSession(page);
  return async () => {
    await session.send('HeapProfiler.collectGarbage');
    const usage = await session.send('Runtime.getHeapUsage');
    return usage.usedSize + usage.backingStorageSize;
  };
}

/** The value that a share of `numbers` is below. @param {number[]} numbers @param {number} share */
export function quantile(numbers, share) {
  return numbers.toSorted((a, b) => a - b)[Math.min(Math.floor(share * numbers.length), numbers.length - 1)];
}
