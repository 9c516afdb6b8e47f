import { useState } from 'react';
import { openPasted } from '../../app/maps/import-papers.ts';
import { setState } from '../../app/store.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { useApp } from '../use-store.ts';

/** A place to paste texts or a table into. */
export function PasteDialog() {
  const isOpen = useApp((state) => state.pasting);
  const [text, setText] = useState('');
  const close = (): void => setState({ pasting: false });
  const submit = (): void => {
    void openPasted(text);
    setText('');
  };
  return (
    <ModalDialog title="Paste texts" isOpen={isOpen} onClose={close}>
      <p className="quiet">One text a line, texts with blank lines between, a table, BibTeX, or a listing of papers.</p>
      <textarea
        className="paste"
        aria-label="Texts"
        rows={12}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="dialog-foot">
        <Button onClick={close}>Cancel</Button>
        <Button kind="main" disabled={text.trim() === ''} onClick={submit}>
          Read
        </Button>
      </div>
    </ModalDialog>
  );
}
