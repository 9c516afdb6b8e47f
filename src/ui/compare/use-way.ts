import { useEffect, useState } from 'react';
import { goToShare } from '../../app/compare/compare-actions.ts';
import { getState } from '../../app/store.ts';

/** The way from one map to the other, gone by itself. */
export interface Way {
  readonly isPlaying: boolean;
  /** Goes to the map that is farther away, or stops; where nothing shall move by itself, it is there at once. */
  readonly toggle: () => void;
  readonly stop: () => void;
}

/** For the whole way. */
const WAY_MS = 3200;

export function useWay(): Way {
  const [goal, setGoal] = useState<0 | 1 | null>(null);
  useEffect(() => {
    if (goal === null) return;
    let before: number | null = null;
    const tick = (now: number): void => {
      const share = getState().comparison?.share ?? goal;
      const step = before === null ? 0 : (now - before) / WAY_MS;
      before = now;
      const next = goal === 1 ? Math.min(1, share + step) : Math.max(0, share - step);
      if (step > 0) goToShare(next);
      if (next === goal) setGoal(null);
      else frame = requestAnimationFrame(tick);
    };
    let frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [goal]);
  return {
    isPlaying: goal !== null,
    toggle() {
      const farther = (getState().comparison?.share ?? 0) < 0.5 ? 1 : 0;
      if (goal !== null) setGoal(null);
      else if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) goToShare(farther);
      else setGoal(farther);
    },
    stop: () => setGoal(null),
  };
}
