import type { TokenBudget } from '../../encode/model-spec.ts';
import type { Paper } from '../../model/paper.ts';
import type { Progress } from '../../model/progress.ts';
import { formatDuration } from '../messages.ts';
import type { Page } from '../page.ts';

/** How fast the last map was made on this device. */
export interface Rate {
  /** Word pieces embedded a second. */
  readonly pieces: number;
  /** Milliseconds for each paper after the embedding. */
  readonly paperMs: number;
}

/** Measures runs and remembers the last rate of each model, also between visits. */
export type Rates = ReturnType<typeof makeRates>;

/** Measures one run. */
export interface RunWatch {
  /** Takes a step of its progress. `isPaused`: the user held the layout, whose time then says nothing. */
  see(progress: Progress, isPaused: boolean): void;
  /** Remembers the rate of a run that has ended well. */
  end(): void;
}

const KEY = 'portolan-rates';
/** Fewer word pieces, or less time, say little of the next run. */
const MIN_PIECES = 2000;
const MIN_MS = 1000;

/** @param now a monotonic clock in milliseconds */
export function makeRates(page: Pick<Page, 'recall' | 'remember'>, now: () => number) {
  const all = (): Record<string, unknown> => {
    try {
      const stored: unknown = JSON.parse(page.recall(KEY) ?? '{}');
      return typeof stored === 'object' && stored !== null ? { ...stored } : {};
    } catch {
      return {};
    }
  };
  return {
    /** The last rate of a model; null before its first run here. */
    rateOf(model: string): Rate | null {
      const stored = new Map(Object.entries(all())).get(model);
      return isRate(stored) ? stored : null;
    },
    /** Watches a run of `papers` papers by a model. */
    watch(model: string, papers: number): RunWatch {
      let first: { readonly at: number; readonly done: number } | null = null;
      let last = { at: 0, done: 0 };
      let wasPaused = false;
      return {
        see({ stage, done, unit }, isPaused) {
          wasPaused ||= isPaused;
          if (stage !== 'encoding' || unit !== 'word pieces') return;
          last = { at: now(), done };
          first ??= last;
        },
        end() {
          if (!first) return;
          const [pieces, ms] = [last.done - first.done, last.at - first.at];
          if (pieces < MIN_PIECES || ms < MIN_MS || wasPaused) return;
          const rate: Rate = { pieces: (1000 * pieces) / ms, paperMs: (now() - last.at) / papers };
          page.remember(KEY, JSON.stringify({ ...all(), [model]: rate }));
        },
      };
    },
  };
}

/** As in English texts. */
const CHARACTERS_A_PIECE = 5;
/** Pieces of a text that are read where only its beginning is. */
const FAST_PIECES = 128;
/** Devices from a phone with one worker to a desktop's graphics device; see docs/measurements.md. */
const SLOWEST: Rate = { pieces: 500, paperMs: 20 };
const FASTEST: Rate = { pieces: 5000, paperMs: 3 };

/** About how many word pieces a model reads of the papers. O(papers). */
export function piecesOf(papers: readonly Paper[], budget: TokenBudget): number {
  const most = budget === 'fast' ? FAST_PIECES : Number.POSITIVE_INFINITY;
  return papers.reduce(
    (sum, { title, text }) => sum + Math.min(most, (title.length + text.length) / CHARACTERS_A_PIECE),
    0,
  );
}

/** Loading the model and naming topics, whatever the number of papers. */
const STARTING_MS = 5000;

/** How long a map will take, as a sentence: by the last rate of this device, or the range of what devices take. */
export function estimateWords(pieces: number, papers: number, rate: Rate | null): string {
  const words = (of: Rate): string => formatDuration(STARTING_MS + (1000 * pieces) / of.pieces + papers * of.paperMs);
  if (rate) return `About ${words(rate)} on this device, at the pace of its last map.`;
  const [least, most] = [words(FASTEST), words(SLOWEST)];
  return least === most
    ? `About ${most}; the first map measures this device.`
    : `Between ${least} and ${most}, as devices go; the first map measures this one.`;
}

function isRate(value: unknown): value is Rate {
  if (typeof value !== 'object' || value === null || !('pieces' in value && 'paperMs' in value)) return false;
  const { pieces, paperMs } = value;
  return typeof pieces === 'number' && pieces > 0 && typeof paperMs === 'number' && paperMs >= 0;
}
