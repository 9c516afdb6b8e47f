import type { ParserMaker, RecordSink, TextHead } from '../format.ts';
import type { FileOptions } from '../read.api.ts';
import { type Document, takeDocument, takeSections, titleOfName } from './document.ts';
import { isWebPage } from './formats.ts';
import { readHtml } from './html.ts';
import { readMarkup } from './light-markup.ts';

/** UTF-16 units of one file that is held as a whole. */
const MAX_LENGTH = 32 * 1024 * 1024;

/** Articles of a web page that make a list of it. */
const MIN_ARTICLES = 3;

/** A parser that holds a file of prose whole and gives it as one text, or its sections or articles as texts. */
export function makeDocumentParser(take: 'takeDocument' | 'takeSections'): ParserMaker {
  return (sink, options, head) => {
    const pieces: string[] = [];
    let length = 0;
    let left = 0;
    return {
      push(text) {
        const kept = text.slice(0, MAX_LENGTH - length);
        left += text.length - kept.length;
        length += kept.length;
        if (kept !== '') pieces.push(kept);
      },
      end() {
        if (left > 0)
          sink.warn(0, `only the first ${MAX_LENGTH.toLocaleString('en')} characters are read, ${left} are not`);
        takeText(pieces.join(''), take, { sink, options, head });
      },
    };
  };
}

interface Target {
  readonly sink: RecordSink;
  readonly options: FileOptions;
  readonly head: TextHead;
}

function takeText(text: string, take: 'takeDocument' | 'takeSections', { sink, options, head }: Target): void {
  const target = [sink, options, head.name] as const;
  if (!isWebPage(head)) {
    const document = readMarkup(text, head.extension, (reason) => sink.warn(1, reason));
    if (take === 'takeDocument') takeDocument(document, ...target);
    else takeSections(document, ...target);
    return;
  }
  const page = readHtml(text);
  if (take === 'takeDocument') takeDocument(page, ...target);
  else if (page.articles.length >= MIN_ARTICLES)
    takeSections({ ...page, blocks: page.articles.flatMap(joinArticle) }, ...target);
  else takeSections(page, ...target);
}

/** An article's blocks as one section. */
function joinArticle(blocks: Document['blocks']): Document['blocks'] {
  const heading = blocks.find(({ level }) => level > 0);
  const text = blocks
    .filter((block) => block !== heading)
    .map((block) => block.text)
    .join('\n\n');
  const line = blocks[0]?.line ?? 1;
  const title = heading?.text ?? titleOfName(text.slice(0, 80));
  return [
    { level: 1, text: title, raw: title, line },
    { level: 0, text, raw: text, line },
  ];
}
