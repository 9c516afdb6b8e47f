import { makeLineFeed, type RecordSink, type TextFormat, type TextParser } from '../format.ts';
import { MAX_RECORD_LENGTH } from '../limits.ts';
import type { FileOptions } from '../read.api.ts';
import { makeTable } from '../table.ts';

/** Subtitles: SubRip (.srt), WebVTT (.vtt, W3C) and SubViewer (.sbv). */
export const SUBTITLES: TextFormat = {
  name: 'subtitles',
  score: ({ extension, start, text }) => {
    if (/^WEBVTT(?:\s|$)/u.test(start)) return 1;
    const times = text.split('\n').filter((line) => TIMES.test(line.slice(0, 200))).length;
    if (times > 2 || (times > 0 && /^(?:\d+\s*\n)?\S*\d:\d\d/u.test(start))) return 0.95;
    return /^(?:srt|vtt|sbv)$/u.test(extension) ? 0.5 : 0;
  },
  makeParser: makeSubtitleParser,
};

const TIMES = /^\s*(\d{1,3}:\d\d(?::\d\d)?[.,]\d{1,3})(?:\s*-->\s*|,)(\d{1,3}:\d\d(?::\d\d)?[.,]\d{1,3})(?:\s.*)?$/u;
const ENDED = /[.!?…。！？♪]["'”’»)\]]*\s*$/u;
/** Cues of one sentence at most: subtitles without any punctuation are no single text. */
const MAX_CUES = 12;

interface Cue {
  readonly line: number;
  readonly start: string;
  end: string;
  readonly speaker: string;
  text: string;
  cues: number;
}

/**
 * What is spoken is a text: the words of one cue, or of several where a sentence goes on in lower case. Numbers, times, notes
 * and styles are left out; times and, where a file names them, speakers are columns.
 */
function makeSubtitleParser(sink: RecordSink, options: FileOptions): TextParser {
  const rows = makeTable(sink, options, {
    names: ['text', 'speaker', 'start', 'end'],
    roles: { text: 'text', authors: 'speaker' },
  });
  let open: { line: number; start: string; end: string; words: string[]; length: number } | null = null;
  let held: Cue | null = null;

  function finishCue(): void {
    if (!open) return;
    const { line, start, end, words } = open;
    open = null;
    // The number of the next cue may follow without a blank line.
    const { speaker, text } = spoken(words.join(' '));
    if (text === '') return;
    const goesOn = held && held.cues < MAX_CUES && !ENDED.test(held.text) && /^["'“‘…-]*\s?\p{Ll}/u.test(text);
    if (held && goesOn && (speaker === '' || speaker === held.speaker)) {
      held.text += ` ${text}`;
      held.end = end;
      held.cues++;
      return;
    }
    flush();
    held = { line, start, end, speaker, text, cues: 1 };
  }

  function flush(): void {
    if (held) rows.add(['text', 'speaker', 'start', 'end'], [held.text, held.speaker, held.start, held.end], held.line);
    held = null;
  }

  return makeLineFeed(sink, {
    line(text, number) {
      const times = TIMES.exec(text.slice(0, 200));
      if (times) {
        if (open && /^\s*\d+\s*$/u.test(open.words.at(-1) ?? '')) open.words.pop();
        finishCue();
        open = { line: number, start: times[1], end: times[2], words: [], length: 0 };
      } else if (text.trim() === '') {
        if (open && open.words.length > 0) finishCue();
      } else if (open) {
        open.length += text.length;
        if (open.length <= MAX_RECORD_LENGTH) open.words.push(text.trim());
      }
    },
    end() {
      finishCue();
      flush();
      rows.end();
    },
  });
}

/** The words of a cue without marks of style; WebVTT names the speaker in `<v Name>`. */
function spoken(text: string): { readonly speaker: string; readonly text: string } {
  const speaker = /<v(?:\.[^\s>]{0,60})?\s([^<>]{1,100})>/u.exec(text)?.[1].trim() ?? '';
  const plain = text
    .replace(/<\/?[a-z\d][^<>]{0,200}>|\{\\[^{}]{0,200}\}/giu, '')
    .replace(/&nbsp;/gu, ' ')
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>')
    .replace(/&amp;/gu, '&');
  return { speaker, text: plain.replace(/\s+/gu, ' ').trim() };
}
