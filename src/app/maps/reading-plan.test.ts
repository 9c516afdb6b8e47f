import { describe, expect, it } from 'vitest';
import type { Failure } from '../../model/failure.ts';
import type { GivenVectors } from '../../model/read-report.ts';
import type { FilePreview, ReadOptions } from '../../read/read.api.ts';
import { corpusOf, labPage } from '../fixtures/app-lab.ts';
import { makeJobs } from '../jobs.ts';
import type { ImportPlan } from '../state.ts';
import { makeStore } from '../store.ts';
import { makeReadingPlan } from './reading-plan.ts';

const LARGE = 'x'.repeat(1_200_000);

function preview(file: string, more: Partial<FilePreview> = {}): FilePreview {
  return {
    ...{ file, format: 'csv', formats: ['csv'], otherFormats: ['lines'], encoding: 'utf-8', lines: ['a,b'] },
    ...{ records: [], table: null, sheets: [], lists: [], part: null, skipLines: 0, problem: null },
    ...more,
  };
}

interface Answer {
  readonly papers?: number;
  readonly failure?: Failure;
  readonly previews?: readonly FilePreview[];
  readonly vectors?: readonly GivenVectors[];
}

/** A plan whose reader gives these answers in turn, the last one again and again. */
function lab(...answers: readonly Answer[]) {
  const store = makeStore();
  const calls: ReadOptions[] = [];
  const plans: (ImportPlan | null)[] = [];
  store.subscribe(({ plan }, before) => {
    if (plan !== before.plan) plans.push(plan);
  });
  const reader = {
    read(_: unknown, options: ReadOptions = {}) {
      const {
        papers = 9,
        failure = null,
        previews = [preview('a.csv')],
        vectors = [],
      } = answers[Math.min(calls.length, answers.length - 1)];
      calls.push(options);
      const count = failure ? 0 : papers;
      const report = { records: count, papers: count, merged: 0, groups: [], skipped: [], warnings: [], files: [] };
      return Promise.resolve({ corpus: corpusOf(count), report, previews, vectors, places: [], failure });
    },
  };
  const jobs = makeJobs(store, { pause: () => Promise.resolve(), resume: () => Promise.resolve() });
  const encoders = { modelOfMap: () => 'no model' };
  const plan = makeReadingPlan({ store, page: labPage(), jobs, reader, encoders });
  return { store, calls, plans, plan };
}

const inputs = (...contents: readonly string[]) => ({
  inputs: contents.map((content, i) => ({ name: `${'ab'[i]}.csv`, blob: new Blob([content]) })),
  leftOut: [],
});
const NO_TEXT: Failure = { code: 'no-text-column', stage: 'read', message: 'no column holds titles or texts' };
const VECTORS = ['v', 'w'].map((column) => ({ column, dimensions: 8, rows: new Float32Array(72), without: [] }));

describe('files that are read', () => {
  it('are shown by their beginnings when they are large, then counted', async () => {
    const { calls, plans, plan, store } = lab({});
    expect(await plan.start(inputs(LARGE), {})).toBeNull();
    expect(calls).toEqual([{ beginnings: ['a.csv'] }, {}]);
    expect(plans.map((one) => one && [one.isCounted, one.report.papers])).toEqual([
      [false, 0],
      [true, 9],
    ]);
    expect(store.get().reading).toBeNull();
  });

  it('are read at once when they are small', async () => {
    const { calls, plan } = lab({});
    await plan.start(inputs('small'), {});
    expect(calls).toEqual([{}]);
  });

  it('open a dialog where the guess failed, which a choice mends', async () => {
    const { plan, store, calls } = lab({ failure: NO_TEXT, previews: [preview('a.csv', { problem: 'none' })] }, {});
    expect(await plan.start(inputs('a'), {})).toEqual(NO_TEXT);
    expect(store.get()).toMatchObject({ plan: { isCounted: true, failure: NO_TEXT }, notices: [] });
    expect(await plan.change(['a.csv'], { roles: { title: 'b' } })).toBeNull();
    expect(calls[1]).toEqual({ files: { 'a.csv': { roles: { title: 'b' } } } });
    expect(store.get().plan).toMatchObject({ failure: null, report: { papers: 9 } });
  });

  it('are refused by a message where there is nothing to choose', async () => {
    const { plan, store } = lab({ failure: NO_TEXT, previews: [preview('a.csv', { lines: [], format: null })] });
    expect(await plan.start(inputs('a'), {})).toEqual(NO_TEXT);
    expect(store.get()).toMatchObject({ plan: null, notices: [{ kind: 'failure' }] });
  });

  it('keep the preview of a file whose beginning alone cannot be read', async () => {
    const torn = [preview('a.csv', { problem: 'it ends too soon' })];
    const { plan, plans } = lab({}, {}, { previews: torn }, {});
    await plan.start(inputs(LARGE), {});
    await plan.change(['a.csv'], { list: 'items' });
    expect(plans.every((one) => one?.previews[0].problem === null)).toBe(true);
  });
});

describe('what is decided', () => {
  it('stays through later choices of the same file and of all, until it is guessed again', async () => {
    const { plan, calls } = lab({ previews: [preview('a.csv'), preview('b.csv')] });
    await plan.start(inputs('a', 'b'), { all: { encoding: 'koi8-r' } });
    await plan.change(['a.csv'], { dayOrder: 'day-first' });
    await plan.change(['a.csv'], { roles: { text: 'b' } });
    await plan.chooseMerge('id');
    const all = { encoding: 'koi8-r' };
    const files = { 'a.csv': { dayOrder: 'day-first', roles: { text: 'b' } } };
    expect(calls.at(-1)).toEqual({ all, files, merge: 'id' });
    await plan.reset(['a.csv']);
    expect(calls.at(-1)).toEqual({ all, files: {}, merge: 'id' });
  });

  it('of vectors stays as long as there is such a column', async () => {
    const { plan, store } = lab({ vectors: VECTORS }, { vectors: VECTORS }, { vectors: VECTORS.slice(0, 1) });
    const chosen = () => store.get().plan?.vectorsFrom;
    await plan.start(inputs('a'), {});
    expect(chosen()).toBe('v');
    store.set(({ plan }) => ({ plan: plan && { ...plan, vectorsFrom: 'w' } }));
    await plan.change(['a.csv'], { skipLines: 1 });
    expect(chosen()).toBe('w');
    await plan.change(['a.csv'], { skipLines: 2 });
    expect(chosen()).toBe('v');
    store.set(({ plan }) => ({ plan: plan && { ...plan, vectorsFrom: '' } }));
    await plan.change(['a.csv'], { skipLines: 3 });
    expect(chosen()).toBe('');
  });

  it('changes nothing where no papers wait', async () => {
    const { plan, calls } = lab({});
    expect(await plan.change(['a.csv'], { skipLines: 1 })).toBeNull();
    expect(calls).toEqual([]);
  });
});
