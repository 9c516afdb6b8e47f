import type { ColumnRole, TablePreview } from '../../read/read.api.ts';
import { useApp } from '../app-context.ts';
import { Choice } from '../controls/Choice.tsx';
import { DayOrderChoice } from './DayOrderChoice.tsx';

const ROLES: readonly { readonly role: ColumnRole; readonly label: string }[] = [
  { role: 'title', label: 'Title' },
  { role: 'text', label: 'Text' },
  { role: 'authors', label: 'Authors' },
  { role: 'date', label: 'Date' },
  { role: 'url', label: 'Link' },
  { role: 'id', label: 'Identifier' },
];
const PREVIEW_ROWS = 4;
const NONE = '\u0000none';

/** The guessed role of each column, with the first rows to check it by. A change reads the files again. */
export function ColumnChoice({ file, table }: { readonly file: string; readonly table: TablePreview }) {
  const { importing } = useApp();
  return (
    <>
      {table.days && (
        <DayOrderChoice
          days={table.days}
          onChange={(dayOrder) => void importing.readAgain({ files: { [file]: { roles: table.roles, dayOrder } } })}
        />
      )}
      <ColumnTable file={file} table={table} />
    </>
  );
}

function ColumnTable({ file, table }: { readonly file: string; readonly table: TablePreview }) {
  const { importing } = useApp();
  const change = (role: ColumnRole, header: string): void =>
    void importing.readAgain({
      files: { [file]: { roles: { ...table.roles, [role]: header === NONE ? null : header } } },
    });
  return (
    <details className="columns">
      <summary>
        Columns of {file}: text from <b>{table.roles.text ?? 'none'}</b>, title from{' '}
        <b>{table.roles.title ?? 'none'}</b>
      </summary>
      <div className="role-grid">
        {ROLES.map(({ role, label }) => (
          <Choice
            key={role}
            label={label}
            value={table.roles[role] ?? NONE}
            options={[
              { value: NONE, label: 'none' },
              ...table.headers.map((header) => ({ value: header, label: header })),
            ]}
            onChange={(header) => change(role, header)}
          />
        ))}
      </div>
      <div className="scroll-box">
        <table className="files">
          <thead>
            <tr>
              {table.headers.map((header) => (
                <th key={header} scope="col">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, PREVIEW_ROWS).map((row) => (
              <tr key={row.join('\u0001')}>
                {table.headers.map((header, column) => (
                  <td key={header} className="cell">
                    {row[column] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
