/** What decides how many encode workers a device gets. */
export interface Machine {
  /** `navigator.hardwareConcurrency`. */
  readonly cores: number;
  /** `navigator.deviceMemory` in gigabytes; null where the browser does not say. */
  readonly memoryGb: number | null;
  readonly isIos: boolean;
}

/** Each worker holds about 112 MB: more than this many pay on no machine that was measured. */
const MOST = 4;
const MOST_ASKED = 16;

/**
 * How many encode workers to run: one core is left to the page, 4 at most. 1 on iOS, where a tab of more is ended; at
 * most 2 with 4 GB or less. `asked` (1…16) overrides it all, null asks for nothing.
 */
export function poolSize({ cores, memoryGb, isIos }: Machine, asked: number | null = null): number {
  if (asked !== null) return Math.min(MOST_ASKED, Math.max(1, asked));
  if (isIos) return 1;
  const most = memoryGb !== null && memoryGb <= 4 ? 2 : MOST;
  return Math.min(most, Math.max(1, cores - 1));
}
