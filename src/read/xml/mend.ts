import { MAX_RECORD_LENGTH } from '../limits.ts';

/** Passes XML on in pieces, with small faults mended. */
export interface Mender {
  push(text: string): string;
  /** What was held back. */
  end(): string;
  /** How many signs were mended and how many texts were cut so far, and whether a comment or the like is open. */
  counts(): { readonly mended: number; readonly cut: number; readonly isInside: boolean };
}

/** Longest reference that is waited for, `&CounterClockwiseContourIntegral;` included. */
const MAX_REFERENCE = 40;
/** A bare `&`, a `<` that begins no tag, and the beginnings of sections in which both stand for themselves. */
const MARKS = /&(?!#?[\p{L}\p{N}_.-]{1,38};)|<(?![\p{L}_:!/?])|<!\[CDATA\[|<!--|<\?/u;
const CDATA = '<![CDATA[';
const CDATA_END = ']]>';
const SECTION_ENDS: Readonly<Record<string, string>> = { [CDATA]: CDATA_END, '<!--': '-->', '<?': '?>' };

interface State {
  /** Finds {@link MARKS} from its `lastIndex`. */
  readonly marks: RegExp;
  readonly runs: RunLimit;
  /** What ends the section that is open. */
  sectionEnd: string | null;
  mended: number;
}

/**
 * Writes `&` and `<` that stand for themselves as XML wants them, since a parser takes all that follows a bare `&` for a
 * name. Leaves out comments and instructions but for their line ends, and the end of a text over 4,000,000 characters,
 * so that a parser never holds more.
 */
export function makeMender(): Mender {
  const state: State = { marks: new RegExp(MARKS, 'gu'), runs: makeRunLimit(), sectionEnd: null, mended: 0 };
  let held = '';

  function take(text: string, isLast: boolean): string {
    const out: string[] = [];
    let from = 0;
    for (let next = 0; next >= 0; from = Math.max(from, next)) {
      next =
        state.sectionEnd === null ? mendUpToMark(state, text, from, isLast, out) : passSection(state, text, from, out);
      if (next < 0) from = ~next;
    }
    held = isLast ? '' : text.slice(from);
    if (isLast && state.sectionEnd === CDATA_END) out.push(text.slice(from));
    return out.join('');
  }

  return {
    push: (text) => take(held + text, false),
    end: () => take(held, true),
    counts: () => ({ mended: state.mended, cut: state.runs.cut(), isInside: state.sectionEnd !== null }),
  };
}

/** Passes text on up to and with the next mark. Returns where to go on; `~at` if only the next piece can tell. */
function mendUpToMark(state: State, text: string, from: number, isLast: boolean, out: string[]): number {
  const { marks, runs } = state;
  marks.lastIndex = from;
  const mark = marks.exec(text);
  const end = isLast ? text.length : Math.max(from, openEnd(text));
  if (!mark || mark.index >= end) {
    out.push(runs.limit(text.slice(from, end)));
    return ~end;
  }
  out.push(runs.limit(text.slice(from, mark.index)));
  const [found] = mark;
  if (found === '&' || found === '<') {
    out.push(found === '&' ? '&amp;' : '&lt;');
    state.mended++;
  } else {
    state.sectionEnd = SECTION_ENDS[found];
    if (found === CDATA) out.push(found);
    runs.restart();
  }
  return mark.index + found.length;
}

/** Passes on what is wanted of a section: all of CDATA, the line ends of others. Returns as {@link mendUpToMark}. */
function passSection(state: State, text: string, from: number, out: string[]): number {
  const sectionEnd = state.sectionEnd ?? '';
  const wanted = (part: string): string =>
    sectionEnd === CDATA_END ? state.runs.limit(part) : part.replace(/[^\n]+/gu, '');
  const at = text.indexOf(sectionEnd, from);
  if (at < 0) {
    const keep = Math.max(from, text.length - sectionEnd.length + 1);
    out.push(wanted(text.slice(from, keep)));
    return ~keep;
  }
  const end = at + sectionEnd.length;
  out.push(wanted(text.slice(from, at)));
  if (sectionEnd === CDATA_END) out.push(CDATA_END);
  state.sectionEnd = null;
  state.runs.restart();
  return end;
}

/** Where a reference or the beginning of a section may be incomplete at the end of `text`; its length if none is. */
function openEnd(text: string): number {
  const from = Math.max(0, text.length - MAX_REFERENCE);
  const tail = text.slice(from);
  const reference = /&#?[\p{L}\p{N}_.-]*$/u.exec(tail);
  const section = /<(?:!(?:-|\[(?:C(?:D(?:A(?:T(?:A)?)?)?)?)?)?)?$/u.exec(tail);
  return from + Math.min(reference?.index ?? tail.length, section?.index ?? tail.length);
}

interface RunLimit {
  /** `text` without what is too much. */
  limit(text: string): string;
  /** Begins a new section. */
  restart(): void;
  /** How many texts were cut. */
  cut(): number;
}

/** Leaves the end out of what has neither `<` nor `>` for more than {@link MAX_RECORD_LENGTH} characters. */
function makeRunLimit(): RunLimit {
  let run = 0;
  let cut = 0;

  function limitPart(text: string): string {
    if (text.startsWith('<') || text.startsWith('>')) run = 0;
    const room = Math.max(0, MAX_RECORD_LENGTH - run);
    if (run <= MAX_RECORD_LENGTH && run + text.length > MAX_RECORD_LENGTH) cut++;
    run += text.length;
    return text.length <= room ? text : text.slice(0, room);
  }

  return {
    limit(text) {
      if (run + text.length > MAX_RECORD_LENGTH)
        return text
          .split(/(?=[<>])/u)
          .map(limitPart)
          .join('');
      const last = Math.max(text.lastIndexOf('<'), text.lastIndexOf('>'));
      run = last < 0 ? run + text.length : text.length - last;
      return text;
    },
    restart() {
      run = 0;
    },
    cut: () => cut,
  };
}
