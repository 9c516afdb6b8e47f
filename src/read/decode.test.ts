import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecodeState, decodeText, decodingNotes, newDecodeState } from './decode.web.ts';
import { LEGACY_ENCODINGS } from './encoding/encodings.ts';
import { readAll } from './fixtures/collect.ts';
import { encoderOf, utf16 } from './fixtures/encode.ts';

/** The decoded text of `pieces`, and the decoder's findings. */
async function decode(pieces: readonly Uint8Array[], wanted?: string): Promise<DecodeState & { text: string }> {
  const state = newDecodeState();
  let text = '';
  for await (const part of decodeText(Readable.from(pieces), state, wanted)) text += part;
  return { ...state, text };
}
const TEXTS = 'A first text.\nÄ second, ‘quoted’ 文 😀.\nA third one.\n';
const LINES = TEXTS.trim().split('\n');

/** Ordinary sentences, with the encodings that have their letters. */
const SENTENCES: readonly (readonly [text: string, encodings: string])[] = [
  ['Über die Größe der Straßen. Häuser am Fluss wären schöner, wenn sie grün wären.', 'windows-1252 macintosh'],
  [
    "L'été où la forêt était à côté de la rivière, les élèves français ont étudié le cœur du problème.",
    'windows-1252 iso-8859-15',
  ],
  [
    'Según la investigación, el año fue más cálido en la región. ¿Cómo se explica la situación?',
    'windows-1252 macintosh',
  ],
  ['A avaliação da educação não é só uma questão de números; são necessárias mudanças.', 'windows-1252'],
  ['Från sjön kunde man se den gröna ön på håll när det blev varmare på våren.', 'windows-1252'],
  ['Większość książek została przeczytana w ciągu dnia. Łąka była żółta, a trawa świeża.', 'windows-1250 iso-8859-2'],
  ['Příliš mnoho lidí žije ve městě, které není tak velké. Děti čtou méně knih než dříve.', 'windows-1250 iso-8859-2'],
  ['A kutatás eredményei szerint az idősebb emberek többet olvasnak. Gyűjtöttük a szükséges adatokat.', 'windows-1250'],
  ['Araştırma, çocukların daha az kitap okuduğunu göstermiştir. Şehirdeki ağaçların sayısı azalıyor.', 'windows-1254'],
  ['Tyrimas parodė, kad vaikai skaito mažiau knygų nei anksčiau. Mieste yra daug gražių mokyklų.', 'windows-1257'],
  ['Исследование показало, что дети читают меньше книг. В городе много школ.', 'windows-1251 koi8-r iso-8859-5 ibm866'],
  [
    'Дослідження показало, що діти читають менше книжок. У місті є багато бібліотек, їх відвідують.',
    'windows-1251 koi8-u',
  ],
  ['Η έρευνα έδειξε ότι τα παιδιά διαβάζουν λιγότερα βιβλία από παλιότερα.', 'windows-1253 iso-8859-7'],
  ['המחקר הראה שילדים קוראים פחות ספרים מאשר בעבר. בעיר יש הרבה בתי ספר וספריות.', 'windows-1255'],
  ['أظهرت الدراسة أن الأطفال يقرؤون كتبا أقل من ذي قبل. يوجد في المدينة العديد من المدارس.', 'windows-1256 iso-8859-6'],
  ['การศึกษาพบว่าเด็กอ่านหนังสือน้อยลงกว่าเดิม', 'windows-874'],
  ['关于城市交通问题的研究。本文提出了一种新的方法，并给出了例子和结果。', 'gb18030'],
  ['關於城市交通問題的研究。本文提出了一種新的方法，並給出了例子和結果。', 'big5'],
  ['都市の交通問題に関する研究。本論文では新しい方法を提案し、結果を示す。', 'shift_jis euc-jp'],
  ['도시 교통 문제에 관한 연구. 이 논문에서는 새로운 방법을 제안하고 결과를 보인다.', 'euc-kr'],
];
const LANGUAGES = SENTENCES.flatMap(([text, encodings]) => encodings.split(' ').map((label) => [label, text] as const));

