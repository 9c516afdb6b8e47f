import type { Change } from '../../app/maps/choices.ts';
import { LEGACY_ENCODINGS } from '../../read/encoding/encodings.ts';
import type { FilePreview } from '../../read/read.api.ts';
import { Choice } from '../controls/Choice.tsx';
import { Fold } from '../controls/Fold.tsx';
import { NumberChoice } from '../controls/NumberChoice.tsx';
import { SearchChoice } from '../controls/SearchChoice.tsx';
import { FORMAT_WORDS } from './format-words.ts';

const DELIMITERS = [
  { value: ',', label: 'comma' },
  { value: ';', label: 'semicolon' },
  { value: '\t', label: 'tab' },
  { value: '|', label: 'vertical bar |' },
  { value: ' ', label: 'space' },
  { value: ':', label: 'colon' },
  { value: '^', label: '^' },
  { value: '~', label: '~' },
];
const QUOTES = [
  { value: '"', label: '" double' },
  { value: "'", label: "' single" },
  { value: '', label: 'none' },
];
const ENCODINGS = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
  ...LEGACY_ENCODINGS.map(({ label, words }) => ({ value: label, label: `${label}, ${words}` })),
];
/** As the reader's own limits on lines before a table. */
const MAX_SKIPPED = 10_000;
const MAX_HEADER = 1000;

interface Props {
  readonly preview: FilePreview;
  readonly onChange: (change: Change) => void;
}

/** How a file's bytes become records; only what applies to its format. Open when the file could not be read. */
export function ReadingChoices({ preview, onChange }: Props) {
  const { format, encoding, problem, part } = preview;
  return (
    <Fold
      className="columns"
      opens={problem !== null}
      summary={
        <>
          Read as <b>{format === null ? 'nothing yet' : (FORMAT_WORDS[format] ?? format)}</b>
          {part !== null && `, ${part}`}
          {encoding !== null && `, in ${ENCODINGS.find(({ value }) => value === encoding)?.label ?? encoding}`}
        </>
      }
    >
      <div className="role-grid">
        <FormatChoice preview={preview} onChange={onChange} />
        <PartChoice preview={preview} onChange={onChange} />
        {encoding !== null && (
          <SearchChoice
            label="Encoding"
            value={encoding}
            options={withCurrent(ENCODINGS, encoding)}
            onChange={(chosen) => onChange({ encoding: chosen })}
          />
        )}
        <TableChoices preview={preview} onChange={onChange} />
        {encoding !== null && (
          <NumberChoice
            label="Lines to skip"
            says="before the first text or the table"
            value={preview.skipLines}
            min={0}
            max={MAX_SKIPPED}
            step={1}
            onChange={(skipLines) => onChange({ skipLines })}
          />
        )}
      </div>
    </Fold>
  );
}

function FormatChoice({ preview: { format, formats, otherFormats }, onChange }: Props) {
  const named = (names: readonly string[]) => names.map((value) => ({ value, label: FORMAT_WORDS[value] ?? value }));
  if (formats.length + otherFormats.length < 2) return null;
  return (
    <Choice
      label="Format"
      value={format ?? ''}
      options={named(formats)}
      others={{ heading: 'Other', options: named(otherFormats) }}
      // Another format has another header, other parts and other columns.
      onChange={(chosen) =>
        onChange({ format: chosen, delimiter: undefined, quote: undefined, headerRow: undefined, list: undefined })
      }
    />
  );
}

/** The sheet of a workbook, or the list inside a JSON file. */
function PartChoice({ preview: { sheets, lists, part }, onChange }: Props) {
  const named = (names: readonly string[]) =>
    names.map((value) => ({ value, label: value === '' ? 'the top' : value }));
  if (sheets.length > 1) {
    return (
      <SearchChoice
        label="Sheet"
        value={part ?? ''}
        options={named(sheets)}
        onChange={(sheet) => onChange({ sheet, headerRow: undefined })}
      />
    );
  }
  // One list is a choice too where it is not what was read.
  const choices = part === null && lists.length > 0 ? ['', ...lists] : lists;
  if (choices.length < 2) return null;
  return (
    <SearchChoice
      label="List inside"
      value={part ?? ''}
      options={named(choices)}
      onChange={(list) => onChange({ list })}
    />
  );
}

/** What separates and names the cells of a table of text. */
function TableChoices({ preview: { format, table }, onChange }: Props) {
  const isCut = format === 'csv' || (table !== null && table.delimiter !== null);
  const headerRow = table?.headerRow ?? (isCut ? 1 : undefined);
  const delimiter = table?.delimiter ?? ',';
  return (
    <>
      {isCut && (
        <>
          <Choice
            label="Delimiter"
            value={delimiter}
            options={withCurrent(DELIMITERS, delimiter)}
            onChange={(chosen) => onChange({ delimiter: chosen })}
          />
          <Choice
            label="Quote"
            value={table?.quote ?? '"'}
            options={withCurrent(QUOTES, table?.quote ?? '"')}
            onChange={(quote) => onChange({ quote })}
          />
        </>
      )}
      {headerRow !== undefined && (
        <NumberChoice
          label="Header row"
          says="0: no row has names"
          value={headerRow}
          min={0}
          max={MAX_HEADER}
          step={1}
          onChange={(row) => onChange({ headerRow: row })}
        />
      )}
    </>
  );
}

function withCurrent<Option extends { readonly value: string; readonly label: string }>(
  options: readonly Option[],
  current: string,
): readonly { readonly value: string; readonly label: string }[] {
  const isKnown = options.some(({ value }) => value === current);
  return isKnown ? options : [{ value: current, label: current }, ...options];
}
