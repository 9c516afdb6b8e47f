import type { UnfinishedRuns } from '../../library/unfinished-run.web.ts';
import type { Store } from '../store.ts';
import { MAKING, type Tabs } from '../tabs.ts';
import type { Adding } from './adding.ts';
import type { Making } from './making.ts';

interface Parts {
  readonly store: Store;
  readonly tabs: Tabs;
  readonly unfinishedRuns: UnfinishedRuns;
  readonly making: Pick<Making, 'makeMap'>;
  readonly adding: Pick<Adding, 'goOnAdding'>;
}

/** The offer to go on with a map whose tab died while it was being made. */
export function makeUnfinished({ store, tabs, unfinishedRuns, making, adding }: Parts) {
  return {
    /** Offers to go on with it. Says nothing where nothing is kept. */
    async offerUnfinished(): Promise<void> {
      const found = await unfinishedRuns.find();
      const isLeft = found !== null && !(await tabs.isUnderWay(MAKING));
      // Whoever has begun another one meanwhile does not ask for this one.
      store.set({ unfinished: isLeft && store.get().job?.kind !== 'building' ? found : null });
    },
    /** Makes that map, or adds those papers: what was embedded is in storage, so little is done twice. */
    async goOn(): Promise<void> {
      const { unfinished } = store.get();
      if (!unfinished || unfinished === 'unknown') return;
      store.set({ unfinished: null });
      // Another tab may have gone on with it meanwhile.
      const isThere = (await unfinishedRuns.find())?.id === unfinished.id;
      const corpus = isThere ? await unfinishedRuns.corpusOf(unfinished) : null;
      const base = corpus && unfinished.addsTo !== undefined ? await unfinishedRuns.base() : null;
      if (corpus && base) await adding.goOnAdding(unfinished, corpus, base);
      else if (corpus && unfinished.addsTo === undefined) {
        await making.makeMap({ ...unfinished, corpus, given: null, givenModel: '' }, unfinished);
      } else {
        store.notify('done', { title: 'Nothing to go on with', text: 'It was finished, or given up, in another tab.' });
      }
    },
    /** The offer leaves when storage has forgotten the run: a reload right after it must not bring it back. */
    async discardUnfinished(): Promise<void> {
      await unfinishedRuns.end();
      store.set({ unfinished: null });
    },
  };
}
