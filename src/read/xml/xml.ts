import type { LazyTextFormat, TextHead } from '../format.ts';
import { firstElement, prologOf } from './prolog.ts';

/** XML of any vocabulary: library exports, feeds, dumps. Web pages are another format's. */
export const XML_FILE: LazyTextFormat = {
  name: 'xml',
  score: scoreXml,
  load: async () => (await import('./parse-xml.ts')).makeXmlParser,
};

/** Elements of web pages that no file of records begins with. */
const PAGE_ELEMENT =
  /^(?:html|head|body|div|p|span|table|ul|ol|dl|h[1-6]|a|br|hr|img|b|i|em|strong|main|nav|header|footer|script|style|pre|blockquote|form|iframe)$/iu;
const XML_ENDINGS =
  /^(?:xml|nxml|rss|atom|rdf|tei|mods|marcxml|enex|opml|kml|gpx|xmlui|wxr|tmx|xlf|xliff|dita|cmdi|graphml|plist)$/u;

function scoreXml({ extension, start, text, whole }: TextHead): number {
  if (!start.startsWith('<')) return 0;
  const prolog = prologOf(text);
  if (/<!doctype html/iu.test(prolog)) return 0;
  const first = firstElement(text);
  if (first === null) return start.startsWith('<?xml') || (prolog.trim() !== '' && !whole) ? 0.8 : 0;
  if (/^html$/iu.test(first)) return 0;
  if (start.startsWith('<?xml') || prolog.includes('<!DOCTYPE')) return 0.95;
  if (PAGE_ELEMENT.test(first)) return 0;
  if (XML_ENDINGS.test(extension)) return 0.9;
  return text.includes(`</${first}>`) || text.includes('/>') ? 0.75 : 0;
}
