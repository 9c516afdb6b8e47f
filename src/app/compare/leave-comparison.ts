import { getState, setState } from '../store.ts';

/** Puts everything back as it was before the two maps were compared. Says whether they were. */
export function leaveComparison(): boolean {
  const { comparison, shown, colorBy } = getState();
  if (!comparison) return false;
  setState({
    comparison: null,
    shown: shown && { ...shown, positions: comparison.home },
    colorBy: colorBy === 'drift' ? comparison.colorBefore : colorBy,
  });
  return true;
}
