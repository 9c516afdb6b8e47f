import { useEffect, useState } from 'react';
import { chosenFiles, droppedFiles } from '../../app/maps/files.ts';
import type { Importing } from '../../app/maps/importing.ts';
import { useApp } from '../app-context.ts';
import { TEXT_FIELD } from '../controls/text-field.ts';

/** Accepts files and folders dropped anywhere on the window, and text pasted outside of a text field. */
export function DropZone() {
  const { importing } = useApp();
  const [isOver, setOver] = useState(false);
  useEffect(() => listen(importing, setOver), [importing]);
  if (!isOver) return null;
  return (
    <div className="drop" aria-hidden>
      <div className="drop-words">
        <strong>Drop to read</strong>
        <span>
          Tables (CSV, Excel, JSON, Parquet), references (BibTeX, RIS, XML), texts (Markdown, PDF, Word, web pages),
          folders and archives (ZIP) of them, a saved map, or a model’s folder
        </span>
      </div>
    </div>
  );
}

function listen(importing: Importing, setOver: (isOver: boolean) => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  // Entering a child also leaves its parent, so enters minus leaves says whether the pointer is over the page.
  let depth = 0;
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const on = <Type extends 'dragenter' | 'dragover' | 'dragleave' | 'drop'>(
    type: Type,
    react: (event: DragEvent) => void,
  ): void => {
    window.addEventListener(
      type,
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        react(event);
      },
      { signal },
    );
  };
  on('dragenter', () => setOver(++depth > 0));
  on('dragover', () => undefined);
  on('dragleave', () => setOver(--depth > 0));
  on('drop', (event) => {
    depth = 0;
    setOver(false);
    if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(importing.openGiven);
  });
  window.addEventListener(
    'paste',
    (event) => {
      if (event.target instanceof HTMLElement && event.target.closest(TEXT_FIELD)) return;
      const files = Array.from(event.clipboardData?.files ?? []);
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) void importing.openGiven(chosenFiles(files));
      else if (text.trim() !== '') void importing.openPasted(text);
    },
    { signal },
  );
  return () => controller.abort();
}
