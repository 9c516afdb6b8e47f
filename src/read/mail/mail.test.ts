import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadAndParse } from '../fixtures/collect.ts';
import { decodeBody, decodeWords, namesOf } from './mime.web.ts';

const MAIL = `Return-Path: <nora@example.org>
From: =?utf-8?Q?N=C3=B3ra?= Salt <nora@example.org>
To: "Bell, Tom" <tom@example.org>, una@example.org
Subject: =?ISO-8859-1?B?TGH8dGVy?= =?ISO-8859-1?Q?_Nebel?=
Date: Tue, 3 May 2011 10:00:00 +0200
Message-ID: <a1@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed;
 boundary="outer"

Not shown.
--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The fog is gr=FC=DFe and this line is =
long.
--inner
Content-Type: text/html; charset=utf-8

<p>Not this one.</p>
--inner--
--outer
Content-Type: image/png; name="fog.png"
Content-Disposition: attachment; filename="fog.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--outer--
After.
`;

describe('mails', () => {
  it('have a subject, a sender, a date and the plain one of their texts', async () => {
    const { records, format, skipped, warnings } = await loadAndParse(MAIL, 'a.eml');
    expect(format).toBe('mail');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      title: 'Laüter Nebel',
      text: 'The fog is grüße and this line is long.',
      authors: 'Nóra Salt',
      date: '2011-05-03',
      id: 'a1@example.org',
    });
    const extra = new Map(records[0].extra);
    expect(extra.get('to')).toEqual(['Bell, Tom', 'una@example.org']);
    expect(extra.get('attachments')).toEqual(['fog.png']);
    expect([skipped, warnings]).toEqual([[], []]);
  });

  it('stand one after another in an mbox, with lines of From quoted', async () => {
    const from = 'From nora@example.org Tue May  3 10:00:00 2011\n';
    const second = 'From: tom at example.org (Tom Bell)\nSubject: Two\n\n>From here on.\nFrom 1990 to 2011.\n\n';
    const { records, format } = await loadAndParse(`${from}${MAIL}\n${from}${second}${from}Subject: Three\n\n`, 'Sent');
    expect(format).toBe('mbox');
    expect(records.map(({ title, authors, text }) => [title, authors, text.slice(0, 30)])).toEqual([
      ['Laüter Nebel', 'Nóra Salt', 'The fog is grüße and this line'],
      ['Two', 'Tom Bell', 'From here on.\nFrom 1990 to 201'],
      ['Three', null, ''],
    ]);
  });

  it('of web pages alone give their words', async () => {
    const html =
      'Message-ID: <b>\nFrom: a@example.org\nSubject: S\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n';
    const { records } = await loadAndParse(`${html}${btoa('<style>p{}</style><p>Fog &amp; foam</p>')}\n`, 'a');
    expect(records[0].text).toBe('Fog & foam');
  });

  it('keep their text when attachments are large', async () => {
    const large = MAIL.replace('iVBORw0KGgo=', 'iVBORw0KGgo=iVBORw0KGgo=\n'.repeat(400_000));
    const { records } = await loadAndParse(large, 'a.eml');
    expect(records[0].text).toContain('grüße');
  });

  it('are no notes that begin with fields', async () => {
    const note = 'From: the harbour\nTo: the hill\nDate: in spring\n\nWe walked up slowly and came down fast.\n';
    expect((await loadAndParse(note, 'a.txt')).format).not.toBe('mail');
  });

  it('of any text and in pieces of any size end with the same records', async () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('', '--outer', '--inner', '--outer--', 'Content-Type: multipart/x; boundary=inner', ' folded'),
      fc.constantFrom(
        'From a@b Tue May  3 10:00:00 2011',
        'Subject: =?utf-8?B?w?=',
        'Content-Transfer-Encoding: base64',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 15 }), fc.integer({ min: 1, max: 40 }), async (lines, size) => {
        const text = `From a@b Tue May  3 10:00:00 2011\n${MAIL}\n${lines.join('\n')}`;
        const found = async (each: number) => {
          const { records, skipped, warnings, failure } = await loadAndParse(text, 'a.mbox', {}, each);
          return { records, skipped, warnings, failure };
        };
        const whole = await found(text.length + 1);
        expect(await found(size)).toEqual(whole);
        expect(whole.failure).toBeNull();
        expect(whole.records.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the parts of a mail', () => {
  it.each([
    ['=?utf-8?B?w6k=?=', 'é'],
    ['=?utf-8?Q?a=C3?= =?utf-8?Q?=A9b?=', 'aéb'],
    ['=?UTF-8?Q?x?= and =?koi8-r?B?xNXC?=', 'x and дуб'],
    ['=?nothing?Q?caf=C3=A9?=', 'café'],
    ['=?utf-8?Q?=E9?=', 'é'],
    ['=?broken', '=?broken'],
  ])('%s', (field, text) => {
    expect(decodeWords(field)).toBe(text);
  });

  it('are names', () => {
    expect(namesOf('a@b, "C, D" <c@d>, E F <e@f>, g@h (G H)')).toEqual(['a@b', 'C, D', 'E F', 'G H']);
    expect(namesOf('')).toEqual([]);
  });

  it('decode any text to what was encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const bytes = new TextEncoder().encode(text);
        const base64 = btoa(String.fromCharCode(...bytes)).replace(/.{20}/gu, '$&\n');
        expect(decodeBody(base64, { transfer: 'base64', charset: 'UTF-8' })).toBe(text.replace(/\r\n?/gu, '\n'));
        const quoted = Array.from(bytes, (byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
        const broken = quoted.replace(/(?:...){10}/gu, '$&=\n');
        expect(decodeBody(broken, { transfer: 'quoted-printable', charset: 'utf-8' })).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});
