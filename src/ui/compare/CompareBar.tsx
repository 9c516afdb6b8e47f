import { ArrowLeftRight, Pause, Play, TableProperties, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Comparison } from '../../app/compare/comparison.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { Button, IconButton } from '../controls/Button.tsx';

/** Moves between two maps, along the foot of the page: a slider with a map's name at each end, and a play button. */
export function CompareBar() {
  const comparison = useAppState((state) => state.comparison);
  return comparison && <Bar comparison={comparison} />;
}

function Bar({ comparison }: { readonly comparison: Comparison }) {
  const noun = useNoun();
  const { comparing } = useApp();
  const { names, share } = comparison;
  const isOpen = useAppState((state) => comparison.isOpen && state.selected < 0 && state.topic < 0);
  const playback = usePlayback();
  return (
    <section className="compare-bar" aria-label="Two maps">
      <PlayButton isPlaying={playback.isPlaying} onClick={playback.toggle} />
      <div className="compare-line">
        <EndButton name={names[0]} isHere={share === 0} onClick={() => comparing.goToShare(0)} />
        <input
          type="range"
          aria-label="From one map to the other"
          min={0}
          max={100}
          step={1}
          value={Math.round(100 * share)}
          aria-valuetext={shareText(comparison)}
          onChange={({ target }) => {
            playback.stop();
            comparing.goToShare(Number(target.value) / 100);
          }}
        />
        <EndButton name={names[1]} isHere={share === 1} onClick={() => comparing.goToShare(1)} />
      </div>
      <IconButton
        icon={TableProperties}
        isSmall
        label="Figures"
        title={`Figures, and the ${noun.many} that moved most`}
        aria-pressed={isOpen}
        onClick={() => comparing.togglePanel(!isOpen)}
      />
      <IconButton
        icon={X}
        isSmall
        label="End the comparison"
        title="End the comparison"
        onClick={comparing.leaveComparison}
      />
    </section>
  );
}

interface PlayProps {
  readonly isPlaying: boolean;
  readonly onClick: () => void;
}

/** With reduced motion the button switches to the other map at once. */
function PlayButton({ isPlaying, onClick }: PlayProps) {
  const [isStill] = useState(() => window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  const Icon = isStill ? ArrowLeftRight : isPlaying ? Pause : Play;
  return (
    <Button icon={Icon} onClick={onClick}>
      {isStill ? 'Change' : isPlaying ? 'Pause' : 'Play'}
    </Button>
  );
}

interface EndProps {
  readonly name: string;
  readonly isHere: boolean;
  readonly onClick: () => void;
}

function EndButton({ name, isHere, onClick }: EndProps) {
  return (
    <Button kind="text" className="compare-end" aria-pressed={isHere} title={name} dir="auto" onClick={onClick}>
      {name}
    </Button>
  );
}

function shareText({ names, share }: Comparison): string {
  if (share === 0 || share === 1) return names[share];
  return `${Math.round(100 * share)} % of the way to ${names[1]}`;
}

interface Playback {
  readonly isPlaying: boolean;
  /** Starts towards the map that is farther away, or stops. With reduced motion it jumps there. */
  readonly toggle: () => void;
  readonly stop: () => void;
}

/** Duration of the whole way from one map to the other. */
const PLAYBACK_MS = 3200;

function usePlayback(): Playback {
  const { comparing, store } = useApp();
  const [goal, setGoal] = useState<0 | 1 | null>(null);
  useEffect(() => {
    if (goal === null) return;
    let before: number | null = null;
    const tick = (now: number): void => {
      const share = store.get().comparison?.share ?? goal;
      const step = before === null ? 0 : (now - before) / PLAYBACK_MS;
      before = now;
      const next = goal === 1 ? Math.min(1, share + step) : Math.max(0, share - step);
      if (step > 0) comparing.goToShare(next);
      if (next === goal) setGoal(null);
      else frame = requestAnimationFrame(tick);
    };
    let frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [goal, store, comparing]);
  return {
    isPlaying: goal !== null,
    toggle() {
      const farther = (store.get().comparison?.share ?? 0) < 0.5 ? 1 : 0;
      if (goal !== null) setGoal(null);
      else if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) comparing.goToShare(farther);
      else setGoal(farther);
    },
    stop: () => setGoal(null),
  };
}
