import { temporal } from 'zundo';
import { createStore } from 'zustand/vanilla';
import { type Failure, isCancelled, type Stage, toFailure } from '../model/failure.ts';
import { type Sentence, sentenceOf } from './messages.ts';
import { type Notice, START, type State } from './state.ts';

type Change = Partial<State> | ((state: State) => Partial<State>);
type Said = Sentence & Partial<Pick<Notice, 'details' | 'action' | 'stays'>>;

/** The state of one page and its subscribers. */
export interface Store {
  /** The same object until something changes. */
  get(): State;
  set(change: Change): void;
  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: (state: State, before: State) => void): () => void;
  /** Changes undoable state without an undo step, for the intermediate values of a drag. */
  setQuietly(change: Partial<State>): void;
  /** Undoes the last edit. Returns whether there was one. */
  undo(): boolean;
  /** Redoes the last undone edit. Returns whether there was one. */
  redo(): boolean;
  /** Clears the undo history, since earlier edits do not apply to another map. */
  forgetEdits(): void;
  /**
   * Exchanges the shown map by `exchange`, as one step that can be undone: `takeBack` shows the map before again, and
   * its earlier edits can then be undone too. Returns a function that undoes all up to this step, or returns false when
   * it has been undone or another map was opened.
   */
  exchangeMap(exchange: () => void, takeBack: () => void): () => boolean;
  /** Adds a notice and returns its id. */
  notify(kind: Notice['kind'], said: Said): number;
  dismissNotice(id: number): void;
  /** Reports an error to the user; `stage` is for errors that carry none. Ignores cancellation. */
  report(error: unknown, stage: Stage): void;
  reportFailure(failure: Failure): void;
}

/** More notices would cover the map, and the newest are the most important. */
const MAX_NOTICES = 3;

/** The notices with a new one as the last, which takes the place of an equal one. */
function withNotice(notices: readonly Notice[], notice: Notice): Notice[] {
  const same = notices.find((other) => saysTheSame(other, notice));
  const others = notices.filter((other) => other !== same);
  return [...others, { ...notice, times: (same?.times ?? 0) + 1 }].slice(-MAX_NOTICES);
}

/** Whether two notices would be told apart by nobody; an offer to undo is for its own deed. */
function saysTheSame(a: Notice, b: Notice): boolean {
  return (
    a.kind === b.kind && a.title === b.title && a.text === b.text && a.details === b.details && !a.action && !b.action
  );
}

/** Creates a store with the state before anything is opened. */
export function makeStore(): Store {
  const store = makeHistory();
  let lastNotice = 0;
  function notify(kind: Notice['kind'], said: Said): number {
    const notice: Notice = { details: null, action: null, stays: false, times: 1, ...said, id: ++lastNotice, kind };
    store.setState(({ notices }) => ({ notices: withNotice(notices, notice) }));
    return notice.id;
  }

  function reportFailure(failure: Failure): void {
    const details = `${failure.stage}/${failure.code}: ${failure.message}`;
    notify('failure', { ...sentenceOf(failure), details });
  }

  return {
    get: store.getState,
    set: store.setState,
    subscribe: store.subscribe,
    ...makeSteps(store),
    notify,
    dismissNotice: (id) => store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
    report(error, stage) {
      if (!isCancelled(error)) reportFailure(toFailure(error, stage));
    },
    reportFailure,
  };
}

type Steps = Pick<Store, 'setQuietly' | 'undo' | 'redo' | 'forgetEdits' | 'exchangeMap'>;

/** The steps that can be undone: edits, and exchanges of the map beneath them. */
function makeSteps(store: ReturnType<typeof makeHistory>): Steps {
  const edits = store.temporal.getState;
  /** What takes back each exchange of the map, the latest last; the edits in the history came after it. */
  let exchanges: readonly (() => void)[] = [];

  // The histories change in place, so their lengths must be read before the call.
  function undoEdit(): boolean {
    const { pastStates, undo } = edits();
    const wasThere = pastStates.length > 0;
    undo();
    const takeBack = exchanges.at(-1);
    if (wasThere || !takeBack) return wasThere;
    takeBack();
    return true;
  }

  return {
    setQuietly(change) {
      edits().pause();
      store.setState(change);
      edits().resume();
    },
    undo: undoEdit,
    redo() {
      const { futureStates, redo } = edits();
      const wasThere = futureStates.length > 0;
      redo();
      return wasThere;
    },
    forgetEdits() {
      edits().clear();
      exchanges = [];
    },
    exchangeMap(exchange, takeBack) {
      const pastStates = edits().pastStates.slice();
      const before = exchanges;
      const own = (): void => {
        takeBack();
        store.temporal.setState({ pastStates, futureStates: [] });
        exchanges = before;
      };
      exchange();
      exchanges = [...before, own];
      return () => {
        if (!exchanges.includes(own)) return false;
        while (exchanges.includes(own)) undoEdit();
        return true;
      };
    },
  };
}

/** The state with a history of what can be undone. */
function makeHistory() {
  return createStore<State>()(
    temporal(() => START, {
      partialize: ({ topicEdits, filters, selection, kept }) => ({ topicEdits, filters, selection, kept }),
      equality: (before, now) =>
        before.topicEdits === now.topicEdits &&
        before.filters === now.filters &&
        before.selection === now.selection &&
        before.kept === now.kept,
      // Bounded because a selection takes four bytes for each paper.
      limit: 100,
    }),
  );
}
