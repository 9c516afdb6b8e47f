import { readLocalModel } from '../../encode/local-model.client.ts';
import { type Failure, toFailure } from '../../model/failure.ts';
import type { Store } from '../store.ts';
import type { GivenFile } from './files.ts';

/** Uses the model in a folder for the next map; reports what is missing in it. */
export async function takeModel(store: Store, given: readonly GivenFile[]): Promise<Failure | null> {
  try {
    const model = await readLocalModel(given.map(({ path, file }) => ({ path, blob: file })));
    store.set({ folderModel: model, usesFolderModel: true });
    const { pooling, maxPieces, prompts } = model.spec;
    const prompt = prompts?.document ? `, “${prompts.document.trim()}” before each` : '';
    store.notify('done', {
      title: `The next map is made by ${model.name}`,
      text: `Windows of ${maxPieces} word pieces${prompt}, ${POOLING[pooling]}. The folder is read on this device and not kept: after a reload it must be given again.`,
    });
    return null;
  } catch (error) {
    store.report(error, 'encode');
    return toFailure(error, 'encode');
  }
}

const POOLING = {
  mean: 'the mean of all tokens',
  first: 'the first token of each window',
  last: 'the last token of each window',
};
