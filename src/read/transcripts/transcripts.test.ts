import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectAs, parseText } from '../fixtures/collect.ts';
import { CHAT } from './chat.ts';
import { SUBTITLES } from './subtitles.ts';

const SRT = `1
00:00:01,000 --> 00:00:02,500
<i>The boats are</i>

2
00:00:02,500 --> 00:00:04,000
back in the harbour.

3
00:00:05,000 --> 00:00:06,000
{\\an8}Good.
`;
const VTT = `WEBVTT - a title

NOTE not spoken

intro
00:01.000 --> 00:02.000 align:start
<v Ada Quay>Is it <b>there</b> &amp; whole?

00:03.000 --> 00:04.000
It is.
`;
const ANDROID = `12/03/2021, 10:15 - Messages are end-to-end encrypted.
13/03/2021, 10:15 - Ada: Is the boat back?
It should be.
13/03/2021, 10:16 - Bo Quay: Not yet: fog.
13/03/2021, 10:17 - Bo Quay: <Media omitted>
14/03/2021, 9:05 - +49 171 000: https://example.org/boat
`;

describe('subtitles', () => {
  it('are what is spoken, sentences joined over cues', () => {
    const { records, format } = parseText(SRT, 'a.txt');
    expect(format).toBe('subtitles');
    expect(records.map(({ text }) => text)).toEqual(['The boats are back in the harbour.', 'Good.']);
    expect(records[0].extra).toEqual([
      ['start', '00:00:01,000'],
      ['end', '00:00:04,000'],
    ]);
  });

  it('of WebVTT have speakers, and no notes', () => {
    const { records } = parseText(VTT, 'a.vtt');
    expect(records.map(({ text, authors }) => [text, authors])).toEqual([
      ['Is it there & whole?', 'Ada Quay'],
      ['It is.', null],
    ]);
  });
});

describe('conversations', () => {
  it('of WhatsApp for Android are messages', () => {
    const { records, format, warnings } = parseText(ANDROID, 'chat.txt');
    expect(format).toBe('chat');
    expect(records.map(({ text, authors, date }) => [text, authors, date])).toEqual([
      ['Is the boat back?\nIt should be.', 'Ada', '2021-03-13'],
      ['Not yet: fog.', 'Bo Quay', '2021-03-13'],
      ['https://example.org/boat', '+49 171 000', '2021-03-14'],
    ]);
    expect(warnings.map(({ reason }) => reason)).toEqual([
      '1 notices of the program are left out',
      '1 messages without words, such as pictures, are left out',
    ]);
  });

  it.each([
    [
      'iOS',
      '\u200e[13.03.21, 10:15:30] Ada: Fog\n[13.03.21, 10:16:00] Bo: Yes\n[14.03.21, 10:16:00] Ada: Gone\n',
      '2021-03-13',
    ],
    [
      'a clock of twelve hours',
      '3/13/21, 10:15 AM - Ada: Fog\n3/13/21, 10:16 AM - Bo: Yes\n3/14/21, 1:00 PM - Ada: Gone\n',
      '2021-03-13',
    ],
    [
      'Telegram',
      'Ada, [13.03.21 10:15]\nFog\n\nBo, [13.03.21 10:16]\nYes\n\nAda, [14.03.21 10:00]\nGone\n',
      '2021-03-13',
    ],
    [
      'IRC',
      '[2021-03-13 10:15:30] <ada> Fog\n[2021-03-13 10:16:30] <@bo> Yes\n[2021-03-14 10:16:30] <ada> Gone\n',
      '2021-03-13',
    ],
  ])('of %s', (_, text, date) => {
    const { records, format } = parseText(text, 'chat.txt');
    expect(format).toBe('chat');
    expect(records.map((each) => each.text)).toEqual(['Fog', 'Yes', 'Gone']);
    expect(records[0].date).toBe(date);
    expect(records.map(({ authors }) => authors?.toLowerCase())).toEqual(['ada', 'bo', 'ada']);
  });

  it('are no diary', () => {
    const diary = '13/03/2021, 10:15 - We left in fog.\n14/03/2021, 10:15 - We came back.\n15/03/2021, 9:00 - Rain.\n';
    expect(parseText(diary, 'a.txt').format).not.toBe('chat');
  });
});

describe.each([
  [SUBTITLES, SRT, ['00:00:01,000 --> 00:00:02,000', '7', 'spoken', 'words.', 'NOTE']],
  [
    CHAT,
    ANDROID,
    ['13/03/2021, 10:15 - A: b', '13/03/2021, 10:15 - left', '[1.1.21, 1:11] A: c', 'Ada, [13.03.21 10:15]'],
  ],
] as const)('any text as $name', (format, example, lines) => {
  it('ends, in pieces of any size, with the same records', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('', ...lines));
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 1, max: 30 }), (parts, size) => {
        const text = `${example}\n${parts.join('\n')}`;
        const [whole, cut] = [text.length + 1, size].map((each) => {
          const { records, skipped, warnings, failure } = collectAs(format, text, each);
          return { records, skipped, warnings, failure };
        });
        expect(cut).toEqual(whole);
        expect(whole.failure).toBeNull();
        expect(whole.records.length).toBeGreaterThan(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes linear time', () => {
    for (const part of ['<', '1:', '[', 'a\n', '00:00:01,000 --> 00:00:02,000\na\n']) {
      expect(collectAs(format, example + part.repeat(300_000)).failure).toBeNull();
    }
  });
});
