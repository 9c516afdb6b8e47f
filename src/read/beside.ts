import type { TextHead } from './format.ts';

/** Files that were given together with one. */
export interface Beside extends Pick<TextHead, 'companions' | 'documents'> {
  /** How many hold tables or lists of records, judged by their names. */
  readonly records: number;
}

/** Extensions of files that usually hold one text each; '' is no extension, as in many collections of texts. */
const DOCUMENTS: ReadonlySet<string> = words(
  'txt text md markdown mdx qmd rmd rst org adoc asciidoc tex html htm xhtml docx odt pdf epub pptx odp rtf eml',
).add('');
/** Of these, the extensions of files that hardly ever hold a list of texts. */
const SINGLE: ReadonlySet<string> = words('md markdown rst org adoc html htm docx odt pdf epub pptx odp rtf');
const RECORDS: ReadonlySet<string> = words(
  `csv tsv tab json jsonl ndjson geojson parquet arrow feather xlsx xls ods bib bibtex ris nbib enw ciw xml rss atom rdf
  mbox npy`,
);
/** Files that describe those beside them. */
const DESCRIPTION =
  /(?:^|\/)(?:read[-_ ]?me|licen[cs]e|copying|notice|change[-_ ]?log|citation|data[-_ ]?card)[^/]*?(?:\.(?:md|txt|rst|html?|pdf|docx|cff))?$/iu;

/** Counts, for each of some files by their names and extensions, those beside it. */
export function countBeside(
  files: readonly { readonly name: string; readonly extension: string }[],
): (name: string, extension: string) => Beside {
  const counts = new Map<string, number>();
  let documents = 0;
  let records = 0;
  for (const { name, extension } of files) {
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
    if (RECORDS.has(extension)) records++;
    else if (DOCUMENTS.has(extension) && !DESCRIPTION.test(name)) documents++;
  }
  return (name, extension) => {
    const isCounted = DOCUMENTS.has(extension) && !DESCRIPTION.test(name);
    return {
      companions: (counts.get(extension) ?? 1) - 1,
      documents: documents - (isCounted ? 1 : 0),
      records: records - (RECORDS.has(extension) ? 1 : 0),
    };
  };
}

/**
 * Why a file is left out because of those beside it, as a sentence: it describes tables, or is the only document among
 * them. Null when it is to be read.
 */
export function whyLeftOut(name: string, extension: string, { documents, records }: Beside): string | null {
  if (records === 0 || !DOCUMENTS.has(extension)) return null;
  const isDescription = DESCRIPTION.test(name);
  if (!isDescription && (documents > 0 || !SINGLE.has(extension))) return null;
  const what = isDescription ? 'it describes the files beside it' : 'it is the only document beside tables';
  return `${what}, so its words are no text of the map: to read it, choose its format, or give it without them`;
}

/** Whether files of this extension are read by their kind, so that they are no archives. */
export function isKnownKind(extension: string): boolean {
  return extension !== '' && (DOCUMENTS.has(extension) || RECORDS.has(extension));
}

/** What systems and programs keep beside a person's files, and names that begin with a dot. */
const HIDDEN = /(?:^|\/)(?:\.[^/]*|__MACOSX|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r|~\$[^/]*)(?:\/|$)/iu;

/** Whether a path is of a hidden or a system's file, such as `.obsidian/app.json`, `.DS_Store` or Word's `~$a.docx`. */
export function isHidden(path: string): boolean {
  return HIDDEN.test(path);
}

function words(list: string): Set<string> {
  return new Set(list.split(/\s+/u));
}
