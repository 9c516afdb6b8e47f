import { formatBytes } from '../../app/messages.ts';
import { searchBy } from '../../app/search/search-papers.ts';
import type { MeaningStatus } from '../../app/store.ts';
import type { SearchMode } from '../../search/search.api.ts';
import { Segments } from '../controls/Segments.tsx';
import { useApp } from '../use-store.ts';

const MODES: readonly { readonly value: SearchMode; readonly label: string; readonly tooltip: string }[] = [
  { value: 'hybrid', label: 'Hybrid', tooltip: 'By words and by meaning, whichever has more to say' },
  { value: 'words', label: 'Words', tooltip: 'Papers that hold the words' },
  { value: 'meaning', label: 'Meaning', tooltip: 'Papers on the same matter, in whatever words' },
];

/** Hybrid, words or meaning; and what the search by meaning is waiting for. */
export function SearchModes() {
  const mode = useApp((state) => state.searchMode);
  const meaning = useApp((state) => state.meaning);
  const status = mode === 'words' ? '' : statusOf(meaning);
  return (
    <div className="search-modes">
      <Segments label="Search by" value={mode} options={MODES} onChange={searchBy} />
      {status !== '' && (
        <p className="meaning-status" data-off={meaning.kind === 'off'}>
          {status}
        </p>
      )}
    </div>
  );
}

function statusOf(meaning: MeaningStatus): string {
  if (meaning.kind === 'off') return meaning.reason;
  if (meaning.kind !== 'reading' || meaning.total === 0 || meaning.loaded >= meaning.total) return '';
  return `Loading the model, ${formatBytes(meaning.loaded)} of ${formatBytes(meaning.total)} …`;
}
