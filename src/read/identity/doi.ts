import type { RawRecord } from '../format.ts';

/** A DOI begins with `10.`, a registrant of four to nine digits and a slash (DOI Handbook, 2.2; Crossref's pattern). */
const DOI = /^10\.\d{4,9}\/[^\s"<>]+$/u;
const RESOLVER = /^(?:https?:\/\/)?(?:www\.|dx\.)?doi\.org\//u;
/** Names of columns that hold the record's own DOI, not that of a journal or of a related work. */
const DOI_NAME = /^(?:doi|di|do|article ?doi|paper ?doi|digital object identifier)$/u;

/**
 * The DOI in `value`: bare, after `doi:`, or as an address of doi.org. In lower case, since DOIs ignore case (DOI
 * Handbook, 2.4), and without a full stop or comma at its end. Null when `value` is anything else.
 */
export function parseDoi(value: string): string | null {
  if (value.length > 500) return null;
  const plain = value
    .trim()
    .toLowerCase()
    .replace(/^doi(?::\s*|\s+)/u, '')
    .replace(RESOLVER, '')
    .replaceAll('%2f', '/')
    .replace(/[.,;]+$/u, '');
  return DOI.test(plain) ? plain : null;
}

/** The DOI of a record, from a column of DOIs, its address or its id; null when it has none. */
export function doiOf({ extra, url, id }: Pick<RawRecord, 'extra' | 'url' | 'id'>): string | null {
  for (const [name, value] of extra) {
    if (typeof value !== 'string' || !isDoiName(name)) continue;
    const doi = parseDoi(value);
    if (doi !== null) return doi;
  }
  // An address of another site may hold the DOI of something else.
  const address = url !== null && /doi\.org\//iu.test(url) ? parseDoi(url) : null;
  return address ?? (id === null ? null : parseDoi(id));
}

/** Whether a column of this name (the last part of one with points: `externalIds.DOI`) holds DOIs. */
export function isDoiName(name: string): boolean {
  if (name.length > 100) return false;
  const last = name.slice(name.lastIndexOf('.') + 1);
  return DOI_NAME.test(
    last
      .toLowerCase()
      .replace(/[_\-\s]+/gu, ' ')
      .trim(),
  );
}
