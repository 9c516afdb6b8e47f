import { useMemo } from 'react';
import { urlOptions } from '../../app/address/url.ts';
import { additionOffer } from '../../app/maps/adding.ts';
import { formatCount, plural } from '../../app/messages.ts';
import type { ImportPlan } from '../../app/state.ts';
import { DEFAULT_DIMENSIONS, DEFAULT_MODEL } from '../../encode/model-spec.ts';
import { MIN_PAPERS } from '../../model/paper.ts';
import type { ReadNote, ReadReport } from '../../model/read-report.ts';
import { useApp, useAppState } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { ColumnChoice } from './ColumnChoice.tsx';
import { FORMAT_WORDS } from './format-words.ts';
import { LayoutChoices } from './LayoutChoices.tsx';

const BUDGETS = [
  { value: 'full', label: 'the whole of each text' },
  { value: 'fast', label: 'its first 128 word pieces, faster' },
];

/** Cannot be a column's name, because names have no control characters. */
const MADE_HERE = '\u0000made here';
const UNKNOWN = '\u0000unknown';

/** What the reader found, before anything is embedded. */
export function ImportDialog() {
  const { store } = useApp();
  const plan = useAppState((state) => state.plan);
  const close = (): void => store.set({ plan: null });
  return (
    <ModalDialog
      title={`${plural(plan?.report.papers ?? 0, 'paper')} found`}
      className="import"
      isOpen={plan !== null}
      onClose={close}
    >
      {plan && (
        <>
          <Summary report={plan.report} />
          <Files report={plan.report} />
          {plan.previews.map(({ file, table }) => table && <ColumnChoice key={file} file={file} table={table} />)}
          <Notes title="Left out" notes={plan.report.skipped} />
          <Notes title="Kept with changes" notes={plan.report.warnings} />
          {plan.vectors.length > 0 && <VectorChoice plan={plan} />}
          {plan.vectorsFrom === '' && <HowToEmbed />}
          <LayoutChoices />
          <Ways plan={plan} onCancel={close} />
        </>
      )}
    </ModalDialog>
  );
}

/** Makes a new map of these papers, or adds them to the open map. */
function Ways({ plan, onCancel }: { readonly plan: ImportPlan; readonly onCancel: () => void }) {
  const { adding, encoders, making } = useApp();
  const map = useAppState((state) => state.shown?.map ?? null);
  const offer = useMemo(() => map && additionOffer(map, encoders.modelOfMap(map), plan), [map, plan, encoders]);
  const isEnough = plan.report.papers >= MIN_PAPERS;
  return (
    <>
      {offer && (
        <p className="quiet" data-can-add={offer.isPossible}>
          {offer.words}
        </p>
      )}
      {!isEnough && <p className="quiet">A map of their own would need at least {MIN_PAPERS} papers.</p>}
      <div className="dialog-foot">
        <Button onClick={onCancel}>Cancel</Button>
        {offer?.isPossible && (
          <Button kind={isEnough ? 'plain' : 'main'} data-adds onClick={() => void adding.addPlannedPapers()}>
            {offer.isOfPapers ? 'Add to this map' : 'Complete this map'}
          </Button>
        )}
        {isEnough && (
          <Button kind="main" onClick={() => void making.makePlannedMap()}>
            Make the map
          </Button>
        )}
      </div>
    </>
  );
}

