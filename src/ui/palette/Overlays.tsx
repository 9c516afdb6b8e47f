import { lazy, Suspense, useEffect, useState } from 'react';
import { useApp } from '../use-store.ts';

const loadPalette = () => import('./CommandPalette.tsx').then(({ CommandPalette }) => ({ default: CommandPalette }));
const loadSheet = () => import('./ShortcutSheet.tsx').then(({ ShortcutSheet }) => ({ default: ShortcutSheet }));
const CommandPalette = lazy(loadPalette);
const ShortcutSheet = lazy(loadSheet);

/** Fetched so long after the page stands: no part of the first load, and there before anybody asks. */
const FETCH_AFTER_MS = 1500;

/** What a key lays over the page: the command palette and the sheet of shortcuts. */
export function Overlays() {
  const dialog = useApp((state) => state.dialog);
  const [isFetched, setFetched] = useState(false);
  useEffect(() => {
    const wait = setTimeout(() => setFetched(true), FETCH_AFTER_MS);
    return () => clearTimeout(wait);
  }, []);
  if (!isFetched && dialog === null) return null;
  return (
    <Suspense fallback={null}>
      <CommandPalette />
      <ShortcutSheet />
    </Suspense>
  );
}
