/** Counts of what {@link makeTidier} leaves out or notices. */
export interface Oddities {
  /** NUL characters, left out. */
  nuls: number;
  /** Byte order marks at the beginning of later lines, left out: files were joined. */
  marks: number;
  /** Letters such as `Ã¼`, which were UTF-8 before something read them as Latin-1. Kept. */
  misread: number;
}

/**
 * Turns CRLF and CR into LF, leaves out NULs and the byte order marks at the beginning of lines, and counts these and
 * misread letters in `found`. Takes a text in pieces: holds back a CR at the end of a piece until the next one.
 */
export function makeTidier(found: Oddities): (text: string, last?: boolean) => string {
  let waiting = false;
  let atLineStart = true;
  let before = '';
  return (text, last = false) => {
    if (text === '' && !last) return '';
    let whole = waiting ? `\r${text}` : text;
    waiting = !last && whole.endsWith('\r');
    if (waiting) whole = whole.slice(0, -1);
    if (whole.includes('\r')) whole = whole.replace(/\r\n?/gu, '\n');
    if (whole.includes('\0')) whole = leaveOut(whole, /\0+/gu, (count) => (found.nuls += count));
    if (whole.includes('\ufeff')) {
      const marks = atLineStart ? /(?<=^|\n)\ufeff+/gu : /(?<=\n)\ufeff+/gu;
      whole = leaveOut(whole, marks, (count) => (found.marks += count));
    }
    if (whole === '') return '';
    atLineStart = whole.endsWith('\n');
    found.misread += countMisread(before + whole);
    before = whole.slice(-1);
    return whole;
  };
}

function leaveOut(text: string, pattern: RegExp, add: (count: number) => void): string {
  return text.replace(pattern, (run) => {
    add(run.length);
    return '';
  });
}

/** The first byte of an accented letter or a curly quote in UTF-8, and the second one, as windows-1252 shows them. */
const MISREAD = /[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€/gu;

function countMisread(text: string): number {
  return /[ÂÃâ]/u.test(text) ? (text.match(MISREAD)?.length ?? 0) : 0;
}
