import type { Failure, FailureCode } from '../model/failure.ts';
import type { Noun } from '../model/noun.ts';
import type { Progress } from '../model/progress.ts';

/** A message to the user: what happened, and what to do next. */
export interface Sentence {
  readonly title: string;
  readonly text: string;
}

interface Wording {
  readonly title: string;
  readonly next: string;
  /** Whether the failure's own message is useful to the user. */
  readonly showsCause: boolean;
}

/** The kinds of files that are read, in short; docs/using.md names every format. */
const READ_KINDS =
  'tables (CSV, TSV, Excel, Parquet), JSON, reference lists (RIS, BibTeX, MEDLINE, Web of Science, EndNote), XML, mail, documents (Markdown, HTML, Word, PDF) and plain text, also zipped and in folders';

const WORDING: Record<FailureCode, Wording> = {
  'empty-input': {
    title: 'There is nothing in it',
    next: 'Choose a file with at least three texts, or paste some.',
    showsCause: true,
  },
  'no-papers': {
    title: 'No texts were found',
    next: `Portolan reads ${READ_KINDS}.`,
    showsCause: true,
  },
  'too-few-papers': {
    title: 'Too few texts for a map',
    next: 'A map needs at least three different texts. Add some more and try again.',
    showsCause: true,
  },
  'not-text': {
    title: 'This is not a text file',
    next: `Choose a file of texts: ${READ_KINDS}; or a map saved by Portolan.`,
    showsCause: true,
  },
  'bad-format': {
    title: 'The file could not be understood',
    next: 'Choose another format or encoding where the dialog offers it, or save the file again as CSV or JSONL.',
    showsCause: true,
  },
  'too-large': {
    title: 'This is more than a browser can hold',
    next: 'Take a part of it, or use JSONL, which is read line by line.',
    showsCause: true,
  },
  'no-text-column': {
    title: 'Which column holds the texts?',
    next: 'Choose it under “Text” or “Title”. If the columns are cut in the wrong places, choose another delimiter or header row.',
    showsCause: true,
  },
  'map-corrupt': {
    title: 'The map file is damaged',
    next: 'Get or save it once more. The map that was open is still here.',
    showsCause: true,
  },
  'map-invalid': {
    title: 'The file holds no usable map',
    next: 'A map needs columns x and y with numbers, and a title or a text. The map that was open is still here.',
    showsCause: true,
  },
  'map-newer': {
    title: 'This map is from a newer Portolan',
    next: 'Reload the page to get the newest version, then open the map again.',
    showsCause: true,
  },
  'not-a-map': {
    title: 'This is a table, not a map',
    next: 'Open it by “Open files…” to make a map of its rows.',
    showsCause: true,
  },
  'model-missing': {
    title: 'The language model could not be fetched',
    next: 'Check the connection (or the model’s name) and try again. What was embedded so far is kept.',
    showsCause: true,
  },
  'model-failed': {
    title: 'The language model failed',
    next: 'Try again; if it fails once more, reload the page. What was embedded so far is kept.',
    showsCause: true,
  },
  'model-elsewhere': {
    title: 'That model is on another site',
    next: 'Only the name of the model would be sent, never a text.',
    showsCause: true,
  },
  'model-busy': {
    title: 'A map is being made by another model',
    next: 'It can be used when that map is ready.',
    showsCause: false,
  },
  'model-folder': {
    title: 'This folder holds no model that can be used',
    next: 'It needs config.json, tokenizer.json and onnx/model_quantized.onnx or onnx/model.onnx, beside the settings of sentence-transformers.',
    showsCause: true,
  },
  'device-lost': {
    title: 'The graphics device stopped',
    next: 'Try again: finished vectors are kept, so it goes on where it was.',
    showsCause: true,
  },
  'device-wrong': {
    title: 'The graphics device cannot be used',
    next: 'Take “#device=webgpu” out of the address: the processor does the work as well.',
    showsCause: true,
  },
  busy: {
    title: 'Another tab is making a map',
    next: 'Two at a time would be slower than one after the other. Try again when it is done, or cancel it there.',
    showsCause: false,
  },
  'worker-died': {
    title: 'A background worker stopped',
    next: 'Try again: finished vectors are kept, so it goes on where it was.',
    showsCause: false,
  },
  'worker-silent': {
    title: 'A background worker no longer answers',
    next: 'It may have run out of memory. Close other tabs, or try with fewer texts.',
    showsCause: false,
  },
  'out-of-memory': {
    title: 'The memory is full',
    next: 'Close other tabs, or try with fewer texts.',
    showsCause: false,
  },
  'storage-failed': {
    title: 'The browser refused to store or read this',
    next: 'Everything works on, but is not remembered. Use “Save map” to keep it as a file.',
    showsCause: true,
  },
  'no-webgl': {
    title: 'This browser cannot draw the map',
    next: 'Search and the list of what is in view work all the same. WebGL or Canvas must be on for the map.',
    showsCause: false,
  },
  network: {
    title: 'The file could not be fetched',
    next: 'Check the address and the connection. Another site must allow reading it (CORS).',
    showsCause: true,
  },
  cancelled: { title: 'Cancelled', next: 'Nothing was changed.', showsCause: false },
  internal: {
    title: 'Something went wrong in Portolan',
    next: 'This is our mistake. The map that was open is still here; please report the details.',
    showsCause: true,
  },
};

