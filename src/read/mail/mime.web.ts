/** The fields of a header by name in lower case, unfolded; of several of one name, the first. */
export type MailHeader = ReadonlyMap<string, string>;

/** How the body of a part is written. */
interface PartEncoding {
  /** `Content-Transfer-Encoding` in lower case. */
  readonly transfer: string;
  /** A label of the WHATWG Encoding Standard; '' when not given. */
  readonly charset: string;
}

/**
 * The text of a part's body (RFC 2045): quoted-printable and base64 are decoded in the part's charset. Other bodies were
 * decoded with the file. Unknown charsets are read as UTF-8, or else as Windows-1252. Linear; never throws.
 */
export function decodeBody(body: string, { transfer, charset }: PartEncoding): string {
  if (transfer === 'quoted-printable')
    return decodeBytes(quotedBytes(body.replace(/(?:=[ \t]{0,80}|[ \t]{1,80})\n/gu, softEnd)), charset);
  return transfer === 'base64' ? decodeBytes(base64Bytes(body), charset).replace(/\r\n?/gu, '\n') : body;
}

/** An `=` at the end of a line joins the next; blanks at its end do not count. */
function softEnd(end: string): string {
  return end.startsWith('=') ? '' : '\n';
}

/** A field with words such as `=?utf-8?Q?Caf=C3=A9?=` as text (RFC 2047). */
export function decodeWords(field: string): string {
  if (!field.includes('=?')) return field;
  return field.replace(ENCODED_RUN, (run) => {
    const pieces: { charset: string; bytes: number[] }[] = [];
    for (const [, charset, kind, text] of run.matchAll(ENCODED_WORD)) {
      const bytes = kind.toUpperCase() === 'B' ? base64Bytes(text) : quotedBytes(text.replaceAll('_', ' '));
      const last = pieces.at(-1);
      // A letter of several bytes may be cut between two words.
      if (last?.charset === charset.toLowerCase()) for (const byte of bytes) last.bytes.push(byte);
      else pieces.push({ charset: charset.toLowerCase(), bytes: [...bytes] });
    }
    return pieces.map(({ charset, bytes }) => decodeBytes(new Uint8Array(bytes), charset)).join('');
  });
}

const ENCODED_WORD = /=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([BbQq])\?([^?\n]{0,2000})\?=/gu;
const ENCODED_RUN =
  /=\?[^?\s]{1,60}\?[BbQq]\?[^?\n]{0,2000}\?=(?:\s{1,3}=\?[^?\s]{1,60}\?[BbQq]\?[^?\n]{0,2000}\?=)*/gu;

/** The value of a field before its parameters, in lower case: `text/plain` of `text/plain; charset=utf-8`. */
export function fieldValue(field: string | undefined): string {
  return (field ?? '').split(';', 1)[0].trim().toLowerCase();
}

/** A parameter of a field such as `charset` or `boundary`; '' without it. */
export function parameterOf(field: string | undefined, name: string): string {
  const pattern = new RegExp(`;\\s*${name}\\*?\\s*=\\s*(?:"([^"]{0,1000})"|([^\\s;]{1,1000}))`, 'iu');
  const [, quoted, bare] = pattern.exec((field ?? '').slice(0, 20_000)) ?? [];
  return quoted ?? bare ?? '';
}

/** The names in a field of addresses, or the addresses of those without a name. */
export function namesOf(field: string): string[] {
  const entries = field.slice(0, 20_000).match(/(?:"(?:[^"\\]|\\.){0,500}"|\([^)]{0,500}\)|[^",(])+/gu) ?? [];
  return entries.map((entry) => nameOf(entry.trim())).filter((name) => name !== '');
}

function nameOf(entry: string): string {
  const angle = /^(.*?)\s*<([^<>]*)>$/u.exec(entry);
  const comment = angle ? null : /^\S.*?\(([^)]+)\)$/u.exec(entry);
  const name = comment ? comment[1] : angle ? angle[1] : '';
  const plain = decodeWords(name)
    .trim()
    .replace(/^["']|["']$/gu, '')
    .replace(/\\(.)/gu, '$1')
    .trim();
  return plain || (angle ? angle[2] : entry).trim();
}

/** The bytes of a text with `=C3`; letters beyond ASCII, which the file itself had, keep theirs in UTF-8. */
function quotedBytes(text: string): Uint8Array {
  const source = new TextEncoder().encode(text);
  const bytes = new Uint8Array(source.length);
  let length = 0;
  for (let i = 0; i < source.length; i++) {
    const high = source[i] === 61 ? hexOf(source[i + 1]) : -1;
    const low = high < 0 ? -1 : hexOf(source[i + 2]);
    if (low < 0) bytes[length++] = source[i];
    else {
      bytes[length++] = high * 16 + low;
      i += 2;
    }
  }
  return bytes.subarray(0, length);
}

function hexOf(code: number | undefined): number {
  return code === undefined ? -1 : '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
}

/** The bytes of base64; what is none is passed over, as RFC 2045 asks. */
function base64Bytes(text: string): Uint8Array {
  const letters = text.replace(/[^A-Za-z0-9+/]/gu, '');
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let [held, bits, length] = [0, 0, 0];
  for (let i = 0; i < letters.length; i++) {
    held = ((held << 6) | BASE64.indexOf(letters[i])) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (held >> bits) & 255;
  }
  return bytes.subarray(0, length);
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeBytes(bytes: Uint8Array, charset: string): string {
  const label = charset.toLowerCase().replace(/^(?:us-ascii|ascii|unknown-8bit|x-unknown|)$/u, 'utf-8');
  for (const [each, fatal] of [
    [label, label === 'utf-8'],
    ['utf-8', true],
    ['windows-1252', false],
  ] as const) {
    try {
      return new TextDecoder(each, { fatal }).decode(bytes);
    } catch {
      // An unknown label, or bytes that are no UTF-8: the next one.
    }
  }
  return '';
}
