import { formatCount, plural } from '../messages.ts';

/** `120 of 468 papers`; all of them when nothing is left out. */
export function keptText(kept: number, total: number): string {
  return kept === total ? plural(total, 'paper') : `${formatCount(kept)} of ${plural(total, 'paper')}`;
}