/** The message for a failure: its cause first if useful, then the next step. */
export function sentenceOf(failure: Failure): Sentence {
  const { title, next, showsCause } = WORDING[failure.code];
  return { title, text: showsCause ? `${asSentence(failure.message)} ${next}` : next };
}

/** A sentence in one line, for scripts and logs. */
export function inOneLine({ title, text }: Sentence): string {
  return `${/[.!?…]$/u.test(title) ? title : `${title}.`} ${text}`;
}

/** Adds a full stop and, unless it begins with a file's name, a capital. */
export function asSentence(message: string): string {
  const trimmed = message.trim();
  const capital = FILE_FIRST.test(trimmed) ? trimmed : trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/u.test(capital) ? capital : `${capital}.`;
}

/** Matches a leading file name or path, which keeps its spelling so that users recognize it. */
const FILE_FIRST = /^[^\s:]*[^\s:.][./][\p{L}\p{N}]/u;

const COUNT = new Intl.NumberFormat('en');

/** `1,234` */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** `1 paper`, `3 papers`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `1 review`, `3 reviews`. */
export function countOf(count: number, { one, many }: Noun): string {
  return plural(count, one, many);
}

/** `12 s`, `3 min`, `1 h 5 min`. Rounds up, because finishing early does not disappoint. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `812 kB`, `22.9 MB`. */
export function formatBytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Progress in a few words: `12,345 of 98,000 word pieces · 2 min left`. */
export function describeProgress({ done, total, unit, leftMs }: Progress, noun: Noun): string {
  const amount = unit === 'bytes' ? formatBytes : formatCount;
  const word = unit === 'bytes' ? '' : ` ${unit === 'papers' ? noun.many : unit}`;
  if (total === 0) return done === 0 ? '' : `${amount(done)}${word}`;
  const left = leftMs === null ? '' : ` · ${formatDuration(leftMs)} left`;
  return `${amount(done)} of ${amount(total)}${word}${left}`;
}

const DATE_PARTS = /^(?:(\d{4})|-)(?:-(\d{2}))?(?:-(\d{2}))?$/u;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `26 Mar 2023`, `Mar 2023`, `25 Jul`; text in any other form is returned unchanged. */
export function formatDate(date: string): string {
  const match = DATE_PARTS.exec(date.slice(0, 10));
  if (!match) return date;
  const [, year, month, day] = match;
  const name = month ? MONTHS[Number(month) - 1] : undefined;
  return [day && name ? String(Number(day)) : undefined, name, year].filter(Boolean).join(' ') || date;
}
