import type { Change } from '../../app/maps/choices.ts';
import type { ColumnRole, TablePreview } from '../../read/read.api.ts';
import { Fold } from '../controls/Fold.tsx';
import { SearchChoice } from '../controls/SearchChoice.tsx';

const ROLES: readonly { readonly role: ColumnRole; readonly label: string }[] = [
  { role: 'title', label: 'Title' },
  { role: 'text', label: 'Text' },
  { role: 'authors', label: 'Authors' },
  { role: 'date', label: 'Date' },
  { role: 'url', label: 'Link' },
  { role: 'id', label: 'Identifier' },
];
const PREVIEW_ROWS = 4;
/** Columns in the table of the first rows; all can be chosen. */
const PREVIEW_COLUMNS = 40;
/** Cannot be a column's name, because names have no control characters. */
const NONE = '\u0000none';

interface Props {
  readonly file: string;
  readonly table: TablePreview;
  readonly isOpen: boolean;
  readonly onChange: (change: Change) => void;
}

/** What each column is used for and why, with the first rows to check it by. */
export function RoleChoices({ file, table, isOpen, onChange }: Props) {
  const { roles, reasons, headers } = table;
  const options = [{ value: NONE, label: 'none' }, ...headers.map((header) => ({ value: header, label: header }))];
  return (
    <Fold
      className="columns"
      opens={isOpen}
      summary={
        <>
          Columns of {file}: text from <b>{roles.text ?? 'none'}</b>, title from <b>{roles.title ?? 'none'}</b>
        </>
      }
    >
      <div className="role-grid">
        {ROLES.map(({ role, label }) => (
          <div key={role}>
            <SearchChoice
              label={label}
              value={roles[role] ?? NONE}
              options={options}
              onChange={(header) => onChange({ roles: { [role]: header === NONE ? null : header } })}
            />
            {reasons?.[role] && <p className="quiet role-reason">by {reasons[role]}</p>}
          </div>
        ))}
      </div>
      {table.rows.length > 0 && <FirstRows table={table} />}
    </Fold>
  );
}

function FirstRows({ table: { headers, rows } }: { readonly table: TablePreview }) {
  const shown = headers.slice(0, PREVIEW_COLUMNS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keys.
    <section className="scroll-box" tabIndex={0} aria-label="The first rows">
      <table className="files">
        <thead>
          <tr>
            {shown.map((header) => (
              <th key={header} scope="col">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, PREVIEW_ROWS).map((row) => (
            <tr key={row.join('\u0001')}>
              {shown.map((header, column) => (
                <td key={header} className="cell">
                  {row[column] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
