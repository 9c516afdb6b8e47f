import type { FileGroup } from '../../app/maps/choices.ts';
import { formatCount, plural } from '../../app/messages.ts';
import type { FileReport, ReadReport } from '../../model/read-report.ts';
import { SearchChoice } from '../controls/SearchChoice.tsx';
import { FORMAT_WORDS } from './format-words.ts';

interface Props {
  readonly groups: readonly FileGroup[];
  readonly report: ReadReport;
  readonly isCounted: boolean;
  /** The file whose reading is shown. */
  readonly file: string;
  readonly onChoose: (file: string) => void;
}

/** Rows of the table; files beyond them are found by name. */
const MAX_ROWS = 60;

/** The files, those that are read alike in one row. A press shows how a file is read. */
export function FileList({ groups, report, isCounted, file, onChoose }: Props) {
  const reports = new Map(report.files.map((one) => [one.name, one]));
  const files = groups.flatMap((group) => group.files);
  const isFolded = files.length > groups.length || groups.length > MAX_ROWS;
  return (
    <>
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
            {groups.slice(0, MAX_ROWS).map((group) => {
              const isShown = group.files.includes(file);
              const own = group.files.flatMap((name) => reports.get(name) ?? []);
              return (
                <tr key={group.preview.file} className={isShown ? 'file-chosen' : undefined}>
                  <td className="file-name">
                    <button
                      type="button"
                      className="link-button"
                      aria-pressed={isShown}
                      onClick={() => onChoose(group.preview.file)}
                    >
                      {group.preview.file}
                    </button>
                    {group.files.length > 1 && ` and ${formatCount(group.files.length - 1)} like it`}
                  </td>
                  <td>{readAs(group, own)}</td>
                  <td className="number">{isCounted ? formatCount(recordsOf(own)) : '…'}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {isFolded && (
        <SearchChoice
          label="Show the file"
          value={file}
          options={files.map((value) => ({ value, label: value }))}
          onChange={onChoose}
        />
      )}
    </>
  );
}

function readAs({ preview: { format, problem } }: FileGroup, reports: readonly FileReport[]): string {
  if (problem !== null) return 'not read';
  const replaced = reports.reduce((sum, { replacedBytes }) => sum + replacedBytes, 0);
  const words = FORMAT_WORDS[format ?? ''] ?? format ?? '';
  return replaced > 0 ? `${words}, ${plural(replaced, 'unreadable byte')} replaced` : words;
}

function recordsOf(reports: readonly FileReport[]): number {
  return reports.reduce((sum, { records }) => sum + records, 0);
}
