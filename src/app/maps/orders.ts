import type { Failure } from '../../model/failure.ts';
import type { Encoders } from '../encoders.ts';
import type { ImportPlan } from '../state.ts';
import type { Store } from '../store.ts';
import type { Adding } from './adding.ts';
import type { Making } from './making.ts';
import type { Waiting } from './waiting.ts';

interface Parts {
  readonly store: Store;
  readonly waiting: Pick<Waiting, 'wait' | 'takeOver'>;
  readonly encoders: Pick<Encoders, 'modelOfMap'>;
  readonly making: Pick<Making, 'makeMapOf'>;
  readonly adding: Pick<Adding, 'addPapersOf'>;
}

/** See {@link makeOrders}. */
export type Orders = ReturnType<typeof makeOrders>;

/** What can be done with papers that were read while a map is being made: each takes those in the import dialog. */
export function makeOrders({ store, waiting, encoders, making, adding }: Parts) {
  /** The papers in the dialog, which closes; null when they are not all read. */
  function take(): ImportPlan | null {
    const { plan } = store.get();
    if (!plan?.isCounted) return null;
    store.set({ plan: null });
    return plan;
  }

  /** Says why the papers were not added, and lets the user decide again. */
  function giveBack(plan: ImportPlan, why: string): void {
    store.notify('warning', {
      title: `“${plan.name}” was not added`,
      text: why,
      stays: true,
      action: { label: 'Decide again', run: () => store.set({ plan }) },
    });
  }

  async function addNow(plan: ImportPlan, made: boolean): Promise<Failure | null> {
    const map = store.get().shown?.map;
    if (!made || !map) {
      giveBack(plan, 'The map to which it was to be added was not made.');
      return null;
    }
    // With it comes the pipeline, which the page's first load does without.
    const { additionOffer } = await import('./adding.ts');
    const { isPossible, words } = additionOffer(map, encoders.modelOfMap(map), plan);
    if (isPossible) return adding.addPapersOf(plan);
    giveBack(plan, words);
    return null;
  }

  const makingOf = (plan: ImportPlan) =>
    ({ kind: 'make', name: plan.name, act: () => making.makeMapOf(plan), drop: () => undefined }) as const;

  return {
    /** Adds the papers to the map that is being made, when it is ready. */
    addWhenReady(): void {
      const plan = take();
      if (!plan) return;
      waiting.wait({ kind: 'add', name: plan.name, act: (made) => addNow(plan, made), drop: () => undefined });
    },
    /** Makes a map of the papers after the run. */
    makeNext(): void {
      const plan = take();
      if (plan && !plan.failure) waiting.wait(makingOf(plan));
    },
    /** Ends the run and makes a map of the papers. What waits for the run goes on waiting. */
    async makeInstead(): Promise<void> {
      const plan = take();
      if (plan && !plan.failure) await waiting.takeOver(makingOf(plan));
    },
  };
}
