import { makeLineFeed, type RecordSink, type TextFormat, type TextParser } from '../format.ts';
import { MAX_RECORD_LENGTH } from '../limits.ts';
import type { FileOptions } from '../read.api.ts';
import { makeTable } from '../table.ts';

/** Conversations that WhatsApp, Telegram, Signal or IRC programs save as text: a time, a name and the message. */
export const CHAT: TextFormat = {
  name: 'chat',
  score: ({ text }) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const heads = lines.map((line) => headOf(line.slice(0, 400))).filter((head) => head !== null);
    const named = heads.filter(({ name }) => name !== null).length;
    return named >= 3 && named >= lines.length * 0.2 && named >= heads.length * 0.5 ? 0.9 : 0;
  },
  makeParser: makeChatParser,
};

const DATE = '(?:\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}\\.?)';
const TIME = '(?:\\d{1,2}[:.]\\d\\d(?:[:.]\\d\\d)?(?:\\s?[APap]\\.?\\s?[Mm]\\.?)?)';
/** `12/03/2021, 10:15 - …` of Android and `[12/03/2021, 10:15:30] …` of iOS; both put invisible marks anywhere. */
const STAMP = new RegExp(`^(?:\\[(${DATE}),?\\s+(${TIME})\\]\\s*|(${DATE}),?\\s+(${TIME})\\s+[-–]\\s+)(.*)$`, 'su');
/** `Ada, [12.03.21 10:15]` above the message: Telegram. */
const TELEGRAM = new RegExp(`^([^\\[\\]:]{1,60}), \\[(${DATE}),?\\s+(${TIME})\\]\\s*$`, 'u');
/** `[2021-03-12 10:15:30] <ada> …` and `10:15 <ada> …`: IRC. */
const IRC = new RegExp(`^\\[?(?:(${DATE})[T ])?(${TIME})\\]?\\s+<[@+~&% ]?([^<>\\s]{1,40})>\\s(.*)$`, 'su');
/** What stands for a picture, a voice message or a deleted message, in a few languages. */
const NO_WORDS =
  /^(?:<[^<>]{3,40}>|(?:image|video|audio|sticker|gif|document|contact card|bild|foto|imagen|imagem|immagine) (?:omitted|weggelassen|omitid[ao]|omess[ao]|ocult[ao])|this message was deleted\.?|you deleted this message\.?|diese nachricht wurde gelöscht\.?|null)$/iu;

/** What WhatsApp says in the name of a group. */
const NOTICE =
  /^\u200e?(?:messages and calls are|nachrichten und anrufe sind|les messages et les appels|los mensajes y las llamadas|as mensagens e ligações) /iu;

interface MessageHead {
  readonly date: string;
  readonly time: string;
  /** Null for what the program itself says. */
  readonly name: string | null;
  readonly text: string;
}

interface Message extends MessageHead {
  readonly line: number;
  readonly lines: string[];
  length: number;
}

/** A message is a text; lines without a time continue it. What the program says, and pictures, are counted and left out. */
function makeChatParser(sink: RecordSink, options: FileOptions): TextParser {
  const rows = makeTable(sink, options, {
    names: ['message', 'name', 'date', 'time'],
    roles: { text: 'message', authors: 'name', date: 'date' },
  });
  let open: Message | null = null;
  let [notices, media, stray] = [0, 0, 0];

  function finish(): void {
    if (!open) return;
    const { date, time, name, line, lines, length } = open;
    open = null;
    const text = lines.join('\n').trim();
    if (name === null) notices++;
    else if (length > MAX_RECORD_LENGTH) sink.skip(line, `longer than ${MAX_RECORD_LENGTH} characters`);
    else if (text === '' || NO_WORDS.test(text)) media++;
    else rows.add(['message', 'name', 'date', 'time'], [text, name, date, time], line);
  }

  return makeLineFeed(sink, {
    line(raw, number) {
      const head = headOf(raw);
      if (head) {
        finish();
        open = { ...head, line: number, lines: [head.text], length: head.text.length };
      } else if (open) {
        open.length += raw.length + 1;
        if (open.length <= MAX_RECORD_LENGTH) open.lines.push(raw.trimEnd());
      } else if (raw.trim() !== '') stray++;
    },
    end() {
      finish();
      if (notices > 0) sink.warn(0, `${notices} notices of the program are left out`);
      if (media > 0) sink.warn(0, `${media} messages without words, such as pictures, are left out`);
      if (stray > 0) sink.warn(0, `${stray} lines before the first message are left out`);
      rows.end();
    },
  });
}

function headOf(raw: string): MessageHead | null {
  const line = raw.replace(/^[\u200e\u200f\u202a-\u202e\ufeff]+/u, '');
  const telegram = line.length < 200 ? TELEGRAM.exec(line) : null;
  if (telegram) return { date: telegram[2], time: telegram[3], name: telegram[1].trim(), text: '' };
  const irc = IRC.exec(line);
  if (irc) return { date: irc[1] ?? '', time: irc[2], name: irc[3], text: irc[4] };
  const stamp = STAMP.exec(line);
  if (!stamp) return null;
  const [date, time, rest] = [stamp[1] ?? stamp[3], stamp[2] ?? stamp[4], stamp[5].replace(/^[\u200e\u200f]+/u, '')];
  const said = /^([^:\n]{1,60}): ?(.*)$/su.exec(rest);
  return said && !NOTICE.test(said[2])
    ? { date, time, name: said[1].trim(), text: said[2].replace(/^[\u200e\u200f]+/u, '') }
    : { date, time, name: null, text: rest };
}
