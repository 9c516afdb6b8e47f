/** Whether a text may be in Markdown; a cheap test, since all texts are asked. */
export function mayBeMarkdown(text: string): boolean {
  return text.includes('](') || text.includes('[[') || (text.includes('\n') && LINE_STARTS.test(text));
}

const LINE_STARTS = /^ {0,3}(?:#{1,6}[ \t]|\[[^\]\n]{1,100}\]:[ \t]|```|~~~|\|.*\|[ \t]*$)/mu;

/**
 * Whether `text` is written in Markdown, by evidence: a link with an address, an image, a wiki link, a fence around
 * code, a heading with more below, a table. Stars, dashes and single hashes alone are none. Linear.
 */
export function isMarkdown(text: string): boolean {
  return mayBeMarkdown(text) && MARKDOWN_SIGNS.some((sign) => sign.test(text));
}

/**
 * `text` without its Markdown: links and images become their words, headings, code and cells plain text; rules, fences
 * and definitions of links vanish. Expects that {@link isMarkdown} holds for the whole text. Linear.
 */
export function stripMarkdown(text: string): string {
  const isTable = TABLE_RULE.test(text);
  const defines = DEFINITION.test(text);
  let plain = text
    .replace(FENCE, '')
    .replace(IMAGE_OR_LINK, (_, words: string) => words)
    .replace(WIKI_LINK, (_, target: string, label: string | undefined) => label ?? target)
    .replace(HEADING, (_, words: string) => words.trimEnd().replace(/#{1,6}$/u, ''))
    .replace(RULE, '')
    .replace(/(?<![`\w])(`{1,2})([^`\s](?:[^`\n]{0,300}[^`\s])?)\1(?![`\w])/gu, '$2')
    .replace(/(^|[\s([{"'])(__?)([^\s_](?:[^_\n]{0,300}[^\s_])?)\2(?=$|[\s.,;:!?)\]}"'])/gmu, '$1$3')
    .replace(/\[\^[\w-]{1,30}\]/gu, '');
  if (defines)
    plain = plain
      .replace(new RegExp(DEFINITION.source, 'gimu'), '')
      .replace(/\[([^[\]\n]{1,200})\]\s?\[[^[\]\n]{0,100}\]/gu, '$1');
  if (isTable)
    plain = plain
      .replace(new RegExp(TABLE_RULE.source, 'gmu'), '')
      .replace(/^ {0,3}\|(.*)\|[ \t]*$/gmu, (_, cells: string) =>
        cells
          .split('|')
          .map((cell) => cell.trim())
          .join(', '),
      );
  return plain;
}

/** What a link leads to: an address, a path, a place in the same text, or a file. */
const TARGET = `(?:https?:|mailto:|ftp:|www\\.|[./#])[^\\s()]{0,1000}(?:\\([^\\s()]{0,200}\\)[^\\s()]{0,200})?|[\\w%./-]{1,200}\\.(?:md|html?|pdf|png|jpe?g|gif|svg|webp|csv|txt)(?:#[\\w-]{0,100})?`;
const IMAGE_OR_LINK = new RegExp(
  `!?\\[([^[\\]\\n]{0,500})\\]\\(<?(?:${TARGET})>?(?:\\s{1,3}(?:"[^"\\n]{0,300}"|'[^'\\n]{0,300}'))?\\)`,
  'giu',
);
const WIKI_LINK = /(?<![\w[])!?\[\[(\p{L}[^[\]|#\n]{0,200})(?:#[^[\]|\n]{0,200})?(?:\|([^[\]|\n]{1,200}))?\]\](?!\])/gu;
const FENCE = /^ {0,3}(?:`{3,}|~{3,})[^`\n]{0,60}$/gmu;
const HEADING = /^ {0,3}#{1,6}[ \t]+(.*)$/gmu;
const RULE = /^ {0,3}(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*$/gmu;
const TABLE_RULE = /^ {0,3}\|?(?:[ \t]{0,20}:?-{1,200}:?[ \t]{0,20}\|)+(?:[ \t]{0,20}:?-{1,200}:?[ \t]{0,20})?$/mu;
const DEFINITION = new RegExp(
  `^ {0,3}\\[[^[\\]\\n]{1,100}\\]:[ \\t]{1,4}<?(?:${TARGET})>?(?:[ \\t]{1,4}"[^"\\n]{0,300}")?[ \\t]*$`,
  'imu',
);
const MARKDOWN_SIGNS: readonly RegExp[] = [
  new RegExp(IMAGE_OR_LINK.source, 'iu'),
  new RegExp(WIKI_LINK.source, 'u'),
  new RegExp(FENCE.source, 'mu'),
  /^ {0,3}#{1,6}[ \t]+\S.*\n/mu,
  TABLE_RULE,
  DEFINITION,
];
