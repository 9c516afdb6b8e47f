import { countOf, formatCount, plural } from '../../app/messages.ts';
import type { ReadNote, ReadReport } from '../../model/read-report.ts';
import type { MergeRule } from '../../read/read.api.ts';
import { useApp, usePlanNoun } from '../app-context.ts';
import { Choice } from '../controls/Choice.tsx';

/** How many records were read, merged and left out. */
export function Summary({ report }: { readonly report: ReadReport }) {
  const noun = usePlanNoun();
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
        `; ${formatCount(merged)} merged as ${merged === 1 ? 'a copy' : 'copies'} of ${countOf(groups.length, noun)}`}
      {skipped.length > 0 ? `; ${formatCount(skipped.length)} left out.` : '; nothing left out.'}
    </p>
  );
}

/** Languages named; the others are together. */
const MAX_LANGUAGES = 3;

/** In which languages the texts are. */
export function Languages({ languages }: { readonly languages: NonNullable<ReadReport['languages']> }) {
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const shown = languages.slice(0, MAX_LANGUAGES).filter(({ share }) => share >= 0.005);
  if (shown.length === 0) return null;
  const parts = shown.map(({ language, share }) => `${names.of(language) ?? language} (${Math.round(100 * share)} %)`);
  return (
    <p className="quiet" data-language={shown[0].language}>
      Languages: {parts.join(', ')}
      {languages.length > shown.length && ' and others'}.
    </p>
  );
}

const MERGING: readonly { readonly value: MergeRule; readonly label: string }[] = [
  { value: 'same', label: 'copies: the same DOI or identifier, or the same title with like text or authors' },
  { value: 'id', label: 'the same identifier or DOI alone' },
  { value: 'title', label: 'the same title, whatever else differs' },
  { value: 'none', label: 'nothing' },
];

interface MergeProps {
  readonly merge: MergeRule | undefined;
  readonly report: ReadReport;
}

/** Which records become one paper, and how many each rule would merge. */
export function MergeChoice({ merge, report: { records, nearCopies } }: MergeProps) {
  const { importing } = useApp();
  const options = MERGING.map(({ value, label }) => {
    const count = records > 0 ? nearCopies?.[value] : undefined;
    return {
      value,
      label: count === undefined || value === 'none' ? label : `${label}: ${formatCount(count)} of them`,
    };
  });
  return (
    <Choice
      label="Merge"
      value={merge ?? 'same'}
      options={options}
      onChange={(value) => {
        const rule = MERGING.find((one) => one.value === value);
        if (rule) void importing.chooseMerge(rule.value);
      }}
    />
  );
}

const MAX_NOTES = 100;

/** Notes of the reader, folded. */
export function Notes({ title, notes }: { readonly title: string; readonly notes: readonly ReadNote[] }) {
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
