import type { MapData } from '../../model/map-data.ts';
import { nounOf } from '../../model/noun.ts';
import type { Corpus } from '../../model/paper.ts';
import type { GivenPlaces } from '../../model/read-report.ts';
import { displayTitle } from '../../text/readable.ts';
import { countOf, formatCount, formatDuration } from '../messages.ts';
import type { Store } from '../store.ts';

/** What was embedded for a map: papers whose vectors were in storage, and the others. */
export interface EmbeddedCounts {
  readonly cached: number;
  readonly computed: number;
}

/** Says that the map is ready, and how long this run took: papers that were embedded before have cost it no time. */
export function sayReady(
  store: Store,
  { corpus }: MapData,
  { cached, computed }: EmbeddedCounts,
  tookMs: number,
): void {
  const count = countOf(corpus.papers.length, nounOf(corpus));
  const before =
    cached === 0
      ? ''
      : computed === 0
        ? ', with vectors from before'
        : `, ${formatCount(cached)} of them embedded before`;
  store.notify('done', {
    title: 'The map is ready',
    text: `${count} in ${formatDuration(tookMs)}${before}. “Save map” keeps it as a file.`,
  });
}

/** Says that the layout began elsewhere than it was asked to. */
export function sayOtherStart(store: Store): void {
  store.notify('done', {
    title: 'The layout began on principal components',
    text: 'The spectral start was not found within its bound for these texts. The map is sound; it only began elsewhere.',
  });
}

/** Where papers stand that have no place of their own. */
export const BESIDE = 'They stand beside the map.';

/**
 * Reports papers without a vector, if any. `wereGiven`: their vectors came with them.
 * @param stands a sentence that says where they stand
 */
export function noteSetAside(
  store: Store,
  corpus: Corpus,
  indices: readonly number[],
  wereGiven: boolean,
  stands = BESIDE,
): void {
  if (indices.length === 0) return;
  const papers = countOf(indices.length, nounOf(corpus));
  const why = wereGiven ? '' : ': each stopped two workers';
  store.notify('warning', {
    title: wereGiven ? `${papers} without a usable vector` : `${papers} could not be embedded`,
    text: `${firstTitles(corpus, indices)}${why}. ${stands}`,
  });
}

/** Reports papers for which the file has no place, and those that are drawn nearer than it has them. */
export function noteUnplaced(store: Store, corpus: Corpus, { without, drawnNearer }: GivenPlaces): void {
  if (without.length > 0) {
    store.notify('warning', {
      title: `${countOf(without.length, nounOf(corpus))} without a place`,
      text: `${firstTitles(corpus, without)}. ${BESIDE}`,
    });
  }
  if (drawnNearer > 0) {
    store.notify('warning', {
      title: `${countOf(drawnNearer, nounOf(corpus))} drawn nearer`,
      text: 'The file has them more than 500 times as far out as the width of all others. They stand at that distance.',
    });
  }
}

const MAX_TITLES = 3;

function firstTitles({ papers }: Corpus, indices: readonly number[]): string {
  const titles = indices.slice(0, MAX_TITLES).map((index) => `“${displayTitle(papers[index], 60)}”`);
  const others = indices.length - titles.length;
  return `${titles.join(', ')}${others > 0 ? ` and ${formatCount(others)} more` : ''}`;
}
