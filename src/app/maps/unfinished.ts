import { isUnderWay, MAKING } from '../one-tab.ts';
import { unfinishedRuns } from '../storage.ts';
import { getState, notify, setState } from '../store.ts';

/** Offers to go on with a map whose tab died while it was being made. Says nothing where nothing is kept. */
export async function offerUnfinished(): Promise<void> {
  const found = await unfinishedRuns.find();
  const isLeft = found !== null && !(await isUnderWay(MAKING));
  // Whoever has begun another one meanwhile does not ask for this one.
  setState({ unfinished: isLeft && getState().job?.kind !== 'building' ? found : null });
}

/** Makes that map, or adds those papers: what was embedded is in storage, so little is done twice. */
export async function goOn(): Promise<void> {
  const { unfinished } = getState();
  if (!unfinished || unfinished === 'unknown') return;
  setState({ unfinished: null });
  // Another tab may have gone on with it meanwhile.
  const isThere = (await unfinishedRuns.find())?.id === unfinished.id;
  const corpus = isThere ? await unfinishedRuns.corpusOf(unfinished) : null;
  const base = corpus && unfinished.addsTo !== undefined ? await unfinishedRuns.base() : null;
  if (corpus && base) {
    const { goOnAdding } = await import('./add-papers.ts');
    await goOnAdding(unfinished, corpus, base);
  } else if (corpus && unfinished.addsTo === undefined) {
    const { makeMap } = await import('./make-map.ts');
    await makeMap({ ...unfinished, corpus, given: null, givenModel: '' }, unfinished);
  } else notify('done', { title: 'Nothing to go on with', text: 'It was finished, or given up, in another tab.' });
}

/** The offer leaves when storage has forgotten the run: a reload right after it must not bring it back. */
export async function discardUnfinished(): Promise<void> {
  await unfinishedRuns.end();
  setState({ unfinished: null });
}
