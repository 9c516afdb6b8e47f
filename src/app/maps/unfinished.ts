import type { UnfinishedRuns } from '../../library/unfinished-run.web.ts';
import { placesKey } from '../../read/places/places-key.ts';
import { urlOptions } from '../address/url.ts';
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

/** Offers to continue with a map whose tab died while it was being made. */
export function makeUnfinished({ store, tabs, unfinishedRuns, making, adding }: Parts) {
  return {
    /** Offers to continue the stored run, if any. */
    async offerUnfinished(): Promise<void> {
      const found = await unfinishedRuns.find();
      const isLeft = found !== null && !(await tabs.isUnderWay(MAKING));
      // A user who has started another map meanwhile does not want this offer.
      store.set({ unfinished: isLeft && store.get().job?.kind !== 'building' ? found : null });
    },
    /** Continues the run: makes that map or adds those papers. Papers already embedded come from storage. */
    async goOn(): Promise<void> {
      const { unfinished } = store.get();
      if (!unfinished || unfinished === 'unknown') return;
      store.set({ unfinished: null });
      // Another tab may have continued it meanwhile.
      const isThere = (await unfinishedRuns.find())?.id === unfinished.id;
      const corpus = isThere ? await unfinishedRuns.corpusOf(unfinished) : null;
      const base = corpus && unfinished.addsTo !== undefined ? await unfinishedRuns.base() : null;
      if (corpus && base) await adding.goOnAdding(unfinished, corpus, base);
      else if (corpus && unfinished.addsTo === undefined) {
        // The places themselves are in the papers' columns.
        const { places: wanted } = urlOptions(unfinished.choices);
        const { findPlaces } = await import('../../read/places/find-places.ts');
        const places = findPlaces(corpus.columns).find((each) => placesKey(each) === wanted) ?? null;
        await making.makeMap({ ...unfinished, corpus, given: null, givenModel: '', places }, unfinished);
      } else {
        store.notify('done', { title: 'Nothing to go on with', text: 'It was finished, or given up, in another tab.' });
      }
    },
    /** Hides the offer only after storage has deleted the run, so that a reload cannot bring it back. */
    async discardUnfinished(): Promise<void> {
      await unfinishedRuns.end();
      store.set({ unfinished: null });
    },
  };
}
