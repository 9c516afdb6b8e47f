import { Copy, ExternalLink } from 'lucide-react';
import { type CitationStyle, citationOf, isReference, quoteOf } from '../../export/citation.ts';
import type { Corpus } from '../../model/paper.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { useCopy } from '../controls/use-copy.ts';

const STYLES: readonly { readonly style: CitationStyle; readonly label: string }[] = [
  { style: 'apa', label: 'Copy citation (APA)' },
  { style: 'bibtex', label: 'BibTeX' },
];

interface Props {
  readonly corpus: Corpus;
  readonly index: number;
}

/** A paper's link, and buttons that copy its citation, or for what is no reference its text with where it was read. */
export function TakeAway({ corpus, index }: Props) {
  const copy = useCopy();
  const paper = corpus.papers[index];
  return (
    <>
      {paper.url !== null && <FullLink url={paper.url} />}
      <p className="take-away">
        {isReference(paper) ? (
          STYLES.map(({ style, label }) => (
            <Button key={style} icon={Copy} kind="text" onClick={() => copy(citationOf(corpus, index, style))}>
              {label}
            </Button>
          ))
        ) : (
          <Button icon={Copy} kind="text" onClick={() => copy(quoteOf(paper))}>
            Copy as a quote
          </Button>
        )}
      </p>
    </>
  );
}

function FullLink({ url }: { readonly url: string }) {
  const copy = useCopy();
  return (
    <p className="full-link">
      <a className="link" href={url} target="_blank" rel="noopener noreferrer">
        {url} <ExternalLink size={13} aria-hidden />
      </a>
      <IconButton icon={Copy} isSmall label="Copy the link" title="Copy the link" onClick={() => copy(url)} />
    </p>
  );
}
