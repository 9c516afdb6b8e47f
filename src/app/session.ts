import type { DeviceChoice } from '../encode/device-choice.ts';
import type { StepDown } from '../encode/device-ladder.web.ts';
import { type Encoder, makeEncoder } from '../encode/encode.client.ts';
import { type ModelSpec, modelSpecOf, withBudget } from '../encode/model-spec.ts';
import { makeOutliner } from '../lexical/lexical.client.ts';
import { type Failure, isCancelled, type Stage, StageError, toFailure } from '../model/failure.ts';
import { makeAnalyst } from '../pipeline/analysis.client.ts';
import { makeMapFiles } from '../pipeline/map-file.client.ts';
import { makeProjector } from '../project/project.client.ts';
import { makeReader } from '../read/read.client.ts';
import { urlOptions } from './address/url.ts';
import { asSentence, sentenceOf } from './messages.ts';
import { getState, type Job, notify, setState } from './store.ts';

/** The workers of this page, each started when it is first needed. */
export const reader = makeReader();
export const projector = makeProjector();
export const outliner = makeOutliner();
export const mapFiles = makeMapFiles();
export const analyst = makeAnalyst();

let encoder: {
  readonly spec: ModelSpec;
  readonly workers: number | null;
  readonly device: DeviceChoice;
  readonly client: Encoder;
} | null = null;

/** The model of a folder, the one in the address, or the one that ships with the page, and how much of a text it reads. */
export function currentModel(): ModelSpec {
  const { budget, folderModel, usesFolderModel } = getState();
  if (folderModel && usesFolderModel) return withBudget(folderModel.spec, budget);
  return modelSpecOf(urlOptions().model, budget);
}

/**
 * The encoder for {@link currentModel}. Stays warm between runs. Throws
 * `model-elsewhere` for a hub's model on a page whose policy does not let it be fetched.
 */
export function currentEncoder(): Encoder {
  return encoderOf(currentModel());
}

/** The encoder of that model; another one ends the one that was there. Throws as {@link currentEncoder}. */
export function encoderOf(spec: ModelSpec): Encoder {
  if (spec.remote && document.documentElement.dataset.reach !== 'hub') {
    const message = `the model ${spec.id} is fetched from huggingface.co, and this page talks to no other site than its own: the page hub.html may, with the same address after “#”`;
    throw new StageError('model-elsewhere', 'encode', message);
  }
  const { workers, device } = urlOptions();
  const isSame =
    encoder?.spec.id === spec.id &&
    encoder.spec.budget === spec.budget &&
    encoder.workers === workers &&
    encoder.device === device;
  if (!encoder || !isSame) {
    encoder?.client.dispose();
    const files = spec.isLocal ? (getState().folderModel?.files ?? []) : [];
    encoder = { spec, workers, device, client: makeEncoder(spec, { workers, device, files, onStepDown: sayStepDown }) };
  }
  return encoder.client;
}

function sayStepDown({ failure }: StepDown): void {
  const { title } = sentenceOf(failure);
  notify('warning', {
    title,
    text: `${asSentence(failure.message)} The processor does the work; it takes longer.`,
    details: `${failure.stage}/${failure.code}: ${failure.message}`,
  });
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
  setState({ job: { ...job, progress: null, total: 0, places: null, paused: false } });
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

/** Holds the layout under way up, or lets it go on. */
export function pauseJob(paused: boolean): void {
  const signal = running?.signal;
  setState(({ job }) => (job ? { job: { ...job, paused } } : {}));
  // When the worker ends meanwhile, the run itself says so.
  (paused ? projector.pause({ signal }) : projector.resume({ signal })).catch(() => {});
}

export function reportFailure(failure: Failure): void {
  notify('failure', {
    ...sentenceOf(failure),
    details: `${failure.stage}/${failure.code}: ${failure.message}`,
  });
}
