import type { Noun } from '../../model/noun.ts';
import type { Store } from '../store.ts';
import type { Showing } from './showing.ts';

/** Changes what the texts of one store's map are called. */
export function makeCalling(store: Store, { showMap }: Pick<Showing, 'showMap'>) {
  return {
    /** Everything about the texts stays, as when others are added to them. */
    callTexts(noun: Noun): void {
      const { shown } = store.get();
      if (!shown) return;
      const corpus = { ...shown.corpus, noun };
      const map = shown.map && { ...shown.map, corpus };
      showMap({ ...shown, corpus, map, grownFrom: shown.corpus }, 'of-papers');
    },
  };
}
