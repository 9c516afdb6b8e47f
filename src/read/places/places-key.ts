import type { GivenPlaces } from '../../model/read-report.ts';

/** What the choice of a pair is called in an address: its columns, separated by a comma. */
export function placesKey({ x, y }: Pick<GivenPlaces, 'x' | 'y'>): string {
  return `${x},${y}`;
}
