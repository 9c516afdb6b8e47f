/** What each format of `src/read/detect.web.ts` is called in the import dialog: one line for each. */
export const FORMAT_WORDS: Readonly<Record<string, string>> = {
  listing: 'paper listing',
  csv: 'table',
  json: 'JSON',
  jsonl: 'JSONL',
  xml: 'XML',
  lines: 'one text a line',
  paragraphs: 'texts with blank lines between',
  bibtex: 'BibTeX',
  ris: 'RIS',
  'web-of-science': 'Web of Science text',
  medline: 'MEDLINE (PubMed)',
  endnote: 'EndNote import file',
  parquet: 'Parquet table',
  document: 'one text a file',
  sections: 'one text a section',
};
