import { formatDate } from '../../app/messages.ts';
import type { PreviewRecord } from '../../read/read.api.ts';
import { displayTitle, readableNames, readableText } from '../../text/readable.ts';
import { usePlanNoun } from '../app-context.ts';

const SHOWN_TEXT = 280;
/** UTF-16 units of the first words that name a paper without a title. */
const NAME_LENGTH = 80;

/** The first papers as they will stand on the map. */
export function FirstPapers({ records }: { readonly records: readonly PreviewRecord[] }) {
  const heading = `The first ${usePlanNoun().many}`;
  return (
    <div className="bench-side">
      <h3>{heading}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keys. */}
      <ol className="first-papers" tabIndex={0} aria-label={heading}>
        {records.map((record, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the records of one reading never move.
          <FirstPaper key={i} record={record} />
        ))}
      </ol>
    </div>
  );
}

function FirstPaper({ record }: { readonly record: PreviewRecord }) {
  const { authors, date, url } = record;
  const title = displayTitle(record, NAME_LENGTH);
  const text = readableText(record.text);
  const about = [readableNames(authors ?? ''), date && formatDate(date)].filter(Boolean).join(' · ');
  return (
    <li className="first-paper">
      <strong>{title}</strong>
      {about !== '' && <span className="quiet first-about">{about}</span>}
      {text === '' && <span className="quiet">no text: the title alone is read</span>}
      {/* A short text without a title is its own name. */}
      {text !== '' && text !== title && (
        <span className="first-text">{text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}…` : text}</span>
      )}
      {url && <span className="quiet first-link">{url}</span>}
    </li>
  );
}

/** The file's first lines as they are, with their numbers. */
export function RawLines({ lines, first }: { readonly lines: readonly string[]; readonly first: number }) {
  return (
    <div className="bench-side">
      <h3>The file’s lines</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keys. */}
      <ol className="raw-lines" start={first} tabIndex={0} aria-label="The file’s first lines">
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never move.
          <li key={i}>{line}</li>
        ))}
      </ol>
    </div>
  );
}
