import { isCancelled } from '../model/failure.ts';
import type { Paper } from '../model/paper.ts';
import { makeWorkerSlot } from '../worker/worker-slot.ts';
import type { ContrastApi, ContrastRequest } from './contrast.api.ts';
import type { Contrast } from './naming/contrast-terms.ts';

/** Tells sets of papers apart by their phrases, in a worker of its own. */
export interface Contraster {
  /**
   * The phrases that two sets of `papers` do not share. The first call for a list of papers reads all of their texts;
   * further ones for the same list only count. Only the newest call counts: one that a newer one overtakes, and one cut
   * off by `dispose`, resolves to null. Rejects with `worker-died` or `worker-silent` when the worker was lost; the next
   * call starts a new one.
   */
  tellApart(papers: readonly Paper[], request: ContrastRequest): Promise<Contrast | null>;
  dispose(): void;
}

/** A contraster whose worker starts with the first call. */
export function makeContraster(): Contraster {
  const slot = makeWorkerSlot<ContrastApi>(
    'contrast',
    () => new Worker(new URL('./contrast.worker.ts', import.meta.url), { type: 'module' }),
  );
  let newest = 0;
  /** The papers whose phrases the worker has, or is reading. */
  let known: readonly Paper[] | null = null;
  let reading: Promise<void> = Promise.resolve();

  async function ensure(papers: readonly Paper[]): Promise<void> {
    if (known !== papers) {
      known = papers;
      const texts = { titles: papers.map(({ title }) => title), texts: papers.map(({ text }) => text) };
      reading = slot.call((api) => api.read(texts));
    }
    await reading;
  }

  return {
    async tellApart(papers, request) {
      const ticket = ++newest;
      try {
        await ensure(papers);
        if (ticket !== newest) return null;
        const contrast = await slot.call((api) => api.tellApart(request));
        return ticket === newest ? contrast : null;
      } catch (error) {
        // A worker that is gone has taken the phrases along.
        known = null;
        if (ticket !== newest || isCancelled(error)) return null;
        throw error;
      }
    },
    dispose: () => slot.stop(),
  };
}
