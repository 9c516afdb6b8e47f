import { type Encoder, makeEncoder } from '../encode/encode.client.ts';
import { type ModelSpec, modelSpecOf } from '../encode/model-spec.ts';
import { makeOutliner } from '../lexical/lexical.client.ts';
import { type Failure, isCancelled, type Stage, toFailure } from '../model/failure.ts';
import { makeMapFiles } from '../pipeline/map-file.client.ts';
import { makeProjector } from '../project/project.client.ts';
import { makeReader } from '../read/read.client.ts';
import { sentenceOf } from './messages.ts';
import { getState, type Job, notify, setState } from './store.ts';
import { urlOptions } from './url.ts';

/** The workers of this page, each started when it is first needed. */
export const reader = makeReader();
export const projector = makeProjector();
export const outliner = makeOutliner();
export const mapFiles = makeMapFiles();

let encoder: { readonly spec: ModelSpec; readonly workers: number | null; readonly client: Encoder } | null = null;

/** The encoder for the model in the address, or the one that ships with the page. Stays warm between runs. */
export function currentEncoder(): Encoder {
  const { model, workers } = urlOptions();
  const spec = modelSpecOf(model, getState().budget);
  const isSame = encoder?.spec.id === spec.id && encoder.spec.budget === spec.budget && encoder.workers === workers;
  if (!encoder || !isSame) {
    encoder?.client.dispose();
    encoder = { spec, workers, client: makeEncoder(spec, workers) };
  }
  return encoder.client;
}

let running: AbortController | null = null;

/**
 * Runs one job at a time and shows it. What fails is said in words; what is cancelled is silent.
 * @returns whether the job came to its end
 */
export async function runJob(
  job: Pick<Job, 'kind' | 'name'>,
  stage: Stage,
  work: (signal: AbortSignal, update: (change: Partial<Job>) => void) => Promise<void>,
): Promise<boolean> {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  setState({ job: { ...job, progress: null, total: 0, places: null } });
  const update = (change: Partial<Job>): void => {
    if (running !== controller) return;
    setState((state) => (state.job ? { job: { ...state.job, ...change } } : {}));
  };
  try {
    await work(controller.signal, update);
    return true;
  } catch (error) {
    if (!isCancelled(error)) reportFailure(toFailure(error, stage));
    return false;
  } finally {
    if (running === controller) {
      running = null;
      setState({ job: null });
    }
  }
}

/** Stops what is under way. What was shown before it comes back. */
export function cancelJob(): void {
  running?.abort();
}

export function reportFailure(failure: Failure): void {
  notify('failure', sentenceOf(failure), `${failure.stage}/${failure.code}: ${failure.message}`);
}
