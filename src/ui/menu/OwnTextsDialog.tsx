import { ClipboardPaste, Files, FolderOpen } from 'lucide-react';
import { menuCommands } from '../../app/commands/menu-commands.ts';
import { MIN_PAPERS } from '../../model/paper.ts';
import { useApp, useDialog } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';

/** All ways to bring texts: files, a folder, pasting, dropping; and a map that was saved before. */
export function OwnTextsDialog() {
  const { isOpen, close } = useDialog('own-texts');
  return (
    <ModalDialog title="Make a map of your texts" isOpen={isOpen} onClose={close} className="own-texts">
      <Ways onDone={close} />
    </ModalDialog>
  );
}

function Ways({ onDone }: { readonly onDone: () => void }) {
  const app = useApp();
  const commands = new Map(
    menuCommands(app, app.store.get())
      .flat()
      .map((command) => [command.id, command]),
  );
  /** Closed first, so that the next dialog finds the focus where this one has found it. */
  const does = (id: string) => () => {
    onDone();
    commands.get(id)?.run();
  };
  return (
    <>
      <p>
        Reviews, notes, abstracts, tickets, mail: {MIN_PAPERS} texts or thousands. Those about similar things will stand
        near each other. Everything happens on this device; nothing is uploaded.
      </p>
      <div className="own-ways">
        <Button kind="main" icon={Files} onClick={does('open-files')}>
          Choose files…
        </Button>
        <Button icon={FolderOpen} onClick={does('open-folder')}>
          Choose a folder…
        </Button>
        <Button icon={ClipboardPaste} onClick={does('paste')}>
          Paste texts…
        </Button>
        <p className="own-drop">Or drop files or a folder anywhere on this page.</p>
      </div>
      <dl className="own-kinds">
        <dt>Tables</dt>
        <dd>CSV, Excel, JSON, Parquet: one text in each row; you choose the column</dd>
        <dt>References</dt>
        <dd>BibTeX, RIS, and exports of library catalogues</dd>
        <dt>Documents</dt>
        <dd>PDF, Word, Markdown, plain text, web pages, mail</dd>
        <dt>Archives</dt>
        <dd>ZIP files of any of these</dd>
      </dl>
      <div className="dialog-foot own-foot">
        <Button kind="text" onClick={does('open-map')}>
          Open a map saved before…
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </>
  );
}
