import { CompareDialog } from './compare/CompareDialog.tsx';
import { DimensionsDialog } from './dimensions/DimensionsDialog.tsx';
import { ImportDialog } from './import/ImportDialog.tsx';
import { InterruptDialog } from './import/InterruptDialog.tsx';
import { PasteDialog } from './import/PasteDialog.tsx';
import { LibraryDialog } from './menu/LibraryDialog.tsx';
import { OwnTextsDialog } from './menu/OwnTextsDialog.tsx';
import { ShortcutSheet } from './palette/ShortcutSheet.tsx';
import { ShareDialog } from './share/ShareDialog.tsx';

/** Everything that opens over the page, in one file that is fetched after the first paint: see App.tsx. */
export function Dialogs() {
  return (
    <>
      <OwnTextsDialog />
      <ImportDialog />
      <InterruptDialog />
      <PasteDialog />
      <ShareDialog />
      <LibraryDialog />
      <CompareDialog />
      <DimensionsDialog />
      <ShortcutSheet />
    </>
  );
}
