import type { LazyTextFormat, TextHead } from '../format.ts';

/** Several mails in one file (RFC 4155): each begins with a line of `From`, an address and a time. */
export const MBOX: LazyTextFormat = {
  name: 'mbox',
  score: ({ extension, start, text }) => {
    const isFramed = FROM_LINE.test(start.split('\n', 1)[0]) && /^(?:From|Subject|Date|Message-ID):/imu.test(text);
    return isFramed ? 1 : extension === 'mbox' ? 0.5 : 0;
  },
  load: async () => {
    const { makeMailParser } = await import('./mail-parser.web.ts');
    return (sink, options) => makeMailParser(sink, options, FROM_LINE);
  },
};

/** One mail (RFC 5322). */
export const EML: LazyTextFormat = {
  name: 'mail',
  score: (head) => {
    if (hasMailHeader(head)) return 0.95;
    return head.extension === 'eml' ? 0.5 : 0;
  },
  load: async () => {
    const { makeMailParser } = await import('./mail-parser.web.ts');
    return (sink, options) => makeMailParser(sink, options, null);
  },
};

/** The line before each mail; a line of a text that begins so has no time of day and year. */
const FROM_LINE = /^From \S.{0,200}\b\d{1,2}:\d\d(?::\d\d)?\b.{0,40}\b(?:19|20)\d\d\b/u;

/** Fields that programs write, and that no text begins with by chance. */
const TECHNICAL =
  /^(?:Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Content-Type|X-[A-Za-z-]{2,40}|References|In-Reply-To|DKIM-Signature|Path|Newsgroups):/imu;

function hasMailHeader({ text }: TextHead): boolean {
  const header = /^(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}/u.exec(text.trimStart())?.[0] ?? '';
  return /^From:/imu.test(header) && /^(?:Subject|Date):/imu.test(header) && TECHNICAL.test(header);
}
