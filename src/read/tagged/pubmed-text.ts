import type { LazyTextFormat, TextHead } from '../format.ts';

/** What PubMed saves as “Abstract (text)” and “Summary (text)”: numbered references with or without abstracts. */
export const PUBMED_TEXT: LazyTextFormat = {
  name: 'pubmed-text',
  score: ({ start, text }: TextHead) => {
    if (!/^PMID: \d|[ ;]PMID: \d/mu.test(text)) return 0;
    return /^\d{1,6}[.:] \S/u.test(start) ? 0.95 : 0;
  },
  load: async () => (await import('./pubmed-parser.ts')).makePubmedParser,
};
