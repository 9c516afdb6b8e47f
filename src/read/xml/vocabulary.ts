import type { ColumnRole } from '../read.api.ts';
import type { Getter } from './select.ts';
import type { XmlNode } from './tree.ts';

/** What a known kind of XML calls its records, and which columns they give. */
export interface Vocabulary {
  /** Names of a file's first element, without a prefix. */
  readonly roots: readonly string[];
  /** What the beginning of the file must hold, where other files have such a first element too. */
  readonly needs?: RegExp;
  /** Names of the elements that are records. */
  readonly records: readonly string[];
  /** Names of large elements that give no column. They are not held. */
  readonly drop?: readonly string[];
  readonly columns: Readonly<Record<string, Getter>>;
  readonly roles: Partial<Record<ColumnRole, string>>;
  /** Why an element is no record: a page, a deleted entry; null when it is one. */
  readonly refuse?: (record: XmlNode) => string | null;
}
