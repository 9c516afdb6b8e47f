import type { FileGroup } from '../../app/maps/choices.ts';
import { asSentence, plural } from '../../app/messages.ts';
import { Button } from '../controls/Button.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { DayOrderChoice } from './DayOrderChoice.tsx';
import { FirstPapers, RawLines } from './FilePreviewParts.tsx';
import { ReadingChoices } from './ReadingChoices.tsx';
import { RoleChoices } from './RoleChoices.tsx';
import { useFileChange } from './use-file-change.ts';

interface Props {
  readonly group: FileGroup;
  /** Whether the problem of the file is said here; otherwise the dialog says it. */
  readonly saysProblem: boolean;
}

/** How one file is read: its first papers beside its first lines, and all that can be decided about it. */
export function FileBench({ group, saysProblem }: Props) {
  const { preview, files } = group;
  const decided = useFileChange(group);
  const { table, problem, lines, records } = preview;
  return (
    <section className="bench" aria-label={`How ${preview.file} is read`}>
      {problem !== null && saysProblem && <p className="bench-problem">{asSentence(problem)}</p>}
      {(records.length > 0 || lines.length > 0) && (
        <div className="bench-sides">
          {records.length > 0 && <FirstPapers records={records} />}
          {lines.length > 0 && <RawLines lines={lines} first={preview.skipLines + 1} />}
        </div>
      )}
      {files.length > 1 && (
        <Toggle isOn={decided.forAll} onChange={decided.setForAll}>
          Use for all {plural(files.length, 'file')} like this
        </Toggle>
      )}
      {table?.days && <DayOrderChoice days={table.days} onChange={(dayOrder) => decided.change({ dayOrder })} />}
      {table && <RoleChoices file={preview.file} table={table} isOpen={problem !== null} onChange={decided.change} />}
      <ReadingChoices preview={preview} onChange={decided.change} />
      {decided.isChanged && (
        <Button kind="text" onClick={decided.reset}>
          Guess all of this again
        </Button>
      )}
    </section>
  );
}
