import { useState } from 'react';
import type { ExportFormat } from '../../app/maps/export-map.ts';
import { countOf } from '../../app/messages.ts';
import { fitsBibtex } from '../../export/paper-formats.ts';
import { capital } from '../../model/noun.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { useTheme } from '../use-theme.ts';

const FORMATS: readonly { readonly value: ExportFormat; readonly label: string; readonly says: string }[] = [
  { value: 'png', label: 'Picture (PNG)', says: 'The view with legend and names.' },
  {
    value: 'svg',
    label: 'Drawing (SVG)',
    says: 'The view as vectors, up to 50,000 points; a picture with vector names above.',
  },
  {
    value: 'html',
    label: 'Page (HTML)',
    says: 'One file with the map inside. Opens from a disk, without a server or a network.',
  },
  { value: 'parquet', label: 'Map (Parquet)', says: 'Everything, for Portolan, pandas, DuckDB.' },
  { value: 'csv', label: 'Table (CSV)', says: 'Formulas in it are shown, not run.' },
  { value: 'jsonl', label: 'Lines (JSONL)', says: 'Texts with places and neighbours.' },
  { value: 'wizmap', label: 'WizMap (ZIP)', says: 'Its two files: data.ndjson and grid.json.' },
  {
    value: 'atlas',
    label: 'Embedding Atlas (Parquet)',
    says: 'A table with projection_x, projection_y and neighbours.',
  },
  { value: 'bibtex', label: 'Bibliography (BibTeX)', says: 'Those with a title.' },
];

const SCALES = ['1', '2', '4'].map((value) => ({ value, label: `${value}×` }));

/** Chooses the format of an exported file, and which papers it holds. */
export function ExportDialog() {
  const noun = useNoun();
  const { exporting, store } = useApp();
  const isOpen = useAppState((state) => state.exporting);
  const map = useAppState((state) => state.shown?.map ?? null);
  const found = useAppState((state) => state.hits?.indices.length ?? 0);
  const theme = useTheme();
  const [format, setFormat] = useState<ExportFormat>('png');
  const [scale, setScale] = useState('2');
  const [part, setPart] = useState('all');
  if (!map) return null;
  const formats = FORMATS.filter(({ value }) => value !== 'bibtex' || fitsBibtex(map));
  const isPicture = format === 'png' || format === 'svg';
  const parts = [
    { value: 'all', label: `All ${countOf(map.corpus.papers.length, noun)}` },
    { value: 'found', label: `The ${countOf(found, noun)} found` },
  ];
  const close = (): void => store.set({ exporting: false });
  const submit = (): void => {
    close();
    const order = { format, scale: Number(scale), onlyFound: part === 'found' && found > 0, theme };
    void exporting.exportMap(order);
  };
  return (
    <ModalDialog title="Export" isOpen={isOpen} onClose={close}>
      <Choice
        label="Format"
        value={format}
        options={formats}
        onChange={(value) => setFormat(formats.find((choice) => choice.value === value)?.value ?? 'png')}
      />
      <p className="quiet">{formats.find(({ value }) => value === format)?.says}</p>
      {format === 'png' && <Choice label="Size" value={scale} options={SCALES} onChange={setScale} />}
      {!isPicture && found > 0 && <Choice label={capital(noun.many)} value={part} options={parts} onChange={setPart} />}
      <div className="dialog-foot">
        <Button onClick={close}>Cancel</Button>
        <Button kind="main" onClick={submit}>
          Export
        </Button>
      </div>
    </ModalDialog>
  );
}
