import { date, firstOf, joined, list, people, prefixed, text } from './select.ts';
import type { Vocabulary } from './vocabulary.ts';

const ROLES = { title: 'title', text: 'abstract', authors: 'authors', date: 'date', url: 'link', id: 'id' } as const;
const DOI = 'https://doi.org/';

/** Metadata Object Description Schema: https://www.loc.gov/standards/mods */
const MODS: Vocabulary = {
  roots: ['mods', 'modsCollection', 'OAI-PMH', 'ListRecords', 'records', 'searchRetrieveResponse'],
  needs: /<(?:[\w.-]+:)?mods[\s>]/u,
  records: ['mods'],
  roles: ROLES,
  columns: {
    id: text('recordInfo/recordIdentifier', '@ID', 'identifier'),
    title: wholeTitle,
    abstract: joined('abstract'),
    authors: people('name'),
    date: date('originInfo/dateIssued', 'relatedItem/originInfo/dateIssued', 'originInfo/dateCreated', '//part/date'),
    link: firstOf(prefixed(DOI, text('identifier[@type=doi]')), text('location/url', 'identifier[@type=uri]')),
    journal: text('relatedItem[@type=host]/titleInfo/title'),
    doi: text('identifier[@type=doi]'),
    keywords: list('subject/topic', 'subject'),
    genre: list('genre'),
    language: list('language/languageTerm[@type=text]', 'language/languageTerm'),
    publisher: text('originInfo/publisher'),
  },
};

function wholeTitle(record: Parameters<ReturnType<typeof text>>[0]): string | null {
  const [before, title, after] = ['nonSort', 'title', 'subTitle'].map((name) => text(`titleInfo/${name}`)(record));
  if (!title) return null;
  return `${before ? `${before} ` : ''}${title}${after ? `: ${after}` : ''}`;
}

/** The subfields `codes` of the MARC field `tag`. */
function marc(tag: string, code: string): string {
  return `//datafield[@tag=${tag}]/subfield[@code=${code}]`;
}

/** MARC 21 in XML: https://www.loc.gov/standards/marcxml */
const MARC: Vocabulary = {
  roots: ['collection', 'record', 'OAI-PMH', 'ListRecords', 'searchRetrieveResponse', 'records'],
  needs: /<(?:[\w.-]+:)?datafield\s/u,
  records: ['record'],
  roles: ROLES,
  columns: {
    id: text('//controlfield[@tag=001]'),
    title: (record) => {
      const parts = [text(marc('245', 'a'))(record), text(marc('245', 'b'))(record)].filter(Boolean);
      return parts.join(' ').replace(/\s*[/:;,]\s*$/u, '') || null;
    },
    abstract: joined(marc('520', 'a'), marc('520', 'b')),
    authors: people(marc('100|700', 'a'), marc('110|710', 'a')),
    date: (record) => /\d{4}/u.exec(String(text(marc('260|264', 'c'))(record) ?? ''))?.[0] ?? yearOf008(record),
    link: text(marc('856', 'u')),
    publisher: text(marc('260|264', 'b')),
    subjects: list(marc('650|653', 'a')),
    isbn: text(marc('020', 'a')),
    series: text(marc('490|830', 'a')),
  },
};

/** The year in a MARC record's fixed field, at its seventh place. */
function yearOf008(record: Parameters<ReturnType<typeof text>>[0]): string | null {
  const fixed = String(text('//controlfield[@tag=008]')(record) ?? '');
  return /^.{7}(\d{4})/u.exec(fixed)?.[1] ?? null;
}

/** arXiv's own metadata from its OAI interface: https://info.arxiv.org/help/oa */
const ARXIV_OAI: Vocabulary = {
  roots: ['OAI-PMH', 'ListRecords', 'GetRecord'],
  needs: /<arXiv(?:Raw)?[\s>]/u,
  records: ['record'],
  roles: ROLES,
  refuse: refuseDeleted,
  columns: {
    id: text('metadata/*/id'),
    title: text('metadata/*/title'),
    abstract: joined('metadata/*/abstract'),
    authors: firstOf(people('metadata/arXiv/authors/author'), text('metadata/arXivRaw/authors')),
    date: date('metadata/*/created', 'metadata/*/version/date', 'header/datestamp'),
    link: prefixed('https://arxiv.org/abs/', text('metadata/*/id')),
    categories: (record) =>
      String(text('metadata/*/categories')(record) ?? '')
        .split(/\s+/u)
        .filter(Boolean),
    doi: text('metadata/*/doi'),
    journal: text('metadata/*/journal-ref'),
    comments: text('metadata/*/comments'),
  },
};

/** Dublin Core, alone or from an OAI-PMH interface: https://www.openarchives.org/OAI/openarchivesprotocol.html */
const DUBLIN_CORE: Vocabulary = {
  roots: ['OAI-PMH', 'ListRecords', 'GetRecord', 'records', 'metadata', 'collection', 'dc', 'searchRetrieveResponse'],
  needs: /<(?:dc|oai_dc):(?:title|dc)[\s>]/u,
  records: ['record', 'oai_dc:dc', 'dc'],
  roles: ROLES,
  refuse: refuseDeleted,
  columns: {
    id: text('header/identifier', '//dc:identifier'),
    title: text('//dc:title'),
    abstract: joined('//dcterms:abstract', '//dc:description'),
    authors: people('//dc:creator', '//dc:contributor'),
    date: date('//dcterms:issued', '//dc:date', 'header/datestamp'),
    link: (record) => {
      const found = list('//dc:identifier', '//dc:relation')(record);
      const values = Array.isArray(found) ? found.map(String) : [];
      const doi = values.map((value) => /10\.\d{4,9}\/\S+/u.exec(value)?.[0]).find(Boolean);
      return values.find((value) => /^https?:/iu.test(value)) ?? (doi ? DOI + doi : null);
    },
    publisher: text('//dc:publisher'),
    subjects: list('//dc:subject'),
    type: list('//dc:type'),
    language: list('//dc:language'),
    source: text('//dc:source'),
    identifiers: list('//dc:identifier'),
    rights: text('//dc:rights'),
    sets: list('header/setSpec'),
  },
};

function refuseDeleted(record: Parameters<ReturnType<typeof text>>[0]): string | null {
  return text('header/@status')(record) === 'deleted' ? 'a deleted entry' : null;
}

/** Vocabularies of libraries and archives; the more special ones first. */
export const CATALOGUES: readonly Vocabulary[] = [MODS, MARC, ARXIV_OAI, DUBLIN_CORE];
