import type { DeviceChoice } from '../encode/backends.web.ts';
import { type Encoder, makeEncoder } from '../encode/encode.client.ts';
import { type ModelSpec, modelSpecOf, withBudget } from '../encode/model-spec.ts';
import { type Failure, StageError } from '../model/failure.ts';
import type { MapData } from '../model/map-data.ts';
import { urlOptions } from './address/url.ts';
import { asSentence, sentenceOf } from './messages.ts';
import type { Page } from './page.ts';
import type { Store } from './store.ts';

/** The page's language model and its encoder. */
export type Encoders = ReturnType<typeof makeEncoders>;

interface Running {
  readonly spec: ModelSpec;
  readonly workers: number | null;
  readonly device: DeviceChoice;
  readonly client: Encoder;
}

/** At most one encoder exists at a time. */
export function makeEncoders(store: Store, page: Page) {
  let running: Running | null = null;

  /** The model to use (from a folder, from the address, or the page's own) and how much of each text it reads. */
  function currentModel(): ModelSpec {
    const { budget, folderModel, usesFolderModel } = store.get();
    if (folderModel && usesFolderModel) return withBudget(folderModel.spec, budget);
    return modelSpecOf(urlOptions(page.hash()).model, budget);
  }

  /**
   * The encoder for that model; disposes of any other one. Throws `model-elsewhere` for a hub's model when the page's
   * policy forbids fetching it.
   */
  function encoderOf(spec: ModelSpec): Encoder {
    if (spec.remote && !page.reachesHub) {
      const message = `the model ${spec.id} is fetched from huggingface.co, and this page talks to no other site than its own: the page hub.html may, with the same address after “#”`;
      throw new StageError('model-elsewhere', 'encode', message);
    }
    const { workers, device } = urlOptions(page.hash());
    const isSame =
      running?.spec.id === spec.id &&
      running.spec.budget === spec.budget &&
      running.workers === workers &&
      running.device === device;
    if (!running || !isSame) {
      running?.client.dispose();
      const files = spec.isLocal ? (store.get().folderModel?.files ?? []) : [];
      const client = makeEncoder(spec, {
        workers,
        device,
        files,
        onFallback: (failure) => sayFallback(store, failure),
      });
      running = { spec, workers, device, client };
    }
    return running.client;
  }

  return {
    currentModel,
    /**
     * The encoder for {@link currentModel}, kept between runs, for a query or a few sentences: while a map is being made
     * it is the run's own, whatever part of each text that reads. Throws as {@link encoderOf}, and `model-busy` while the
     * run needs another model.
     */
    currentEncoder(): Encoder {
      const spec = currentModel();
      if (!running || store.get().job?.kind !== 'building') return encoderOf(spec);
      if (running.spec.id === spec.id) return running.client;
      const message = `the run embeds by ${running.spec.id}, and ${spec.id} has to wait for its end`;
      throw new StageError('model-busy', 'encode', message);
    },
    encoderOf,
    /** The model and token budget of a map's vectors; or a clause saying why this page cannot embed papers likewise. */
    modelOfMap: (map: MapData): ModelSpec | string => modelOfMap(map, urlOptions(page.hash()).model),
  };
}

function sayFallback(store: Store, failure: Failure): void {
  store.notify('warning', {
    title: sentenceOf(failure).title,
    text: `${asSentence(failure.message)} The processor does the work; it takes longer.`,
    details: `${failure.stage}/${failure.code}: ${failure.message}`,
  });
}

/** @param model as the address names it; '' for the page's own */
function modelOfMap({ embedding, info: { encode } }: MapData, model: string): ModelSpec | string {
  if (!embedding) return 'its file holds no vectors';
  if (!encode) return 'it does not say which model made its vectors';
  const ours = (['full', 'fast'] as const).map((budget) => modelSpecOf(model, budget));
  const same = ours.find(
    ({ id, dtype, maxPieces, budget }) =>
      encode.model === id && encode.dtype === dtype && encode.maxPieces === (budget ?? maxPieces),
  );
  const [{ id, dtype }] = ours;
  return same ?? `its vectors were made by ${encode.model} (${encode.dtype}), and the page has ${id} (${dtype})`;
}