describe('encodings', () => {
  it.each([false, true])('tells UTF-16 without a mark (big end first: %s)', async (big) => {
    const { corpus, report } = await readAll([{ name: 'a', blob: new Blob([utf16(TEXTS, big)]) }]);
    expect(corpus.papers.map(({ text }) => text)).toEqual(LINES);
    expect(report.files[0].encoding).toBe(big ? 'utf-16be' : 'utf-16le');
  });

  it('replaces and counts bytes that are no text', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('a genuine � and '), 0xff, 0xe2, 0x82, 0x41, 0x0a, 0x62]);
    const { corpus, report } = await readAll([{ name: 'a', blob: new Blob([bytes]) }]);
    expect(report.files[0].replacedBytes).toBe(3);
    expect(report.warnings[0].reason).toContain('3 bytes');
    expect(corpus.papers[0].text).toBe('a genuine � and ��A');
  });

  it('cuts pieces between characters', async () => {
    // The first 64 kB are decoded as one piece.
    const head = 'x'.repeat(65_536);
    const heads = [new TextEncoder().encode(head), utf16(head, false)];
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.nat(200), fc.boolean(), async (end, at, wide) => {
        const bytes = wide ? utf16(end, false) : new TextEncoder().encode(end);
        const cut = Math.min(at, bytes.length);
        const decoder = new TextDecoder(wide ? 'utf-16le' : 'utf-8', { ignoreBOM: true });
        const { text } = await decode([wide ? heads[1] : heads[0], bytes.subarray(0, cut), bytes.subarray(cut)]);
        expect(text.slice(0, 65_536)).toBe(head);
        expect(text.slice(65_536)).toBe(
          decoder
            .decode(bytes)
            .replace(/\r\n?/g, '\n')
            .replace(/\0/g, '')
            .replace(/(?<=\n)\ufeff+/g, ''),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('counts invalid bytes as a strict decoder finds them', async () => {
    const strict = new TextDecoder('utf-8', { fatal: true });
    const byte = fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xc0, 0xe0, 0xe2, 0xed, 0xa0, 0xf0, 0xf4, 0x90, 0xff);
    await fc.assert(
      fc.asyncProperty(fc.array(byte), async (list) => {
        const bytes = new Uint8Array(list);
        let valid = true;
        try {
          strict.decode(bytes);
        } catch {
          valid = false;
        }
        expect((await decode([bytes], 'utf-8')).replacedBytes === 0).toBe(valid);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(LANGUAGES)('guesses %s: %s', async (label, text) => {
    const encoded = encoderOf(label)(`title,text\nA,"${text}"\n`);
    const found = await decode([encoded]);
    expect(found.text).toBe(`title,text\nA,"${text}"\n`);
    expect(found.replacedBytes).toBe(0);
    expect(decodingNotes(found).join()).toContain(`read as ${found.encoding}`);
  });

  it.each([
    [
      'in windows-1252, whose names are of many countries',
      'Müller, García, Åse, François, Łukasz, Zoë',
      'windows-1252',
    ],
    ['of one word', 'a café', 'windows-1252'],
    ['with curly quotes alone', 'We don’t know — it’s “new”', 'windows-1252'],
  ])('guesses a text %s', async (_, text, label) => {
    const found = await decode([encoderOf(label)(text)]);
    expect(found.text).toBe(text.replace('Ł', '?'));
    expect(found.guessed).toBe(true);
  });

  it.each([70_000, 700_000, 7_000_000])(
    'looks at the first letter beyond ASCII, %i bytes from the start',
    async (length) => {
      const text = `${'A line of plain words.\n'.repeat(length / 23)}Die Straße über den Fluss\n`;
      const found = await decode([encoderOf('windows-1252')(text)]);
      expect(found.text === text && found.encoding).toBe('windows-1252');
    },
  );

  it('weighs letters far behind a first one that says little', async () => {
    const encode = encoderOf('windows-1251');
    const text = `№ 1\n${'plain words\n'.repeat(20_000)}Исследование показало, что дети читают меньше книг\n`;
    expect((await decode([encode(text)])).text).toBe(text);
  });

  it('keeps UTF-8 that has some broken bytes', async () => {
    const bytes = new TextEncoder().encode(
      'Die Straße über den Fluss ist schön. Größe und Höhe sind ähnlich.\n'.repeat(3),
    );
    bytes[bytes.indexOf(0xc3)] = 0x20;
    const found = await decode([bytes]);
    expect([found.encoding, found.guessed, found.replacedBytes]).toEqual(['utf-8', false, 1]);
  });

  it.each([
    ['<?xml version="1.0" encoding="ISO-8859-2"?>\n<r>', 'iso-8859-2'],
    ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', 'windows-1250'],
    ['% Encoding: ISO8859_2\n\n@misc{a,', 'iso-8859-2'],
  ])('takes the encoding that a file declares: %s', async (start, label) => {
    const encode = encoderOf(label);
    // One letter says little: alone, it is read as windows-1252.
    const found = await decode([encode(`${start}${' '.repeat(70_000)}ł`)]);
    expect([found.text.slice(-1), found.encoding, found.guessed]).toEqual(['ł', label, false]);
    const utf8 = await decode([new TextEncoder().encode(`${start} Łódź`)]);
    expect([utf8.text.slice(-4), utf8.encoding]).toEqual(['Łódź', 'utf-8']);
  });

  it('reads Japanese in escapes of seven bits', async () => {
    const bytes = new TextEncoder().encode('\x1b$BEl5~\x1b(B tower\n');
    expect((await decode([bytes])).text).toBe('東京 tower\n');
  });

  it.each([
    ['関する研究、結果を示す。\n都市の交通,問題\n', 'Japanese'],
    ['Исследование показало\nв городе много школ\n', 'Russian'],
    ['id,题目\n1,关于城市交通问题的研究\n', 'Chinese'],
  ])('tells UTF-16 without a mark in another script: %j', async (text) => {
    for (const big of [false, true]) expect((await decode([utf16(text, big)])).text).toBe(text);
  });

  it('leaves out NULs and inner byte order marks, and says so', async () => {
    const found = await decode([
      new TextEncoder().encode('\ufeffname,text\r\nOne\0\0,two words\r\n\ufeffname,text\r\nthree,four\ufeff'),
    ]);
    expect(found.text).toBe('name,text\nOne,two words\nname,text\nthree,four\ufeff');
    expect(decodingNotes(found)).toEqual([
      '2 NUL characters were left out',
      '1 byte order marks inside the text were left out: files seem to have been joined',
    ]);
  });

  it('tells of letters that were misread before, and keeps them', async () => {
    const text = 'Die StraÃŸe Ã¼ber den Fluss wÃ¤re schÃ¶n, donâ€™t\n';
    const found = await decode([new TextEncoder().encode(text)]);
    expect(found.text).toBe(text);
    expect(decodingNotes(found).join()).toContain('5 letters look like UTF-8 read in another encoding');
    const portuguese = await decode([new TextEncoder().encode('NÃO, SÃO, AÇÃO, Ângela, â, Ã. '.repeat(9))]);
    expect(decodingNotes(portuguese)).toEqual([]);
  });

  it('obeys a choice, by any label, and refuses an unknown one', async () => {
    const bytes = encoderOf('iso-8859-5')('Слово');
    expect(await decode([bytes], 'ISO-8859-5')).toMatchObject({
      text: 'Слово',
      encoding: 'iso-8859-5',
      guessed: false,
    });
    expect(await decode([bytes], 'latin1')).toMatchObject({ text: 'ÁÛÞÒÞ', encoding: 'windows-1252' });
    expect((await decode([utf16('\ufeffa文', false)], 'utf-16le')).text).toBe('a文');
    await expect(decode([bytes], 'latin-nine')).rejects.toThrow(
      'there is no encoding “latin-nine”: use a name such as',
    );
    await expect(decode([new Uint8Array([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])])).rejects.toThrow('UTF-32');
  });

  it('does not depend on how any bytes are cut', async () => {
    const labels = LEGACY_ENCODINGS.map(({ label }) => label);
    const word = fc.constantFrom(...SENTENCES.flatMap(([text]) => text.split(' ')));
    const encoders = new Map(labels.map((label) => [label, encoderOf(label)]));
    const encoded = fc
      .tuple(fc.array(word), fc.constantFrom(...labels))
      .map(([words, label]) => encoders.get(label)?.(words.join(' ')) ?? new Uint8Array());
    const some = fc.oneof(
      encoded,
      fc.uint8Array(),
      fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(some), fc.integer({ min: 1, max: 300 }), fc.boolean(), async (parts, size, isLong) => {
        const head = isLong ? new Uint8Array(65_530).fill(0x61) : new Uint8Array();
        const whole = new Uint8Array(await new Blob([head, ...(parts as Uint8Array<ArrayBuffer>[])]).arrayBuffer());
        const pieces = [whole.subarray(0, head.length)];
        for (let at = head.length; at < whole.length; at += size) pieces.push(whole.subarray(at, at + size));
        const attempt = (list: readonly Uint8Array[]) => decode(list).catch((error: Error) => error.message);
        expect(await attempt(pieces)).toEqual(await attempt([whole]));
      }),
      { numRuns: 1000 },
    );
  });
});
