import type { Jobs } from '../jobs.ts';
import type { Store } from '../store.ts';
import type { WaitingOrder } from './waiting-order.ts';

/** What waits for the end of a run, so that no file that is dropped meanwhile ends it. */
export type Waiting = ReturnType<typeof makeWaiting>;

interface Parts {
  readonly store: Store;
  readonly jobs: Pick<Jobs, 'stop'>;
  /** Keeps the shown map in the browser. Resolves to whether it is kept. */
  readonly keepMap: () => Promise<boolean>;
}

/** Creates the {@link Waiting} of one store, which begins the next order when a run ends. */
export function makeWaiting({ store, jobs, keepMap }: Parts) {
  let lastId = 0;

  function put(order: Omit<WaitingOrder, 'id'>, isFirst: boolean): void {
    const one = { ...order, id: ++lastId };
    store.set(({ waiting }) => ({ waiting: isFirst ? [one, ...waiting] : [...waiting, one] }));
  }

  const next = beginInTurn({ store, keepMap });
  /** Begins the first order if the run has ended while the user was deciding. */
  async function beginIfFree(): Promise<void> {
    const { job, shown } = store.get();
    if (job?.kind !== 'building') await next(shown?.map != null);
  }
  return {
    /** Puts an order at the end of the queue. */
    wait(order: Omit<WaitingOrder, 'id'>): void {
      put(order, false);
      void beginIfFree();
    },
    /** Ends the run and begins the order in its place. What waits goes on waiting. */
    async takeOver(order: Omit<WaitingOrder, 'id'>): Promise<void> {
      put(order, true);
      if (store.get().job?.kind === 'building') await jobs.stop();
      else await beginIfFree();
    },
    /** Takes an order out of the queue. */
    drop(id: number): void {
      const order = store.get().waiting.find((one) => one.id === id);
      store.set(({ waiting }) => ({ waiting: waiting.filter((one) => one.id !== id) }));
      order?.drop();
    },
    /**
     * Whether a map file may take the place of what is shown: at once unless a map is being made. Then the user is
     * asked, and it resolves when the run has been ended, or has ended, or to false.
     */
    async mayTakeOver(name: string): Promise<boolean> {
      if (store.get().job?.kind !== 'building') {
        await jobs.stop();
        return true;
      }
      const when = await askWhen(store, name);
      if (when === 'never') return false;
      // The run may have ended while the question was open.
      if (store.get().job?.kind !== 'building') return when === 'now' || keepMap();
      return new Promise((resolve) => {
        const order = { kind: 'open', name, act: async () => resolve(true), drop: () => resolve(false) } as const;
        put(order, when === 'now');
        if (when === 'now') void jobs.stop();
      });
    },
  };
}

/** Asks when a map file shall be opened. A question before it is answered with `never`. */
async function askWhen(store: Store, name: string): Promise<'now' | 'later' | 'never'> {
  store.get().interruption?.answer('never');
  const when = await new Promise<'now' | 'later' | 'never'>((resolve) => {
    store.set({ interruption: { name, answer: resolve } });
  });
  store.set(({ interruption }) => (interruption?.name === name ? { interruption: null } : {}));
  return when;
}

function sayNotKept(store: Store, name: string, goOn: () => void): void {
  store.notify('warning', {
    title: `“${name}” still waits`,
    text: 'The map that is ready could not be kept in this browser. Save it as a file, then go on.',
    stays: true,
    action: { label: 'Go on', run: goOn },
  });
}

/** Begins the next order whenever a run ends. Returns what begins it. */
function beginInTurn({ store, keepMap }: Pick<Parts, 'store' | 'keepMap'>): (made: boolean) => Promise<void> {
  let runsBefore = 0;

  /** Begins the next order. A map that was just made is kept first if the order would take its place. */
  async function next(made: boolean): Promise<void> {
    const [order, ...rest] = store.get().waiting;
    if (!order) return;
    store.set({ waiting: rest });
    if (!made || order.kind === 'add' || (await keepMap())) await begin(order, made);
    else sayNotKept(store, order.name, () => void begin(order, made));
  }

  async function begin(order: WaitingOrder, made: boolean): Promise<void> {
    await order.act(made);
    // A run that it has made begins the order after it by its end.
    if (order.kind === 'open' && store.get().job === null) await next(false);
  }

  store.subscribe(({ job, runs }, before) => {
    if (job?.kind === 'building' && before.job?.kind !== 'building') runsBefore = runs;
    if (!job && before.job?.kind === 'building') void next(runs > runsBefore);
  });
  return next;
}
