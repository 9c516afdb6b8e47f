import { useState } from 'react';
import { type Change, type FileGroup, hasChoices } from '../../app/maps/choices.ts';
import { useApp, useAppState } from '../app-context.ts';

/** Changes how a file is read, and with it all files that are read alike, unless the user wants it alone. */
export interface FileChange {
  readonly change: (change: Change) => void;
  readonly reset: () => void;
  /** Whether anything was decided about the file. */
  readonly isChanged: boolean;
  readonly forAll: boolean;
  readonly setForAll: (forAll: boolean) => void;
}

/** The {@link FileChange} of the file that stands for a group. */
export function useFileChange({ preview: { file }, files }: FileGroup): FileChange {
  const { importing } = useApp();
  const [forAll, setForAll] = useState(true);
  const isChanged = useAppState(({ plan }) => plan !== null && hasChoices(plan.choices, file));
  const concerned = forAll ? files : [file];
  return {
    change: (change) => void importing.change(concerned, change),
    reset: () => void importing.reset(concerned),
    isChanged,
    forAll,
    setForAll,
  };
}