/** Uses the papers' own vectors or makes new ones. Asks which model made the former; queries need the same. */
function VectorChoice({ plan }: { readonly plan: ImportPlan }) {
  const { store } = useApp();
  const { vectors, vectorsFrom, vectorsModel } = plan;
  const chosen = vectors.find(({ column }) => column === vectorsFrom);
  const without = chosen?.without.length ?? 0;
  return (
    <>
      <p className="quiet">
        These papers bring vectors of {formatCount((chosen ?? vectors[0]).dimensions)} numbers: no model has to read
        them.
        {without > 0 && ` ${plural(without, 'paper')} without a usable one will stand beside the map.`}
      </p>
      <Choice
        label="Vectors"
        value={vectorsFrom || MADE_HERE}
        options={[
          ...vectors.map(({ column, dimensions }) => ({
            value: column,
            label: `column “${column}”, ${formatCount(dimensions)} numbers each`,
          })),
          { value: MADE_HERE, label: 'made here, by a model' },
        ]}
        onChange={(value) => store.set({ plan: { ...plan, vectorsFrom: value === MADE_HERE ? '' : value } })}
      />
      {chosen?.dimensions === DEFAULT_DIMENSIONS && (
        <Choice
          label="They were made by"
          value={vectorsModel || UNKNOWN}
          options={[
            { value: UNKNOWN, label: 'a model that is not at hand: search by words' },
            { value: DEFAULT_MODEL.id, label: `${DEFAULT_MODEL.id}: search by meaning too` },
          ]}
          onChange={(value) => store.set({ plan: { ...plan, vectorsModel: value === UNKNOWN ? '' : value } })}
        />
      )}
    </>
  );
}

function HowToEmbed() {
  const { store } = useApp();
  const budget = useAppState((state) => state.budget);
  return (
    <>
      <ModelChoice />
      <Choice
        label="Embed"
        value={budget}
        options={BUDGETS}
        onChange={(value) => store.set({ budget: value === 'fast' ? 'fast' : 'full' })}
      />
    </>
  );
}

/** The page's own model, or one from a folder that the user has opened. */
function ModelChoice() {
  const { page, store } = useApp();
  const folder = useAppState((state) => state.folderModel);
  const isUsed = useAppState((state) => state.usesFolderModel);
  if (!folder) return null;
  const options = [
    { value: 'folder', label: `${folder.name}, from your folder` },
    { value: 'page', label: urlOptions(page.hash()).model || DEFAULT_MODEL.id },
  ];
  return (
    <Choice
      label="By the model"
      value={isUsed ? 'folder' : 'page'}
      options={options}
      onChange={(value) => store.set({ usesFolderModel: value === 'folder' })}
    />
  );
}

function Summary({ report }: { readonly report: ReadReport }) {
  const { records, merged, groups, skipped } = report;
  return (
    <p
      className="quiet"
      data-records={records}
      data-papers={report.papers}
      data-merged={merged}
      data-groups={groups.length}
      data-skipped={skipped.length}
    >
      {plural(records, 'record')} read
      {merged > 0 &&
        `; ${formatCount(merged)} were further copies of ${plural(groups.length, 'paper')} and merged into ${groups.length === 1 ? 'it' : 'them'}`}
      {skipped.length > 0 ? `; ${formatCount(skipped.length)} left out.` : '; nothing left out.'}
    </p>
  );
}

function Files({ report }: { readonly report: ReadReport }) {
  if (report.files.length === 0) return null;
  return (
    <div className="scroll-box">
      <table className="files">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Read as</th>
            <th scope="col" className="number">
              Records
            </th>
          </tr>
        </thead>
        <tbody>
          {report.files.map((file) => (
            <tr key={file.name}>
              <td className="file-name">{file.name}</td>
              <td>
                {FORMAT_WORDS[file.format] ?? file.format}
                {file.replacedBytes > 0 && `, ${plural(file.replacedBytes, 'unreadable byte')} replaced`}
              </td>
              <td className="number">{formatCount(file.records)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const MAX_NOTES = 100;

function Notes({ title, notes }: { readonly title: string; readonly notes: readonly ReadNote[] }) {
  if (notes.length === 0) return null;
  return (
    <details className="notes">
      <summary>
        {title}: {formatCount(notes.length)}
      </summary>
      <ul>
        {notes.slice(0, MAX_NOTES).map((note) => (
          <li key={`${note.file}:${note.line}:${note.reason}`}>
            <span className="place">
              {note.file}
              {note.line > 0 && `, line ${formatCount(note.line)}`}
            </span>{' '}
            {note.reason}
          </li>
        ))}
        {notes.length > MAX_NOTES && <li>and {formatCount(notes.length - MAX_NOTES)} more</li>}
      </ul>
    </details>
  );
}
