/** What is to be done when the current run ends. */
export interface WaitingOrder {
  readonly id: number;
  /** `make`: make a map of the papers; `add`: add them to the map that the run makes; `open`: open a map file. */
  readonly kind: 'make' | 'add' | 'open';
  readonly name: string;
  /** Does it. `made`: whether the run before it has made a map, which is shown. */
  readonly act: (made: boolean) => Promise<unknown>;
  /** Called when the user takes it out of the queue. */
  readonly drop: () => void;
}

/** A map file that is about to take the place of a map in the making. */
export interface Interruption {
  readonly name: string;
  /** `now`: end the run and open it; `later`: open it when the run has ended; `never`: do not open it. */
  readonly answer: (when: 'now' | 'later' | 'never') => void;
}
