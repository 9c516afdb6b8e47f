import { useState } from 'react';
import type { ExportFormat } from '../../app/maps/export-map.ts';
import { countOf } from '../../app/messages.ts';
import { fitsBibtex } from '../../export/paper-formats.ts';
import { capital } from '../../model/noun.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { useTheme } from '../use-theme.ts';

interface Format {
  readonly value: ExportFormat;
  readonly label: string;
  readonly says: string;
}

const MAPS: readonly Format[] = [
  { value: 'parquet', label: 'Map (Parquet)', says: '“Open map…” brings it back, with your names of topics.' },
  { value: 'wizmap', label: 'WizMap (ZIP)', says: 'For the viewer WizMap: data.ndjson and grid.json.' },
  {
    value: 'atlas',
    label: 'Embedding Atlas (Parquet)',
    says: 'For Embedding Atlas: a table with projection_x, projection_y and neighbours.',
  },
];

const PAGES: readonly Format[] = [
  {
    value: 'html',
    label: 'Page (HTML)',
    says: 'Names, contours, search and texts are in it, without search by meaning.',
  },
];

const TABLES: readonly Format[] = [
  { value: 'csv', label: 'Table (CSV)', says: 'For spreadsheets. Formulas in it are shown, not run.' },
  { value: 'jsonl', label: 'Lines (JSONL)', says: 'For scripts: one line each, with place, topics and neighbours.' },
  { value: 'bibtex', label: 'Bibliography (BibTeX)', says: 'For reference managers: all that have a title.' },
];

/** The map as a file, for Portolan and other viewers. */
export function ShareMap() {
  return <SaveFile formats={MAPS} action="Save map" />;
}

/** The map as one HTML file. */
export function SharePage() {
  return <SaveFile formats={PAGES} action="Save page" />;
}

/** The texts as a table, lines or a bibliography. */
export function ShareTable() {
  const map = useAppState((state) => state.shown?.map ?? null);
  return (
    <SaveFile
      formats={TABLES.filter(({ value }) => value !== 'bibtex' || (map !== null && fitsBibtex(map)))}
      action="Save table"
    />
  );
}

/** Chooses the format, and whether all is saved or only what was found. */
function SaveFile({ formats, action }: { readonly formats: readonly Format[]; readonly action: string }) {
  const { exporting, saving } = useApp();
  const noun = useNoun();
  const theme = useTheme();
  const found = useAppState((state) => state.hits?.indices.length ?? 0);
  const all = useAppState((state) => state.shown?.corpus.papers.length ?? 0);
  const [value, setValue] = useState(formats[0].value);
  const [part, setPart] = useState('all');
  const format = formats.find((one) => one.value === value) ?? formats[0];
  const onlyFound = part === 'found' && found > 0;
  const save = (): void => {
    // The whole map is saved with the user's edits; a part of it is another map.
    if (format.value === 'parquet' && !onlyFound) void saving.saveMap();
    else void exporting.exportMap({ format: format.value, scale: 1, onlyFound, theme });
  };
  const parts = [
    { value: 'all', label: `All ${countOf(all, noun)}` },
    { value: 'found', label: `The ${countOf(found, noun)} found` },
  ];
  const choose = (chosen: string): void => setValue(formats.find((one) => one.value === chosen)?.value ?? value);
  return (
    <>
      {formats.length > 1 && <Choice label="Format" value={value} options={formats} onChange={choose} />}
      <p className="quiet">{format.says}</p>
      {found > 0 && <Choice label={capital(noun.many)} value={part} options={parts} onChange={setPart} />}
      <Button kind="main" onClick={save}>
        {action}
      </Button>
    </>
  );
}
