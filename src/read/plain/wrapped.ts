/** How a plain text is divided into texts. */
export interface BlockShape {
  /** Whether the text consists of such blocks rather than of one text on each line. */
  readonly isLikely: boolean;
  /** The width at which lines are broken; null when line ends mean something. */
  readonly width: number | null;
  /** Whether a line ends the text before it and belongs to none. */
  endsAt(line: string): boolean;
  /** Whether a line is the first of a text. */
  beginsAt(line: string, afterBlank: boolean): boolean;
}

const BLANK = /^\s*$/u;
const RULE = /^\s*(?:[-_=*~#+]{3,}|(?:[*•·~-]\s+){2,}[*•·~-])\s*$/u;
/** The first words of a letter in the larger European languages, alone on their line. */
const SALUTATION =
  /^\s*(?:(?:my )?dear(?:est)?|hello|hi|to whom it may concern|sehr geehrter?|lieber?|liebes|hallo|cher|chère|chers|chères|bonjour|estimad[oa]s?|querid[oa]s?|hola|prezad[oa]s?|car[oai]|gentile|geachte|beste|kära|kjære|kære|szanown[ya]|drogi|drogai?|уважаем\p{L}+|дорог\p{L}+)(?![\p{L}\p{N}])[^.?]{0,80}[,:!]?\s*$/iu;

/** Judges the beginning of a text. Linear in its length. */
export function blockShape(text: string): BlockShape {
  const blocks = splitBlocks(text);
  const parts = blocks.length === 1 ? splitAtIndents(blocks[0]) : blocks;
  const width = wrapWidth(parts.filter((block) => block.length > 1));
  const nothing = { width, endsAt: (): boolean => false, beginsAt: (): boolean => false };
  const firsts = blocks.map(([line]) => line);
  if (firsts.filter((line) => SALUTATION.test(line)).length > 1) {
    return { ...nothing, isLikely: true, beginsAt: (line, afterBlank) => afterBlank && SALUTATION.test(line) };
  }
  const rules = blocks.filter((block) => block.some((line) => RULE.test(line))).length;
  if (rules > 1 && blocks.some((block) => block.length > 1 || !RULE.test(block[0]))) {
    return { ...nothing, isLikely: true, endsAt: (line) => RULE.test(line) };
  }
  if (blocks.length > 1 || width === null) {
    return { ...nothing, isLikely: looksLikeBlocks(blocks, width), endsAt: (line) => BLANK.test(line) };
  }
  // Without blank lines, the first line of a text may be indented.
  const isLikely = parts.length > 1;
  return {
    ...nothing,
    isLikely,
    beginsAt: (line) => isLikely && INDENT.test(line),
    endsAt: (line) => BLANK.test(line),
  };
}

const INDENT = /^(?: {2,8}|\t|\u3000)\S/u;

/** A block as texts that begin with an indented line; the block itself when half of its lines are indented. */
function splitAtIndents(block: readonly string[]): string[][] {
  const indented = block.filter((line) => INDENT.test(line)).length;
  if (indented === 0 || indented > block.length / 2) return [[...block]];
  const parts: string[][] = [];
  for (const line of block) {
    if (parts.length === 0 || INDENT.test(line)) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts;
}

/**
 * A text without the line ends at which it was broken: those of lines so long that the next word did not fit into `width`.
 * Others, of verses and lists, stay.
 */
export function joinLines(text: string, width: number | null): string {
  const lines = text.trim().split('\n');
  if (width === null) return lines.join('\n');
  let joined = '';
  lines.forEach((line, i) => {
    const next = lines[i + 1];
    if (next === undefined) joined += line;
    else if (!isFull(line, next, width)) joined += `${line}\n`;
    else joined += NO_BLANKS.test(line.slice(-1)) && NO_BLANKS.test(next.trimStart().slice(0, 1)) ? line : `${line} `;
    if (next !== undefined && isFull(line, next, width)) lines[i + 1] = next.trimStart();
  });
  return joined;
}

/** Scripts that put no blanks between words. */
const NO_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\u3000-\u303f\uff00-\uffef]/u;

/** Whether the first word of `next` did not fit behind `line`. */
function isFull(line: string, next: string, width: number): boolean {
  if (BLANK.test(line) || BLANK.test(next) || /^\s*[-*•]\s|^\s*\d{1,3}[.)]\s/u.test(next)) return false;
  const [word] = next.trimStart().split(/\s/u, 1);
  return line.length + 1 + Math.min(word.length, width / 4) >= width * 0.9;
}

/** Lines between blank lines. */
function splitBlocks(text: string): string[][] {
  const blocks: string[][] = [];
  let open: string[] = [];
  for (const line of text.split('\n')) {
    if (!BLANK.test(line)) open.push(line.trimEnd());
    else if (open.length > 0) {
      blocks.push(open);
      open = [];
    }
  }
  return open.length > 0 ? [...blocks, open] : blocks;
}

/** Widths at which text is broken, in characters, and how narrow a line may be beside the widest. */
const MIN_WIDTH = 30;
const MAX_WIDTH = 130;
const NARROW = 0.7;

/**
 * The width at which lines of these blocks are broken: nearly all but the last of each block are about as long as the
 * longest. Null when they are not.
 */
function wrapWidth(blocks: readonly (readonly string[])[]): number | null {
  const inner = blocks.flatMap((block) => block.slice(0, -1)).map((line) => line.length);
  if (inner.length < 2) return null;
  const sorted = [...inner].sort((a, b) => a - b);
  // A few longer lines, such as addresses, do not make the width.
  const width = sorted[Math.floor((sorted.length - 1) * 0.98)];
  if (width < MIN_WIDTH || width > MAX_WIDTH) return null;
  const full = inner.filter((length) => length >= width * NARROW).length;
  return full >= inner.length * 0.85 ? width : null;
}

/**
 * Whether blocks are texts rather than groups of texts on single lines: some have several lines, they are short enough, and
 * their lines are broken at a width or mostly do not end as a text would.
 */
function looksLikeBlocks(blocks: readonly (readonly string[])[], width: number | null): boolean {
  if (blocks.length < 2) return false;
  const broken = blocks.filter((block) => block.length > 1);
  const lines = broken.flat();
  if (broken.length === 0) return false;
  const isWrapped = width !== null && broken.length >= blocks.length / 2 && lines.length >= broken.length * 3;
  if (isWrapped || haveOneStart(broken, blocks.length)) return true;
  const ended = lines.filter((line) => /[.!?。！？]["')\]”’]{0,3}\s*$/u.test(line)).length;
  return lines.length / broken.length <= 40 && ended < lines.length * 0.7;
}

/** Whether nearly all blocks have several lines and begin with the same label, as questions above their answers do. */
function haveOneStart(broken: readonly (readonly string[])[], all: number): boolean {
  const labels = broken.map(([line]) => /^\s*(\p{L}{1,12})\s?\d{0,4}[:.)]/u.exec(line)?.[1]);
  const same = labels.filter((label) => label !== undefined && label === labels[0]).length;
  return all > 2 && same >= all * 0.8;
}
