import { SaxesParser } from 'saxes';
import { decodeEntities } from '../../text/entities.ts';
import { type Mender, makeMender } from './mend.ts';

/** What is told of the elements of an XML text in order. */
interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
  text(text: string): void;
  close(): void;
  /** Tells of a fault after which something may be missing. */
  fault(message: string): void;
}

/** Takes XML in pieces and tells a listener of its elements. */
export interface XmlEvents {
  push(text: string): void;
  end(): void;
  /** Tells nothing more. */
  stop(): void;
  /** As of the mender. */
  counts(): ReturnType<Mender['counts']>;
}

/** Text is parsed by parts of so many UTF-16 units, so that a listener can stop within a piece. */
const PART = 65_536;
/** Faults that leave nothing out: several documents in one file, names of HTML's characters. */
const HARMLESS = /only one root|doctype declaration|outside of root|undefined entity|duplicate attribute/u;
const UNDEFINED = 'undefined entity';
/** `&eacute;`, which a file may use by its DTD, as DBLP does; the five of XML itself have been decoded. */
const CHARACTER_NAME = /&(?!(?:lt|gt|amp|quot|apos);)[A-Za-z][A-Za-z0-9]{1,31};/gu;
const STRAY = /unmatched closing tag: (.*)\.$/u;

/**
 * Parses XML with saxes, which expands no entities of a DTD and fetches nothing. Names lose a prefix that only says to
 * which vocabulary an element belongs. A stray end tag is ignored: saxes would take it to end all open elements.
 */
export function makeXmlEvents(listener: XmlListener): XmlEvents {
  const mender = makeMender();
  const parser = new SaxesParser();
  const elements = makeElements(listener);
  let isStopped = false;
  let hasNames = false;
  parser.on('opentag', ({ name, attributes }) => {
    elements.open(name);
    if (!isStopped) listener.open(localName(name), attributes, parser.line);
  });
  parser.on('closetag', elements.close);
  const text = (words: string): void => {
    const own = elements.words(words);
    if (!isStopped && own !== '') listener.text(hasNames ? own.replace(CHARACTER_NAME, decodeEntities) : own);
    hasNames = false;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('error', ({ message }) => {
    if (message.includes(UNDEFINED)) hasNames = true;
    if (HARMLESS.test(message) || isStopped) return;
    const name = STRAY.exec(message)?.[1];
    if (name === undefined || !elements.closeStray(name)) {
      listener.fault(message.replace(/^\d+:\d+: /u, '').replace(/\.$/u, ''));
    }
  });

  function write(mended: string): void {
    for (let at = 0; at < mended.length && !isStopped; at += PART) parser.write(mended.slice(at, at + PART));
    if (!isStopped) elements.settle();
  }

  return {
    push: (piece) => write(isStopped ? '' : mender.push(piece)),
    end: () => write(isStopped ? '' : mender.end()),
    stop() {
      isStopped = true;
    },
    counts: mender.counts,
  };
}

/** The open elements as they are meant, where a parser ends all of them for a stray end tag. */
interface Elements {
  open(name: string): void;
  /** The parser ends an element. It is ended when it is known that this was not for a stray end tag. */
  close(): void;
  /** Ends what waits for it. */
  settle(): void;
  /** Ends the elements that an end tag means which the parser does not expect. Returns whether there are any. */
  closeStray(name: string): boolean;
  /** `words` without a stray end tag, which the parser puts before them. */
  words(words: string): string;
}

function makeElements(listener: XmlListener): Elements {
  const open: string[] = [];
  let ended = 0;
  let stray = '';

  function closeLast(): void {
    open.pop();
    listener.close();
  }

  function settle(): void {
    for (; ended > 0; ended--) closeLast();
  }

  return {
    open(name) {
      settle();
      open.push(name);
    },
    close() {
      ended++;
    },
    settle,
    closeStray(name) {
      ended = 0;
      stray = `</${name}>`;
      const at = open.lastIndexOf(name);
      while (at >= 0 && open.length > at) closeLast();
      return at >= 0;
    },
    words(words) {
      settle();
      const own = words.startsWith(stray) ? words.slice(stray.length) : words;
      stray = '';
      return own;
    },
  };
}

/** Prefixes that only say to which vocabulary an element belongs. */
const HOME = /^(?:atom|a10|mods|marc|tei|jats|nlm|rss|rdf|oai|srw|zs|xhtml|ns\d*)$/iu;

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon > 0 && HOME.test(name.slice(0, colon)) ? name.slice(colon + 1) : name;
}
