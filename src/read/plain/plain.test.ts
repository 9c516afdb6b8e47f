import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectAs, parseText } from '../fixtures/collect.ts';
import { doubtOf, whyNotProse } from './not-prose.ts';
import { LINES, PARAGRAPHS } from './plain.ts';

const why = (text: string, extension = 'txt') => whyNotProse({ text, extension });

describe('plain text is read', () => {
  it.each([
    ['sentences', 'The tide came in.\nWe sat on the wall; nobody spoke.\nIt was (nearly) eight o’clock.\n'],
    ['words', 'anchor\nballast\ncapstan\ndavit\n'],
    [
      'a glossary',
      'Anchor: what holds a ship in its place on the ground of the sea.\nDavit: a small crane at the side.\n',
    ],
    [
      'a dialogue',
      'ADA: Is the boat there?\nBO: It was there an hour ago, I think.\nADA: And now?\nBO: Now it is not.\n',
    ],
    ['Chinese', '潮水慢慢地涨上来了。\n我们坐在墙上,没有人说话。\n已经快八点了。\n'],
    ['Thai', 'น้ำขึ้นช้าๆ\nเรานั่งอยู่บนกำแพง\nเกือบแปดโมงแล้ว\n'],
    [
      'short posts',
      'so tired lol :)\n@bo come here!!! #harbour #fog\n10/10 would swim again 🌊🌊\nhttps://example.org/a look at this one\n',
    ],
    [
      'questions with numbers',
      '1. How many lamps (2019)?\n2. What is 3 + 4?\n3. Which boats left at 10:15?\n4. Why?\n',
    ],
    ['one endless word', 'x'.repeat(100_000)],
    [
      'prose about code',
      'The function returns nothing; import it first.\nIf a class is empty, delete it.\nReturn the boat by noon.\n',
    ],
    ['quotes with semicolons', 'We came;\nwe saw;\nwe left;\nand the fog stayed, as it does.\nNobody minded;\n'],
    [
      'reports by time',
      '2011-03-04 10:10 We left the harbour in thick fog.\n2011-03-04 12:30 The fog lifted.\n2011-03-05 08:00 Home.\n',
    ],
  ])('%s', (_, text) => {
    expect(why(text)).toBeNull();
  });

  it.each([
    ['a web archive', 'WARC/1.0\r\nWARC-Type: warcinfo\n\nsoftware: x\n', 'WARC'],
    ['cards', 'BEGIN:VCARD\nVERSION:3.0\nFN:Bo\nEND:VCARD\n', 'vCard'],
    ['a calendar', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Fog\nEND:VEVENT\n', 'iCalendar'],
    ['SQL', 'CREATE TABLE boats (\n  id int\n);\nINSERT INTO boats VALUES (1);\n', 'SQL'],
    ['LaTeX', '\\documentclass{article}\n\\begin{document}\nFog.\n\\end{document}\n', 'LaTeX'],
    ['a patch', 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n', 'patch'],
    [
      'Python',
      'import os\n\n\ndef fog(boat):\n    """Counts."""\n    for lamp in boat:\n        print(lamp)\n    return len(boat)\n\nclass Boat:\n    def go(self):\n        return 1\n',
      'source code',
    ],
    [
      'JavaScript',
      "const fog = require('fog');\nfunction go(boat) {\n  if (boat) {\n    return fog(boat);\n  }\n}\nmodule.exports = { go };\n",
      'source code',
    ],
    ['a server log', '10.0.0.1 - - [04/Mar/2011:10:10:10 +0000] "GET / HTTP/1.1" 200 5\n'.repeat(5), 'log'],
    ['a log without times', 'INFO  boat engine begun\nWARN  fog ahead\nERROR no lamp\nINFO  done\n', 'log'],
    ['settings', '# boat\napp.name=Fog\napp.port=80\n[lamps]\nlevel = high\n', 'settings'],
    ['gettext', 'msgid "Boat"\nmsgstr "Boot"\n\nmsgid "Lamp"\nmsgstr "Lampe"\n', 'gettext'],
    ['SubStation', '[Script Info]\nTitle: x\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,Fog\n', 'SubRip'],
    [
      'a program log',
      '2011-03-04 10:10:10,123 INFO boat: left\n2011-03-04 10:10:11,000 ERROR boat: fog\n'.repeat(4),
      'log',
    ],
    ['addresses', 'https://example.org/a\nhttps://example.org/b\nhttp://example.org/c\n', 'addresses'],
    ['numbers', '1.5 2.5 3.5\n4.5 5.5 6.5\n7.5 8.5 9.5\n', 'numbers'],
    ['base64', `${'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4\n'.repeat(5)}`, 'base64'],
    ['unknown tags', 'AA - one\nBB - two\nCC - three\n\nAA - four\nBB - five\nCC - six\n', 'tags'],
    [
      'records of fields',
      'name: fog\nport: 80\nlamp: on\n\nname: tide\nport: 81\nlamp: off\n\nname: x\nport: 1\nlamp: on\n',
      'name: value',
    ],
    ['signs', '=== *** ===\n+--+--+\n| 1 | 2 |\n+--+--+\n', 'hardly a word'],
  ])('%s is refused with its name and a next step', (_, text, name) => {
    expect(why(text)).toContain(name);
    expect(parseText(text, 'a.dat').failure?.failure.message).toMatch(/: .{10}/u);
  });

  it('with a warning where much of it is no words', () => {
    const text = 'boat 17 @@ 993-22 [[x]] (( ))\nlamp 18 ## 884-21 [[y]] (( ))\nrope 19 ## 884-22 [[z]] (( ))\n';
    const { warnings, records } = parseText(`${text}${'harbour with boats in\n'.repeat(2)}`, 'a.dat');
    expect(records).toHaveLength(5);
    expect(warnings).toEqual([{ line: 0, reason: expect.stringContaining('not words') }]);
    expect(doubtOf('The tide came in.\nWe sat on the wall.\n')).toBeNull();
  });

  it('never throws and takes linear time', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('a: b', 'def x', '{', ';', '1 2', '\n', '\n\n', 'AA - '));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('\n');
        expect([why(text), doubtOf(text)].every((each) => each === null || each.length > 20)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    for (const line of ['a:', '<', ' ', 'A', '0a', '- ', '{']) why(line.repeat(65_536 / line.length));
  });
});

describe('paragraphs', () => {
  const WRAPPED = [
    'The tide came in slowly, as it does in spring, and we sat on the wall',
    'of the old harbour. Nobody spoke. There were three boats and a lamp,',
    'and it was nearly eight.',
  ];

  it('of lines broken at a width are joined', () => {
    const text = `${WRAPPED.join('\n')}\n\n${WRAPPED.join('\n')}\n`;
    const { records, format } = parseText(text, 'a.txt');
    expect(format).toBe('paragraphs');
    expect(records.map((each) => each.text)).toEqual([WRAPPED.join(' '), WRAPPED.join(' ')]);
  });

  it('of Chinese are joined without blanks', () => {
    const line = '潮水慢慢地涨上来了我们坐在墙上没有人说话已经快八点了'.repeat(2).slice(0, 40);
    const { records } = parseText(`${line}\n${line}\n终。\n\n${line}\n${line}\n完。\n`, 'a.txt');
    expect(records.map((each) => each.text)).toEqual([`${line}${line}终。`, `${line}${line}完。`]);
  });

  it('of questions above their answers stay together', () => {
    const { records } = parseText(
      'Q: What is fog?\nA: Water in air.\n\nQ: What is rope?\nA: Hemp.\n\nQ: Tar?\nA: Black.\n',
      'a.txt',
    );
    expect(records.map((each) => each.text)).toEqual([
      'Q: What is fog?\nA: Water in air.',
      'Q: What is rope?\nA: Hemp.',
      'Q: Tar?\nA: Black.',
    ]);
  });

  it('keep the line ends of verses', () => {
    const text = 'The fog\nis on\nthe sea\n\nThe sea\nis on\nthe fog\n';
    const { records, format } = parseText(text, 'a.txt');
    expect(format).toBe('paragraphs');
    expect(records[0].text).toBe('The fog\nis on\nthe sea');
  });

  it('of letters begin with a salutation', () => {
    const letter = (name: string): string => `Dear ${name},\n\n${WRAPPED.join('\n')}\n\nIt rained.\n\nYours,\nUna\n\n`;
    const { records, format } = parseText(letter('Bo') + letter('Ada') + letter('Cy'), 'a.txt');
    expect(format).toBe('paragraphs');
    expect(records).toHaveLength(3);
    expect(records[1].text.startsWith('Dear Ada,\n\nThe tide')).toBe(true);
    expect(records[1].text.endsWith('Yours,\nUna')).toBe(true);
    expect(records.map(({ line }) => line)).toEqual([1, 12, 23]);
  });

  it('between rules may hold blank lines', () => {
    const { records } = parseText('One.\n\nStill one.\n-----\nTwo.\n\nStill two.\n-----\nThree.\n', 'a.txt');
    expect(records.map((each) => each.text)).toEqual(['One.\n\nStill one.', 'Two.\n\nStill two.', 'Three.']);
  });

  it('may begin with an indent', () => {
    const text = [...WRAPPED, `   ${WRAPPED[0]}`, ...WRAPPED.slice(1), `   ${WRAPPED[0]}`, ...WRAPPED.slice(1)].join(
      '\n',
    );
    expect(parseText(text, 'a.txt').records).toHaveLength(3);
  });

  it.each([LINES, PARAGRAPHS])('and lines hold all words of any text: $name', (format) => {
    const line = fc.oneof(fc.string(), fc.constantFrom('', 'Dear Bo,', '-----', '  in', WRAPPED[0], WRAPPED[1]));
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 1, max: 30 }), (lines, size) => {
        const text = lines.join('\n');
        const whole = collectAs(format, text);
        expect(collectAs(format, text, size).records).toEqual(whole.records);
        const bare = (words: string): string => words.replace(/\s+/gu, '');
        expect(bare(whole.records.map((each) => each.text).join(' '))).toBe(bare(text));
        expect(whole.records.every((each) => each.text.trim() === each.text && each.text !== '')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
