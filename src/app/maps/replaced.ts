import { nounOf } from '../../model/noun.ts';
import type { Corpus } from '../../model/paper.ts';
import type { Store } from '../store.ts';
import type { Waiting } from './waiting.ts';

interface Parts {
  readonly store: Store;
  readonly waiting: Pick<Waiting, 'wait'>;
}

/**
 * Offers a run that another took the place of, until the user goes on with it or does not want it. What it has embedded
 * is in storage. While another map is being made it waits for its end.
 * @param again begins it anew
 */
export function offerAgain(
  { store, waiting }: Parts,
  { name, corpus }: { readonly name: string; readonly corpus: Corpus },
  again: () => Promise<unknown>,
): void {
  const id = crypto.randomUUID();
  const { job } = store.get();
  const discard = (): void => store.set(({ replaced }) => ({ replaced: replaced.filter((run) => run.id !== id) }));
  const offer = (): void => store.set(({ replaced }) => ({ replaced: [...replaced, run] }));
  const run = {
    ...{ id, name, noun: nounOf(corpus), papers: corpus.papers.length, embedded: job?.places?.embedded ?? 0 },
    discard,
    goOn(): void {
      discard();
      if (store.get().job?.kind !== 'building') void again();
      else waiting.wait({ kind: 'make', name, act: again, drop: offer });
    },
  };
  offer();
}
