import { useState } from 'react';
import { useApp, useAppState } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';

/** A text field for pasted texts or a pasted table. */
export function PasteDialog() {
  const { importing, store } = useApp();
  const isOpen = useAppState((state) => state.pasting);
  const [text, setText] = useState('');
  const close = (): void => store.set({ pasting: false });
  const submit = (): void => {
    void importing.openPasted(text);
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
