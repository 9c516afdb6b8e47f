import { readLocalModel } from '../../encode/local-model.client.ts';
import { toFailure } from '../../model/failure.ts';
import { reportFailure } from '../session.ts';
import { notify, setState } from '../store.ts';
import type { GivenFile } from './dropped-files.ts';

/** Makes the model in a folder the one for the next map; what is missing in it is said. */
export async function takeModel(given: readonly GivenFile[]): Promise<void> {
  try {
    const model = await readLocalModel(given.map(({ path, file }) => ({ path, blob: file })));
    setState({ folderModel: model, usesFolderModel: true });
    const { pooling, maxPieces, prompts } = model.spec;
    const prompt = prompts?.document ? `, “${prompts.document.trim()}” before each` : '';
    notify('done', {
      title: `The next map is made by ${model.name}`,
      text: `Windows of ${maxPieces} word pieces${prompt}, ${POOLING[pooling]}. The folder is read on this device and not kept: after a reload it must be given again.`,
    });
  } catch (error) {
    reportFailure(toFailure(error, 'encode'));
  }
}

const POOLING = {
  mean: 'the mean of all tokens',
  first: 'the first token of each window',
  last: 'the last token of each window',
};
