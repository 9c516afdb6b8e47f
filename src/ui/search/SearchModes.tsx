import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { formatBytes } from '../../app/messages.ts';
import { searchBy } from '../../app/search/search-papers.ts';
import type { MeaningStatus } from '../../app/store.ts';
import type { SearchMode } from '../../search/search.api.ts';
import { useApp } from '../use-store.ts';

const MODES: readonly { readonly mode: SearchMode; readonly label: string; readonly says: string }[] = [
  { mode: 'hybrid', label: 'Hybrid', says: 'By words and by meaning, whichever has more to say' },
  { mode: 'words', label: 'Words', says: 'Papers that hold the words' },
  { mode: 'meaning', label: 'Meaning', says: 'Papers on the same matter, in whatever words' },
];

/** Hybrid, words or meaning; and what the search by meaning is waiting for. */
export function SearchModes() {
  const mode = useApp((state) => state.searchMode);
  const meaning = useApp((state) => state.meaning);
  const status = mode === 'words' ? '' : statusOf(meaning);
  return (
    <div className="search-modes">
      <ToggleButtonGroup
        className="modes"
        aria-label="Search by"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[mode]}
        onSelectionChange={(keys) => {
          const chosen = MODES.find((entry) => keys.has(entry.mode));
          if (chosen) searchBy(chosen.mode);
        }}
      >
        {MODES.map((entry) => (
          <ToggleButton key={entry.mode} id={entry.mode} className="mode">
            <span title={entry.says}>{entry.label}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
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
