import { Maximize, Minus, Plus } from 'lucide-react';
import { TimeButton } from './filter/TimeButton.tsx';
import { fitMap, zoomBy } from './map-actions.ts';

const STEP = 1.6;

/** Zoom and fit by button: what a wheel or two fingers do, for every hand. */
export function MapControls() {
  return (
    <div className="controls" role="toolbar" aria-label="Map">
      <button
        type="button"
        className="icon-button"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => zoomBy(STEP)}
      >
        <Plus size={18} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Zoom out"
        title="Zoom out (−)"
        onClick={() => zoomBy(1 / STEP)}
      >
        <Minus size={18} aria-hidden />
      </button>
      <button type="button" className="icon-button" aria-label="Show all" title="Show all (0)" onClick={fitMap}>
        <Maximize size={16} aria-hidden />
      </button>
      <TimeButton />
    </div>
  );
}
