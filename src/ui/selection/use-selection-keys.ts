import { useEffect } from 'react';
import { getState } from '../store.ts';
import { leaveTool } from './area-actions.ts';
import { clearSelection, closeSelections } from './selection-actions.ts';

/**
 * Escape leads back one step at a time: from what is drawn to the tool, from the tool to the open panel, from the panel
 * to the selection, and from that to none. Panels of papers and topics come first and close themselves.
 */
export function useSelectionKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isElsewhere =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, [role="dialog"], [role="menu"], [role="listbox"]');
      if (event.key !== 'Escape' || isElsewhere || event.defaultPrevented) return;
      const { selected, topic, selectionOpen } = getState();
      if (selected >= 0 || topic >= 0 || leaveTool()) return;
      if (selectionOpen) closeSelections();
      else clearSelection();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
