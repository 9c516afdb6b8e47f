import type { ExtraValue } from '../format.ts';
import { readXml } from './package.ts';

/** What a document says of itself. */
export interface Properties {
  /** Null when there is none, or only one that a program made up. */
  readonly title: string | null;
  readonly fields: readonly ExtraValue[];
}

/** Titles that programs give by themselves. */
const MADE_UP =
  /^(?:untitled.*|document ?\d*|microsoft word.*|word document|powerpoint presentation|presentation ?\d*|slide ?\d*|title|none|null|doc\d*|\(anonymous\)|\(unspecified\)|.{0,200}\.(?:docx?|odt|pdf|tex|dvi|indd|rtf|pptx?|qxd))$/iu;

/** `title` unless a program made it up or it is a file's name. */
export function saneTitle(title: string | null | undefined): string | null {
  const text = (title ?? '').replace(/\s+/gu, ' ').trim();
  return text.length < 3 || MADE_UP.test(text) || !/\p{L}/u.test(text) ? null : text;
}

/** Elements of Dublin Core and of the formats' own by the column that they become. */
const ELEMENTS: Readonly<Record<string, string>> = {
  title: 'title',
  creator: 'authors',
  'initial-creator': 'authors',
  created: 'date',
  'creation-date': 'date',
  date: 'date',
  issued: 'date',
  keywords: 'keywords',
  keyword: 'keywords',
  subject: 'subject',
  description: 'description',
  language: 'language',
  publisher: 'publisher',
};

/**
 * The properties in an XML text with Dublin Core's elements: `docProps/core.xml` (ECMA-376 part 2), `meta.xml` (OpenDocument 1.3,
 * 4.3), the `metadata` of an EPUB package (EPUB 3.3, 5.5). Null is an absent part.
 */
export function readProperties(xml: string | null): Properties {
  const found = new Map<string, string[]>();
  let element = '';
  let words = '';
  readXml(xml ?? '', {
    open(name) {
      element = name;
      words = '';
    },
    text(text) {
      words += text;
    },
    close(name) {
      const column = name === element ? ELEMENTS[name] : undefined;
      const value = words.replace(/\s+/gu, ' ').trim();
      if (column && value !== '') found.set(column, [...(found.get(column) ?? []), value].slice(0, 100));
      element = '';
    },
  });
  const fields: ExtraValue[] = [];
  for (const [column, values] of found) {
    if (column === 'authors') fields.push([column, [...new Set(values)].join('; ')]);
    else if (column === 'keywords' || column === 'subject') fields.push([column, membersOf(values)]);
    else if (column !== 'title') fields.push([column, values[0]]);
  }
  return { title: saneTitle(found.get('title')?.[0]), fields };
}

function membersOf(values: readonly string[]): string[] {
  const members = values.flatMap((value) => value.split(/[,;]/u)).map((member) => member.trim());
  return [...new Set(members.filter((member) => member !== ''))];
}
