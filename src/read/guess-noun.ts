import { type Noun, PAPER, pluralOf, TEXT } from '../model/noun.ts';
import type { FilePreview } from './read.api.ts';

/** What one text of a format is, where the format is made for one kind of text. */
const OF_FORMAT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['bibtex', 'ris', 'web-of-science', 'medline', 'endnote', 'pubmed-text', 'listing'].map((name) => [name, 'paper']),
  ),
  mbox: 'message',
  mail: 'message',
  chat: 'message',
  subtitles: 'passage',
  sections: 'section',
  paragraphs: 'paragraph',
};

/** Formats in which each file is one text, and what that is by the file's extension: mostly a document. */
const IS_FILE = words('document word slides opendocument epub pdf rtf');
const OF_EXTENSION: Readonly<Record<string, string>> = { md: 'note', markdown: 'note', org: 'note', txt: 'text' };

/** Columns that only lists of scientific papers have, and those that make one together with authors. */
const OF_PAPERS = words(
  'doi pmid pmcid arxivid issn eissn journaltitle journalname booktitle bibcode citekey openalex',
);
const OF_AUTHORED = words('abstract journal venue conference proceedings sourcetitle publicationtitle');

/** Words that name one text of a table by themselves, as in `review_id`, `tweetText`, `Ticket Subject`; singular. */
const KINDS = words(`review tweet ticket question answer comment message post note sentence paragraph passage quote
  headline article story complaint song recipe job product movie film book poem speech letter abstract paper patent
  grant report interview utterance caption feedback email mail prompt document idea verse proverb joke lyric chapter
  bill law case bug event talk episode podcast dream definition`);

/** Plain words for kinds that no one counts by their own name. */
const SAID: Readonly<Record<string, string>> = {
  abstract: 'paper',
  utterance: 'message',
  mail: 'message',
  lyric: 'song',
  feedback: 'response',
  bug: 'issue',
};

/** Columns of opinions on a scale, of work to be done, and of posts, where no column names the text itself. */
const SIGNS: readonly (readonly [noun: string, columns: ReadonlySet<string>])[] = [
  ['review', words('rating ratings stars star starrating reviewrating overallrating reviewer reviewername')],
  ['ticket', words('assignee ticketid ticketstatus ticketpriority resolution issuekey issuetype')],
  ['tweet', words('retweets retweetcount tweetid')],
  ['post', words('upvotes upvoteratio subreddit hashtags')],
];

/**
 * The noun for the texts of some files, by their formats and the names of their columns: what a column of a paper's
 * identity says first (DOI, journal), then what the text's own column, the id and the title are called, then signs such
 * as `rating`, then the file's name. Files that differ have `texts`. O(files × columns).
 */
export function guessNoun(previews: readonly FilePreview[]): Noun {
  const found = new Set(previews.filter(({ problem }) => problem === null).map(kindOf));
  const [one = 'text'] = found;
  if (found.size > 1 || one === 'text') return TEXT;
  return one === 'paper' ? PAPER : { one, many: pluralOf(one) };
}

function kindOf({ format, file, table }: FilePreview): string {
  const ofFormat = OF_FORMAT[format ?? ''];
  if (ofFormat) return ofFormat;
  const name = file.slice(file.lastIndexOf('/') + 1);
  const extension = /\.([a-z]+)(?:\.gz)?$/iu.exec(name)?.[1]?.toLowerCase() ?? '';
  if (IS_FILE.has(format ?? '')) return OF_EXTENSION[extension] ?? 'document';
  if (table === null) return kindIn(name) ?? 'text';
  const { headers, roles } = table;
  const plain = headers.map((header) => partsOf(header).join(''));
  if (plain.some((header) => OF_PAPERS.has(header) || (roles.authors !== null && OF_AUTHORED.has(header)))) {
    return 'paper';
  }
  // A text may have answers or comments beside it, so what is read says most.
  const told = [roles.text, roles.id, roles.title].flatMap((header) => (header && kindIn(header)) || []);
  const sign = SIGNS.find(([, columns]) => plain.some((header) => columns.has(header)));
  return told[0] ?? sign?.[0] ?? kindIn(name) ?? 'text';
}

/** The kind that a name's words tell, the last first: `customer_reviews.csv`. */
function kindIn(name: string): string | null {
  const kinds = partsOf(name).reverse().flatMap(singularsOf);
  const kind = kinds.find((part) => KINDS.has(part));
  return kind === undefined ? null : (SAID[kind] ?? kind);
}

function singularsOf(word: string): readonly string[] {
  return [word, word.replace(/s$/u, ''), word.replace(/ies$/u, 'y')];
}

/** The words of a name in lower case: `reviewText`, `review_text` and `Review text` have two. */
function partsOf(name: string): string[] {
  return name
    .slice(0, 100)
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u));
}
