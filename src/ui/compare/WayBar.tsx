import { ArrowLeftRight, Pause, Play, TableProperties, X } from 'lucide-react';
import { useState } from 'react';
import { goToShare, togglePanel } from '../../app/compare/compare-actions.ts';
import type { Comparison } from '../../app/compare/comparison.ts';
import { leaveComparison } from '../../app/compare/leave-comparison.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { useApp } from '../use-store.ts';
import { useWay } from './use-way.ts';

/** The way between two maps along the foot of the page: a slider, a name at each end, and what goes it by itself. */
export function WayBar() {
  const comparison = useApp((state) => state.comparison);
  return comparison && <Bar comparison={comparison} />;
}

function Bar({ comparison }: { readonly comparison: Comparison }) {
  const { names, share } = comparison;
  const isOpen = useApp((state) => comparison.isOpen && state.selected < 0 && state.topic < 0);
  const way = useWay();
  return (
    <section className="way" aria-label="Two maps">
      <PlayButton isPlaying={way.isPlaying} onClick={way.toggle} />
      <div className="way-line">
        <EndButton name={names[0]} isHere={share === 0} onClick={() => goToShare(0)} />
        <input
          type="range"
          aria-label="From one map to the other"
          min={0}
          max={100}
          step={1}
          value={Math.round(100 * share)}
          aria-valuetext={wayText(comparison)}
          onChange={({ target }) => {
            way.stop();
            goToShare(Number(target.value) / 100);
          }}
        />
        <EndButton name={names[1]} isHere={share === 1} onClick={() => goToShare(1)} />
      </div>
      <IconButton
        icon={TableProperties}
        isSmall
        label="Figures"
        title="Figures, and the papers that moved most"
        aria-pressed={isOpen}
        onClick={() => togglePanel(!isOpen)}
      />
      <IconButton icon={X} isSmall label="End the comparison" title="End the comparison" onClick={leaveComparison} />
    </section>
  );
}

interface PlayProps {
  readonly isPlaying: boolean;
  readonly onClick: () => void;
}

/** Where motion is unwelcome the other map is there at once. */
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
    <Button kind="text" className="way-end" aria-pressed={isHere} title={name} dir="auto" onClick={onClick}>
      {name}
    </Button>
  );
}

function wayText({ names, share }: Comparison): string {
  if (share === 0 || share === 1) return names[share];
  return `${Math.round(100 * share)} % of the way to ${names[1]}`;
}
